import type { TimeCut } from "../chart-types";

/**
 * Means over the groups of a cut, for a matrix with one row after the other and one column per bucket; of what has been
 * simulated of a group. NaN where nothing has.
 */
export function cutRows(cells: Float64Array, rows: number, buckets: number, cut: TimeCut): Float64Array {
  const columns = cut.x.length;
  const result = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const start = cut.first + column * cut.size;
      const stop = Math.min(start + cut.size, buckets);
      let sum = 0;
      let count = 0;
      for (let bucket = start; bucket < stop; bucket++) {
        const value = cells[row * buckets + bucket] ?? Number.NaN;
        if (Number.isNaN(value)) continue;
        sum += value;
        count += 1;
      }
      result[row * columns + column] = sum / count;
    }
  }
  return result;
}
