import { Check, ChevronDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { PRESETS } from "../../scenario/presets";
import { IconButton } from "../controls/IconButton";
import menu from "../controls/Menu.module.css";
import { useScenario, useSession } from "../shell/session-context";

/** The examples to begin from. Taking one replaces the scenario, and can be undone. */
export function PresetMenu() {
  const session = useSession();
  const baseId = useScenario((state) => state.baseId);
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <IconButton label="Begin from an example">
          <ChevronDown size={16} aria-hidden />
        </IconButton>
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={menu.content} align="start" sideOffset={6} collisionPadding={8}>
          <DropdownMenu.Label className={menu.label}>Begin from an example</DropdownMenu.Label>
          {PRESETS.map(({ id, title, description, scenario }) => (
            <DropdownMenu.Item
              className={menu.item}
              key={id}
              onSelect={() => session.replaceScenario(scenario, id)}
            >
              <span className={menu.indicator}>{id === baseId && <Check size={14} aria-hidden />}</span>
              <span className={menu.text}>
                <span className={menu.title}>{title}</span>
                <span className={menu.note}>{description}</span>
              </span>
            </DropdownMenu.Item>
          ))}
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
