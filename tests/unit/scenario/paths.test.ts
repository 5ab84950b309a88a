import { describe, expect, it } from "vitest";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import {
  applyChanges,
  formatPath,
  getAt,
  listDifferences,
  parsePath,
  setAt,
} from "../../../src/scenario/paths";
import { readScenario } from "../../../src/scenario/read-scenario";
import type { Scenario } from "../../../src/scenario/types";

function scenarioOf(document: object): Scenario {
  const result = readScenario({ schema: 1, ...document });
  expect(result.ok).toBe(true);
  return result.scenario;
}

/** A scenario with one value changed, where that must work. */
function changed(scenario: Scenario, path: string, value: unknown): Scenario {
  const result = setAt(scenario, path, value);
  expect(result.ok ? [] : result.problems).toEqual([]);
  return result.scenario;
}

describe("a path", () => {
  it("names items of lists by their name or their index, and names win", () => {
    const scenario = scenarioOf({
      fleets: [
        { name: "1", dynos: 11 },
        { name: "web", dynos: 22 },
      ],
    });
    expect(getAt(scenario, "fleets.web.dynos")).toBe(22);
    expect(getAt(scenario, "fleets.1.dynos")).toBe(11);
    expect(getAt(scenario, "fleets.0.dynos")).toBe(11);
    expect(getAt(scenario, "endpoints.page.steps.1.ms")).toBe(500);
    expect(getAt(scenario, "workloads.hey.mix.page")).toBe(1);
  });

  it.each([
    "fleets.nowhere",
    "fleets.01",
    "fleets.-1",
    "fleets.web.__proto__",
    "__proto__",
    "",
    ".",
    "a..b",
    "%zz",
  ])("that leads nowhere (%s) gives nothing", (path) => {
    expect(getAt(DEFAULT_SCENARIO, path)).toBeUndefined();
    expect(setAt(DEFAULT_SCENARIO, path, 1)).toMatchObject({ ok: false, scenario: DEFAULT_SCENARIO });
  });

  it.each(["a.b", "50%", "x=1&y", "#", "%2E", " ", "ü🚀", "..."])("can hold any name: %s", (name) => {
    const scenario = scenarioOf({ fleets: [{ name }, { name: "other" }] });
    const path = formatPath(["fleets", name, "dynos"]);
    expect(parsePath(path)).toEqual(["fleets", name, "dynos"]);
    expect(getAt(changed(scenario, path, 3), path)).toBe(3);
  });
});

describe("setting a value", () => {
  it("does not lead into a curve: it is one value, however long", () => {
    const scenario = scenarioOf({ workloads: [{ name: "a", profile: [[0, 1]] }] });
    expect(setAt(scenario, "workloads.a.profile.0.1", 3).ok).toBe(false);
    expect(changed(scenario, "workloads.a.profile", [[0, 3]]).workloads[0]).toMatchObject({
      profile: [[0, 3]],
    });
  });

  it("leaves the rest the very same objects", () => {
    const scenario = changed(DEFAULT_SCENARIO, "fleets.web.dynos", 75);
    expect(scenario.fleets[0]?.dynos).toBe(75);
    expect(scenario.workloads).toBe(DEFAULT_SCENARIO.workloads);
    expect(scenario.database).toBe(DEFAULT_SCENARIO.database);
    expect(DEFAULT_SCENARIO.fleets[0]?.dynos).toBe(25);
  });

  it("that cannot stand keeps the old one, and says so", () => {
    expect(setAt(DEFAULT_SCENARIO, "fleets.web.dynos", 1e308)).toEqual({
      ok: false,
      scenario: DEFAULT_SCENARIO,
      problems: [
        {
          path: "fleets.web.dynos",
          found: "1e+308",
          allowed: "a whole number from 0 to 10,000",
          sentence: "fleets.web.dynos is 1e+308, but must be a whole number from 0 to 10,000.",
          instead: "25",
        },
      ],
    });
  });

  it("that cannot stand keeps null, where that was the old one", () => {
    const unlimited = changed(DEFAULT_SCENARIO, "edge.timeoutMs", null);
    expect(setAt(unlimited, "edge.timeoutMs", -1).scenario).toEqual(unlimited);
  });

  it("at a path that does not exist says what there is instead", () => {
    const result = setAt(DEFAULT_SCENARIO, "fleets.wbe.dynos", 3);
    expect(result).toMatchObject({
      problems: [
        {
          path: "fleets.wbe.dynos",
          allowed: "web",
          sentence: "There is no place fleets.wbe.dynos; fleets has web.",
        },
      ],
    });
  });

  it("works for distributions, null, and whole lists", () => {
    const ms = { dist: "lognormal", p50: 400, p99: 2000 };
    expect(
      getAt(changed(DEFAULT_SCENARIO, "endpoints.page.steps.0.ms", ms), "endpoints.page.steps.0.ms"),
    ).toEqual(ms);
    expect(changed(DEFAULT_SCENARIO, "edge.timeoutMs", null).edge.timeoutMs).toBeNull();
    const fleets = changed(DEFAULT_SCENARIO, "fleets", [{ name: "web", dynos: 3 }, { name: "batch" }]).fleets;
    expect(fleets.map((fleet) => [fleet.name, fleet.dynos, fleet.threads])).toEqual([
      ["web", 3, 10],
      ["batch", 25, 10],
    ]);
  });

  it("inside a distribution changes that parameter", () => {
    const scenario = changed(DEFAULT_SCENARIO, "endpoints.page.steps.0.ms", {
      dist: "gamma",
      mean: 5,
      cv: 2,
    });
    const changedMean = changed(scenario, "endpoints.page.steps.0.ms.mean", 7);
    expect(getAt(changedMean, "endpoints.page.steps.0.ms")).toEqual({ dist: "gamma", mean: 7, cv: 2 });
  });

  it("inside something that is off begins with its defaults", () => {
    const scenario = changed(DEFAULT_SCENARIO, "fleets.web.healthCheck.throughApp", true);
    expect(scenario.fleets[0]?.healthCheck).toEqual({
      everyMs: 1000,
      fall: 2,
      rise: 2,
      throughApp: true,
      timeoutMs: 1000,
    });
  });

  it("of another kind keeps what both kinds have, and gives the rest its defaults", () => {
    const before = changed(DEFAULT_SCENARIO, "workloads.hey.giveUpAfterMs", 9000);
    const open = changed(before, "workloads.hey.kind", "open");
    expect(open.workloads[0]).toEqual({
      name: "hey",
      kind: "open",
      requestsPerSecond: 75,
      arrivals: "poisson",
      thinkMs: 0,
      mix: { page: 1 },
      retries: { attempts: 0, backoffMs: 100, backoffFactor: 2, jitter: true },
      giveUpAfterMs: 9000,
    });
    expect(changed(open, "workloads.hey.kind", "closed").workloads).toEqual(before.workloads);
  });

  it("takes away what it excludes", () => {
    const journey = changed(DEFAULT_SCENARIO, "workloads.hey.journey", ["page", "page"]);
    expect(journey.workloads[0]).not.toHaveProperty("mix");
    expect(changed(journey, "workloads.hey.mix", { page: 1 })).toEqual(DEFAULT_SCENARIO);
    expect(changed(journey, "workloads.hey.journey", null)).toEqual(DEFAULT_SCENARIO);
  });
});

describe("several changes at once", () => {
  it("may need each other, in any order", () => {
    const changes = [
      { path: "endpoints.page.fleet", value: "app" },
      { path: "workloads.hey.requestsPerSecond", value: 12 },
      { path: "fleets.app.dynos", value: 4 },
      { path: "workloads.hey.kind", value: "open" },
      { path: "fleets", value: [{ name: "app" }] },
    ];
    const result = applyChanges(DEFAULT_SCENARIO, changes);
    expect(result.ok).toBe(true);
    expect(result.scenario.fleets).toMatchObject([{ name: "app", dynos: 4 }]);
    expect(result.scenario.workloads[0]).toMatchObject({ kind: "open", requestsPerSecond: 12 });
    expect(applyChanges(DEFAULT_SCENARIO, changes.toReversed())).toEqual(result);
  });

  it("are each judged alone: the good ones stand", () => {
    const result = applyChanges(DEFAULT_SCENARIO, [
      { path: "fleets.web.dynos", value: 4 },
      { path: "fleets.web.threads", value: 0 },
      { path: "nonsense", value: 0 },
    ]);
    expect(result.ok ? [] : result.problems.map((problem) => problem.path)).toEqual([
      "nonsense",
      "fleets.web.threads",
    ]);
    expect(result.scenario.fleets[0]).toMatchObject({ dynos: 4, threads: 10 });
  });

  it("of the same place are reported, and the last counts", () => {
    const result = applyChanges(DEFAULT_SCENARIO, [
      { path: "fleets.web.dynos", value: 4 },
      { path: "fleets.web.dynos", value: 5 },
    ]);
    expect(result.scenario.fleets[0]?.dynos).toBe(5);
    expect(result).toMatchObject({
      problems: [{ sentence: "fleets.web.dynos is given more than once: 4, then 5. The last counts." }],
    });
  });
});

describe("differences", () => {
  const differences = (document: object) => listDifferences(DEFAULT_SCENARIO, scenarioOf(document));

  it("are as small as can be", () => {
    expect(
      differences({ fleets: [{ name: "web", dynos: 75, pool: { size: 5 } }], pooler: { enabled: true } }),
    ).toEqual([
      { path: "fleets.web.dynos", value: 75 },
      { path: "fleets.web.pool.size", value: 5 },
      { path: "pooler.enabled", value: true },
    ]);
  });

  it("write durations and plans whole", () => {
    const ms = { dist: "exponential", mean: 500 };
    const plan = { vcpus: 2, memoryMb: 100, monthlyUsd: 0, connectionLimit: 5 };
    expect(
      differences({
        endpoints: [{ name: "page", steps: [{ kind: "query", ms }, { kind: "wait" }] }],
        database: { plan },
      }),
    ).toEqual([
      { path: "endpoints.page.steps.0.ms", value: ms },
      { path: "database.plan", value: plan },
    ]);
  });

  it("write a list whose items come or go whole, without its defaults", () => {
    expect(differences({ fleets: [{ name: "web" }, { name: "batch", dynos: 2 }] })).toEqual([
      {
        path: "fleets",
        value: [{ name: "web" }, { name: "batch", dynos: 2 }],
      },
    ]);
  });

  it("say the kind first where it changes", () => {
    expect(differences({ workloads: [{ name: "hey", kind: "open", requestsPerSecond: 3 }] })).toEqual([
      { path: "workloads.hey.kind", value: "open" },
      { path: "workloads.hey.requestsPerSecond", value: 3 },
    ]);
  });

  it("say null where something goes", () => {
    const withProfile = scenarioOf({ workloads: [{ profile: [[0, 1]] }] });
    expect(listDifferences(withProfile, DEFAULT_SCENARIO)).toEqual([
      { path: "workloads.hey.profile", value: null },
    ]);
  });
});
