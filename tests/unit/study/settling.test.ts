import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { settledAfter } from "../../../src/study/settling";

/** Noise around 0 that is the same every time: a linear congruence. */
function noise(length: number, seed = 1): number[] {
  let state = seed;
  return Array.from({ length }, () => {
    state = (state * 16_807) % 2_147_483_647;
    return state / 2_147_483_647 - 0.5;
  });
}

const withNoise = (of: (at: number) => number, length: number, seed = 1): number[] =>
  noise(length, seed).map((deviation, at) => of(at) + deviation);

describe("MSER-5", () => {
  it("cuts a step off, to the batch of 5", () => {
    const step = (length: number) => withNoise((at) => (at < length ? 0 : 10), 200);
    expect(settledAfter(step(40))).toBe(40);
    // The batch in which the step is belongs to what is cut off.
    expect(settledAfter(step(42))).toBe(45);
  });

  it("cuts a decay off where what is left of it is lost in the noise", () => {
    const cut = settledAfter(withNoise((at) => 10 * Math.exp(-at / 10), 400)) ?? 0;
    expect(10 * Math.exp(-cut / 10)).toBeLessThan(0.5);
    expect(cut).toBeLessThan(100);
  });

  it("cuts little of noise without a trend", () => {
    const cuts = Array.from({ length: 50 }, (_, seed) => settledAfter(withNoise(() => 3, 400, seed + 1)));
    const small = cuts.filter((cut) => cut !== null && cut <= 100);
    expect(small.length).toBeGreaterThan(40);
  });

  it.each([0, 5, 0.1, 1 / 3, 12_345.678, 1e12])("cuts nothing of what is always %d", (value) => {
    expect(settledAfter(Array.from({ length: 200 }, () => value))).toBe(0);
  });

  it("says that what still grows at the end has not settled", () => {
    expect(settledAfter(withNoise((at) => at, 200))).toBeNull();
    expect(settledAfter(withNoise((at) => Math.sqrt(at) * 10, 200))).toBeNull();
  });

  it("takes nothing that comes late for a warm-up", () => {
    expect(settledAfter(withNoise((at) => (at < 150 ? 0 : 10), 200))).toBe(0);
  });

  it("says nothing of fewer than two batches", () => {
    for (let length = 0; length < 10; length += 1)
      expect(settledAfter(Array.from({ length }, () => 1))).toBeNull();
  });

  it("leaves out what does not fill a batch", () => {
    const series = withNoise((at) => (at < 20 ? 0 : 10), 100);
    expect(settledAfter([...series, 1e6, -1e6, 1e6, 1e6])).toBe(settledAfter(series));
  });

  it("does not depend on where 0 is, nor on the unit", () => {
    const series = fc.array(fc.integer({ min: 0, max: 50 }), { minLength: 20, maxLength: 120 });
    fc.assert(
      fc.property(series, fc.constantFrom(-1024, 1, 4096), fc.constantFrom(0.25, 8), (values, by, times) => {
        expect(settledAfter(values.map((value) => value + by))).toBe(settledAfter(values));
        expect(settledAfter(values.map((value) => value * times))).toBe(settledAfter(values));
      }),
      { seed: 1, numRuns: 200 },
    );
  });

  it("is a multiple of 5 within the first half, or nothing", () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 100, noNaN: true }), { maxLength: 200 }), (values) => {
        const cut = settledAfter(values);
        if (cut === null) return;
        expect(cut % 5).toBe(0);
        expect(cut).toBeLessThanOrEqual(values.length / 2);
      }),
      { seed: 1, numRuns: 300 },
    );
  });

  it("finds the very cut that trying all of them finds", () => {
    const exact = (values: readonly number[]): number | null => {
      const batches = Array.from({ length: Math.floor(values.length / 5) }, (_, batch) =>
        values.slice(5 * batch, 5 * batch + 5).reduce((sum, value) => sum + value / 5, 0),
      );
      const errors = Array.from({ length: Math.floor(batches.length / 2) + 1 }, (_, cut) => {
        const rest = batches.slice(cut);
        const mean = rest.reduce((sum, value) => sum + value, 0) / rest.length;
        return rest.reduce((sum, value) => sum + (value - mean) ** 2, 0) / rest.length ** 2;
      });
      const cut = errors.indexOf(Math.min(...errors));
      return cut === errors.length - 1 ? null : 5 * cut;
    };
    for (let seed = 1; seed <= 40; seed += 1) {
      const values = withNoise((at) => 3 * Math.exp(-at / seed), 200, seed);
      expect(settledAfter(values)).toBe(exact(values));
    }
  });
});
