import { useMemo } from "react";
import { spanText } from "../../base/run-time";
import type { Curve, ReplayWorkload } from "../../scenario/types";
import { Button } from "../controls/Button";
import { FileUp } from "../controls/more-icons";
import { useScenario } from "../shell/session-context";
import { FieldRow, idsOf } from "./FieldRow";
import { field } from "./fields";
import { count } from "./implied";
import { Sparkline } from "./Sparkline";
import { useShownItem } from "./shown";
import styles from "./TraceSummary.module.css";
import { useField } from "./use-field";

const DEFINITION = field("replay");
const IDS = idsOf(DEFINITION.id);
const BINS = 70;

/** How many requests come when: counted in equal parts of the recording. */
function arrivals(requests: ReplayWorkload["requests"]): Curve {
  const lastMs = Math.max(requests.at(-1)?.[0] ?? 0, 1);
  const counts = new Array<number>(BINS).fill(0);
  for (const [atMs] of requests) {
    const bin = Math.min(BINS - 1, Math.floor((atMs / lastMs) * BINS));
    counts[bin] = (counts[bin] ?? 0) + 1;
  }
  return counts.map((value, bin) => [bin, value] as const);
}

/** Recorded requests: how many, over which time, and the way to others. */
export default function ReplayControl({ onImport }: { readonly onImport: () => void }) {
  const workload = useShownItem("workloads");
  const durationS = useScenario(({ scenario }) => scenario.run.durationS);
  const { isChanged, reset } = useField(DEFINITION.path);
  const requests = workload.kind === "replay" ? workload.requests : null;
  const curve = useMemo(() => (requests === null ? [] : arrivals(requests)), [requests]);
  if (workload.kind !== "replay" || requests === null) return null;
  const lastS = Math.round((requests.at(-1)?.[0] ?? 0) / 100) / 10;

  return (
    <FieldRow
      definition={DEFINITION}
      isChanged={isChanged}
      onReset={reset}
      {...(requests.length === 0 ? { explanation: "None yet, so nothing is sent" } : {})}
    >
      {requests.length > 0 && (
        <div className={styles.summary}>
          <Sparkline points={curve} />
          <p className={styles.text}>
            {count(requests.length)} requests of {workload.endpoint} over {spanText(lastS)}
            {lastS > 0 && `, ${count(requests.length / lastS)} a second`}.
            {lastS > durationS && (
              <span className={styles.implied}>
                The run is {spanText(durationS)} long and replays that much of it
              </span>
            )}
          </p>
        </div>
      )}
      <div className={styles.actions}>
        <Button id={IDS.control} onClick={onImport}>
          <FileUp size={14} aria-hidden />
          {requests.length === 0 ? "Import a CSV file" : "Another file"}
        </Button>
      </div>
    </FieldRow>
  );
}
