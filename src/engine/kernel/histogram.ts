import { grownFloat64 } from "./grown";

/**
 * Log-linear bins for values from 2^-10 to 2^31 (in milliseconds: 1 µs to 25 days): each power of two is cut into 256 equal bins, so that
 * two values of one bin are within 0.4 % of each other. The bin is read from the bits of the double, without a logarithm.
 * Smaller values, zero above all, fall into bin 0; larger ones into the last.
 */
export const BINS_PER_OCTAVE = 256;
const LOWEST_EXPONENT = -10;
const OCTAVES = 41;
/** Bin 0 is for everything below 2^-10. */
export const BIN_COUNT = 1 + OCTAVES * BINS_PER_OCTAVE;

const FIRST_BITS = (LOWEST_EXPONENT + 1023) * BINS_PER_OCTAVE;

/** Finds the bin of a value. A shared scratch area, so that finding allocates nothing. */
const value = new Float64Array(1);
const words = new Int32Array(value.buffer);
value[0] = 1;
/** Which half of the double holds sign, exponent and the upper mantissa on this machine. */
const HIGH_WORD = words[1] === 0x3ff00000 ? 1 : 0;

/** The bin of array[at], a number ≥ 0: 0 … BIN_COUNT − 1. */
export function binOf(array: Float64Array, at: number): number {
  value[0] = array[at]!;
  const bin = (words[HIGH_WORD]! >> 12) - FIRST_BITS + 1;
  if (bin < 1) return 0;
  return bin < BIN_COUNT ? bin : BIN_COUNT - 1;
}

const floors = new Float64Array(BIN_COUNT + 1);
for (let octave = 0, power = 0.0009765625; octave <= OCTAVES; octave += 1, power *= 2) {
  for (let within = 0; within < BINS_PER_OCTAVE; within += 1) {
    const bin = 1 + octave * BINS_PER_OCTAVE + within;
    if (bin <= BIN_COUNT) floors[bin] = power * (1 + within / BINS_PER_OCTAVE);
  }
}

/** The lower edge of a bin (of bin BIN_COUNT: the upper edge of the last); 0 for bin 0. */
export function binFloor(bin: number): number {
  return floors[bin] ?? Number.NaN;
}

/** What stands for a bin when its values' own mean is not known: its middle; 0 for bin 0. */
export function binMiddle(bin: number): number {
  return bin === 0 ? 0 : (binFloor(bin) + binFloor(bin + 1)) / 2;
}

/** Page 0 is for bin 0; page 1 + i for octave i. */
export const PAGES = OCTAVES + 1;
const PAGE_SHIFT = 8;
const WITHIN_PAGE = BINS_PER_OCTAVE - 1;

/** The page that a bin belongs to: 0 … PAGES − 1. */
export function pageOfBin(bin: number): number {
  return (bin + WITHIN_PAGE) >> PAGE_SHIFT;
}

/** The place of a bin within its page: 0 … BINS_PER_OCTAVE − 1. Bin 0 stands at the end of its page, which has no other. */
export function placeInPage(bin: number): number {
  return (bin + WITHIN_PAGE) & WITHIN_PAGE;
}

const PAGE_CELLS = 2 * BINS_PER_OCTAVE;
const FIRST_PAGES = 8;

/**
 * How many values fell into each bin, and their sums, so that percentiles on a lattice (constant service times) come out exact. Only octaves
 * that occur take memory: a replication has several histograms, and most replications are short.
 */
export class Histogram {
  /** Where in `cells` a page begins; −1 where no value of it has come. */
  private readonly pageAt = new Int32Array(PAGES).fill(-1);
  /** The largest value; behind it the pages, in pairs: [2 × place] count, [2 × place + 1] sum. One array, since a pair is always used together. */
  private cells = new Float64Array(1);
  private used = 1;

  /** Adds array[at], whose bin is known. */
  add(bin: number, array: Float64Array, at: number): void {
    let page = this.pageAt[pageOfBin(bin)]!;
    if (page < 0) page = this.addPage(pageOfBin(bin));
    const { cells } = this;
    const cell = page + 2 * placeInPage(bin);
    const value = array[at]!;
    cells[cell]! += 1;
    cells[cell + 1]! += value;
    if (value > cells[0]!) cells[0] = value;
  }

  private addPage(page: number): number {
    const at = this.used;
    this.used += PAGE_CELLS;
    if (this.used > this.cells.length)
      this.cells = grownFloat64(this.cells, 1 + Math.max(FIRST_PAGES * PAGE_CELLS, 2 * (at - 1)));
    this.pageAt[page] = at;
    return at;
  }

  /** Forgets everything. */
  clear(): void {
    this.cells.fill(0);
  }

  get largest(): number {
    return this.cells[0]!;
  }

  countOf(bin: number): number {
    const page = this.pageAt[pageOfBin(bin)]!;
    return page < 0 ? 0 : this.cells[page + 2 * placeInPage(bin)]!;
  }

  sumOf(bin: number): number {
    const page = this.pageAt[pageOfBin(bin)]!;
    return page < 0 ? 0 : this.cells[page + 2 * placeInPage(bin) + 1]!;
  }

  /** The first bin that holds a value; BIN_COUNT where none does. */
  get firstFilled(): number {
    let bin = 0;
    while (bin < BIN_COUNT && this.countOf(bin) === 0)
      // A page that is not there holds nothing: on with the first bin of the next.
      bin += this.pageAt[pageOfBin(bin)]! < 0 ? BINS_PER_OCTAVE - placeInPage(bin) : 1;
    return Math.min(bin, BIN_COUNT);
  }

  /** The last bin that holds a value; −1 where none does. */
  get lastFilled(): number {
    let bin = BIN_COUNT - 1;
    while (bin >= 0 && this.countOf(bin) === 0)
      bin -= this.pageAt[pageOfBin(bin)]! < 0 ? placeInPage(bin) + 1 : 1;
    return Math.max(bin, -1);
  }

  /** Writes the counts and sums of the bins from `first` on into columns of zeros. @param counts as long as `sums` */
  copyTo(first: number, counts: Float64Array, sums: Float64Array): void {
    for (let page = 0; page < PAGES; page += 1) {
      const at = this.pageAt[page]!;
      if (at >= 0) this.copyPage(at, (page - 1) * BINS_PER_OCTAVE + 1 - first, counts, sums);
    }
  }

  /** @param shift where in the columns the page's first bin stands; not within them for some of its bins */
  private copyPage(at: number, shift: number, counts: Float64Array, sums: Float64Array): void {
    const { cells } = this;
    const end = Math.min(BINS_PER_OCTAVE, counts.length - shift);
    for (let place = Math.max(0, -shift); place < end; place += 1) {
      counts[shift + place] = cells[at + 2 * place]!;
      sums[shift + place] = cells[at + 2 * place + 1]!;
    }
  }
}
