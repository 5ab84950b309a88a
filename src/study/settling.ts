/** Observations in a batch, and the name of the rule. */
const BATCH = 5;

/**
 * How many of the first observations of a series are to be cut off so that what remains is nearest to its steady state: the cut that makes the
 * squared standard error of the remaining mean smallest, looked for in the first half (MSER-5: White, Cobb and Spratt, A Comparison of Five Steady-State
 * Truncation Heuristics for Simulation, WSC 2000).
 * @returns a multiple of 5; null where the smallest lies at the end of the first half: the series does not settle, or is too short to tell
 */
export function settledAfter(observations: readonly number[]): number | null {
  const batches: number[] = [];
  for (let at = 0; at + BATCH <= observations.length; at += BATCH) {
    batches.push(observations.slice(at, at + BATCH).reduce((sum, value) => sum + value, 0) / BATCH);
  }
  const lastCut = Math.floor(batches.length / 2);
  if (lastCut < 1) return null;
  // Sums of squares are exact to the last digits only near 0, and what never changes must have no error at all.
  const level = batches.at(-1) ?? 0;
  let best = { cut: 0, error: Infinity };
  let [count, sum, squares] = [0, 0, 0];
  // From the end, so that each cut adds one batch to the sums of the one after it.
  for (let cut = batches.length - 1; cut >= 0; cut -= 1) {
    const value = (batches[cut] ?? 0) - level;
    count += 1;
    sum += value;
    squares += value * value;
    if (cut > lastCut) continue;
    const error = Math.max(0, squares - (sum * sum) / count) / (count * count);
    if (error <= best.error) best = { cut, error };
  }
  return best.cut === lastCut ? null : best.cut * BATCH;
}
