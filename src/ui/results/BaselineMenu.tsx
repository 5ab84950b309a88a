import { useState } from "react";
import { Button } from "../controls/Button";
import { FetchedMenu } from "../controls/FetchedMenu";
import { Pin } from "../controls/icons";
import { useBaseline, useRun, useSession } from "../shell/session-context";
import styles from "./BaselineMenu.module.css";
import { PinnedButton } from "./PinnedButton";

const fetchPinnedMenu = async () => (await import("./PinnedMenu")).PinnedMenu;

/** Pins the run as the baseline; once one is pinned, replaces it, goes back to it, or lets it go. */
export function BaselineMenu() {
  const session = useSession();
  const [isOpen, setOpen] = useState(false);
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
    <FetchedMenu
      fetch={fetchPinnedMenu}
      button={(props) => <PinnedButton {...props} />}
      isOpen={isOpen}
      onOpenChange={setOpen}
    />
  );
}
