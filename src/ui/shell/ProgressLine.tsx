import styles from "./ProgressLine.module.css";
import { useRun } from "./session-context";

/** The hairline under the header that fills while a run streams in. */
export function ProgressLine() {
  const percent = useRun((state) => (state.status === "running" ? Math.round(state.progress * 100) : null));
  return (
    <div className={styles.line} data-running={percent !== null || undefined} aria-hidden="true">
      <div className={styles.fill} style={{ transform: `scaleX(${(percent ?? 100) / 100})` }} />
    </div>
  );
}
