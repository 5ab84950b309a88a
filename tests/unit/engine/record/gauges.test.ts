import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOW, SEGMENT_END } from "../../../../src/engine/kernel/event-list";
import { Gauges } from "../../../../src/engine/record/gauges";
import { integralBetween } from "../../../support/slow-twins";

const BUCKET_MS = 10;
const BUCKETS = 4;

/** Plays changes of one gauge over 40 ms in four segments of 10 ms, of which the last three are measured. */
function play(changes: readonly (readonly [atMs: number, by: number])[], untilMs = BUCKET_MS * BUCKETS) {
  const clock = new Float64Array(4);
  clock[SEGMENT_END] = BUCKET_MS;
  const gauges = new Gauges(clock, 1, BUCKETS);
  let bucket = 0;
  const turn = (toMs: number): void => {
    while (bucket < BUCKETS - 1 && toMs >= (bucket + 1) * BUCKET_MS) {
      clock[NOW] = (bucket + 1) * BUCKET_MS;
      gauges.closeSegment(bucket, bucket * BUCKET_MS, bucket > 0);
      bucket += 1;
      clock[SEGMENT_END] = (bucket + 1) * BUCKET_MS;
    }
    clock[NOW] = toMs;
  };
  for (const [atMs, by] of changes) {
    turn(atMs);
    gauges.change(0, by);
  }
  turn(untilMs);
  const snapshot = (): { measured: Float64Array; overTime: Float64Array } =>
    gauges.snapshot(bucket, bucket * BUCKET_MS, bucket > 0);
  return { gauges, snapshot };
}

describe("gauges", () => {
  it("integrate a level over time, bucket by bucket, and over the measured part", () => {
    const { snapshot } = play([
      [2, 3],
      [7, -1],
      [25, 4],
    ]);
    const { overTime, measured } = snapshot();
    expect(Array.from(overTime)).toEqual([5 * 3 + 3 * 2, 20, 5 * 2 + 5 * 6, 60]);
    expect(Array.from(measured)).toEqual([20 + 40 + 60]);
  });

  it("can be looked at in the midst of a bucket, without a change", () => {
    const { gauges, snapshot } = play([[2, 3]], 6);
    expect(snapshot().overTime[0]).toBe(12);
    expect(snapshot().overTime[0]).toBe(12);
    expect(gauges.level(0)).toBe(3);
  });

  it("have the integral of a level that is added up piece by piece", () => {
    const change = fc.tuple(
      fc.double({ min: 0, max: 40, noNaN: true, maxExcluded: true }),
      fc.integer({ min: -3, max: 3 }),
    );
    fc.assert(
      fc.property(fc.array(change, { maxLength: 60 }), (drawn) => {
        // Levels are never below 0, and what is subtracted from nothing is left out.
        const changes: (readonly [number, number])[] = [];
        let level = 0;
        for (const [atMs, by] of [...drawn].sort(([a], [b]) => a - b)) {
          if (level + by < 0) continue;
          level += by;
          changes.push([atMs, by]);
        }
        const { gauges, snapshot } = play(changes);
        const { overTime, measured } = snapshot();
        for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
          const expected = integralBetween(changes, bucket * BUCKET_MS, (bucket + 1) * BUCKET_MS);
          expect(overTime[bucket]).toBeCloseTo(expected, 9);
        }
        expect(measured[0]).toBeCloseTo(integralBetween(changes, BUCKET_MS, BUCKETS * BUCKET_MS), 9);
        expect(gauges.level(0)).toBe(level);
      }),
      { seed: 20_260_804, numRuns: 300 },
    );
  });

  it("make room for more, at level 0, and keep those there are", () => {
    const clock = new Float64Array(4);
    clock[SEGMENT_END] = 10;
    const gauges = new Gauges(clock, 1, 1);
    gauges.change(0, 2);
    clock[NOW] = 5;
    gauges.grow(3);
    gauges.change(2, 1);
    clock[NOW] = 10;
    expect(Array.from(gauges.snapshot(0, 0, true).overTime)).toEqual([20, 0, 5]);
    expect([0, 1, 2].map((gauge) => gauges.level(gauge))).toEqual([2, 0, 1]);
  });
});
