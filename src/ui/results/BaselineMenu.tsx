import { Pin, PinOff, RotateCcw } from "lucide-react";
import { DropdownMenu } from "radix-ui";
import { Button } from "../controls/Button";
import menu from "../controls/Menu.module.css";
import { useBaseline, useRun, useSession } from "../shell/session-context";
import { shortcutKeys } from "../shell/shortcuts";
import styles from "./BaselineMenu.module.css";

/** Pins the run as the baseline; once one is pinned, replaces it, goes back to it, or lets it go. */
export function BaselineMenu() {
  const session = useSession();
  const pinned = useBaseline((state) => state.scenario);
  const hasResult = useRun((state) => state.summary !== null);
  if (pinned === null) {
    return (
      <Button
        className={styles.button}
        look="quiet"
        aria-label="Pin baseline"
        disabled={!hasResult}
        onClick={() => session.pin()}
      >
        <Pin size={15} aria-hidden />
        <span className={styles.words}>Pin baseline</span>
      </Button>
    );
  }
  return (
    <DropdownMenu.Root modal={false}>
      <DropdownMenu.Trigger asChild>
        <Button className={styles.button} look="quiet" data-pinned aria-label="Baseline pinned">
          <Pin size={15} fill="currentColor" aria-hidden />
          <span className={styles.words}>Baseline pinned</span>
        </Button>
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
