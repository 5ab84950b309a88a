import { describe, expect, it } from "vitest";
import { kneeOf, mostPowerful, powerOf } from "../../../src/study/knee";
import { pointOf } from "../../support/hand-made-studies";

/** A point with a throughput and a mean latency. */
const point = (load: number, throughput: number, mean: number) => pointOf(load, { throughput, mean });
/** A curve of a power that is known exactly: throughput ÷ mean. */
const withPower = (power: (load: number) => number, loads: readonly number[]) =>
  loads.map((load) => point(load, load, load / power(load)));

describe("power", () => {
  it("is throughput ÷ mean latency", () => {
    expect(powerOf(point(10, 50, 200))).toBe(0.25);
  });

  it("is none where nothing succeeds", () => {
    expect(powerOf(pointOf(10, { throughput: 0 }))).toBe(0);
    expect(powerOf(point(10, 0, 0))).toBe(0);
  });

  it("is largest at a point, the first of several", () => {
    expect(mostPowerful([])).toBe(-1);
    expect(mostPowerful([point(1, 1, 1), point(2, 4, 2), point(3, 4, 2), point(4, 4, 8)])).toBe(1);
  });
});

describe("the knee", () => {
  it("is the top of the parabola that power is near its largest, between the points as well", () => {
    const power = (load: number): number => 100 - (load - 23) ** 2 / 10;
    const knee = kneeOf(withPower(power, [10, 15, 20, 25, 30, 40]));
    expect(knee?.load).toBeCloseTo(23, 9);
    // Throughput on the straight line between the points beside it.
    expect(knee?.throughputPerSecond).toBeCloseTo(23, 9);
  });

  it("hardly moves where a single point is lucky", () => {
    const power = (load: number): number => 100 - (load - 50) ** 2 / 50;
    const loads = Array.from({ length: 21 }, (_, i) => 5 * i + 1);
    const lucky = withPower((load) => power(load) * (load === 61 ? 1.03 : 1), loads);
    expect(lucky[mostPowerful(lucky)]?.load).toBe(61);
    expect(Math.abs((kneeOf(lucky)?.load ?? 0) - 50)).toBeLessThan(2);
  });

  it("lies within the points near the largest, whatever the parabola says", () => {
    // A cliff: the parabola through it has its top at a slope that is not there.
    const curve = [point(10, 10, 10), point(20, 20, 10), point(30, 30, 10), point(31, 30, 1_000)];
    const knee = kneeOf(curve);
    expect(knee?.load).toBeGreaterThanOrEqual(20);
    expect(knee?.load).toBeLessThanOrEqual(31);
  });

  it.each<[what: string, loads: readonly number[]]>([
    ["at the first load", [30, 40, 50]],
    ["at the last", [5, 10, 20]],
    ["among two", [10, 30]],
    ["of none", []],
  ])("is not known where power is largest %s", (_what, loads) => {
    expect(kneeOf(withPower((load) => 100 - (load - 23) ** 2 / 10, loads))).toBeNull();
  });

  it("is the point itself where power is as good as flat beside it on both sides", () => {
    const knee = kneeOf([point(10, 1, 10), point(20, 20, 10), point(30, 1, 10)]);
    expect(knee?.load).toBeCloseTo(20, 9);
    expect(knee?.throughputPerSecond).toBeCloseTo(20, 9);
  });
});
