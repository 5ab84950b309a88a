import { describe, expect, it } from "vitest";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import { findPreset } from "../../../src/scenario/presets";
import {
  MAXIMUM_TEXT_LENGTH,
  type ReadResult,
  readScenario,
  readScenarioText,
} from "../../../src/scenario/read-scenario";
import type { Problem, Scenario } from "../../../src/scenario/types";

function problemsOf(result: ReadResult): readonly Problem[] {
  return result.ok ? [] : result.problems;
}

/** Reads a document that has something wrong with it: what was reported, and what came of it. */
function misread(document: object): { paths: string[]; problems: readonly Problem[]; scenario: Scenario } {
  const result = readScenario({ schema: 1, ...document });
  const problems = problemsOf(result);
  return { paths: problems.map((problem) => problem.path), problems, scenario: result.scenario };
}

describe("the defaults", () => {
  it("are what the shortest document means", () => {
    expect(readScenario({ schema: 1 })).toEqual({ ok: true, scenario: DEFAULT_SCENARIO });
  });

  it("are those of the contract, and an optional field that came later", () => {
    expect(DEFAULT_SCENARIO).toEqual({
      schema: 1,
      name: "",
      notes: "",
      run: { durationS: 45, warmupS: 5, seed: 1, replications: 8 },
      slo: { p95Ms: null, p99Ms: null, queueP95Ms: null, failureRate: null },
      workloads: [
        {
          name: "hey",
          kind: "closed",
          clients: 250,
          thinkMs: 0,
          afterFailureMs: null,
          startSpreadMs: 0,
          mix: { page: 1 },
          retries: { attempts: 0, backoffMs: 100, backoffFactor: 2, jitter: true },
          giveUpAfterMs: null,
        },
      ],
      endpoints: [
        {
          name: "page",
          fleet: "web",
          safe: true,
          steps: [
            { kind: "query", ms: 500, cpuMs: 0, count: 1, access: "read" },
            { kind: "wait", ms: 500 },
          ],
        },
      ],
      edge: { maxConnections: null, timeoutMs: 30_000, queueTimeoutMs: null },
      fleets: [
        {
          name: "web",
          balancer: "random",
          dynos: 25,
          dynoType: "standard-2x",
          processes: 1,
          threads: 10,
          runtime: "gvl",
          backlog: 1024,
          skipsAbandoned: false,
          maxOutstandingPerDyno: null,
          connect: { attempts: 10, redispatch: true, retryDelayMs: 0, quarantineS: 5 },
          healthCheck: null,
          memory: { perProcessMb: 250, perThreadMb: 10 },
          pool: {
            size: 10,
            checkoutTimeoutMs: 5000,
            hold: "request",
            idleTimeoutS: 300,
            reapEveryS: 60,
            connectMs: 5,
            verify: false,
            maxLifetimeS: null,
          },
          reads: "primary",
          boot: { bootS: 20, preboot: false, prebootOverlapS: 180 },
          autoscaler: null,
        },
      ],
      pooler: {
        enabled: false,
        kind: "pgbouncer",
        mode: "transaction",
        connections: 90,
        maxClients: 10_000,
        waitTimeoutMs: 120_000,
        overheadMs: 0.1,
        capacityPerSecond: 20_000,
        loginRetryS: 15,
      },
      database: {
        plan: "standard-0",
        reservedConnections: 0,
        contention: { alpha: 0, beta: 0 },
        memoryPerConnectionMb: 10,
        crashOnMemory: true,
        recoveryS: 30,
        replicas: { count: 0, plan: null, routing: "dns", dnsTtlS: 5, lagMs: 20, autoscaler: null },
        failover: { detectS: 10, promoteS: 30, oldSessions: "reset", tcpTimeoutS: 900 },
      },
      timeline: [],
    });
  });

  it("of an open workload are its own", () => {
    const { scenario } = readScenario({ schema: 1, workloads: [{ kind: "open" }] });
    expect(scenario.workloads).toEqual([
      {
        name: "site",
        kind: "open",
        requestsPerSecond: 75,
        arrivals: "poisson",
        thinkMs: 0,
        mix: { page: 1 },
        retries: { attempts: 0, backoffMs: 100, backoffFactor: 2, jitter: true },
        giveUpAfterMs: null,
      },
    ]);
  });

  it("send a workload without mix or journey to the first endpoint, and an endpoint to the first fleet", () => {
    const { scenario } = readScenario({
      schema: 1,
      endpoints: [{ name: "home" }, { name: "search" }],
      fleets: [{ name: "app" }, { name: "batch" }],
      workloads: [{}, { journey: ["search", "home"] }, { kind: "replay" }],
      timeline: [{ do: "deploy", atS: 1 }],
    });
    expect(scenario.endpoints.map((endpoint) => endpoint.fleet)).toEqual(["app", "app"]);
    expect(scenario.workloads[0]).toMatchObject({ mix: { home: 1 } });
    expect(scenario.workloads[1]).not.toHaveProperty("mix");
    expect(scenario.workloads[2]).toMatchObject({ endpoint: "home", requests: [] });
    expect(scenario.timeline).toEqual([{ atS: 1, do: "deploy", fleet: "app" }]);
  });

  it("name what has no name, each differently", () => {
    const { scenario } = readScenario({ schema: 1, fleets: [{}, { name: "web-2" }, {}, { dynos: 3 }] });
    expect(scenario.fleets.map((fleet) => fleet.name)).toEqual(["web", "web-2", "web-3", "web-4"]);
  });

  it("of a policy follow from what is given", () => {
    const policies = [{ metric: "latencyMs", datapoints: 3 }, { below: 0.2 }, { kind: "target" }];
    const { scenario } = readScenario({ schema: 1, fleets: [{ autoscaler: { min: 40, policies } }] });
    const autoscaler = scenario.fleets[0]?.autoscaler;
    expect(autoscaler).toMatchObject({ min: 40, max: 40 });
    expect(autoscaler?.policies[0]).toMatchObject({ above: 0.6, datapoints: 3, outOf: 3 });
    expect(autoscaler?.policies[1]).toMatchObject({ name: "step-2", below: 0.2, outOf: 2 });
    expect(autoscaler?.policies[1]).not.toHaveProperty("above");
  });
});

describe("a wrong value", () => {
  it("is reported with where it is, what it is and what is allowed, and the rest stands", () => {
    const { problems, scenario } = misread({ fleets: [{ name: "web", dynos: -3, threads: 5 }] });
    expect(problems).toEqual([
      {
        path: "fleets.web.dynos",
        found: "-3",
        allowed: "a whole number from 0 to 10,000",
        sentence: "fleets.web.dynos is -3, but must be a whole number from 0 to 10,000.",
        instead: "25",
      },
    ]);
    expect(scenario.fleets[0]).toMatchObject({ dynos: 25, threads: 5 });
  });

  it.each([
    ["run.seed", { run: { seed: 2 ** 53 } }],
    ["run.replications", { run: { replications: 0 } }],
    ["run.replications", { run: { replications: 2.5 } }],
    ["run.warmupS", { run: { durationS: 10, warmupS: 10 } }],
    ["run", { run: [] }],
    ["slo.failureRate", { slo: { failureRate: 1.5 } }],
    ["slo.p99", { slo: { p99: 3 } }],
    ["name", { name: 7 }],
    ["name", { name: "\ud800" }],
    ["notes", { notes: "x".repeat(20_001) }],
    ["edge.timeoutMs", { edge: { timeoutMs: 1e308 } }],
    ["edge.timeoutMs", { edge: { timeoutMs: Number.NaN } }],
    ["edge.maxConnections", { edge: { maxConnections: Number.POSITIVE_INFINITY } }],
    ["workloads", { workloads: [] }],
    ["workloads", { workloads: {} }],
    ["workloads.0", { workloads: [null] }],
    ["workloads.0.kind", { workloads: [{ kind: "opne" }] }],
    ["workloads.a.clients", { workloads: [{ name: "a", clients: "many" }] }],
    ["workloads.a.requestsPerSecond", { workloads: [{ name: "a", kind: "closed", requestsPerSecond: 3 }] }],
    ["workloads.a.mix.page", { workloads: [{ name: "a", mix: { page: -1 } }] }],
    ["workloads.a.mix", { workloads: [{ name: "a", mix: { page: 0.9 } }] }],
    ["workloads.a.mix", { workloads: [{ name: "a", mix: {} }] }],
    ["workloads.a.mix", { workloads: [{ name: "a", mix: { nowhere: 1 } }] }],
    ["workloads.a.journey", { workloads: [{ name: "a", journey: ["nowhere"] }] }],
    ["workloads.a.journey", { workloads: [{ name: "a", mix: { page: 1 }, journey: ["page"] }] }],
    ["workloads.a.trace", { workloads: [{ name: "a", kind: "open", profile: [[0, 1]], trace: [[0, 1]] }] }],
    [
      "workloads.a.profile",
      {
        workloads: [
          {
            name: "a",
            profile: [
              [5, 1],
              [3, 1],
            ],
          },
        ],
      },
    ],
    ["workloads.a.profile.0", { workloads: [{ name: "a", profile: [[5]] }] }],
    ["workloads.a.everyMs", { workloads: [{ name: "a", kind: "burst", everyMs: 0 }] }],
    [
      "workloads.a.requests.1.1",
      {
        workloads: [
          {
            name: "a",
            kind: "replay",
            requests: [
              [0, [1, 2]],
              [5, [1]],
            ],
          },
        ],
      },
    ],
    ["workloads.1.name", { workloads: [{ name: "a" }, { name: "a" }] }],
    ["workloads.0.name", { workloads: [{ name: "" }] }],
    ["workloads.0.name", { workloads: [{ name: "constructor" }] }],
    ["endpoints.page.fleet", { endpoints: [{ name: "page", fleet: "nowhere" }] }],
    ["endpoints.page.fleet", { endpoints: [{ name: "page", fleet: { web: 0.5 } }] }],
    ["endpoints.page.steps", { endpoints: [{ name: "page", steps: [] }] }],
    ["endpoints.page.steps.0.kind", { endpoints: [{ name: "page", steps: [{ kind: "sleep" }] }] }],
    ["endpoints.page.steps.0.count", { endpoints: [{ name: "page", steps: [{ kind: "query", count: 0 }] }] }],
    ["endpoints.page.steps.0.cpuMs", { endpoints: [{ name: "page", steps: [{ kind: "wait", cpuMs: 1 }] }] }],
    ["fleets.web.dynoType", { fleets: [{ name: "web", dynoType: "standard-9x" }] }],
    ["fleets.web.dynoType.vcpus", { fleets: [{ name: "web", dynoType: { vcpus: 0 } }] }],
    ["fleets.web.processes", { fleets: [{ name: "web", processes: 0 }] }],
    ["fleets.web.autoscaler.max", { fleets: [{ name: "web", autoscaler: { min: 5, max: 3 } }] }],
    [
      "fleets.web.autoscaler.policies.up.below",
      { fleets: [{ name: "web", autoscaler: { policies: [{ name: "up", above: 1, below: 1 }] } }] },
    ],
    [
      "fleets.web.autoscaler.policies.up.outOf",
      { fleets: [{ name: "web", autoscaler: { policies: [{ name: "up", datapoints: 3, outOf: 2 }] } }] },
    ],
    [
      "fleets.web.autoscaler.policies.up.change",
      { fleets: [{ name: "web", autoscaler: { policies: [{ name: "up", change: 0 }] } }] },
    ],
    ["pooler.capacityPerSecond", { pooler: { capacityPerSecond: 0 } }],
    ["pooler.mode", { pooler: { mode: "statement" } }],
    ["database.plan", { database: { plan: "standard-1" } }],
    ["database.plan.connectionLimit", { database: { plan: { connectionLimit: 1e7 } } }],
    ["timeline.0.do", { timeline: [{ atS: 3 }] }],
    ["timeline.0.path", { timeline: [{ do: "set", path: "fleets.nowhere.dynos", value: 1 }] }],
    ["timeline.0.path", { timeline: [{ do: "set", path: "run.seed", value: 1 }] }],
    ["timeline.0.value", { timeline: [{ do: "set", path: "fleets.web.dynos", value: -1 }] }],
    ["timeline.0.fleet", { timeline: [{ do: "deploy", fleet: "nowhere" }] }],
    ["dynos", { dynos: 4 }],
  ])("at %s is found", (path, document) => {
    const { paths, problems } = misread(document);
    expect(paths).toEqual([path]);
    for (const { sentence } of problems) expect(sentence).toContain(path);
  });

  it("in a list leaves the other items in place", () => {
    const steps = [{ kind: "wait", ms: 1 }, "nonsense", { kind: "query", ms: 2 }];
    const { scenario } = misread({ endpoints: [{ name: "page", steps }] });
    expect(scenario.endpoints[0]?.steps).toEqual([
      { kind: "wait", ms: 1 },
      { kind: "query", ms: 2, cpuMs: 0, count: 1, access: "read" },
    ]);
  });

  it("gives way to the value of the base, where there is one", () => {
    const base = readScenario({
      schema: 1,
      fleets: [{ name: "app", dynos: 7 }],
      edge: { timeoutMs: 10_000 },
    });
    const result = readScenario(
      { schema: 1, fleets: [{ name: "app", dynos: "x", threads: 3 }], edge: { timeoutMs: -1 } },
      base.scenario,
    );
    expect(problemsOf(result).map((problem) => problem.instead)).toEqual(["10000", "7"]);
    expect(result.scenario.fleets[0]).toMatchObject({ name: "app", dynos: 7, threads: 3 });
    expect(result.scenario.edge.timeoutMs).toBe(10_000);
  });
});

describe("a distribution", () => {
  const read = (ms: unknown) => {
    const result = misread({ endpoints: [{ name: "page", steps: [{ kind: "wait", ms }] }] });
    const [step] = result.scenario.endpoints[0]?.steps ?? [];
    return { paths: result.paths, ms: step?.ms };
  };

  it.each([
    [{ dist: "constant", mean: 5 }],
    [{ dist: "exponential", mean: 0 }],
    [{ dist: "uniform", min: 2, max: 2 }],
    [{ dist: "lognormal", mean: 500, cv: 2 }],
    [{ dist: "lognormal", p50: 400, p99: 2000 }],
    [{ dist: "gamma", mean: 5, cv: 0.5 }],
    [{ dist: "hyperexponential", mean: 5, cv: 1.01 }],
    [{ dist: "pareto", mean: 5, shape: 1.5 }],
    [{ dist: "empirical", values: [1, 2] }],
    [{ dist: "empirical", values: [1, 2], weights: [0, 2] }],
  ])("stands as it is: %j", (ms) => {
    expect(read(ms)).toEqual({ paths: [], ms });
  });

  it.each([
    ["dist", { mean: 5 }],
    ["dist", { dist: "normal", mean: 5 }],
    ["mean", { dist: "exponential" }],
    ["mean", { dist: "exponential", mean: -1 }],
    ["max", { dist: "uniform", min: 3, max: 2 }],
    ["p99", { dist: "lognormal", p50: 5, p99: 5 }],
    ["p99", { dist: "lognormal", p50: 5 }],
    ["cv", { dist: "gamma", mean: 5 }],
    ["cv", { dist: "hyperexponential", mean: 5, cv: 1 }],
    ["shape", { dist: "pareto", mean: 5, shape: 1 }],
    ["values", { dist: "empirical" }],
    ["values", { dist: "empirical", values: [] }],
    ["weights", { dist: "empirical", values: [1, 2], weights: [1] }],
    ["weights", { dist: "empirical", values: [1, 2], weights: [0, 0] }],
    ["cv", { dist: "exponential", mean: 5, cv: 1 }],
  ])("stands or falls as a whole: bad %s in %j", (field, ms) => {
    expect(read(ms)).toEqual({ paths: [`endpoints.page.steps.0.ms.${field}`], ms: 500 });
  });
});

describe("shares", () => {
  it("are put in the order of what they name, so that equal documents are equal to the letter", () => {
    const document = (mix: object) => ({
      schema: 1,
      endpoints: [{ name: "a" }, { name: "b" }],
      workloads: [{ mix }],
    });
    const one = readScenario(document({ a: 0.25, b: 0.75 }));
    const other = readScenario(document({ b: 0.75, a: 0.25 }));
    expect(JSON.stringify(other)).toBe(JSON.stringify(one));
  });

  it("may miss 1 by a millionth", () => {
    const third = 0.3333333;
    const fleets = [{ name: "a" }, { name: "b" }, { name: "c" }];
    const fleet = { a: third, b: third, c: third };
    expect(misread({ fleets, endpoints: [{ name: "page", fleet }] }).paths).toEqual([]);
  });
});

describe("a document over a base", () => {
  const base = findPreset("carwow-75-dynos")?.scenario ?? DEFAULT_SCENARIO;

  it("takes from it whatever it leaves out, in items of the same name too", () => {
    const { scenario } = readScenario({ schema: 1, fleets: [{ name: "web", threads: 5 }] }, base);
    expect(scenario.fleets[0]).toMatchObject({ dynos: 75, threads: 5 });
    expect(scenario.pooler.enabled).toBe(true);
  });

  it("has only its own items", () => {
    const { scenario } = readScenario(
      {
        schema: 1,
        workloads: [{ name: "site", kind: "open" }],
        endpoints: [{ name: "page", steps: [{ kind: "wait" }] }],
      },
      base,
    );
    expect(scenario.workloads.map((workload) => workload.name)).toEqual(["site"]);
    expect(scenario.endpoints[0]?.steps).toEqual([{ kind: "wait", ms: 500 }]);
  });

  it("can make a workload of another kind, which keeps what both kinds have", () => {
    const { ok, scenario } = readScenario({ schema: 1, workloads: [{ name: "hey", kind: "open" }] }, base);
    expect(ok).toBe(true);
    expect(scenario.workloads[0]).toMatchObject({ kind: "open", requestsPerSecond: 75, mix: { page: 1 } });
  });

  it("still says its own schema", () => {
    expect(problemsOf(readScenario({}, base)).map((problem) => problem.path)).toEqual(["schema"]);
  });
});

describe("what is no scenario", () => {
  it.each([[null], [undefined], [3], ["text"], [[]], [() => 1], [Symbol("x")], [10n]])(
    "%s opens the defaults",
    (input) => {
      const result = readScenario(input);
      expect(result).toMatchObject({ ok: false, scenario: DEFAULT_SCENARIO });
    },
  );

  it("of a newer schema is not guessed at", () => {
    const result = readScenario({ schema: 2, fleets: [{ dynos: 3 }] });
    expect(result.scenario).toEqual(DEFAULT_SCENARIO);
    expect(problemsOf(result)).toMatchObject([{ path: "schema", found: "2", allowed: "a schema up to 1" }]);
  });

  it("without a schema is read, and says so", () => {
    const result = readScenario({ fleets: [{ dynos: 3 }] });
    expect(problemsOf(result).map((problem) => problem.sentence)).toEqual([
      'schema is missing; a scenario says "schema": 1.',
    ]);
    expect(result.scenario.fleets[0]?.dynos).toBe(3);
  });

  it("as text is reported as such", () => {
    const [problem] = problemsOf(readScenarioText("{oops"));
    expect(problem?.sentence).toMatch(/^The document is not JSON: /);
    expect(problemsOf(readScenarioText(" ".repeat(MAXIMUM_TEXT_LENGTH + 1)))).toHaveLength(1);
    expect(readScenarioText('\ufeff{"schema":1}').ok).toBe(true);
  });
});

describe("a hostile document", () => {
  it("of endless nesting is read at once", () => {
    const deep = `{"schema":1,"fleets":${"[".repeat(200_000)}${"]".repeat(200_000)}}`;
    expect(readScenarioText(deep).scenario.fleets).toHaveLength(1);
    const value = `{"schema":1,"timeline":[{"do":"set","path":"fleets.web.pool","value":${'{"pool":'.repeat(100_000)}1${"}".repeat(100_000)}}]}`;
    expect(readScenarioText(value).ok).toBe(false);
  });

  it("with a hundred thousand mistakes is reported in a hundred sentences", () => {
    const fields = Object.fromEntries(
      Array.from({ length: 100_000 }, (_, index) => [`field${index}`, index]),
    );
    const problems = problemsOf(readScenario({ schema: 1, ...fields }));
    expect(problems).toHaveLength(101);
    expect(problems.at(-1)?.sentence).toBe("There are 99900 more problems, which are not listed.");
  });

  it("with lists beyond all measure is not looked into", () => {
    const fleets = Array.from({ length: 1_000_000 }, () => null);
    expect(misread({ fleets }).paths).toEqual(["fleets"]);
  });

  it("cannot reach the prototype of objects, nor lend its own", () => {
    const text =
      '{"schema":1,"__proto__":{"polluted":true},"pooler":{"__proto__":{"enabled":true}},"workloads":[{"name":"a","mix":{"__proto__":1}}]}';
    const { scenario } = readScenarioText(text);
    expect(({} as Record<string, unknown>).polluted).toBeUndefined();
    expect(scenario.pooler.enabled).toBe(false);
    expect(scenario.workloads[0]).toMatchObject({ mix: { page: 1 } });
    const inherited: unknown = Object.create({ name: "inherited" });
    expect(readScenario(Object.assign(inherited as object, { schema: 1 })).scenario.name).toBe("");
  });

  it("of a million recorded requests is read as it is", { timeout: 60_000 }, () => {
    const requests = Array.from({ length: 1_000_000 }, (_, index) => [index, [1, 2]]);
    const result = readScenario({ schema: 1, workloads: [{ kind: "replay", requests }] });
    expect(result.ok).toBe(true);
  });
});
