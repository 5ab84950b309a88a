import { Pin, PinOff, RotateCcw } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import type { Scenario } from "../../scenario/types";
import menu from "../controls/Menu.module.css";
import { useSession } from "../shell/session-context";
import { shortcutKeys } from "../shell/shortcuts";
import { PinnedButton } from "./PinnedButton";

/** What can be done with the pinned baseline. */
export function PinnedMenu({ pinned }: { readonly pinned: Scenario }) {
  const session = useSession();
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <PinnedButton />
      </DropdownMenu.Trigger>
      <DropdownMenu.Portal>
        <DropdownMenu.Content className={menu.content} align="end" sideOffset={6} collisionPadding={8}>
          <DropdownMenu.Label className={menu.label}>{pinned.name || "Unnamed scenario"}</DropdownMenu.Label>
          <DropdownMenu.Item className={menu.item} onSelect={() => session.pin()}>
            <Pin size={15} aria-hidden />
            Pin this run instead
            <kbd className={menu.key}>{shortcutKeys("pin")}</kbd>
          </DropdownMenu.Item>
          <DropdownMenu.Item
            className={menu.item}
            onSelect={() => session.replaceScenario(pinned, session.scenario.getState().baseId)}
          >
            <RotateCcw size={15} aria-hidden />
            Go back to its settings
          </DropdownMenu.Item>
          <DropdownMenu.Item className={menu.item} onSelect={() => session.unpin()}>
            <PinOff size={15} aria-hidden />
            Unpin
          </DropdownMenu.Item>
        </DropdownMenu.Content>
      </DropdownMenu.Portal>
    </DropdownMenu.Root>
  );
}
