import { describe, expect, it } from "vitest";
import { estimate, halfWidth, meanAndDeviation } from "../../../src/analysis/intervals";

describe("mean and standard deviation", () => {
  it("are those of a sample: squares divided by n − 1", () => {
    expect(meanAndDeviation([2, 4, 4, 4, 5, 5, 7, 9])).toEqual({ mean: 5, deviation: Math.sqrt(32 / 7) });
    expect(meanAndDeviation([3, 3, 3])).toEqual({ mean: 3, deviation: 0 });
  });
});

describe("half of an interval", () => {
  it("is Student's t times the standard error", () => {
    // s = √2.5, and t = 2.7764 with 4 degrees of freedom.
    expect(halfWidth([1, 2, 3, 4, 5])).toBeCloseTo((2.776445 * Math.sqrt(2.5)) / Math.sqrt(5), 5);
    expect(halfWidth([10, 20])).toBeCloseTo((12.706205 * Math.sqrt(50)) / Math.SQRT2, 4);
  });

  it("is wider for more confidence", () => {
    expect(halfWidth([1, 2, 3, 4, 5], 0.99)).toBeCloseTo((4.604095 * Math.sqrt(2.5)) / Math.sqrt(5), 5);
  });

  it("is not known from fewer than two replications", () => {
    expect([halfWidth([]), halfWidth([7])]).toEqual([null, null]);
  });
});

describe("an estimate", () => {
  it("is the pooled value, with an interval around it, not around the replications' mean", () => {
    const { mean, ci95 } = estimate(10, [1, 2, 3, 4, 5]);
    const half = halfWidth([1, 2, 3, 4, 5]) ?? Number.NaN;
    expect(mean).toBe(10);
    expect(ci95).toEqual([10 - half, 10 + half]);
  });

  it("has no interval with one replication, or one that measured anything", () => {
    expect(estimate(10, [10])).toEqual({ mean: 10, ci95: null });
    expect(estimate(10, [10, null, null])).toEqual({ mean: 10, ci95: null });
  });

  it("leaves out the replications that measured nothing", () => {
    expect(estimate(3, [1, null, 2, 3, null, 4, 5])).toEqual(estimate(3, [1, 2, 3, 4, 5]));
  });

  it("is nothing where nothing was measured", () => {
    expect(estimate(null, [null, null])).toEqual({ mean: null, ci95: null });
  });

  it("never reaches below 0, or above what is possible", () => {
    expect(estimate(0.5, [0, 1], 1).ci95).toEqual([0, 1]);
    expect(estimate(0.5, [0.4, 0.6], 1).ci95?.[0]).toBe(0);
    expect(estimate(5, [0, 10]).ci95?.[0]).toBe(0);
    expect(estimate(5, [0, 10]).ci95?.[1]).toBeGreaterThan(60);
  });

  it("of what never varies has an interval without width", () => {
    expect(estimate(7, [7, 7, 7])).toEqual({ mean: 7, ci95: [7, 7] });
  });

  it("covers the truth in 95 % of all samples", () => {
    // Means of ten numbers from a fixed irregular sequence, uniform on (0, 1): the truth is 0.5.
    let state = 1;
    const random = (): number => {
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      return (state >>> 0) / 2 ** 32;
    };
    let covered = 0;
    for (let sample = 0; sample < 4000; sample += 1) {
      const values = Array.from({ length: 10 }, random);
      const [low, high] = estimate(meanAndDeviation(values).mean, values).ci95 ?? [1, 0];
      if (low <= 0.5 && 0.5 <= high) covered += 1;
    }
    expect(covered / 4000).toBeGreaterThan(0.935);
    expect(covered / 4000).toBeLessThan(0.965);
  });
});
