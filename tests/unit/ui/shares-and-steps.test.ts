import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyChanges } from "../../../src/scenario/paths";
import { readScenario } from "../../../src/scenario/read-scenario";
import { sharesOf, withShare } from "../../../src/ui/scenario/shares";
import { stepAdded, stepMoved, stepRemoved, stepsChanges } from "../../../src/ui/scenario/steps";

describe("shares", () => {
  it("keep the others in proportion", () => {
    expect(withShare({ a: 0.6, b: 0.3, c: 0.1 }, ["a", "b", "c"], "c", 0.4)).toEqual({
      a: 0.4,
      b: 0.2,
      c: 0.4,
    });
  });

  it("leave out who has nothing, and give an only one all of it", () => {
    expect(withShare({ a: 0.5, b: 0.5 }, ["a", "b"], "a", 1)).toEqual({ a: 1 });
    expect(withShare({ a: 1 }, ["a", "b", "c"], "a", 0.5)).toEqual({ a: 0.5, b: 0.25, c: 0.25 });
  });

  it("always sum to 1, as the document wants it", () => {
    const names = ["a", "b", "c", "d", "e", "f", "g"];
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 1, maxLength: 20 }),
        fc.infiniteStream(fc.nat({ max: names.length - 1 })),
        (values, places) => {
          let shares: Readonly<Record<string, number>> = { a: 1 };
          for (const value of values) {
            shares = withShare(shares, names, names[places.next().value ?? 0] ?? "a", value);
            const sum = Object.values(shares).reduce((total, share) => total + share, 0);
            expect(sum).toBeCloseTo(1, 9);
            expect(Math.min(...Object.values(shares))).toBeGreaterThanOrEqual(0);
          }
        },
      ),
      { seed: 3 },
    );
  });

  it("of a journey count each endpoint as often as it comes", () => {
    expect(sharesOf(["login", "page", "page", "logout"])).toEqual({ login: 0.25, page: 0.5, logout: 0.25 });
    expect(sharesOf(["a", "b", "c"])).toEqual({ a: 0.3333, b: 0.3333, c: 0.3334 });
  });
});

describe("steps of an endpoint that is replayed", () => {
  const { scenario } = readScenario({
    schema: 1,
    workloads: [
      {
        name: "log",
        kind: "replay",
        requests: [
          [0, [10, 20]],
          [5, [30, 40]],
        ],
      },
    ],
  });
  const steps = scenario.endpoints[0]?.steps ?? [];

  function durations(change: Parameters<typeof stepsChanges>[2]) {
    const result = applyChanges(scenario, stepsChanges(scenario, "page", change));
    expect(result.ok ? [] : result.problems).toEqual([]);
    const [workload] = result.scenario.workloads;
    return workload?.kind === "replay" ? workload.requests.map(([, list]) => list) : null;
  }

  it("take their recorded durations along", () => {
    expect(durations(stepMoved(steps, 0, 1))).toEqual([
      [20, 10],
      [40, 30],
    ]);
    expect(durations(stepRemoved(steps, 0))).toEqual([[20], [40]]);
  });

  it("have their mean where they are new", () => {
    const step = { kind: "cpu", ms: { dist: "exponential", mean: 7 } } as const;
    expect(durations(stepAdded(steps, step))).toEqual([
      [10, 20, 7],
      [30, 40, 7],
    ]);
  });
});
