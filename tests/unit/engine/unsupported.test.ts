import { describe, expect, it } from "vitest";
import { compile, Simulation, unsupportedFields } from "../../../src/engine";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import { getAt } from "../../../src/scenario/paths";
import { PRESETS } from "../../../src/scenario/presets";
import { readScenario } from "../../../src/scenario/read-scenario";
import { withSizes } from "../../../src/scenario/sizes";
import type { Scenario } from "../../../src/scenario/types";

/** A valid scenario, whether the engine simulates it or not. */
function read(document: object): Scenario {
  const result = readScenario({ schema: 1, ...document });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.scenario;
}

const refusedPaths = (document: object): string[] =>
  unsupportedFields(read(document)).map((problem) => problem.path);

const STEPS = [{ kind: "query", ms: 500 }];
const autoscaler = {
  min: 1,
  max: 9,
  bootS: 60,
  policies: [{ kind: "target", name: "cpu", metric: "cpu", target: 0.6, periodS: 60 }],
};

/** What the engine does not simulate yet: the field's path, and a scenario in which it matters. */
const REFUSED: readonly (readonly [path: string, document: object])[] = [
  [
    "workloads.more",
    {
      workloads: [
        { name: "hey", kind: "closed" },
        { name: "more", kind: "open" },
      ],
    },
  ],
  [
    "endpoints.search",
    {
      endpoints: [
        { name: "page", steps: STEPS },
        { name: "search", steps: STEPS },
      ],
    },
  ],
  ["fleets.read", { fleets: [{ name: "web" }, { name: "read" }] }],
  ["workloads.beat.kind", { workloads: [{ name: "beat", kind: "burst" }] }],
  [
    "workloads.log.kind",
    { workloads: [{ name: "log", kind: "replay", endpoint: "page", requests: [[0, [500, 500]]] }] },
  ],
  ["workloads.hey.journey", { workloads: [{ name: "hey", kind: "closed", journey: ["page", "page"] }] }],
  ["workloads.site.journey", { workloads: [{ name: "site", kind: "open", journey: ["page", "page"] }] }],
  [
    "workloads.hey.profile",
    {
      workloads: [
        {
          name: "hey",
          kind: "closed",
          profile: [
            [0, 1],
            [60, 2],
          ],
        },
      ],
    },
  ],
  ["workloads.site.profile", { workloads: [{ name: "site", kind: "open", profile: [[0, 0.5]] }] }],
  ["workloads.site.trace", { workloads: [{ name: "site", kind: "open", trace: [[0, 75]] }] }],
  [
    "workloads.hey.retries.attempts",
    { workloads: [{ name: "hey", kind: "closed", retries: { attempts: 2 } }] },
  ],
  ["workloads.site.giveUpAfterMs", { workloads: [{ name: "site", kind: "open", giveUpAfterMs: 10_000 }] }],
  [
    "endpoints.page.steps.1.kind",
    { endpoints: [{ name: "page", steps: [STEPS[0], { kind: "cpu", ms: 40 }] }] },
  ],
  [
    "endpoints.page.steps.0.cpuMs",
    { endpoints: [{ name: "page", steps: [{ kind: "query", ms: 500, cpuMs: 2 }] }] },
  ],
  [
    "endpoints.page.steps.0.cpuMs",
    {
      endpoints: [
        { name: "page", steps: [{ kind: "query", ms: 500, cpuMs: { dist: "lognormal", p50: 1, p99: 2 } }] },
      ],
    },
  ],
  ["fleets.web.maxOutstandingPerDyno", { fleets: [{ name: "web", maxOutstandingPerDyno: 10 }] }],
  ["fleets.web.healthCheck.throughApp", { fleets: [{ name: "web", healthCheck: { throughApp: true } }] }],
  ["fleets.web.autoscaler", { fleets: [{ name: "web", autoscaler }] }],
  [
    "fleets.web.reads",
    { fleets: [{ name: "web", reads: "replicas" }], database: { replicas: { count: 1 } } },
  ],
  ["pooler.mode", { pooler: { enabled: true, mode: "session" } }],
  ["database.replicas.count", { database: { replicas: { count: 2 } } }],
  ["database.replicas.autoscaler", { database: { replicas: { autoscaler } } }],
  ["timeline.0.do", { timeline: [{ atS: 20, do: "set", path: "fleets.web.dynos", value: 30 }] }],
  ["timeline.0.do", { timeline: [{ atS: 20, do: "deploy", fleet: "web" }] }],
  ["timeline.0.do", { timeline: [{ atS: 20, do: "killDyno", fleet: "web" }] }],
  ["timeline.0.do", { timeline: [{ atS: 20, do: "slowDyno", fleet: "web" }] }],
  ["timeline.0.do", { timeline: [{ atS: 20, do: "failover" }] }],
  [
    "timeline.1.do",
    {
      timeline: [
        { atS: 1, do: "failover" },
        { atS: 20, do: "restartDatabase" },
      ],
    },
  ],
];

describe("a field that the engine does not simulate", () => {
  it.each(REFUSED)("is refused by name: %s (%j)", (path, document) => {
    expect(refusedPaths(document)).toContain(path);
  });

  it.each(REFUSED)("leads to what was found: %s (%j)", (path, document) => {
    const scenario = read(document);
    const problem = unsupportedFields(scenario).find((candidate) => candidate.path === path);
    expect(getAt(scenario, path)).not.toBeUndefined();
    expect(problem?.sentence).toContain(path);
    expect(problem?.sentence).toContain(problem?.found);
    expect(problem?.allowed).not.toBe("");
  });

  it("is shown shortened when it is long", () => {
    const profile = Array.from({ length: 5000 }, (_, i) => [i, 2]);
    const [problem] = unsupportedFields(read({ workloads: [{ name: "hey", kind: "closed", profile }] }));
    expect(problem?.found.length).toBeLessThanOrEqual(80);
  });

  it("is refused together with every other one", () => {
    const paths = refusedPaths({
      pooler: { enabled: true, mode: "session" },
      database: { replicas: { count: 1 } },
      edge: { queueTimeoutMs: 100 },
      fleets: [{ name: "web", maxOutstandingPerDyno: 5 }],
    });
    expect(paths).toEqual(
      expect.arrayContaining([
        "pooler.mode",
        "database.replicas.count",
        "edge.queueTimeoutMs",
        "fleets.web.maxOutstandingPerDyno",
      ]),
    );
  });

  // Names are written into the path as they are, so that a dot in one makes a path that leads nowhere.
  it("is found by its path even where names hold dots", () => {
    const scenario = read({
      fleets: [{ name: "web.eu", autoscaler }],
      workloads: [{ name: "a.b", kind: "burst" }],
    });
    for (const { path } of unsupportedFields(scenario))
      expect(getAt(scenario, path), path).not.toBeUndefined();
  });
});

/** What differs from its default but can change nothing that the engine would not simulate. */
const HARMLESS: readonly (readonly [what: string, document: object])[] = [
  [
    "the balancer's way with dynos that refuse, since none can die",
    {
      fleets: [
        { name: "web", connect: { attempts: 1, redispatch: false, retryDelayMs: 50, quarantineS: 9 } },
      ],
    },
  ],
  [
    "health checks beside the application",
    { fleets: [{ name: "web", healthCheck: { everyMs: 100, fall: 1 } }] },
  ],
  [
    "how dynos boot and deploy",
    { fleets: [{ name: "web", boot: { bootS: 90, preboot: true, prebootOverlapS: 10 } }] },
  ],
  ["the runtime, where no step needs a processor", { fleets: [{ name: "web", runtime: "event-loop" }] }],
  [
    "memory over quota, which only slows the processor",
    { fleets: [{ name: "web", memory: { perProcessMb: 1500 } }] },
  ],
  ["reads from replicas, where there are none", { fleets: [{ name: "web", reads: "replicas" }] }],
  [
    "contention for processors, where queries need none",
    { database: { contention: { alpha: 0.1, beta: 0.01 } } },
  ],
  [
    "failover without one",
    { database: { failover: { detectS: 1, promoteS: 1, oldSessions: "hang", tcpTimeoutS: 60 } } },
  ],
  [
    "how reads would be routed to replicas",
    { database: { replicas: { routing: "per-query", dnsTtlS: 60, lagMs: 500 } } },
  ],
  ["the session mode of a pooler that is off", { pooler: { enabled: false, mode: "session" } }],
  ["the limit of a line at the balancer, where there is no such line", { edge: { queueTimeoutMs: 100 } }],
  [
    "how retries would wait",
    { workloads: [{ name: "hey", kind: "closed", retries: { backoffMs: 1, jitter: false } }] },
  ],
  [
    "a profile that is always 1",
    {
      workloads: [
        {
          name: "hey",
          kind: "closed",
          profile: [
            [0, 1],
            [60, 1],
          ],
        },
      ],
    },
  ],
  [
    "thinking between the requests of a journey, where there is none",
    { workloads: [{ name: "s", kind: "open", thinkMs: 9 }] },
  ],
  ["events after the end of the run", { timeline: [{ atS: 45, do: "failover" }] }],
  ["a mix of the one endpoint", { workloads: [{ name: "hey", kind: "closed", mix: { page: 1 } }] }],
  [
    "writes to a primary alone",
    { endpoints: [{ name: "page", safe: false, steps: [{ kind: "query", access: "write" }] }] },
  ],
  [
    "queries whose processor time is always 0",
    {
      endpoints: [
        { name: "page", steps: [{ kind: "query", ms: 5, cpuMs: { dist: "empirical", values: [0, 0] } }] },
      ],
    },
  ],
  [
    "names, notes and objectives",
    { name: "x", notes: "y", slo: { p95Ms: 1, p99Ms: 2, queueP95Ms: 3, failureRate: 0.1 } },
  ],
];

describe("a field that can't matter", () => {
  it.each(HARMLESS)("is not refused: %s", (_what, document) => {
    expect(refusedPaths(document)).toEqual([]);
  });

  it.each(HARMLESS)("changes nothing in what is simulated: %s", (_what, document) => {
    const scenario = read(document);
    const simulation = new Simulation(compile(withSizes(scenario)), 0);
    simulation.advance(700);
    const usual = new Simulation(
      compile(
        withSizes({ ...DEFAULT_SCENARIO, workloads: scenario.workloads, endpoints: scenario.endpoints }),
      ),
      0,
    );
    usual.advance(700);
    expect(simulation.record()).toEqual(usual.record());
  });
});

describe("scenarios as they come", () => {
  it("are simulated whole: the defaults and every preset", () => {
    for (const { id, scenario } of PRESETS) expect(unsupportedFields(scenario), id).toEqual([]);
    expect(unsupportedFields(DEFAULT_SCENARIO)).toEqual([]);
  });

  // `compile` knows no cpu step, while one of no length passes as harmless.
  it("can be compiled when nothing in them is refused: a cpu step of no length", () => {
    const scenario = read({
      endpoints: [
        {
          name: "page",
          steps: [
            { kind: "cpu", ms: 0 },
            { kind: "wait", ms: 5 },
          ],
        },
      ],
    });
    expect(unsupportedFields(scenario)).toEqual([]);
    expect(() => compile(withSizes(scenario))).not.toThrow();
  });
});
