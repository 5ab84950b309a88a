import { describe, expect, it } from "vitest";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import { applyChanges } from "../../../src/scenario/paths";
import { readScenario } from "../../../src/scenario/read-scenario";

const BASE = "fleets.web.autoscaler.policies";
const up = { name: "up", metric: "cpu", statistic: "average", above: 0.6, change: 1 };
const down = { name: "down", metric: "cpu", statistic: "average", below: 0.3, change: -1 };
const target = { kind: "target", name: "aim", metric: "cpu", target: 0.6 };

function read(...policies: readonly object[]) {
  const result = readScenario({ schema: 1, fleets: [{ name: "web", autoscaler: { policies } }] });
  return {
    problems: result.ok ? [] : result.problems,
    names: result.scenario.fleets[0]?.autoscaler?.policies.map(({ name }) => name),
  };
}

describe("policies of one autoscaler", () => {
  it.each([
    [[up, down]],
    [[up, { ...down, below: 0.6 }]],
    [[up, { ...down, below: 0.9, metric: "databaseCpu" }]],
    [
      [
        { ...up, statistic: "max" },
        { ...down, below: 0.2 },
      ],
    ],
    [[up, { ...up, name: "fast up", above: 0.9, change: 5 }]],
    [[target, { ...up, above: 0.9 }, { ...down, below: 0.5 }]],
    [[target, { ...target, name: "again", periodS: 300 }]],
    [[target, { ...target, name: "latency", metric: "latencyMs", target: 500 }]],
    // Fewer dynos, and so fewer connections, can be what a busy database needs.
    [[{ ...up, metric: "databaseConnections", above: 200, change: -1 }]],
  ])("stand where they agree: %j", (policies) => {
    expect(read(...policies).problems).toEqual([]);
  });

  it("that would add and remove at the same value contradict each other: the later is left out", () => {
    const { problems, names } = read(up, { ...down, below: 0.7 });
    expect(names).toEqual(["up"]);
    expect(problems.map(({ path, sentence }) => [path, sentence])).toEqual([
      [
        `${BASE}.down.below`,
        `${BASE}.down.below is 0.7, but must be where "up" does not ask for the opposite (it adds above 0.6).`,
      ],
    ]);
  });

  it.each([
    ["down.below", [target, { ...down, below: 0.65 }]],
    // Where all dynos are equally busy, the average is the highest.
    ["down.below", [up, { ...down, below: 0.9, statistic: "max" }]],
    ["up.above", [target, { ...up, above: 0.5 }]],
    ["aim.target", [{ ...down, below: 0.65 }, target]],
    ["other.target", [target, { ...target, name: "other", target: 0.61 }]],
    [
      "save.above",
      [
        { ...up, metric: "databaseCpu" },
        { ...up, metric: "databaseCpu", name: "save", above: 0.9, change: -2 },
      ],
    ],
    ["up-2.name", [up, up], "policies.1.name"],
  ])("contradict each other at %s", (path, policies, other = `policies.${path}`) => {
    expect(read(...policies).problems.map((problem) => problem.path)).toEqual([
      `fleets.web.autoscaler.${other}`,
    ]);
  });

  it("must not remove where there is too much load, or add where there is little", () => {
    expect(read({ ...up, change: -1 }).problems.map(({ path, allowed }) => [path, allowed])).toEqual([
      [`${BASE}.up.change`, "above 0, since it acts where cpu is above 0.6"],
    ]);
    expect(read({ ...down, change: 1 }).problems.map(({ path }) => path)).toEqual([`${BASE}.down.change`]);
  });

  it("remove by one where only a lower bound is given", () => {
    const { scenario } = readScenario({
      schema: 1,
      fleets: [{ autoscaler: { policies: [{ below: 0.2 }] } }],
    });
    expect(scenario.fleets[0]?.autoscaler?.policies[0]).toMatchObject({ below: 0.2, change: -1 });
  });
});

describe("an edit", () => {
  it("that makes policies contradict each other is refused", () => {
    const autoscaler = { min: 1, max: 5, policies: [up, down] };
    const { scenario } = applyChanges(DEFAULT_SCENARIO, [
      { path: "fleets.web.autoscaler", value: autoscaler },
    ]);
    const result = applyChanges(scenario, [{ path: `${BASE}.up.above`, value: 0.2 }]);
    expect(result.ok ? [] : result.problems.map(({ path }) => path)).toEqual([`${BASE}.down.below`]);
  });
});

describe("a curve of traffic", () => {
  const read = (profile: unknown) => {
    const result = readScenario({ schema: 1, workloads: [{ name: "site", kind: "open", profile }] });
    return result.ok ? [] : result.problems.map(({ path, allowed }) => [path, allowed]);
  };

  it("may jump, with two points at the same time", () => {
    expect(
      read([
        [0, 1],
        [12, 1],
        [12, 4],
      ]),
    ).toEqual([]);
  });

  it("that goes back in time is refused, with the point that does", () => {
    expect(
      read([
        [0, 1],
        [12, 1],
        [5, 4],
      ]),
    ).toEqual([["workloads.site.profile", "points in order of time (point 2 is at 5 s, after one at 12 s)"]]);
  });
});
