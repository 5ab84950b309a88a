import type { HistogramRecord } from "../engine/record/replication-record";
import { sum } from "./record-sums";

/**
 * The value below which a share of the counted values lies, by the nearest rank: the mean of the bin that holds the value of rank
 * ⌈share × count⌉. Within 0.4 % of the exact value; exact where a bin's values are equal, as on a lattice of constant service times.
 * @param share 0 < share ≤ 1 @returns null where nothing was counted
 */
export function percentile(histogram: HistogramRecord, share: number): number | null {
  return percentileAt(histogram, share)?.value ?? null;
}

interface Percentile {
  readonly value: number;
  /** The bin that holds it. */
  readonly bin: number;
}

/** The same, with the number of the bin that holds it. */
export function percentileAt(histogram: HistogramRecord, share: number): Percentile | null {
  return percentileOf(histogram, share, totalCount(histogram));
}

/** The same of several shares; the values are counted once. */
export function percentiles(histogram: HistogramRecord, shares: readonly number[]): (number | null)[] {
  const count = totalCount(histogram);
  return shares.map((share) => percentileOf(histogram, share, count)?.value ?? null);
}

function percentileOf(histogram: HistogramRecord, share: number, count: number): Percentile | null {
  if (count === 0) return null;
  const rank = Math.ceil(share * count - 1e-9);
  let below = 0;
  for (let i = 0; i < histogram.counts.length; i += 1) {
    const inBin = histogram.counts[i] ?? 0;
    below += inBin;
    if (inBin > 0 && below >= rank)
      return { value: (histogram.sums[i] ?? 0) / inBin, bin: histogram.firstBin + i };
  }
  return { value: histogram.largest, bin: histogram.firstBin + histogram.counts.length - 1 };
}

/** How many values were counted. */
export function totalCount(histogram: HistogramRecord): number {
  return sum(histogram.counts);
}

/** Their mean; null where there are none. */
export function mean(histogram: HistogramRecord): number | null {
  const count = totalCount(histogram);
  return count === 0 ? null : sum(histogram.sums) / count;
}

/** One histogram of all values; sums are added in the order given, so that the result is the same to the last bit. */
export function mergeHistograms(histograms: readonly HistogramRecord[]): HistogramRecord {
  const filled = histograms.filter((histogram) => histogram.counts.length > 0);
  const firstBin = filled.reduce((first, histogram) => Math.min(first, histogram.firstBin), Infinity);
  const end = filled.reduce(
    (last, histogram) => Math.max(last, histogram.firstBin + histogram.counts.length),
    0,
  );
  const bins = Math.max(0, filled.length === 0 ? 0 : end - firstBin);
  const counts = new Float64Array(bins);
  const sums = new Float64Array(bins);
  for (const histogram of filled) {
    const shift = histogram.firstBin - firstBin;
    for (let i = 0; i < histogram.counts.length; i += 1) {
      const count = histogram.counts[i] ?? 0;
      // Most bins of a short run are empty.
      if (count === 0) continue;
      counts[shift + i] = (counts[shift + i] ?? 0) + count;
      sums[shift + i] = (sums[shift + i] ?? 0) + (histogram.sums[i] ?? 0);
    }
  }
  return {
    firstBin: bins === 0 ? 0 : firstBin,
    counts,
    sums,
    largest: histograms.reduce((largest, histogram) => Math.max(largest, histogram.largest), 0),
  };
}
