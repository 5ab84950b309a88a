import { plainText } from "../shell/figure-text";
import { useRun } from "../shell/session-context";
import styles from "./SheetSummary.module.css";

/** The three figures that stay in view while the controls cover the rest of a small screen. */
export function SheetSummary() {
  const figures = useRun((state) => state.summary?.figures ?? null);
  if (figures === null) return null;
  const { throughputPerSecond, latencyMs, failureRate, requests } = figures;
  return (
    <span className={styles.summary}>
      {throughputPerSecond.mean !== null && <span>{plainText("rate", throughputPerSecond.mean)}</span>}
      {latencyMs.p95.mean !== null && <span>p95 {plainText("duration", latencyMs.p95.mean)}</span>}
      {failureRate.mean !== null && (
        <span data-bad={requests.failed > 0 || undefined}>
          {requests.failed === 0 ? "none" : plainText("share", failureRate.mean)} failed
        </span>
      )}
    </span>
  );
}
