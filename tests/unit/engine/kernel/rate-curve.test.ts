import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { NOW } from "../../../../src/engine/kernel/event-list";
import { RateCurve } from "../../../../src/engine/kernel/rate-curve";
import { areaUnder } from "../../../support/slow-twins";

type Points = readonly (readonly [atS: number, perSecond: number])[];

/** The moments (ms) at which the areas under the curve are full, one after the other. */
function momentsOf(points: Points, areas: readonly number[]): number[] {
  const curve = new RateCurve(points);
  const clock = new Float64Array(4);
  const moment = new Float64Array(1);
  return areas.map((area) => {
    curve.writeMoment(moment, 0, clock, area);
    clock[NOW] = moment[0] ?? Number.NaN;
    return moment[0] ?? Number.NaN;
  });
}

describe("a rate curve", () => {
  it("of one point is a constant rate, before that point and after it", () => {
    expect(momentsOf([[10, 4]], [1, 1, 2, 100])).toEqual([250, 500, 1000, 26_000]);
  });

  it("is constant after its last point", () => {
    // 10 a second for two seconds, then 5 a second: the 21st comes at 2200 ms.
    expect(
      momentsOf(
        [
          [0, 10],
          [2, 10],
          [2, 5],
        ],
        [20, 1],
      ),
    ).toEqual([2000, 2200]);
  });

  it("goes along straight lines between its points", () => {
    // Rising from 0 to 20 a second over 10 s: t² arrivals by t seconds.
    const moments = momentsOf(
      [
        [0, 0],
        [10, 20],
      ],
      [1, 3, 5, 16],
    );
    for (const [i, atMs] of [1000, 2000, 3000, 5000].entries()) expect(moments[i]).toBeCloseTo(atMs, 9);
    // Falling from 20 to 0: 100 − (10 − t)² by t seconds.
    const falling = momentsOf(
      [
        [0, 20],
        [10, 0],
      ],
      [19, 45, 35],
    );
    for (const [i, atMs] of [1000, 4000, 9000].entries()) expect(falling[i]).toBeCloseTo(atMs, 6);
  });

  it("jumps where two points stand at one time", () => {
    expect(
      momentsOf(
        [
          [0, 1],
          [5, 1],
          [5, 100],
          [6, 100],
          [6, 0],
        ],
        [5, 10, 50],
      ),
    ).toEqual([5000, 5100, 5600]);
  });

  it("of 0 for a while brings nothing, and then goes on", () => {
    expect(
      momentsOf(
        [
          [0, 2],
          [1, 2],
          [1, 0],
          [61, 0],
          [61, 2],
        ],
        [1, 1, 1],
      ),
    ).toEqual([500, 1000, 61_500]);
  });

  it("that ends at 0 brings nothing any more", () => {
    expect(
      momentsOf(
        [
          [0, 2],
          [1, 2],
          [1, 0],
        ],
        [2],
      ),
    ).toEqual([1000]);
    expect(
      momentsOf(
        [
          [0, 2],
          [1, 2],
          [1, 0],
        ],
        [2.5],
      ),
    ).toEqual([Number.POSITIVE_INFINITY]);
    expect(momentsOf([[0, 0]], [1])).toEqual([Number.POSITIVE_INFINITY]);
  });

  it("knows whether anything is to be expected at the very beginning", () => {
    expect(
      new RateCurve([
        [3, 0],
        [4, 1],
      ]).startsAtZero,
    ).toBe(true);
    expect(
      new RateCurve([
        [3, 1],
        [4, 0],
      ]).startsAtZero,
    ).toBe(false);
  });
});

const points = fc
  .array(
    fc.tuple(
      fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 30, noNaN: true })),
      fc.oneof(fc.constant(0), fc.double({ min: 0.01, max: 50, noNaN: true })),
    ),
    { minLength: 1, maxLength: 8 },
  )
  .map((gaps) => {
    let atS = 0;
    return gaps.map(([gapS, perSecond]) => {
      atS += gapS;
      return [atS, perSecond] as const;
    });
  });

describe("a rate curve beside numeric integration", () => {
  it("puts each arrival where the area since the last one is what was asked for", () => {
    const areas = fc.array(fc.double({ min: 0.001, max: 80, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(points, areas, (curve, wanted) => {
        const moments = momentsOf(curve, wanted);
        let fromS = 0;
        for (const [i, momentMs] of moments.entries()) {
          const area = wanted[i] ?? Number.NaN;
          if (momentMs === Number.POSITIVE_INFINITY) {
            expect(areaUnder(curve, fromS, 1000)).toBeLessThan(area + 1e-6);
            expect(curve.at(-1)?.[1]).toBe(0);
            return;
          }
          expect(momentMs / 1000).toBeGreaterThanOrEqual(fromS);
          expect(areaUnder(curve, fromS, momentMs / 1000)).toBeCloseTo(area, 6);
          fromS = momentMs / 1000;
        }
      }),
      { seed: 20_261_121, numRuns: 1000 },
    );
  });
});
