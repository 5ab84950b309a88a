/**
 * Log-linear bins for values from 2^-10 to 2^31 (in milliseconds: 1 µs to 25 days): each power of two is cut into 256 equal bins, so that
 * two values of one bin are within 0.4 % of each other. The bin is read from the bits of the double, without a logarithm.
 * Smaller values, zero above all, fall into bin 0; larger ones into the last.
 */
export const BINS_PER_OCTAVE = 256;
const LOWEST_EXPONENT = -10;
export const OCTAVES = 41;
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

/** How many values fell into each bin, and their sums, so that percentiles on a lattice (constant service times) come out exact. */
export class Histogram {
  /** Pairs: [2 × bin] count, [2 × bin + 1] sum; behind them the largest value. One array, since a pair is always used together. */
  private readonly cells = new Float64Array(2 * BIN_COUNT + 1);

  /** Adds array[at], whose bin is known. */
  add(bin: number, array: Float64Array, at: number): void {
    const { cells } = this;
    const value = array[at]!;
    cells[2 * bin]! += 1;
    cells[2 * bin + 1]! += value;
    if (value > cells[2 * BIN_COUNT]!) cells[2 * BIN_COUNT] = value;
  }

  /** Forgets everything. */
  clear(): void {
    this.cells.fill(0);
  }

  get largest(): number {
    return this.cells[2 * BIN_COUNT]!;
  }

  countOf(bin: number): number {
    return this.cells[2 * bin]!;
  }

  /** The counts (`part` 0) or sums (`part` 1) of the bins first … end − 1. */
  everySecond(first: number, end: number, part: 0 | 1): Float64Array {
    const values = new Float64Array(end - first);
    for (let i = 0, cell = 2 * first + part; i < values.length; i += 1, cell += 2)
      values[i] = this.cells[cell]!;
    return values;
  }
}
