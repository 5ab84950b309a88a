import { Check, ChevronDown } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { useState } from "react";
import { PRESETS } from "../../scenario/presets";
import { IconButton } from "../controls/IconButton";
import menu from "../controls/Menu.module.css";
import { useScenario, useSession } from "../shell/session-context";
import styles from "./ScenarioTitle.module.css";

/** The scenario's name, which can be changed in place. */
function NameField() {
  const session = useSession();
  const name = useScenario((state) => state.scenario.name);
  const [draft, setDraft] = useState<string | null>(null);

  function commit() {
    if (draft !== null && draft !== name) session.edit("name", draft);
    setDraft(null);
  }

  return (
    <span className={styles.sizer} data-text={(draft ?? name) || "Unnamed scenario"}>
      <input
        className={styles.name}
        aria-label="Scenario name"
        autoComplete="off"
        spellCheck={false}
        maxLength={200}
        size={1}
        placeholder="Unnamed scenario"
        value={draft ?? name}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={(event) => {
          if (event.key === "Enter") event.currentTarget.blur();
          if (event.key === "Escape" && draft !== null) {
            event.stopPropagation();
            setDraft(null);
          }
        }}
      />
    </span>
  );
}

/** The examples to begin from. Taking one replaces the scenario, and can be undone. */
function PresetMenu() {
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

/** What is being looked at, and the way to other examples. */
export function ScenarioTitle() {
  return (
    <span className={styles.title}>
      <NameField />
      <PresetMenu />
    </span>
  );
}
