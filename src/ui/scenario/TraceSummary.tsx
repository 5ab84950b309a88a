import { spanText } from "../../base/run-time";
import type { Curve } from "../../scenario/types";
import { useScenario } from "../shell/session-context";
import { curveText } from "./curve-text";
import { Sparkline } from "./Sparkline";
import styles from "./TraceSummary.module.css";

/** A measured curve of traffic: its shape, and how much of it a run sees. */
export default function TraceSummary({ trace }: { readonly trace: Curve }) {
  const durationS = useScenario(({ scenario }) => scenario.run.durationS);
  const lastS = trace.at(-1)?.[0] ?? 0;
  return (
    <div className={styles.summary}>
      <Sparkline points={trace} />
      <p className={styles.text}>
        {curveText(trace)}.
        {lastS > durationS && (
          <span className={styles.implied}>
            The run is {spanText(durationS)} long and sees that much of it from the start
          </span>
        )}
      </p>
    </div>
  );
}
