import type { Plan } from "./plan";

/** The code that only some simulations need. */
export type Extras = typeof import("./extras");

/** Whether anything is scaled by itself in a system that is as this plan says. */
export function hasScaling({ fleets, replicas }: Plan): boolean {
  return replicas.autoscaler !== null || fleets.some(({ autoscaler }) => autoscaler !== null);
}

function hasAny(plan: Plan): boolean {
  return hasScaling(plan) || plan.fleets.some(({ healthCheck }) => healthCheck !== null);
}

/** Whether a simulation of this plan needs the extras, at its begin or for one of its changes. */
export function needsExtras(plan: Plan): boolean {
  // The kind of a workload is the same for a whole run.
  const hasRareTraffic = plan.workloads.some(({ kind }) => kind === "burst" || kind === "replay");
  return (
    hasRareTraffic ||
    hasAny(plan) ||
    plan.timeline.some(({ change }) => change.kind === "plan" && hasAny(change.plan))
  );
}
