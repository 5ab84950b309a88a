import { meanAndDeviation } from "../../src/analysis/intervals";
import { studentTQuantile } from "../../src/base/student-t";

/**
 * Where the value of one more run would fall, 95 times in 100: mean ± t·s·√(1 + 1/R). No figure is below 0.
 * @param values of R runs, at least two
 */
export function predictionInterval(values: readonly number[]): readonly [number, number] {
  const { mean, deviation } = meanAndDeviation(values);
  const half = studentTQuantile(0.95, values.length - 1) * deviation * Math.sqrt(1 + 1 / values.length);
  return [Math.max(0, mean - half), mean + half];
}
