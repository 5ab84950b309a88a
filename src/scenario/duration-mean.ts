import { unreachable } from "../base/assert";
import { exp, log } from "../base/elementary";
import type { Duration } from "./types";

/** The 99th percentile of the standard normal distribution. */
const NORMAL_P99 = 2.3263478740408408;

/** The mean of a duration, in ms. */
export function meanMs(duration: Duration): number {
  if (typeof duration === "number") return duration;
  switch (duration.dist) {
    case "constant":
    case "exponential":
    case "gamma":
    case "hyperexponential":
    case "pareto":
      return duration.mean;
    case "uniform":
      return (duration.min + duration.max) / 2;
    case "lognormal": {
      if ("mean" in duration) return duration.mean;
      const sigma = log(duration.p99 / duration.p50) / NORMAL_P99;
      return duration.p50 * exp((sigma * sigma) / 2);
    }
    case "empirical": {
      const weights = duration.weights ?? duration.values.map(() => 1);
      const total = weights.reduce((sum, weight) => sum + weight, 0);
      return duration.values.reduce((sum, value, i) => sum + (value * (weights[i] ?? 0)) / total, 0);
    }
    default:
      return unreachable(duration);
  }
}
