import { describe, expect, it } from "vitest";
import { explain } from "../../../src/analysis/verdict";
import type { LimitName } from "../../../src/analysis/verdict-types";
import { applyChanges, getAt } from "../../../src/scenario/paths";
import { findPreset } from "../../../src/scenario/presets";
import type { Scenario } from "../../../src/scenario/types";
import { findRemedy, type Outcome, type Remedy } from "../../../src/study/remedy";
import { summaryOf } from "../../support/judged";
import { scenarioOf } from "../../support/tiny-scenarios";

function short(document: object): Scenario {
  return scenarioOf({ run: { durationS: 30, warmupS: 5, replications: 2 }, ...document });
}

const open = (requestsPerSecond: number, more: object = {}): object => ({
  workloads: [{ name: "visitors", kind: "open", requestsPerSecond, ...more }],
});
const web = (fleet: object): object => ({
  fleets: [{ name: "web", balancer: "least-outstanding", ...fleet }],
});
const page = (...steps: readonly object[]): object => ({ endpoints: [{ name: "page", steps }] });
const query = (ms: number, cpuMs = 0, more: object = {}): object => ({ kind: "query", ms, cpuMs, ...more });
const cpu = (ms: number): object => ({ kind: "cpu", ms });
const wait = (ms: number): object => ({ kind: "wait", ms });
const p95 = (p95Ms: number): object => ({ slo: { p95Ms, failureRate: 0.001 } });

function pooling(): Scenario {
  const preset = findPreset("carwow-pooling")?.scenario;
  if (preset === undefined) throw new Error("The opening example is gone.");
  return { ...preset, run: { ...preset.run, durationS: 30, replications: 2 } };
}

interface Known {
  readonly what: string;
  readonly scenario: Scenario;
  readonly limit: LimitName;
  /** The single change that is known to be enough; `null`: none is. */
  readonly smallest: RegExp | null;
}

/** Systems small enough that a reader can work out what limits them, and what the smallest change is. */
const KNOWN: readonly Known[] = [
  {
    // 24 dynos × 10 connections = 240, which is what the plan gives.
    what: "10 connections too many for the database",
    scenario: pooling(),
    limit: "connection slots",
    smallest: /^Run only 24 dynos$/,
  },
  {
    // 60 requests a second × 1 s of work: no fewer than 60 threads.
    what: "50 threads for 60 requests of a second each",
    scenario: short({
      ...open(60, { arrivals: "paced" }),
      ...web({ dynos: 5, threads: 10 }),
      ...page(wait(1000)),
      ...p95(1100),
    }),
    limit: "threads",
    smallest: /^Run 12 threads in each process$/,
  },
  {
    // One process computes 25 a second; a second one doubles it.
    what: "one thread of a process at a time, on two processors",
    scenario: short({
      ...open(24, { arrivals: "paced" }),
      ...web({ dynos: 1, threads: 10, dynoType: "performance-m" }),
      ...page(cpu(42)),
      ...p95(200),
    }),
    limit: "gvl",
    smallest: /^Run 2 processes in each dyno$/,
  },
  {
    what: "half a processor for each dyno, in a runtime that uses them all",
    scenario: short({
      ...open(70),
      ...web({ dynos: 5, dynoType: "standard-2x", runtime: "parallel" }),
      ...page(cpu(40)),
      ...p95(400),
    }),
    limit: "dyno processors",
    smallest: /^Run \d+ dynos$/,
  },
  {
    what: "six processes where there is memory for three",
    scenario: short({
      ...open(22),
      ...web({ dynos: 2, dynoType: "standard-2x", processes: 6, threads: 5 }),
      ...page(cpu(30)),
      ...p95(260),
    }),
    limit: "memory",
    smallest: /^Run only \d process(es)? in each dyno$|^Take .* dynos$/,
  },
  {
    what: "a balancer that sends requests anywhere",
    scenario: short({
      ...open(14),
      ...web({ dynos: 20, threads: 1, balancer: "random" }),
      ...page(wait(1000)),
      ...p95(1100),
    }),
    limit: "routing",
    smallest: /^Send requests to the dyno with the fewest outstanding$/,
  },
  {
    // 4 dynos × 3 at once ÷ 1 s = 12 a second.
    what: "a balancer that leaves threads idle",
    scenario: short({
      ...open(15, { arrivals: "paced" }),
      ...web({ dynos: 4, threads: 10, maxOutstandingPerDyno: 3 }),
      ...page(wait(1000)),
      ...p95(1100),
    }),
    limit: "balancer",
    smallest: /^Send a dyno up to 4 requests at once$/,
  },
  {
    what: "200 clients that all come at the same moment",
    scenario: short({
      workloads: [{ name: "beat", kind: "burst", clients: 200, everyMs: 10_000, spreadMs: 100 }],
      ...web({ dynos: 2, threads: 10 }),
      ...page(wait(200)),
      ...p95(400),
    }),
    limit: "bursts",
    smallest: /^Spread the requests of beat over \d(\.\d)? s$/,
  },
  {
    // 2 dynos × 2 connections ÷ 100 ms = 40 a second.
    what: "a pool of two for ten threads",
    scenario: short({
      ...open(50, { arrivals: "paced" }),
      ...web({ dynos: 2, threads: 10, pool: { size: 2 } }),
      ...page(query(100)),
      ...p95(150),
    }),
    limit: "pool",
    smallest: /^Give each process a pool of 3$/,
  },
  {
    // 10 connections ÷ 100 ms = 100 a second.
    what: "ten connections of the pooler for twelve queries at once",
    scenario: short({
      ...open(120, { arrivals: "paced" }),
      ...web({ dynos: 5, threads: 10 }),
      ...page(query(100)),
      pooler: { enabled: true, connections: 10 },
      ...p95(150),
    }),
    limit: "pooler",
    smallest: /^Give the pooler 1[2-4] connections$/,
  },
  {
    what: "a pooler in session mode with fewer connections than the pools",
    scenario: short({
      ...open(30),
      ...web({ dynos: 4, threads: 10 }),
      ...page(query(50), wait(450)),
      pooler: { enabled: true, mode: "session", connections: 15 },
      ...p95(700),
    }),
    limit: "pooler",
    smallest: /^Put the pooler into transaction mode$|^Give the pooler \d+ connections$/,
  },
  {
    // 2 processors ÷ 20 ms = 100 a second.
    what: "two processors of the database for more than they compute",
    scenario: short({
      ...open(105),
      ...web({ dynos: 20, threads: 10 }),
      ...page(query(40, 20)),
      ...p95(120),
    }),
    limit: "database processors",
    smallest: /^Take Heroku Postgres /,
  },
  {
    what: "queries that slow each other down",
    scenario: short({
      workloads: [{ name: "users", kind: "closed", clients: 100 }],
      ...web({ dynos: 20 }),
      ...page(query(40, 20), wait(20)),
      database: { contention: { alpha: 0.05 } },
      pooler: { connections: 4 },
      ...p95(2000),
    }),
    limit: "contention",
    smallest: /^Turn the pooler on, with 4 server connections$/,
  },
  {
    what: "replicas of which one has all the connections",
    scenario: short({
      ...open(120),
      ...web({ dynos: 20, threads: 10, reads: "replicas" }),
      ...page(query(20, 18)),
      database: { replicas: { count: 4, routing: "dns", dnsTtlS: 60 } },
      ...p95(150),
    }),
    limit: "replicas",
    smallest: /^Send each query to the replica with the fewest active$/,
  },
  {
    // 30 requests a second × 500 ms = 15 at once.
    what: "an edge with fewer slots than requests",
    scenario: short({
      ...open(30, { arrivals: "paced" }),
      ...web({ dynos: 5, threads: 10 }),
      ...page(wait(500)),
      edge: { maxConnections: 12 },
      ...p95(700),
    }),
    limit: "edge slots",
    smallest: /^Give the edge 1[56] slots$/,
  },
  {
    what: "a database whose memory the connections fill",
    scenario: short({
      ...open(60),
      ...web({ dynos: 30, threads: 10 }),
      ...page(query(400), wait(400)),
      database: {
        plan: { vcpus: 2, memoryMb: 1000, monthlyUsd: 10, connectionLimit: 500 },
        memoryPerConnectionMb: 20,
        recoveryS: 5,
      },
      pooler: { connections: 40 },
      ...p95(2000),
    }),
    limit: "memory",
    smallest: /^Turn the pooler on$/,
  },
];

async function remedyOf(scenario: Scenario): Promise<{ limit: LimitName | null; remedy: Remedy }> {
  const { figures } = summaryOf(scenario);
  const remedy = await findRemedy(
    figures,
    async (one) => summaryOf(one).figures,
    () => undefined,
  );
  if (remedy === null) throw new Error("The search was called off.");
  return { limit: explain(figures).limit, remedy };
}

/** The value one step before a change, back towards where it began. */
function oneLess(scenario: Scenario, { changes }: Outcome): Scenario | null {
  const [change] = changes;
  const before = change === undefined ? undefined : getAt(scenario, change.path);
  if (change === undefined || typeof change.value !== "number" || typeof before !== "number") return null;
  if (change.path.endsWith("spreadMs")) return null;
  const value = change.value > before ? change.value - 1 : change.value + 1;
  const result = applyChanges(scenario, [{ path: change.path, value }]);
  return result.ok ? result.scenario : null;
}

describe("a system whose limit is known", () => {
  it.each(KNOWN)(
    "$what: the limit is named, and the smallest change is found and meets the objective",
    async ({ scenario, limit, smallest }) => {
      expect(summaryOf(scenario).figures.slo.met).toBe(false);
      const found = await remedyOf(scenario);
      expect(found.limit).toBe(limit);
      if (smallest === null) {
        expect(found.remedy.smallest).toBeNull();
        return;
      }
      expect(found.remedy.smallest?.label).toMatch(smallest);
      expect(found.remedy.smallest?.changes).toHaveLength(1);
      const outcome = found.remedy.smallest as Outcome;
      const again = applyChanges(scenario, outcome.changes);
      expect(summaryOf(again.scenario).figures.slo.met).toBe(true);
      const less = oneLess(scenario, outcome);
      if (less !== null) expect(summaryOf(less).figures.slo.met).toBe(false);
    },
  );
});

describe("a system in which nothing is wrong", () => {
  it.each([
    ["idle", short({ ...open(5), ...web({ dynos: 5, threads: 10 }), ...page(wait(200)), ...p95(300) })],
    [
      "busy, and far from any limit",
      short({ ...open(100), ...web({ dynos: 5, threads: 40 }), ...page(wait(500), cpu(1)), ...p95(700) }),
    ],
    [
      "with a database of its own",
      short({ ...open(40), ...web({ dynos: 6, threads: 5 }), ...page(query(50, 5), wait(50)), ...p95(200) }),
    ],
  ])("%s: nothing is named and nothing advised", (_, scenario) => {
    const { figures } = summaryOf(scenario);
    expect(explain(figures)).toMatchObject({ tone: "good", limit: null, suggestion: null });
  });

  it("but an objective that its own work misses: no change is said to help", async () => {
    const { limit, remedy } = await remedyOf(
      short({ ...open(5), ...web({ dynos: 5 }), ...page(wait(500)), ...p95(400) }),
    );
    expect(limit).toBeNull();
    expect(remedy).toMatchObject({ advice: null, smallest: null, together: null });
  });
});

describe("a system in which two limits coincide", () => {
  // 20 threads ÷ 1 s = 20 a second, and 2 processors ÷ 100 ms = 20 a second.
  const both = short({
    ...open(26, { arrivals: "paced" }),
    ...web({ dynos: 2, threads: 10 }),
    ...page(wait(900), query(100, 100)),
    ...p95(1300),
  });

  it("no single change is said to be enough, and one advice after the other is", async () => {
    const { remedy } = await remedyOf(both);
    expect(remedy.smallest).toBeNull();
    expect(remedy.advice?.figures.slo.met).toBe(false);
    expect(remedy.together?.figures.slo.met).toBe(true);
    const paths = remedy.together?.changes.map(({ path }) => path) ?? [];
    expect(paths).toContain("database.plan");
    expect(paths.some((path) => path.startsWith("fleets.web."))).toBe(true);
  });

  // A pool of two in front of a pooler of two connections: each alone would do for no more.
  const pools = short({
    ...open(30, { arrivals: "paced" }),
    ...web({ dynos: 1, threads: 10, pool: { size: 2 } }),
    ...page(query(100)),
    pooler: { enabled: true, connections: 2 },
    ...p95(150),
  });

  it("the one that requests wait at names itself, and behind it the other is found", async () => {
    const { remedy } = await remedyOf(pools);
    expect(remedy.smallest).toBeNull();
    expect(remedy.together?.figures.slo.met).toBe(true);
    expect(remedy.together?.changes.map(({ path }) => path).sort()).toEqual([
      "fleets.web.pool.size",
      "pooler.connections",
    ]);
  });
});

describe("trying", () => {
  it("can be called off at any time", async () => {
    const { figures } = summaryOf(pooling());
    let tries = 0;
    const remedy = await findRemedy(
      figures,
      async (scenario) => {
        tries += 1;
        return tries > 2 ? null : summaryOf(scenario).figures;
      },
      () => undefined,
    );
    expect(remedy).toBeNull();
    expect(tries).toBe(3);
  });

  it("says what it knows so far, the advice first", async () => {
    const { figures } = summaryOf(pooling());
    const told: Remedy[] = [];
    await findRemedy(
      figures,
      async (scenario) => summaryOf(scenario).figures,
      (remedy) => told.push(remedy),
    );
    expect(told[0]).toMatchObject({ advice: { label: "Turn the pooler on" }, smallest: null });
    expect(told.at(-1)?.smallest?.label).toBe("Run only 24 dynos");
  });
});
