import { describe, expect, it } from "vitest";
import { applyChanges } from "../../../src/scenario/paths";
import { readScenario } from "../../../src/scenario/read-scenario";
import type { Scenario } from "../../../src/scenario/types";
import { numericInputs } from "../../../src/study/inputs";

function scenarioOf(document: object): Scenario {
  const result = readScenario({ schema: 1, ...document });
  expect(result.ok ? [] : result.problems).toEqual([]);
  return result.scenario;
}

const pathsOf = (document: object): string[] => numericInputs(scenarioOf(document)).map(({ path }) => path);

const TWO = {
  endpoints: [
    {
      name: "page",
      fleet: "web",
      steps: [
        { kind: "cpu", ms: 40 },
        { kind: "query", ms: { dist: "exponential", mean: 100 }, cpuMs: 10 },
      ],
    },
  ],
  workloads: [{ name: "users", kind: "closed", clients: 50, thinkMs: 1_000, startSpreadMs: 0 }],
  fleets: [{ name: "web", dynos: 5, threads: 4 }],
};

describe("the inputs of a scenario", () => {
  it("are its numbers, each with its path by name and its value, in the document's order", () => {
    const inputs = numericInputs(scenarioOf(TWO));
    const own = inputs.filter(({ path }) => /^(workloads|endpoints)/.test(path));
    expect(own).toEqual([
      { path: "workloads.users.clients", value: 50 },
      { path: "workloads.users.thinkMs", value: 1_000 },
      { path: "endpoints.page.steps.0.ms", value: 40 },
      { path: "endpoints.page.steps.1.ms.mean", value: 100 },
      { path: "endpoints.page.steps.1.cpuMs", value: 10 },
      { path: "endpoints.page.steps.1.count", value: 1 },
    ]);
    expect(inputs).toContainEqual({ path: "fleets.web.dynos", value: 5 });
  });

  it("can each be set by its path", () => {
    const scenario = scenarioOf({ ...TWO, pooler: { enabled: true } });
    for (const { path, value } of numericInputs(scenario)) {
      const { ok, scenario: same } = applyChanges(scenario, [{ path, value }]);
      expect([path, ok]).toEqual([path, true]);
      expect(same).toEqual(scenario);
    }
  });

  it("are not how the run is made and judged, nor what happens by plan", () => {
    const paths = pathsOf({
      ...TWO,
      run: { durationS: 60, warmupS: 5 },
      slo: { p95Ms: 300 },
      timeline: [{ atS: 10, do: "killDyno", fleet: "web", count: 1 }],
    });
    expect(paths.filter((path) => /^(schema|run|slo|timeline)/.test(path))).toEqual([]);
  });

  it("are not 0, of which every share is 0", () => {
    expect(pathsOf(TWO)).not.toContain("workloads.users.startSpreadMs");
  });

  it("are not points of curves, recordings and lists of values", () => {
    const paths = pathsOf({
      ...TWO,
      endpoints: [
        {
          name: "page",
          fleet: "web",
          steps: [{ kind: "wait", ms: { dist: "empirical", values: [1, 2, 30] } }],
        },
      ],
      workloads: [
        {
          name: "wave",
          kind: "open",
          requestsPerSecond: 20,
          profile: [
            [0, 1],
            [30, 2],
          ],
        },
        {
          name: "traced",
          kind: "open",
          trace: [
            [0, 10],
            [30, 20],
          ],
        },
        { name: "log", kind: "replay", endpoint: "page", requests: [[5, [20]]] },
      ],
    });
    expect(paths.filter((path) => /profile|trace\.|requests\.|values/.test(path))).toEqual([]);
    expect(paths).toContain("workloads.wave.requestsPerSecond");
  });

  describe("are only those that the system looks at", () => {
    const has = (document: object, part: string): boolean =>
      pathsOf({ ...TWO, ...document }).some((path) => path.startsWith(part));

    it.each<[part: string, without: object, withIt: object]>([
      ["workloads.users.retries.", TWO, { workloads: [{ ...TWO.workloads[0], retries: { attempts: 2 } }] }],
      ["pooler.", { pooler: { enabled: false } }, { pooler: { enabled: true } }],
      [
        "database.replicas.",
        { database: { replicas: { count: 0 } } },
        { database: { replicas: { count: 2, lagMs: 20 } } },
      ],
      [
        "database.failover.",
        { timeline: [] },
        { timeline: [{ atS: 10, do: "failover" }], database: { replicas: { count: 1 } } },
      ],
      [
        "database.contention.",
        { database: { contention: { alpha: 0, beta: 0 } } },
        { database: { contention: { alpha: 0.02, beta: 0 } } },
      ],
    ])("%s", (part, without, withIt) => {
      expect(has(without, part)).toBe(false);
      expect(has(withIt, part)).toBe(true);
    });
  });
});
