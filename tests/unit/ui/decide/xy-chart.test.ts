import { describe, expect, it } from "vitest";
import { shareScale } from "../../../../src/ui/charts/grid-model";
import { horizontalScale, verticalScale } from "../../../../src/ui/charts/xy-scale";
import { boundAt, measuredPlaces, xyTable } from "../../../../src/ui/charts/xy-table";
import type { XyLine, XyModel } from "../../../../src/ui/charts/xy-types";

const BOUND: XyLine = {
  key: "bound",
  label: "at most",
  look: "bound",
  color: "var(--ink-soft)",
  points: [
    { x: 0, value: 0 },
    { x: 100, value: 200 },
    { x: 400, value: 200 },
  ],
};

const MODEL: XyModel = {
  id: "test",
  title: "Throughput against the load",
  reading: "",
  empty: null,
  xAxis: { title: "clients", quantity: "count" },
  yAxis: { title: "answers", quantity: "perSecond" },
  lines: [
    {
      key: "throughput",
      label: "Throughput",
      look: "line",
      color: "var(--chart-1)",
      points: [
        { x: 50, value: 49, low: 48, high: 50 },
        { x: 100, value: 95, low: 90, high: 100 },
      ],
    },
    BOUND,
  ],
};

describe("the axes of a chart over a number", () => {
  it("go from 0 to a round number over what was measured, bounds cut off", () => {
    const y = verticalScale(MODEL, 0, 100);
    expect(y.low).toBe(0);
    expect(y.high).toBeGreaterThanOrEqual(100);
    expect(y.high).toBeLessThanOrEqual(200);
    expect(y.at(0)).toBe(100);
  });

  it("go from first to last of what was measured, or as far as was said", () => {
    expect(horizontalScale(MODEL, 10, 100).at(50)).toBe(10);
    expect(horizontalScale({ ...MODEL, xRange: [0, 200] }, 10, 100).at(100)).toBe(60);
  });

  it("place equal factors at equal distances on a logarithmic axis", () => {
    const log = { ...MODEL, xAxis: { ...MODEL.xAxis, isLog: true }, xRange: [1, 100] as const };
    expect(horizontalScale(log, 0, 100).at(10)).toBeCloseTo(50);
  });

  it("have ticks within them alone", () => {
    for (const isLog of [false, true]) {
      const x = horizontalScale({ ...MODEL, xAxis: { ...MODEL.xAxis, isLog }, xRange: [48, 395] }, 0, 500);
      expect(x.ticks.values.length).toBeGreaterThan(1);
      expect(x.ticks.values.every((value) => value >= 48 && value <= 395)).toBe(true);
    }
  });

  it("never go over all of a share", () => {
    const share = {
      ...MODEL,
      yAxis: { title: "answers", quantity: "share" as const },
      lines: [{ ...BOUND, look: "plain" as const, points: [{ x: 0, value: 1 }] }],
    };
    expect(verticalScale(share, 0, 100).high).toBe(1);
  });

  it("begin near the smallest value where the differences matter", () => {
    const fitted = verticalScale({ ...MODEL, lines: MODEL.lines.slice(0, 1), isFitted: true }, 0, 100);
    expect(fitted.low).toBeGreaterThan(30);
    expect(fitted.at(48)).toBeLessThan(100);
  });
});

describe("a bound", () => {
  it("has a value between its points, and none outside", () => {
    expect(boundAt(BOUND, 50)).toBe(100);
    expect(boundAt(BOUND, 100)).toBe(200);
    expect(boundAt(BOUND, 401)).toBeNull();
  });

  it("is no place to stop at", () => {
    expect(measuredPlaces(MODEL)).toEqual([50, 100]);
  });
});

describe("the table of a chart over a number", () => {
  it("has the ends of each interval, and nothing where there is nothing", () => {
    const { head, fileHead, rows } = xyTable(MODEL);
    expect(head).toEqual(["clients", "Throughput", "Throughput, from", "Throughput, to", "at most"]);
    expect(fileHead[1]).toBe("throughput_per_s");
    expect(rows).toEqual([
      [0, Number.NaN, Number.NaN, Number.NaN, 0],
      [50, 49, 48, 50, Number.NaN],
      [100, 95, 90, 100, 200],
      [400, Number.NaN, Number.NaN, Number.NaN, 200],
    ]);
  });
});

describe("the colours of a heat map", () => {
  it("follow the values, or their logarithms where they differ much", () => {
    expect(shareScale([1, 2, 3]).shareOf(2)).toBeCloseTo(0.5);
    expect(shareScale([1, 10, 100]).shareOf(10)).toBeCloseTo(0.5);
    expect(shareScale([0, 100]).shareOf(50)).toBeCloseTo(0.5);
  });

  it("are one where all values are the same, or there are none", () => {
    expect(shareScale([7, 7]).shareOf(7)).toBe(shareScale([7]).shareOf(7));
    expect(shareScale([]).shareOf(1)).toBe(0);
  });
});
