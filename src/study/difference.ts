import { halfWidth } from "../analysis/intervals";
import type { Difference } from "./answer-types";
import type { Configuration } from "./configuration";
import type { MeasureName } from "./question-types";

/**
 * How a measure of one configuration differs from another's. Replications of the same number have the same random
 * numbers, so the interval is that of the mean of their differences (a paired t interval; common random numbers: Law,
 * Simulation Modeling and Analysis, section 11.2), and far narrower than those of the two measures apart.
 */
export function difference(name: MeasureName, of: Configuration, from: Configuration): Difference {
  const own = of.own(name);
  const pairs: number[] = [];
  from.own(name).forEach((value, replication) => {
    const other = own[replication];
    if (value !== null && other !== null && other !== undefined) pairs.push(other - value);
  });
  const [at, before] = [of.measures[name].mean, from.measures[name].mean];
  if (at === null || before === null || pairs.length === 0)
    return { mean: null, half: null, verdict: "unknown" };
  const mean = at - before;
  const half = halfWidth(pairs);
  return { mean, half, verdict: verdict(mean, half, pairs) };
}

function verdict(mean: number, half: number | null, pairs: readonly number[]): Difference["verdict"] {
  if (mean === 0 && pairs.every((pair) => pair === 0)) return "same";
  const ofPairs = pairs.reduce((sum, pair) => sum + pair, 0) / pairs.length;
  // The pooled difference may lie beside the pairs' own: what only one of them shows is not shown.
  const isShown = (value: number): boolean => half !== null && Math.abs(value) > half;
  if (!isShown(mean) || !isShown(ofPairs) || mean < 0 !== ofPairs < 0) return "unknown";
  return mean < 0 ? "lower" : "higher";
}
