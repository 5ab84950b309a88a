import type { MenuState } from "../controls/FetchedMenu";
import { Pin, RotateCcw } from "../controls/icons";
import { Menu, MenuItem } from "../controls/Menu";
import menu from "../controls/Menu.module.css";
import { PinOff } from "../controls/more-icons";
import { useBaseline, useSession } from "../shell/session-context";
import { shortcutKeys } from "../shell/shortcuts";
import { PinnedButton } from "./PinnedButton";

/** What can be done with the pinned baseline. */
export function PinnedMenu({ isOpen, onOpenChange }: MenuState) {
  const session = useSession();
  const pinned = useBaseline((state) => state.scenario);
  if (pinned === null) return null;
  return (
    <Menu isOpen={isOpen} onOpenChange={onOpenChange} trigger={(props) => <PinnedButton {...props} />}>
      <div className={menu.label}>{pinned.name || "Unnamed scenario"}</div>
      <MenuItem onSelect={() => session.pin()}>
        <Pin size={15} aria-hidden />
        Pin this run instead
        <kbd className={menu.key}>{shortcutKeys("pin")}</kbd>
      </MenuItem>
      <MenuItem onSelect={() => session.replaceScenario(pinned, session.scenario.getState().baseId)}>
        <RotateCcw size={15} aria-hidden />
        Go back to its settings
      </MenuItem>
      <MenuItem onSelect={() => session.unpin()}>
        <PinOff size={15} aria-hidden />
        Unpin
      </MenuItem>
    </Menu>
  );
}
