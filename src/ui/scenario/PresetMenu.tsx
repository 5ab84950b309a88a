import { PRESETS } from "../../scenario/presets";
import type { MenuState } from "../controls/FetchedMenu";
import { Menu, MenuItem } from "../controls/Menu";
import menu from "../controls/Menu.module.css";
import { Check } from "../controls/more-icons";
import { useScenario, useSession } from "../shell/session-context";
import { PresetButton } from "./PresetButton";

/** The examples to begin from. Taking one replaces the scenario, and can be undone. */
export function PresetMenu({ isOpen, onOpenChange }: MenuState) {
  const session = useSession();
  const baseId = useScenario((state) => state.baseId);
  return (
    <Menu
      align="start"
      isOpen={isOpen}
      onOpenChange={onOpenChange}
      trigger={(props) => <PresetButton {...props} />}
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
