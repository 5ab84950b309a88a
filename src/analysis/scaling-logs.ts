import type { ReplicationRecord } from "../engine";
import type { AlarmChange, ScalerRecord } from "../engine/record/scaling-record";
import type { Autoscaler, Scenario } from "../scenario/types";
import type { AlarmSpan, ScalingLog } from "./result-types";

/** What each autoscaler did in the first replication, the only one that keeps it: fleets in their order, then the replicas. */
export function scalingLogs(scenario: Scenario, records: readonly ReplicationRecord[]): ScalingLog[] {
  const [first] = records;
  if (first === undefined) return [];
  return first.scaling.map((scaler) => scalingLog(scenario, scaler, first.nowMs));
}

function scalingLog(
  { fleets, database }: Scenario,
  { target, decisions, forgotten, alarms }: ScalerRecord,
  nowMs: number,
): ScalingLog {
  const fleet = target === "replicas" ? null : (fleets[target] ?? null);
  const scaler: Autoscaler | null =
    target === "replicas" ? database.replicas.autoscaler : (fleet?.autoscaler ?? null);
  const policies = scaler?.policies ?? [];
  const nameOf = (policy: number): string => policies[policy]?.name ?? `policy ${policy + 1}`;
  const known = 1 + Math.max(policies.length - 1, ...alarms.map(({ policy }) => policy));
  return {
    fleet: fleet?.name ?? null,
    decisions: decisions.map(({ atMs, policy, values, ...decision }) => ({
      ...decision,
      atS: atMs / 1000,
      policy: policy < 0 ? null : nameOf(policy),
      values: values.map((value) => (Number.isNaN(value) ? null : value)),
    })),
    forgotten,
    alarms: Array.from({ length: known }, (_, policy) => ({
      policy: nameOf(policy),
      spans: spans(
        alarms.filter((change) => change.policy === policy),
        nowMs,
      ),
    })),
  };
}

/** Every policy begins without data. */
function spans(changes: readonly AlarmChange[], nowMs: number): AlarmSpan[] {
  const begins = [{ atMs: 0, state: "no-data" as const }, ...changes];
  return begins.flatMap(({ atMs, state }, i) => {
    const endMs = begins[i + 1]?.atMs ?? nowMs;
    return endMs > atMs ? [{ fromS: atMs / 1000, toS: endMs / 1000, state }] : [];
  });
}
