import { BINS_PER_OCTAVE, PAGES } from "../engine/kernel/histogram";
import type { BucketedHistogramRecord } from "../engine/record/replication-record";

/** The filled bins of one bucket of the run, in ascending order. */
export interface FilledBins {
  readonly bins: readonly number[];
  readonly counts: readonly number[];
  readonly total: number;
}

/** Each bucket's histogram, merged over replications. Written with plain loops: it is most of the work of a summary. */
export function mergeBuckets(histograms: readonly BucketedHistogramRecord[], buckets: number): FilledBins[] {
  const page = new Float64Array(BINS_PER_OCTAVE);
  return Array.from({ length: buckets }, (_, bucket) => mergeBucket(histograms, bucket, page));
}

function mergeBucket(
  histograms: readonly BucketedHistogramRecord[],
  bucket: number,
  page: Float64Array,
): FilledBins {
  const bins: number[] = [];
  const counts: number[] = [];
  let total = 0;
  for (let octave = 0; octave < PAGES; octave += 1) {
    if (!addPages(histograms, bucket * PAGES + octave, page)) continue;
    for (let within = 0; within < BINS_PER_OCTAVE; within += 1) {
      const count = page[within] ?? 0;
      if (count === 0) continue;
      // Page 0 holds bin 0 in its last place; page 1 + i begins with the first bin of octave i.
      bins.push((octave - 1) * BINS_PER_OCTAVE + within + 1);
      counts.push(count);
      total += count;
    }
  }
  return { bins, counts, total };
}

/** Sums one page of all histograms. @returns whether any has it */
function addPages(histograms: readonly BucketedHistogramRecord[], at: number, page: Float64Array): boolean {
  let isFilled = false;
  for (const { pageOf, counts } of histograms) {
    const own = pageOf[at] ?? -1;
    if (own < 0) continue;
    if (!isFilled) page.fill(0);
    isFilled = true;
    const base = own * BINS_PER_OCTAVE;
    for (let within = 0; within < BINS_PER_OCTAVE; within += 1) {
      page[within] = (page[within] ?? 0) + (counts[base + within] ?? 0);
    }
  }
  return isFilled;
}
