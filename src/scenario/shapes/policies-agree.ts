import type { ItemCheck, RecordCheck } from "../shape";
import type { ScalingMetric, ScalingPolicy, StepPolicy } from "../types";

/**
 * What more dynos always lower. A database's own load is not among these: fewer dynos, and so fewer connections, can
 * be what it needs.
 */
const LOWERED_BY_MORE: readonly ScalingMetric[] = ["cpu", "latencyMs", "queueMs", "requestsPerDyno"];

/** A policy that removes where there is too much load would go on removing, since each removal adds load. */
export const helps: RecordCheck = (value) => {
  const { metric, above, below, change } = value as unknown as StepPolicy;
  if (!LOWERED_BY_MORE.includes(metric) || change > 0 === (above !== undefined)) return null;
  const allowed =
    below === undefined
      ? `above 0, since it acts where ${metric} is above ${String(above)}`
      : `below 0, since it acts where ${metric} is below ${String(below)}`;
  return { field: "change", allowed, resets: [] };
};

/** Where a policy asks for more, or for less. */
interface Reach {
  readonly isUp: boolean;
  readonly side: "above" | "below";
  readonly bound: number;
}

/** Target tracking removes only under this part of its target. */
const LOW_PART = 0.9;

function reachesOf(policy: ScalingPolicy): readonly Reach[] {
  if (policy.kind === "target") {
    return [
      { isUp: true, side: "above", bound: policy.target },
      { isUp: false, side: "below", bound: policy.target * LOW_PART },
    ];
  }
  const { above, below, change } = policy;
  const isUp = change > 0;
  return above === undefined
    ? [{ isUp, side: "below", bound: below ?? 0 }]
    : [{ isUp, side: "above", bound: above }];
}

/** Whether there is a value at which one policy adds and the other removes; where all values are equal, all statistics are. */
function isAtOdds(one: Reach, other: Reach): boolean {
  if (one.isUp === other.isUp) return false;
  if (one.side === other.side) return true;
  return one.side === "above" ? one.bound < other.bound : other.bound < one.bound;
}

/** Two policies that want the opposite of the same measurement would both act, again and again. */
export const agreesWithEarlier: ItemCheck<ScalingPolicy> = (policy, earlier) => {
  for (const other of earlier) {
    if (other.metric !== policy.metric) continue;
    if (other.kind === "target" && policy.kind === "target") {
      if (other.target === policy.target) continue;
      return { field: "target", allowed: `${other.target}, which "${other.name}" aims at already` };
    }
    const mine = reachesOf(policy);
    const clash = reachesOf(other).find((reach) => mine.some((own) => isAtOdds(own, reach)));
    if (clash === undefined) continue;
    const does = `${clash.isUp ? "adds" : "removes"} ${clash.side} ${String(clash.bound)}`;
    const field = policy.kind === "target" ? "target" : policy.above === undefined ? "below" : "above";
    return { field, allowed: `where "${other.name}" does not ask for the opposite (it ${does})` };
  }
  return null;
};
