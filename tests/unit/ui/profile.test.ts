import { describe, expect, it } from "vitest";
import { readScenario } from "../../../src/scenario/read-scenario";
import type { Curve } from "../../../src/scenario/types";
import {
  factorAt,
  pointAdded,
  pointAddedAfter,
  pointMoved,
  pointRemoved,
} from "../../../src/ui/scenario/profile/curve-points";
import { factorTicks, PLOT, pointAt, scaleOf, xOf, yOf } from "../../../src/ui/scenario/profile/curve-scale";
import { CURVE_SHAPES, DAY_S, WEEK_S } from "../../../src/ui/scenario/profile/curve-shapes";
import { impliedAt, rangeText } from "../../../src/ui/scenario/profile/profile-words";

/** A rise, and a jump at 20 s. */
const CURVE: Curve = [
  [0, 1],
  [10, 2],
  [20, 2],
  [20, 4],
];

describe("a curve of traffic", () => {
  it("is straight between points, jumps between two at the same time, and stays after the last", () => {
    expect([0, 5, 10, 15, 20, 99].map((atS) => factorAt(CURVE, atS))).toEqual([1, 1.5, 2, 2, 4, 4]);
    expect(factorAt([[10, 3]], 2)).toBe(3);
  });

  it("lets a point go as far as its neighbours, and never below nothing", () => {
    expect(pointMoved(CURVE, 1, [25, -3])[1]).toEqual([20, 0]);
    expect(pointMoved(CURVE, 1, [-5, 1])[1]).toEqual([0, 1]);
    expect(pointMoved(CURVE, 3, [50, 1])[3]).toEqual([50, 1]);
    expect(pointMoved(CURVE, 3, [1, 1])[3]).toEqual([20, 1]);
  });

  it("stays as it is when a point is added on it", () => {
    expect(pointAdded(CURVE, 5)).toEqual({ curve: CURVE.toSpliced(1, 0, [5, 1.5]), position: 1 });
    expect(pointAdded(CURVE, 30)).toEqual({ curve: [...CURVE, [30, 4]], position: 4 });
    expect(pointAddedAfter(CURVE, 1, 60)).toEqual({ curve: CURVE.toSpliced(2, 0, [15, 2]), position: 2 });
    expect(pointAddedAfter(CURVE, 3, 60)).toEqual({ curve: [...CURVE, [40, 4]], position: 4 });
    // In a jump there is no time between.
    expect(pointAddedAfter(CURVE, 2, 60)).toEqual({ curve: CURVE.toSpliced(3, 0, [20, 2]), position: 3 });
  });

  it("loses any point but its last one", () => {
    expect(pointRemoved(CURVE, 3)).toEqual({ curve: CURVE.slice(0, 3), position: 2 });
    expect(pointRemoved([[0, 1]], 0)).toEqual({ curve: [[0, 1]], position: 0 });
  });
});

describe("the picture of a curve", () => {
  it("shows the whole run and the whole curve, with room above", () => {
    expect(scaleOf(CURVE, 60)).toMatchObject({ untilS: 60, ceiling: 5 });
    expect(scaleOf(CURVE, 10)).toMatchObject({ untilS: 20 });
    expect(scaleOf([[0, 0]], 45).ceiling).toBe(2);
    expect(scaleOf([[0, 250]], 45).ceiling).toBeGreaterThan(250);
  });

  it("knows a place as the point that is drawn there, to the nearest step", () => {
    const scale = scaleOf(CURVE, 60);
    const [atS, factor] = pointAt(xOf(30.1, scale), yOf(2.51, scale), scale);
    expect(atS).toBeCloseTo(30, 9);
    expect(factor).toBeCloseTo(2.5, 9);
    expect(pointAt(PLOT.right + 50, PLOT.bottom + 50, scale)).toEqual([60, 0]);
  });

  it("has a few round factors at its side", () => {
    expect(factorTicks(scaleOf([[0, 1]], 45))).toEqual([0, 0.5, 1, 1.5, 2]);
    expect(factorTicks(scaleOf(CURVE, 45))).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe("each shape to begin from", () => {
  it.each(CURVE_SHAPES.map((shape) => [shape.title, shape] as const))(
    "%s is a curve that a scenario takes, over a run of any length",
    (_, { curve }) => {
      for (const durationS of [45, 600, DAY_S, WEEK_S]) {
        const points = curve(durationS);
        const { ok } = readScenario({ schema: 1, workloads: [{ kind: "open", profile: points }] });
        expect(ok).toBe(true);
        expect(points[0]?.[0]).toBe(0);
        expect(points.at(-1)?.[0]).toBe(durationS);
      }
    },
  );

  it("a day has its least before dawn, a plateau of 1 over noon, and its most in the evening", () => {
    const day = CURVE_SHAPES.find(({ id }) => id === "day")?.curve(DAY_S) ?? [];
    const at = (hour: number) => factorAt(day, hour * 3600);
    expect([10, 12, 14].map(at)).toEqual([1, 1, 1]);
    expect(at(4)).toBe(Math.min(...day.map(([, factor]) => factor)));
    expect(at(20)).toBe(Math.max(...day.map(([, factor]) => factor)));
    expect(at(0)).toBe(at(24));
  });

  it("a week is seven days, the weekend quieter", () => {
    const week = CURVE_SHAPES.find(({ id }) => id === "week")?.curve(WEEK_S) ?? [];
    const noons = Array.from({ length: 7 }, (_, weekday) => factorAt(week, weekday * DAY_S + DAY_S / 2));
    expect(noons).toEqual([1, 1, 1, 1, 0.95, 0.7, 0.75]);
  });
});

describe("a factor", () => {
  const workload = (document: object) => {
    const [first] = readScenario({ schema: 1, workloads: [document] }).scenario.workloads;
    if (first === undefined) throw new Error("no workload");
    return first;
  };

  it("comes to requests a second, clients, or requests per burst", () => {
    expect(impliedAt(workload({ kind: "open", requestsPerSecond: 75 }), 1.5)).toBe("113/s");
    expect(impliedAt(workload({ kind: "closed", clients: 250 }), 2)).toBe("500");
    expect(rangeText(workload({ kind: "closed", clients: 100 }), CURVE)).toBe("from 100 to 400 clients");
    expect(rangeText(workload({ kind: "burst", clients: 3000 }), CURVE)).toBe(
      "from 3000 to 12k requests a burst",
    );
  });
});
