import { useEffect, useState } from "react";
import { Button } from "../controls/Button";
import { useRun, useSession } from "../shell/session-context";
import styles from "./RunProgress.module.css";

/** A run that is over sooner needs no bar. */
const PATIENCE_MS = 600;

function useIsLong(isRunning: boolean): boolean {
  const [isLong, setLong] = useState(false);
  useEffect(() => {
    if (!isRunning) return;
    const timer = setTimeout(() => setLong(true), PATIENCE_MS);
    return () => {
      clearTimeout(timer);
      setLong(false);
    };
  }, [isRunning]);
  return isLong && isRunning;
}

/** For runs that take a while: how far it is, and a way to stop it. Floats over the page, so that nothing moves. */
export function RunProgress() {
  const session = useSession();
  const isLong = useIsLong(useRun((state) => state.status === "running" && !state.isPreview));
  const percent = useRun((state) => Math.round(state.progress * 100));
  if (!isLong) return null;
  return (
    <div className={styles.bar}>
      <span className={styles.label}>Simulating</span>
      <progress className={styles.progress} max={100} value={percent} aria-label="Simulating" />
      <span className={styles.percent}>{percent} %</span>
      <Button onClick={() => session.cancel()}>
        Cancel <kbd className={styles.key}>Esc</kbd>
      </Button>
    </div>
  );
}
