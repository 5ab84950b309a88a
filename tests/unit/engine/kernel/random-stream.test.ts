import { describe, expect, it } from "vitest";
import {
  joinKey,
  mix,
  PURPOSE,
  RandomStream,
  stepPurpose,
} from "../../../../src/engine/kernel/random-stream";
import { relatedness, unevenness } from "../../../support/statistics";

/** A stream at the first draw of (key, purpose). */
function stream(low: number, high = 0, purpose = 1): RandomStream {
  const fresh = new RandomStream();
  fresh.rekey(low, high, purpose);
  return fresh;
}

function draw<T>(count: number, one: (i: number) => T): T[] {
  return Array.from({ length: count }, (_, i) => one(i));
}

/** How often each of `cells` equal parts of (0, 1) was hit. */
function spread(values: readonly number[], cells: number): number[] {
  const counts = draw(cells, () => 0);
  for (const value of values)
    counts[Math.floor(value * cells)] = (counts[Math.floor(value * cells)] ?? 0) + 1;
  return counts;
}

const DRAWS = 100_000;

/** Rows of draws that must each look like chance: along a stream, and across streams whose keys or purposes are neighbours. */
const ROWS: readonly (readonly [string, (count: number) => number[]])[] = [
  [
    "the draws of one stream",
    (count) => {
      const one = stream(1, 2);
      return draw(count, () => one.nextUniform());
    },
  ],
  ["the first draws of streams with keys in a row", (count) => draw(count, (i) => stream(i).nextUniform())],
  [
    "the first draws of streams with one first key word",
    (count) => draw(count, (i) => stream(7, mix(i)).nextUniform()),
  ],
  [
    "the first draws of streams with purposes in a row",
    (count) => draw(count, (i) => stream(7, 9, i).nextUniform()),
  ],
  [
    "the first draws of the repetitions of a step",
    (count) => draw(count, (i) => stream(7, 9, stepPurpose(0, i)).nextUniform()),
  ],
  [
    "the first draws of joined keys",
    (count) => draw(count, (i) => stream(joinKey(5, i), mix(i)).nextUniform()),
  ],
];

describe("a random stream", () => {
  it("gives the same draws for the same key and purpose, whatever was drawn before", () => {
    const one = stream(11, 22, 3);
    const first = draw(5, () => one.nextBits());
    one.rekey(99, 1, 1);
    one.nextBits();
    one.rekey(11, 22, 3);
    expect(draw(5, () => one.nextBits())).toEqual(first);
  });

  it("gives other draws for another key word, the other one, or another purpose", () => {
    const start = (low: number, high: number, purpose: number): number[] => {
      const one = stream(low, high, purpose);
      return draw(4, () => one.nextBits());
    };
    const all = [start(11, 22, 3), start(12, 22, 3), start(11, 23, 3), start(11, 22, 4), start(22, 11, 3)];
    expect(new Set(all.flat()).size).toBe(20);
  });

  it.each(ROWS)("is uniform: %s", (_name, row) => {
    for (const cells of [2, 10, 256, 1000])
      expect(Math.abs(unevenness(spread(row(DRAWS), cells)))).toBeLessThan(5);
  });

  it.each(ROWS)("has draws that know nothing of the next: %s", (_name, row) => {
    const values = row(DRAWS);
    for (const lag of [1, 2, 3, 10, 64]) {
      expect(Math.abs(relatedness(values.slice(lag), values.slice(0, -lag)))).toBeLessThan(4.5);
    }
    const pairs = values.slice(1).map((value, i) => (Math.floor((values[i] ?? 0) * 32) + value) / 32);
    expect(Math.abs(unevenness(spread(pairs, 1024)))).toBeLessThan(5);
  });

  it("has low bits as good as its high ones", () => {
    const one = stream(3, 4);
    const low = draw(DRAWS, () => ((one.nextBits() & 255) + 0.5) / 256);
    expect(Math.abs(unevenness(spread(low, 256)))).toBeLessThan(5);
    expect(Math.abs(relatedness(low.slice(1), low.slice(0, -1)))).toBeLessThan(4.5);
  });

  it("gives every purpose of a request draws of its own: none is another's, shifted", () => {
    const steps = draw(20, (step) => draw(100, (repetition) => stepPurpose(step, repetition))).flat();
    const purposes = [PURPOSE.routing, PURPOSE.think, PURPOSE.arrivals, ...steps];
    expect(new Set(purposes).size).toBe(purposes.length);
    const bits = purposes.flatMap((purpose) => {
      const one = stream(123_456, 654_321, purpose);
      return draw(8, () => one.nextBits());
    });
    // 16,024 draws of 32 bits coincide 0.03 times on average; a shifted stream would coincide in seven of eight.
    expect(bits.length - new Set(bits).size).toBeLessThanOrEqual(2);
  });

  it("never gives 0 or 1", () => {
    /** The extremes of 32 bits, which no key can be relied on to give. */
    class Extremes extends RandomStream {
      private at = 0;
      override nextBits(): number {
        return [0, -1, 0x7fffffff, -0x80000000][this.at++ % 4] ?? 0;
      }
    }
    const extremes = new Extremes();
    const drawn = draw(8, () => extremes.nextUniform());
    const below = draw(8, () => extremes.nextBelow(10));
    expect(drawn.every((value) => value > 0 && value < 1)).toBe(true);
    expect(below.every((value) => value >= 0 && value <= 9)).toBe(true);
    const one = stream(8);
    expect(draw(DRAWS, () => one.nextUniform()).every((value) => value > 0 && value < 1)).toBe(true);
  });

  it("chooses evenly among any number of things", () => {
    const one = stream(5, 6);
    for (const count of [1, 2, 3, 7, 10, 100]) {
      const chosen = draw(20_000, () => one.nextBelow(count));
      expect(chosen.every((value) => Number.isInteger(value) && value >= 0 && value < count)).toBe(true);
      if (count > 1)
        expect(
          Math.abs(
            unevenness(
              spread(
                chosen.map((value) => (value + 0.5) / count),
                count,
              ),
            ),
          ),
        ).toBeLessThan(5);
    }
  });
});

describe("mixing", () => {
  it("is one to one, as far as a test can see", () => {
    expect(new Set(draw(200_000, (i) => mix(i))).size).toBe(200_000);
  });

  it("changes half of the bits of its result when one bit of its argument changes", () => {
    let changed = 0;
    for (let value = 0; value < 500; value += 1) {
      for (let bit = 0; bit < 32; bit += 1) {
        let different = mix(value * 7919) ^ mix((value * 7919) ^ (1 << bit));
        for (; different !== 0; different &= different - 1) changed += 1;
      }
    }
    expect(changed / (500 * 32 * 32)).toBeCloseTo(0.5, 2);
  });

  it("joins numbers into keys that depend on their order", () => {
    const keys = draw(60, (a) => draw(60, (b) => joinKey(joinKey(1, a), b))).flat();
    expect(new Set(keys).size).toBe(3600);
  });
});
