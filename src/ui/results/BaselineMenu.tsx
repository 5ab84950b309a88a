import { lazy, Suspense } from "react";
import { Button } from "../controls/Button";
import { Pin } from "../controls/icons";
import { useBaseline, useRun, useSession } from "../shell/session-context";
import styles from "./BaselineMenu.module.css";
import { PinnedButton } from "./PinnedButton";

const PinnedMenu = lazy(async () => ({ default: (await import("./PinnedMenu")).PinnedMenu }));

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
    <Suspense fallback={<PinnedButton disabled />}>
      <PinnedMenu pinned={pinned} />
    </Suspense>
  );
}
