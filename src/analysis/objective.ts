import type { Objective } from "../scenario/types";
import type { Estimate, LatencyEstimates, ObjectiveMiss, ResultFigures } from "./result-types";

/** Which limits of the objective are missed. A latency that nobody measured, since nothing succeeded, misses its limit. */
export function judge(
  slo: Objective,
  measured: {
    readonly latencyMs: Pick<LatencyEstimates, "p95" | "p99">;
    readonly queueMs: Pick<LatencyEstimates, "p95">;
    readonly failureRate: Estimate;
  },
): ResultFigures["slo"] {
  const misses: ObjectiveMiss[] = [];
  const check = (objective: ObjectiveMiss["objective"], limit: number | null, value: number | null): void => {
    if (limit !== null && (value === null || value > limit)) misses.push({ objective, limit, value });
  };
  check("p95Ms", slo.p95Ms, measured.latencyMs.p95.mean);
  check("p99Ms", slo.p99Ms, measured.latencyMs.p99.mean);
  check("queueP95Ms", slo.queueP95Ms, measured.queueMs.p95.mean);
  // With no request ended there is no failure either.
  check("failureRate", slo.failureRate, measured.failureRate.mean ?? 0);
  return { met: misses.length === 0, misses };
}
