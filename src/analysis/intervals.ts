import { studentTQuantile } from "../base/student-t";
import type { Estimate } from "./result-types";

const quantiles = new Map<string, number>();

/** Student's t for a two-sided interval; the few that are needed are computed once. */
function quantile(confidence: number, degreesOfFreedom: number): number {
  const key = `${confidence} ${degreesOfFreedom}`;
  const known = quantiles.get(key);
  if (known !== undefined) return known;
  const value = studentTQuantile(confidence, degreesOfFreedom);
  quantiles.set(key, value);
  return value;
}

/** Mean and standard deviation (n − 1) of at least two values. */
export function meanAndDeviation(values: readonly number[]): { mean: number; deviation: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) * (value - mean), 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}

/**
 * Half the width of the two-sided interval for a mean over independent replications: t·s/√R. null with fewer than two.
 * @param replications each replication's own value
 */
export function halfWidth(replications: readonly number[], confidence = 0.95): number | null {
  if (replications.length < 2) return null;
  const { deviation } = meanAndDeviation(replications);
  return (quantile(confidence, replications.length - 1) * deviation) / Math.sqrt(replications.length);
}

/**
 * A figure around a pooled value, with the interval that its spread over replications gives.
 * @param value the pooled value, null where nothing was measured
 * @param replications each replication's own value, null where it measured nothing
 * @param atMost no value can be above this (1 for a rate)
 */
export function estimate(
  value: number | null,
  replications: readonly (number | null)[],
  atMost = Infinity,
): Estimate {
  if (value === null) return { mean: null, ci95: null };
  const measured = replications.filter((own): own is number => own !== null);
  const half = halfWidth(measured);
  if (half === null) return { mean: value, ci95: null };
  return { mean: value, ci95: [Math.max(0, value - half), Math.min(atMost, value + half)] };
}
