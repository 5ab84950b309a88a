import { isDeepStrictEqual } from "node:util";
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

/** What the engine does not simulate yet, all of it about a world that changes: the field's path, and a scenario in which it matters. */
const REFUSED: readonly (readonly [path: string, document: object])[] = [
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
  ["workloads.beat.profile", { workloads: [{ name: "beat", kind: "burst", profile: [[0, 2]] }] }],
  [
    "workloads.second.profile",
    {
      workloads: [
        { name: "first", kind: "open" },
        { name: "second", kind: "open", profile: [[0, 0.5]] },
      ],
    },
  ],
  ["fleets.web.healthCheck.throughApp", { fleets: [{ name: "web", healthCheck: { throughApp: true } }] }],
  ["fleets.web.autoscaler", { fleets: [{ name: "web", autoscaler }] }],
  ["fleets.read.autoscaler", { fleets: [{ name: "web" }, { name: "read", autoscaler }] }],
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

/** What is simulated, in a scenario in which it could matter: the specifications of the parts say how. */
const SIMULATED: readonly (readonly [what: string, document: object])[] = [
  [
    "several workloads",
    {
      workloads: [
        { name: "hey", kind: "closed" },
        { name: "more", kind: "open" },
      ],
    },
  ],
  [
    "several endpoints",
    {
      endpoints: [
        { name: "page", steps: STEPS },
        { name: "search", steps: STEPS },
      ],
    },
  ],
  [
    "several fleets, and shares of an endpoint",
    {
      fleets: [{ name: "web" }, { name: "read" }],
      endpoints: [{ name: "page", fleet: { web: 0.5, read: 0.5 }, steps: STEPS }],
    },
  ],
  ["bursts", { workloads: [{ name: "beat", kind: "burst" }] }],
  [
    "replays",
    { workloads: [{ name: "log", kind: "replay", endpoint: "page", requests: [[0, [500, 500]]] }] },
  ],
  ["journeys", { workloads: [{ name: "hey", kind: "closed", journey: ["page", "page"] }] }],
  ["measured curves", { workloads: [{ name: "site", kind: "open", trace: [[0, 75]] }] }],
  ["retries", { workloads: [{ name: "hey", kind: "closed", retries: { attempts: 2 } }] }],
  ["clients that give up", { workloads: [{ name: "site", kind: "open", giveUpAfterMs: 100 }] }],
  ["processor steps", { endpoints: [{ name: "page", steps: [{ kind: "cpu", ms: 40 }] }] }],
  [
    "the database's processors",
    { endpoints: [{ name: "page", steps: [{ kind: "query", ms: 500, cpuMs: 2 }] }] },
  ],
  [
    "a balancer's own line",
    { fleets: [{ name: "web", maxOutstandingPerDyno: 10 }], edge: { queueTimeoutMs: 100 } },
  ],
  [
    "reads from replicas",
    { fleets: [{ name: "web", reads: "replicas" }], database: { replicas: { count: 2 } } },
  ],
  ["a pooler in session mode", { pooler: { enabled: true, mode: "session" } }],
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
      workloads: [{ name: "site", kind: "open", profile: [[0, 2]] }],
      fleets: [{ name: "web", healthCheck: { throughApp: true }, autoscaler }],
      database: { replicas: { autoscaler } },
      timeline: [{ atS: 1, do: "failover" }],
    });
    expect(paths).toEqual([
      "workloads.site.profile",
      "fleets.web.healthCheck.throughApp",
      "fleets.web.autoscaler",
      "database.replicas.autoscaler",
      "timeline.0.do",
    ]);
  });

  // Names are written into the path as they are, so that a dot in one makes a path that leads nowhere.
  it("is found by its path even where names hold dots", () => {
    const scenario = read({
      fleets: [{ name: "web.eu", autoscaler }],
      workloads: [{ name: "a.b", kind: "burst", profile: [[0, 2]] }],
    });
    expect(unsupportedFields(scenario)).toHaveLength(2);
    for (const { path } of unsupportedFields(scenario))
      expect(getAt(scenario, path), path).not.toBeUndefined();
  });
});

describe("what the engine simulates", () => {
  it.each(SIMULATED)("is not refused: %s", (_what, document) => {
    expect(refusedPaths(document)).toEqual([]);
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
    // Records are large, and Vitest's own comparison of them is slow.
    expect(isDeepStrictEqual(simulation.record(), usual.record())).toBe(true);
  });
});

describe("scenarios as they come", () => {
  it("are simulated whole: the defaults and every preset", () => {
    for (const { id, scenario } of PRESETS) expect(unsupportedFields(scenario), id).toEqual([]);
    expect(unsupportedFields(DEFAULT_SCENARIO)).toEqual([]);
  });

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
