import { describe, expect, it } from "vitest";
import type { CapacityPoint } from "../../../src/study/answer-types";
import { nextLoad } from "../../../src/study/next-load";
import { pointOf } from "../../support/hand-made-studies";

/** M/M/1 of 100 requests a second, up to where it saturates; the objective is met below a load. */
function station(load: number, metBelow = Infinity): CapacityPoint {
  const throughput = Math.min(load, 100);
  const mean = load < 99 ? 1_000 / (100 - load) : 10_000;
  return pointOf(load, { throughput, mean, p95: 3 * mean, failureRate: 0 }, load < metBelow);
}

const curve = (loads: readonly number[], metBelow?: number) => loads.map((load) => station(load, metBelow));

/** Looks at one load after the other, as a curve does. */
function explored(
  first: readonly number[],
  options: { readonly metBelow?: number; readonly isWhole?: boolean; readonly furthest?: number },
): number[] {
  const { metBelow, isWhole = false, furthest = 400 } = options;
  const loads = [...first];
  for (let step = 0; step < 60; step += 1) {
    const points = curve(loads, metBelow);
    const next = nextLoad(points, isWhole, furthest, metBelow !== undefined);
    if (next === null) return loads;
    // A load that was looked at says nothing new: it would be asked for without end.
    if (loads.includes(next)) throw new Error(`${next} again`);
    loads.push(next);
    loads.sort((a, b) => a - b);
  }
  throw new Error("It never ends.");
}

describe("the next load to look at", () => {
  it("is further on where the objective is still met at the last", () => {
    expect(nextLoad(curve([10, 20, 80, 120], 1_000), false, 400, true)).toBe(192);
  });

  it("is further on where the knee has not been passed", () => {
    expect(nextLoad(curve([10, 20, 40]), false, 400, false)).toBe(64);
  });

  it("is never beyond the furthest", () => {
    expect(nextLoad(curve([10, 20, 40]), false, 50, false)).toBe(50);
    const ended = nextLoad(curve([10, 20, 40]), false, 40, false);
    expect(ended === null || ended < 40).toBe(true);
  });

  it("is less than the first where the objective is missed there already, or the knee lies before it", () => {
    expect(nextLoad(curve([40, 60, 120], 10), false, 400, true)).toBe(20);
    expect(nextLoad(curve([80, 90, 120]), false, 400, false)).toBe(40);
  });

  it("is no less than one client, where clients are whole", () => {
    expect(nextLoad(curve([1, 60, 120], 1), true, 400, true)).not.toBeLessThan(1);
  });

  it("is between the last load that meets the objective and the first that misses it", () => {
    expect(nextLoad(curve([10, 40, 80, 120], 70), false, 400, true)).toBe(60);
  });

  it("is beside the knee once the objective's limit is known well enough", () => {
    const next = nextLoad(curve([10, 40, 69.5, 70.5, 120], 70), false, 400, true) ?? 0;
    // Power is largest at 50 there: looked for between its neighbours.
    expect(next).toBeGreaterThan(10);
    expect(next).toBeLessThan(69.5);
  });

  it("brings the limit to within 2 %, and then ends", () => {
    const loads = explored([25, 50, 100, 150], { metBelow: 70 });
    const met = Math.max(...loads.filter((load) => load < 70));
    const missed = Math.min(...loads.filter((load) => load >= 70));
    expect(missed - met).toBeLessThanOrEqual(0.02 * met);
  });

  it("brings the knee's neighbours to within 6 % of it, and then ends", () => {
    const loads = explored([25, 60, 120], {});
    const powers = loads.map((load) => Math.min(load, 100) * (load < 99 ? 100 - load : 0.1));
    const knee = powers.indexOf(Math.max(...powers));
    const [below = 0, at = 0, above = 0] = loads.slice(knee - 1, knee + 2);
    expect(at - below).toBeLessThanOrEqual(0.06 * below);
    expect(above - at).toBeLessThanOrEqual(0.06 * at);
    expect(Math.abs(at - 50)).toBeLessThan(4);
  });

  it("ends among whole loads too, where there is none in between", () => {
    const loads = explored([1, 3, 6, 9], { metBelow: 4, isWhole: true, furthest: 400 });
    expect(loads).toContain(3);
    expect(loads).toContain(4);
    expect(loads.every(Number.isInteger)).toBe(true);
  });

  it("ends where the objective is never missed, and where it is never met", () => {
    expect(Math.max(...explored([25, 50, 100], { metBelow: Infinity, furthest: 200 }))).toBe(200);
    const never = explored([25, 50, 100], { metBelow: 0, furthest: 200 });
    expect(Math.min(...never)).toBeGreaterThan(0);
  });

  it.each([
    { what: "furthest, met everywhere", first: [25, 50, 100], metBelow: Infinity, furthest: 213.3312 },
    { what: "smallest, met nowhere", first: [25, 50, 123.4], metBelow: 0, furthest: 123.4 },
    {
      what: "furthest of whole loads",
      first: [25, 50, 100],
      metBelow: Infinity,
      furthest: 213.33,
      isWhole: true,
    },
  ])("ends where the $what, is no load that can be looked at", ({ first, ...options }) => {
    expect(explored(first, options).length).toBeGreaterThan(first.length);
  });

  it("is a load of four digits, or a whole one", () => {
    expect(nextLoad(curve([10.01, 20.123], 1_000), false, 400, true)).toBe(32.2);
    expect(nextLoad(curve([10, 21], 1_000), true, 400, true)).toBe(34);
  });

  it("follows what bends: the line between its neighbours must be near to each point", () => {
    const loads = explored([25, 60, 120], {});
    const points = curve(loads);
    for (const [index, { load, measures }] of points.entries()) {
      const [before, after] = [points[index - 1], points[index + 1]];
      if (before === undefined || after === undefined || after.load - before.load < 0.08 * load) continue;
      const share = (load - before.load) / (after.load - before.load);
      const [from = 0, to = 0] = [before.measures.throughput.mean ?? 0, after.measures.throughput.mean ?? 0];
      expect(Math.abs((measures.throughput.mean ?? 0) - (from + share * (to - from)))).toBeLessThan(2);
    }
  });
});
