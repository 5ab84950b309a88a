import { useState } from "react";
import { PRESETS } from "../../scenario/presets";
import { IconButton } from "../controls/IconButton";
import { ChevronDown } from "../controls/icons";
import { Menu, MenuItem } from "../controls/Menu";
import menu from "../controls/Menu.module.css";
import { Check } from "../controls/more-icons";
import { useScenario, useSession } from "../shell/session-context";

/** The examples to begin from. Taking one replaces the scenario, and can be undone. */
export function PresetMenu() {
  const session = useSession();
  const baseId = useScenario((state) => state.baseId);
  const [isOpen, setOpen] = useState(false);
  return (
    <Menu
      align="start"
      isOpen={isOpen}
      onOpenChange={setOpen}
      trigger={(props) => (
        <IconButton label="Begin from an example" {...props}>
          <ChevronDown size={16} aria-hidden />
        </IconButton>
      )}
    >
      <div className={menu.label}>Begin from an example</div>
      {PRESETS.map(({ id, title, description, scenario }) => (
        <MenuItem key={id} onSelect={() => session.replaceScenario(scenario, id)}>
          <span className={menu.indicator}>{id === baseId && <Check size={14} aria-hidden />}</span>
          <span className={menu.text}>
            <span className={menu.title}>{title}</span>
            <span className={menu.note}>{description}</span>
          </span>
        </MenuItem>
      ))}
    </Menu>
  );
}
