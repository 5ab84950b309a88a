import type { ReplicationRecord } from "../engine";
import type { AlarmChange, PolicyTerm, ScalerRecord, SizeBounds } from "../engine/record/scaling-record";
import type { Scenario } from "../scenario/types";
import type { AlarmSpan, BoundsSpan, ScalingLog } from "./result-types";

/** What each autoscaler did in the first replication, the only one that keeps it: in the order in which they began, the replicas' among them. */
export function scalingLogs({ fleets }: Scenario, records: readonly ReplicationRecord[]): ScalingLog[] {
  const [first] = records;
  if (first === undefined) return [];
  return first.scaling.map((scaler) => ({
    fleet: scaler.target === "replicas" ? null : (fleets[scaler.target]?.name ?? null),
    ...scalingLog(scaler, first.nowMs),
  }));
}

function scalingLog(
  { decisions, forgotten, alarms, policies, bounds }: ScalerRecord,
  nowMs: number,
): Omit<ScalingLog, "fleet"> {
  return {
    decisions: decisions.map(({ atMs, policy, values, ...decision }) => ({
      ...decision,
      ...boundsAt(bounds, atMs),
      atS: atMs / 1000,
      policy: policies[policy]?.policy ?? null,
      values: values.map((value) => (Number.isNaN(value) ? null : value)),
    })),
    forgotten,
    bounds: boundsSpans(bounds, nowMs),
    alarms: alarmsByName(policies, alarms, nowMs),
  };
}

function boundsAt(
  bounds: readonly SizeBounds[],
  atMs: number,
): { readonly min: number; readonly max: number } {
  const { min, max } = bounds.findLast(({ fromMs }) => fromMs <= atMs) ?? { min: 0, max: Infinity };
  return { min, max };
}

function boundsSpans(bounds: readonly SizeBounds[], nowMs: number): BoundsSpan[] {
  return bounds.map(({ fromMs, min, max }, i) => ({
    fromS: fromMs / 1000,
    toS: (bounds[i + 1]?.fromMs ?? nowMs) / 1000,
    min,
    max,
  }));
}

/** One that is changed is a policy of its own, under the same name. */
function alarmsByName(
  policies: readonly PolicyTerm[],
  changes: readonly AlarmChange[],
  nowMs: number,
): ScalingLog["alarms"] {
  const byName = new Map<string, ScalingLog["alarms"][number]>();
  policies.forEach((term, number) => {
    const own = spans(
      term,
      changes.filter(({ policy }) => policy === number),
      nowMs,
    );
    const { policy } = term;
    const earlier = byName.get(policy.name)?.spans ?? [];
    byName.set(policy.name, { policy, spans: [...earlier, ...own] });
  });
  return [...byName.values()];
}

/** Every policy begins without data. */
function spans({ fromMs, untilMs }: PolicyTerm, changes: readonly AlarmChange[], nowMs: number): AlarmSpan[] {
  const begins = [{ atMs: fromMs, state: "no-data" as const }, ...changes];
  return begins.flatMap(({ atMs, state }, i) => {
    const endMs = begins[i + 1]?.atMs ?? Math.min(untilMs, nowMs);
    return endMs > atMs ? [{ fromS: atMs / 1000, toS: endMs / 1000, state }] : [];
  });
}
