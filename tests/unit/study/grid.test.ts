import { describe, expect, it } from "vitest";
import { coarseToFine, combinations, scenarioAt, valuesAt } from "../../../src/study/grid";
import { station } from "../../support/hand-made-studies";

describe("all combinations", () => {
  it("have the last axis move fastest", () => {
    expect(combinations([2, 3])).toEqual([
      [0, 0],
      [0, 1],
      [0, 2],
      [1, 0],
      [1, 1],
      [1, 2],
    ]);
  });

  it("are as many as the product of the axes' lengths", () => {
    expect(combinations([3, 4, 5])).toHaveLength(60);
    expect(combinations([1])).toEqual([[0]]);
  });

  it("of no axis are the one with nothing in it", () => {
    expect(combinations([])).toEqual([[]]);
  });
});

describe("coarse to fine", () => {
  it("are all combinations, each once", () => {
    for (const lengths of [[1], [2], [12], [12, 12], [1, 7], [200]]) {
      const keys = coarseToFine(lengths).map((at) => at.join());
      expect(keys).toHaveLength(combinations(lengths).length);
      expect(new Set(keys)).toEqual(new Set(combinations(lengths).map((at) => at.join())));
    }
  });

  it("begin at the ends, and then halve what lies between", () => {
    expect(coarseToFine([9])).toEqual([[0], [2], [4], [6], [8], [1], [3], [5], [7]]);
    expect(coarseToFine([3])).toEqual([[0], [2], [1]].sort(([a = 0], [b = 0]) => a - b));
  });

  it("have the corners of a grid in their first part, and the whole grid in sight", () => {
    const first = coarseToFine([12, 12]).slice(0, 16);
    for (const corner of ["0,0", "0,11", "11,0", "11,11"])
      expect(first.map((at) => at.join())).toContain(corner);
    const every = combinations([12, 12]).map(([x = 0, y = 0]) =>
      Math.min(...first.map(([a = 0, b = 0]) => Math.max(Math.abs(a - x), Math.abs(b - y)))),
    );
    expect(Math.max(...every)).toBeLessThanOrEqual(2);
  });
});

describe("the scenario at a combination", () => {
  const base = station({});
  const axes = [
    { path: "fleets.web.dynos", values: [1, 2, 3] },
    { path: "fleets.web.balancer", values: ["random", "round-robin"] },
  ];

  it("has the values of its places", () => {
    expect(valuesAt(axes, [2, 1])).toEqual([
      { path: "fleets.web.dynos", value: 3 },
      { path: "fleets.web.balancer", value: "round-robin" },
    ]);
    const { scenario, problem } = scenarioAt(base, axes, [2, 1]);
    expect(problem).toBeNull();
    expect(scenario).toEqual({
      ...base,
      fleets: base.fleets.map((fleet) => ({ ...fleet, dynos: 3, balancer: "round-robin" })),
    });
  });

  it("may have null for a value", () => {
    const limits = [{ path: "edge.timeoutMs", values: [1_000, null] }];
    expect(scenarioAt(base, limits, [1]).scenario.edge.timeoutMs).toBeNull();
  });

  it("says why its values cannot stand together", () => {
    const times = [
      { path: "run.warmupS", values: [1, 30] },
      { path: "run.durationS", values: [10, 60] },
    ];
    expect(scenarioAt(base, times, [1, 1]).problem).toBeNull();
    expect(scenarioAt(base, times, [1, 0]).problem?.sentence).toMatch(/warmupS/);
  });
});
