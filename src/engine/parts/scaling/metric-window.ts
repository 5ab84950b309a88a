import type { ScalingPolicy, ScalingStatistic } from "../../../scenario/types";

/** What one policy looks at: a statistic of a metric over one period after the other. */
export interface MetricWindow {
  /** What was measured since the last call (or since the window was made), in the metric's own unit; NaN where there was nothing to measure. The next period begins. */
  close(): number;
  /** Nobody looks any more; absent where looking costs nothing. */
  end?(): void;
}

/** Percentiles of the statistics that are one, as fractions. */
export const SHARE: Readonly<Partial<Record<ScalingStatistic, number>>> = {
  p50: 0.5,
  p75: 0.75,
  p90: 0.9,
  p95: 0.95,
  p99: 0.99,
};

/** Nearest rank, from 1, of a share among so many values. */
export function rankOf(share: number, count: number): number {
  return Math.max(1, Math.ceil(share * count - 1e-9));
}

/** What a policy makes of its metric; target tracking takes the mean. */
export function statisticOf(policy: ScalingPolicy): ScalingStatistic {
  return policy.kind === "step" ? policy.statistic : "average";
}
