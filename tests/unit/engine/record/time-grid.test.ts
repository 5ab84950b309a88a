import { describe, expect, it } from "vitest";
import { timeGrid } from "../../../../src/engine/record/time-grid";

/** Run lengths from 0.01 s to a million, each magnitude in uneven steps. */
const DURATIONS_S = Array.from({ length: 4000 }, (_, i) => 0.01 * 10 ** ((8 * i) / 3999));
const ROUND_S = [
  0.01, 0.05, 0.1, 0.4, 1, 2, 3, 4, 10, 20, 40, 45, 60, 90, 300, 600, 3600, 86_400, 604_800, 1e6,
];

describe("the time grid", () => {
  it.each([
    [45, 200, 225],
    [40, 100, 400],
    [4, 10, 400],
    [60, 200, 300],
    [600, 2000, 300],
    [1_000_000, 2_500_000, 400],
    [0.01, 0.025, 400],
  ])("cuts %f s into buckets of %f ms, %i of them", (durationS, bucketMs, buckets) => {
    expect(timeGrid(durationS * 1000)).toEqual({ bucketMs, buckets });
  });

  it("has 200 to 400 buckets for every length of run", () => {
    for (const durationS of [...DURATIONS_S, ...ROUND_S]) {
      const { buckets } = timeGrid(durationS * 1000);
      expect(buckets, `${durationS} s`).toBeGreaterThanOrEqual(200);
      expect(buckets, `${durationS} s`).toBeLessThanOrEqual(400);
      expect(Number.isInteger(buckets)).toBe(true);
    }
  });

  it("has buckets of a round width: 1, 2, 2.5 or 5 times a power of ten", () => {
    for (const durationS of [...DURATIONS_S, ...ROUND_S]) {
      const { bucketMs } = timeGrid(durationS * 1000);
      const leading = Number(bucketMs.toExponential(12).split("e")[0]);
      expect([1, 2, 2.5, 5], `${durationS} s: ${bucketMs} ms`).toContain(leading);
    }
  });

  it("covers the run, and no bucket lies beyond it", () => {
    for (const durationS of [...DURATIONS_S, ...ROUND_S]) {
      const { bucketMs, buckets } = timeGrid(durationS * 1000);
      expect(buckets * bucketMs, `${durationS} s`).toBeGreaterThanOrEqual(durationS * 1000 * (1 - 1e-12));
      expect((buckets - 1) * bucketMs, `${durationS} s`).toBeLessThan(durationS * 1000);
    }
  });
});
