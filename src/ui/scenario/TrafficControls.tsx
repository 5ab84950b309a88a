import { useRef } from "react";
import type { Scenario, Workload } from "../../scenario/types";
import { SegmentedField } from "../controls/SegmentedField";
import { useScenario, useSession } from "../shell/session-context";
import { FieldControl } from "./FieldControl";
import { idsOf } from "./FieldRow";
import styles from "./TrafficControls.module.css";

const KINDS = [
  { value: "closed", label: "Clients" },
  { value: "open", label: "Requests/s" },
];

const WORKLOAD_PATH = "workloads.0";

/** The kind of the first workload: what the traffic controls are about. */
export function workloadKind(scenario: Scenario): Workload["kind"] | null {
  return scenario.workloads[0]?.kind ?? null;
}

/** The same traffic said in the other way, about as much of it; null where it can't be. */
function converted(workload: Workload, kind: string, measuredPerSecond: number | null): unknown {
  const perSecond = measuredPerSecond ?? 75;
  if (workload.kind === "closed" && kind === "open") {
    const { name, mix, retries, giveUpAfterMs } = workload;
    return {
      name,
      kind,
      requestsPerSecond: Math.max(1, Math.round(perSecond)),
      arrivals: "poisson",
      mix,
      retries,
      giveUpAfterMs,
    };
  }
  if (workload.kind === "open" && kind === "closed") {
    const { name, mix, retries, giveUpAfterMs } = workload;
    return {
      name,
      kind,
      clients: Math.max(1, Math.round(perSecond)),
      thinkMs: 0,
      mix,
      retries,
      giveUpAfterMs,
    };
  }
  return null;
}

/** Closed or open, and how much. Switching there and back gives back what was there. */
export function TrafficControls() {
  const session = useSession();
  const kind = useScenario((state) => workloadKind(state.scenario));
  const earlier = useRef(new Map<string, Workload>());

  function change(next: string) {
    const { scenario } = session.scenario.getState();
    const workload = scenario.workloads[0];
    if (workload === undefined || workload.kind === next) return;
    earlier.current.set(workload.kind, workload);
    const measured = session.run.getState().summary?.figures.throughputPerSecond.mean ?? null;
    const value = earlier.current.get(next) ?? converted(workload, next, measured);
    if (value !== null) session.edit(WORKLOAD_PATH, value);
  }

  return (
    <>
      <SegmentedField
        id={idsOf("workload-kind").control}
        label="Kind of traffic"
        value={kind ?? ""}
        options={KINDS}
        onChange={change}
      />
      {kind === "closed" && <FieldControl id="clients" />}
      {kind === "open" && <FieldControl id="rate" />}
      {kind !== "closed" && kind !== "open" && (
        <p className={styles.note}>This scenario’s traffic comes from its file and has no slider.</p>
      )}
    </>
  );
}
