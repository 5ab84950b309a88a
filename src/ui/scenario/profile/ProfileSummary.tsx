import type { Curve } from "../../../scenario/types";
import { useScenario } from "../../shell/session-context";
import { Sparkline } from "../Sparkline";
import { useShownItem } from "../shown";
import styles from "../TraceSummary.module.css";
import { rangeText } from "./profile-words";

/** Traffic over time as a small picture, with how little and how much it is. */
export default function ProfileSummary({ curve }: { readonly curve: Curve }) {
  const workload = useShownItem("workloads");
  const durationS = useScenario(({ scenario }) => scenario.run.durationS);
  return (
    <div className={styles.summary}>
      <Sparkline points={curve} until={durationS} />
      <p className={styles.text}>{rangeText(workload, curve)}</p>
    </div>
  );
}
