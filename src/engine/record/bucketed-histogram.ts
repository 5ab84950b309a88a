import { BINS_PER_OCTAVE, PAGES, pageOfBin, placeInPage } from "../kernel/histogram";

const FIRST_PAGES = 64;

/** One histogram per bucket of the run, with the bins of `histogram.ts`; only octaves that occur take memory. */
export class BucketedHistogram {
  /** Which page of `counts` holds a bucket's octave, at [bucket × PAGES + page]; −1 where none is needed yet. */
  readonly pageOf: Int32Array;
  /** Pages of BINS_PER_OCTAVE counts. */
  counts = new Uint32Array(0);
  pages = 0;

  constructor(buckets: number) {
    this.pageOf = new Int32Array(buckets * PAGES).fill(-1);
  }

  /** Counts a value of the given bin. */
  add(bucket: number, bin: number): void {
    const at = bucket * PAGES + pageOfBin(bin);
    let page = this.pageOf[at]!;
    if (page < 0) page = this.addPage(at);
    this.counts[page * BINS_PER_OCTAVE + placeInPage(bin)]! += 1;
  }

  private addPage(at: number): number {
    const page = this.pages;
    this.pages += 1;
    if (this.pages * BINS_PER_OCTAVE > this.counts.length) {
      const grown = new Uint32Array(Math.max(FIRST_PAGES * BINS_PER_OCTAVE, 2 * this.counts.length));
      grown.set(this.counts);
      this.counts = grown;
    }
    this.pageOf[at] = page;
    return page;
  }
}
