import { BINS_PER_OCTAVE, OCTAVES } from "../kernel/histogram";

/** Page 0 of a bucket is for bin 0; page 1 + i for octave i. */
export const PAGES_PER_BUCKET = OCTAVES + 1;

/** One histogram per bucket of the run, with the bins of `histogram.ts`; only octaves that occur take memory. */
export class BucketedHistogram {
  /** Which page of `counts` holds a bucket's octave, at [bucket × PAGES_PER_BUCKET + page]; −1 where none is needed yet. */
  readonly pageOf: Int32Array;
  /** Pages of BINS_PER_OCTAVE counts. */
  counts = new Uint32Array(64 * BINS_PER_OCTAVE);
  pages = 0;

  constructor(buckets: number) {
    this.pageOf = new Int32Array(buckets * PAGES_PER_BUCKET).fill(-1);
  }

  /** Counts a value of the given bin. */
  add(bucket: number, bin: number): void {
    const at = bucket * PAGES_PER_BUCKET + ((bin + BINS_PER_OCTAVE - 1) >> 8);
    let page = this.pageOf[at]!;
    if (page < 0) page = this.addPage(at);
    this.counts[page * BINS_PER_OCTAVE + ((bin + BINS_PER_OCTAVE - 1) & (BINS_PER_OCTAVE - 1))]! += 1;
  }

  private addPage(at: number): number {
    const page = this.pages;
    this.pages += 1;
    if (this.pages * BINS_PER_OCTAVE > this.counts.length) {
      const grown = new Uint32Array(2 * this.counts.length);
      grown.set(this.counts);
      this.counts = grown;
    }
    this.pageOf[at] = page;
    return page;
  }
}
