/** How a run is cut into buckets: 200 to 400 of a round width (1, 2, 2.5 or 5 times a power of ten). */
export interface TimeGrid {
  readonly bucketMs: number;
  readonly buckets: number;
}

const MOST_BUCKETS = 400;
const STEPS = [1, 2, 2.5, 5];

/** @param durationMs > 0 */
export function timeGrid(durationMs: number): TimeGrid {
  let power = 1;
  while (durationMs / power < MOST_BUCKETS) power /= 10;
  for (;;) {
    for (const step of STEPS) {
      const bucketMs = step * power;
      const buckets = Math.ceil(durationMs / bucketMs);
      if (buckets <= MOST_BUCKETS) return { bucketMs, buckets };
    }
    power *= 10;
  }
}
