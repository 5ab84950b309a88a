import type { TimeCut } from "../chart-types";

/** Means over the groups of a cut, for a matrix with one row after the other and one column per bucket. */
export function cutRows(cells: Float64Array, rows: number, buckets: number, cut: TimeCut): Float64Array {
  const columns = cut.x.length;
  const result = new Float64Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const start = cut.first + column * cut.size;
      const stop = Math.min(start + cut.size, buckets);
      let sum = 0;
      for (let bucket = start; bucket < stop; bucket++) sum += cells[row * buckets + bucket] ?? 0;
      result[row * columns + column] = sum / (stop - start);
    }
  }
  return result;
}
