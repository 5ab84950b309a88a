import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BIN_COUNT, binFloor, binMiddle, binOf, Histogram } from "../../../../src/engine/kernel/histogram";

const bin = (value: number): number => binOf(Float64Array.of(value), 0);
const LOWEST = 2 ** -10;
const HIGHEST = 2 ** 31;

/** Values between the ends of the histogram, each magnitude as likely. */
const value = fc
  .double({ min: -10, max: 31, noNaN: true, maxExcluded: true })
  .map((exponent) => 2 ** exponent);

describe("the bins", () => {
  it("have their middle within 0.4 % of every value in them", () => {
    fc.assert(
      fc.property(value, (x) => {
        expect(Math.abs(binMiddle(bin(x)) - x) / x).toBeLessThanOrEqual(0.004);
      }),
      { seed: 20_260_804, numRuns: 5000 },
    );
  });

  it("hold what lies from their floor up to the next one's", () => {
    fc.assert(
      fc.property(value, (x) => {
        expect(binFloor(bin(x))).toBeLessThanOrEqual(x);
        expect(x).toBeLessThan(binFloor(bin(x) + 1));
      }),
      { seed: 20_260_804, numRuns: 5000 },
    );
  });

  it("begin at their floors exactly, and end just below the next", () => {
    for (let number = 1; number < BIN_COUNT; number += 1) {
      const floor = binFloor(number);
      if (bin(floor) !== number || bin(floor * (1 - Number.EPSILON / 2)) !== number - 1) {
        expect.fail(`bin ${number} does not begin at its floor ${floor}`);
      }
    }
  });

  it("rise without a gap from 0 to the last", () => {
    const floors = Array.from({ length: BIN_COUNT + 1 }, (_, number) => binFloor(number));
    expect(floors.every((floor, number) => number === 0 || floor > (floors[number - 1] ?? 0))).toBe(true);
    expect([floors[0], floors[1], floors.at(-1)]).toEqual([0, LOWEST, HIGHEST]);
  });

  it.each([0, -0, Number.MIN_VALUE, 1e-300, 1e-9, LOWEST * (1 - Number.EPSILON / 2)])(
    "put %f, which is next to nothing, into the first, whose middle is 0",
    (tiny) => {
      expect(bin(tiny)).toBe(0);
      expect(binMiddle(0)).toBe(0);
    },
  );

  it.each([
    HIGHEST * (1 - Number.EPSILON / 2),
    HIGHEST,
    1e12,
    1e300,
    Number.MAX_VALUE,
    Number.POSITIVE_INFINITY,
  ])("put %f into the last", (huge) => {
    expect(bin(huge)).toBe(BIN_COUNT - 1);
  });

  it("are found wherever in the array the value stands", () => {
    const values = Float64Array.of(1, 1000, 3);
    expect([0, 1, 2].map((at) => binOf(values, at))).toEqual([bin(1), bin(1000), bin(3)]);
  });
});

describe("a histogram", () => {
  it("counts and sums what falls into each bin, and knows the largest", () => {
    const histogram = new Histogram();
    const values = Float64Array.of(1000, 1000, 1001, 250, 0);
    for (const at of values.keys()) histogram.add(binOf(values, at), values, at);
    const around = bin(1000);
    expect(bin(1001)).toBe(around);
    expect([histogram.countOf(around), histogram.countOf(bin(250)), histogram.countOf(0)]).toEqual([3, 1, 1]);
    expect([histogram.sumOf(around), histogram.sumOf(bin(250)), histogram.sumOf(0)]).toEqual([3001, 250, 0]);
    expect(histogram.largest).toBe(1001);
  });

  it("holds nothing at first, and nothing when it was cleared", () => {
    const histogram = new Histogram();
    expect([histogram.largest, histogram.firstFilled, histogram.lastFilled]).toEqual([0, BIN_COUNT, -1]);
    histogram.add(bin(7), Float64Array.of(7), 0);
    histogram.clear();
    expect([histogram.largest, histogram.firstFilled, histogram.lastFilled]).toEqual([0, BIN_COUNT, -1]);
  });

  it("copies what it holds from its first filled bin to its last, whatever octaves lie between", () => {
    const edges = [0, 1, 256, 257, 512, 513, BIN_COUNT - 256, BIN_COUNT - 1];
    const anyBin = fc.oneof(fc.constantFrom(...edges), fc.nat({ max: BIN_COUNT - 1 }));
    fc.assert(
      fc.property(fc.array(anyBin, { minLength: 1, maxLength: 60 }), (bins) => {
        const histogram = new Histogram();
        const counts = new Float64Array(BIN_COUNT);
        for (const number of bins) {
          histogram.add(number, Float64Array.of(number + 0.5), 0);
          counts[number] = (counts[number] ?? 0) + 1;
        }
        const [first, last] = [Math.min(...bins), Math.max(...bins)];
        expect([histogram.firstFilled, histogram.lastFilled]).toEqual([first, last]);
        const copied = new Float64Array(last + 1 - first);
        const sums = new Float64Array(copied.length);
        histogram.copyTo(first, copied, sums);
        expect(copied.every((count, i) => count === counts[first + i])).toBe(true);
        expect(sums.every((sum, i) => sum === (counts[first + i] ?? 0) * (first + i + 0.5))).toBe(true);
        expect(bins.every((number) => histogram.countOf(number) === counts[number])).toBe(true);
      }),
      { seed: 20_261_130, numRuns: 300 },
    );
  });
});
