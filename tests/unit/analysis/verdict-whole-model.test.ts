import { describe, expect, it } from "vitest";
import type { ResultFigures } from "../../../src/analysis/result-types";
import type { Scenario } from "../../../src/scenario/types";
import { afterSuggestion, type Judged, judged } from "../../support/judged";
import { scenarioOf } from "../../support/tiny-scenarios";

function short(document: object): Scenario {
  return scenarioOf({ run: { durationS: 30, warmupS: 5, replications: 2 }, ...document });
}

const open = (requestsPerSecond: number, more: object = {}): object => ({
  workloads: [{ name: "visitors", kind: "open", requestsPerSecond, ...more }],
});
const closed = (clients: number, more: object = {}): object => ({
  workloads: [{ name: "users", kind: "closed", clients, ...more }],
});
const web = (fleet: object): object => ({
  fleets: [{ name: "web", balancer: "least-outstanding", ...fleet }],
});
const page = (...steps: readonly object[]): object => ({ endpoints: [{ name: "page", steps }] });
const query = (ms: number, cpuMs = 0, more: object = {}): object => ({ kind: "query", ms, cpuMs, ...more });
const cpu = (ms: number): object => ({ kind: "cpu", ms });
const wait = (ms: number): object => ({ kind: "wait", ms });

const failureRate = ({ failureRate: rate }: ResultFigures): number => rate.mean ?? Number.NaN;
const spentIn =
  (...stages: readonly ("queue" | "cpuWait" | "pooler" | "queryWait")[]) =>
  ({ stagesMs }: ResultFigures): number =>
    stages.reduce((sum, stage) => sum + (stagesMs[stage] ?? 0), 0);

interface Case {
  readonly what: string;
  readonly scenario: Scenario;
  readonly tone: "tight" | "bad";
  readonly sentence: RegExp;
  readonly arithmetic: RegExp;
  readonly suggestion: Readonly<Record<string, unknown>>;
  /** What gets better by it: at most this share of it is left. */
  readonly of: (figures: ResultFigures) => number;
  readonly left: number;
}

const HELPED: readonly Case[] = [
  {
    what: "threads that compute one at a time, with processors to spare",
    scenario: short({ ...open(70), ...web({ dynos: 3, dynoType: "performance-m" }), ...page(cpu(40)) }),
    tone: "tight",
    sentence:
      /^A request waits .* for its turn to compute: the dynos' processes compute for 9\d(\.\d)? % of the time\.$/,
    arithmetic:
      /^One thread of a process computes at a time: 3 dynos × 1 process ÷ 40 ms of computing = at most 75 requests a second\.$/,
    suggestion: { "fleets.web.processes": 2 },
    of: spentIn("queue", "cpuWait"),
    left: 0.2,
  },
  {
    what: "processors that are all busy",
    scenario: short({
      ...open(70),
      ...web({ dynos: 6, dynoType: "standard-2x", runtime: "parallel" }),
      ...page(cpu(40)),
    }),
    tone: "tight",
    sentence: /for its turn to compute: 9\d(\.\d)? % of the dynos' processors are busy\.$/,
    arithmetic:
      /^6 dynos × 0\.5 processors ÷ 40 ms of computing = at most 75 requests a second\. On 0\.5 of a processor 40 ms of computing take 80 ms\.$/,
    suggestion: { "fleets.web.dynos": 8 },
    of: spentIn("queue", "cpuWait"),
    left: 0.6,
  },
  {
    what: "a runtime that runs each computation whole",
    scenario: short({
      ...open(45),
      ...web({
        dynos: 2,
        dynoType: "performance-m",
        runtime: "event-loop",
        threads: 1000,
        memory: { perThreadMb: 0 },
      }),
      ...page(cpu(40), wait(100)),
    }),
    tone: "tight",
    sentence: /for its turn to compute/,
    arithmetic:
      /^One request of a process computes at a time: 2 dynos × 1 process ÷ 40 ms .* at most 50 requests/,
    suggestion: { "fleets.web.processes": 2 },
    of: spentIn("queue", "cpuWait"),
    left: 0.4,
  },
  {
    what: "memory over quota",
    scenario: short({
      ...open(20),
      ...web({ dynos: 2, dynoType: "standard-2x", processes: 6, threads: 5 }),
      ...page(cpu(30)),
    }),
    tone: "tight",
    sentence: /for its turn to compute/,
    arithmetic: /1,550 MB in 1,024 MB of memory: it swaps, and computes at 66(\.\d)? % of its speed\.$/,
    suggestion: { "fleets.web.dynoType": "performance-m" },
    of: spentIn("queue", "cpuWait"),
    left: 0.5,
  },
  {
    what: "a database whose processors are all busy",
    scenario: short({ ...open(95), ...web({ dynos: 20 }), ...page(query(40, 20)) }),
    tone: "tight",
    sentence: /^Queries take .* longer than on an idle database: 9\d.* of its processors are busy\.$/,
    arithmetic: /^2 database processors ÷ 20 ms of computing = at most 100 requests a second\.$/,
    suggestion: { "database.plan": "standard-4" },
    of: spentIn("queryWait"),
    left: 0.2,
  },
  {
    what: "one query asked many times",
    scenario: short({ ...open(19), ...web({ dynos: 20 }), ...page(query(4, 2, { count: 50 })) }),
    tone: "tight",
    sentence: /of its processors are busy\.$/,
    arithmetic:
      /2 database processors ÷ 100 ms .* at most 20 requests a second\. page runs one query 50 times \(N\+1\)\.$/,
    suggestion: { "database.plan": "standard-4" },
    of: spentIn("queryWait"),
    left: 0.3,
  },
  {
    what: "the largest database, whose reads could go elsewhere",
    scenario: short({
      ...open(950),
      ...web({ dynos: 40, pool: { size: 10 } }),
      ...page(query(220, 200)),
      database: { plan: "premium-10" },
      run: { durationS: 12, warmupS: 4, replications: 1 },
    }),
    tone: "tight",
    sentence: /of its processors are busy\.$/,
    arithmetic: /^128 database processors ÷ 200 ms of computing = at most 640 requests a second\.$/,
    suggestion: {
      "database.replicas.count": 2,
      "database.replicas.routing": "per-query",
      "fleets.web.reads": "replicas",
    },
    of: spentIn("queryWait"),
    left: 0.4,
  },
  {
    what: "queries that slow each other down",
    scenario: short({
      ...closed(100),
      ...web({ dynos: 20 }),
      ...page(query(40, 20), { kind: "wait", ms: { dist: "exponential", mean: 20 } }),
      database: { contention: { alpha: 0.05 } },
    }),
    tone: "tight",
    sentence: /longer than on an idle database: with \d+ at once they slow each other down\.$/,
    arithmetic: /^With \d+ queries at once a processor takes 1 \+ 0\.05 × \d+ = \d(\.\d+)? times as long\.$/,
    suggestion: { "pooler.enabled": true, "pooler.connections": 4 },
    of: ({ latencyMs }) => latencyMs.mean.mean ?? Number.NaN,
    left: 0.8,
  },
  {
    what: "replicas whose processors are all busy",
    scenario: short({
      ...open(190),
      ...web({ dynos: 20, reads: "replicas" }),
      ...page(query(40, 20)),
      database: { replicas: { count: 2, routing: "per-query" } },
    }),
    tone: "tight",
    sentence: /of the replicas' processors are busy\.$/,
    arithmetic:
      /^A request costs each of 2 replicas 10 ms for reads: 2 processors ÷ 10 ms = at most 200 requests a second\.$/,
    suggestion: { "database.replicas.count": 3 },
    of: spentIn("queryWait"),
    left: 0.4,
  },
  {
    what: "one replica that has all the connections",
    scenario: short({
      ...open(80),
      ...web({ dynos: 10, reads: "replicas", balancer: "round-robin" }),
      ...page(query(40, 20)),
      database: { replicas: { count: 3, routing: "dns" } },
    }),
    tone: "tight",
    sentence:
      /although only \d+(\.\d)? % of the replicas' processors are busy: one replica has most of the connections\.$/,
    arithmetic: /one answer holds for 5 s/,
    suggestion: { "database.replicas.routing": "per-query" },
    of: spentIn("queryWait"),
    left: 0.3,
  },
  {
    what: "a line at the balancer that leaves threads idle",
    scenario: short({ ...open(15), ...web({ dynos: 4, maxOutstandingPerDyno: 3 }), ...page(wait(1000)) }),
    tone: "tight",
    sentence:
      /in the balancer's own line, which sends a dyno at most 3 at once, although it has 10 threads\.$/,
    arithmetic: /^4 dynos × 3 at once ÷ 1\.00 s of work = at most 12 requests a second\.$/,
    suggestion: { "fleets.web.maxOutstandingPerDyno": 10 },
    of: spentIn("queue"),
    left: 0.01,
  },
  {
    what: "a line at the balancer that is too slow for its limit",
    scenario: short({
      ...open(15),
      ...web({ dynos: 4, maxOutstandingPerDyno: 3 }),
      ...page(wait(1000)),
      edge: { queueTimeoutMs: 500 },
    }),
    tone: "bad",
    sentence: /% of requests fail: they wait more than 500 ms in the balancer's own line\.$/,
    arithmetic:
      /^4 dynos × 3 at once ÷ 1\.00 s of work = at most 12 requests a second; a dyno has 10 threads\.$/,
    suggestion: { "fleets.web.maxOutstandingPerDyno": 10 },
    of: failureRate,
    left: 0,
  },
  {
    what: "a line at the balancer with too few dynos behind it",
    scenario: short({
      ...open(55),
      ...web({ dynos: 5, maxOutstandingPerDyno: 10 }),
      ...page(wait(1000)),
      edge: { queueTimeoutMs: 500 },
    }),
    tone: "bad",
    sentence: /they wait more than 500 ms in the balancer's own line\.$/,
    arithmetic: /^50 threads ÷ 1\.00 s of work = at most 50 requests a second\.$/,
    suggestion: { "fleets.web.dynos": 8 },
    of: failureRate,
    left: 0.05,
  },
  {
    what: "clients that give up",
    scenario: short({ ...open(30, { giveUpAfterMs: 3000 }), ...web({ dynos: 2 }), ...page(wait(1000)) }),
    tone: "bad",
    sentence: /% of requests fail: clients give up after 3\.00 s, while the dynos work on for nobody\.$/,
    arithmetic: /^20 threads ÷ 1\.00 s of work = at most 20 requests a second\.$/,
    suggestion: { "fleets.web.dynos": 4 },
    of: failureRate,
    left: 0.01,
  },
  {
    what: "retries that add to the load",
    scenario: short({
      ...open(30, { retries: { attempts: 3 } }),
      ...web({ dynos: 2 }),
      ...page(wait(1000)),
      edge: { timeoutMs: 3000 },
    }),
    tone: "bad",
    sentence: /the router gives up after 3\.00 s/,
    arithmetic:
      /^20 threads .* 20 requests a second\. \d+(\.\d)? % of requests are retries, which add to the load\.$/,
    suggestion: { "fleets.web.dynos": 4 },
    of: failureRate,
    left: 0.01,
  },
  {
    what: "a pooler in session mode",
    scenario: short({
      ...closed(40),
      ...web({ dynos: 5 }),
      ...page(query(50), wait(50)),
      pooler: { enabled: true, mode: "session", connections: 20, waitTimeoutMs: 2000 },
    }),
    tone: "bad",
    sentence:
      /% of requests fail: they wait more than 2\.00 s for a server connection of the pooler, since in session mode/,
    arithmetic:
      /^The dynos' pools keep up to 50 connections open; the first 20 own the pooler's server connections\.$/,
    suggestion: { "pooler.mode": "transaction" },
    of: failureRate,
    left: 0,
  },
  {
    what: "a pooler whose one thread is busy all the time",
    scenario: short({
      ...open(52),
      ...web({ dynos: 20 }),
      ...page(query(1, 0, { count: 20 })),
      pooler: { enabled: true, capacityPerSecond: 1000, overheadMs: 0 },
    }),
    tone: "tight",
    sentence: /in passing the pooler: its one thread is busy for (9\d(\.\d+)?|100) % of the time\.$/,
    arithmetic:
      /^1,000 queries a second ÷ 20 queries in a request = at most 50 requests a second; \d+(\.\d)?\/s are served\.$/,
    suggestion: { "pooler.capacityPerSecond": 2000 },
    of: spentIn("pooler"),
    left: 0.2,
  },
  {
    what: "retries alone that keep the system overloaded",
    scenario: short({
      workloads: [
        { name: "visitors", kind: "open", requestsPerSecond: 15, retries: { attempts: 3 } },
        { name: "flood", kind: "burst", clients: 150, everyMs: 1e9, spreadMs: 0 },
      ],
      ...web({ dynos: 2, backlog: 1e6 }),
      ...page(wait(1000)),
      edge: { timeoutMs: 3000 },
      run: { durationS: 120, warmupS: 60, replications: 1 },
    }),
    tone: "bad",
    sentence: /the router gives up after 3\.00 s/,
    arithmetic:
      /\d+(\.\d)? % of requests are retries: without them 1\d(\.\d)?\/s would be sent, with them \d+(\.\d)?\/s\.$/,
    suggestion: { "workloads.visitors.retries.attempts": 0 },
    of: failureRate,
    left: 0.2,
  },
  {
    what: "the fleet that is full, of several",
    scenario: short({
      workloads: [{ name: "visitors", kind: "open", requestsPerSecond: 40, mix: { page: 0.5, report: 0.5 } }],
      endpoints: [
        { name: "page", fleet: "web", steps: [wait(100)] },
        { name: "report", fleet: "reports", steps: [wait(1000)] },
      ],
      fleets: [
        { name: "web", dynos: 5, balancer: "least-outstanding" },
        { name: "reports", dynos: 2, balancer: "least-outstanding" },
      ],
    }),
    tone: "tight",
    sentence: /for a thread: 9\d(\.\d+)? % of the threads of reports are busy\.$/,
    arithmetic: /^20 threads of reports ÷ 1\.00 s of work = at most 20 requests a second\.$/,
    suggestion: { "fleets.reports.dynos": 3 },
    of: spentIn("queue"),
    left: 0.2,
  },
  {
    what: "the fleet that computes too much, of several",
    scenario: short({
      workloads: [{ name: "visitors", kind: "open", requestsPerSecond: 40, mix: { page: 0.5, report: 0.5 } }],
      endpoints: [
        { name: "page", fleet: "web", steps: [cpu(2), wait(100)] },
        { name: "report", fleet: "reports", steps: [cpu(95)] },
      ],
      fleets: [
        { name: "web", dynos: 5, balancer: "least-outstanding" },
        { name: "reports", dynos: 4, balancer: "least-outstanding" },
      ],
    }),
    tone: "tight",
    sentence: /for its turn to compute: 9\d(\.\d+)? % of the processors of reports are busy\.$/,
    arithmetic: /^4 dynos × 0\.5 processors ÷ 95 ms of computing = at most 21 requests a second\. On 0\.5 of/,
    suggestion: { "fleets.reports.dynos": 6 },
    of: spentIn("cpuWait"),
    left: 0.3,
  },
  {
    what: "connections that one replica has to give alone",
    scenario: short({
      ...closed(100),
      ...web({ dynos: 10, reads: "replicas" }),
      ...page(query(100)),
      database: {
        plan: { vcpus: 8, memoryMb: 1e6, monthlyUsd: 0, connectionLimit: 90 },
        replicas: { count: 2, routing: "dns", dnsTtlS: 60 },
      },
      pooler: { connections: 60 },
    }),
    tone: "bad",
    sentence: /% of requests fail: the dynos want more connections than a replica gives\.$/,
    arithmetic:
      /^10 dynos × 10 connections = up to 100 connections; your own plan gives 90\. A pooler shares them: 2 replicas × 60 pooler connections ÷ 100 ms of reads = at most 1,200 /,
    suggestion: { "pooler.enabled": true },
    of: failureRate,
    left: 0,
  },
  {
    what: "connections of several fleets together",
    scenario: short({
      workloads: [
        { name: "users", kind: "closed", clients: 250, thinkMs: 600, mix: { page: 0.8, report: 0.2 } },
      ],
      endpoints: [
        { name: "page", fleet: "web", steps: [query(500)] },
        { name: "report", fleet: "reports", steps: [query(500)] },
      ],
      fleets: [
        { name: "web", dynos: 20 },
        { name: "reports", dynos: 5, processes: 2, threads: 5 },
      ],
    }),
    tone: "bad",
    sentence: /the dynos want more connections than the database gives\.$/,
    arithmetic:
      /^20 dynos × 10 connections \+ 5 dynos × 2 processes × 5 connections = up to 250 connections; Heroku Postgres Standard-0 gives 240/,
    suggestion: { "pooler.enabled": true },
    of: failureRate,
    left: 0,
  },
  {
    what: "a fleet without a dyno",
    scenario: short({
      workloads: [{ name: "visitors", kind: "open", requestsPerSecond: 10, mix: { page: 0.8, report: 0.2 } }],
      endpoints: [
        { name: "page", fleet: "web", steps: [wait(100)] },
        { name: "report", fleet: "reports", steps: [wait(100)] },
      ],
      fleets: [
        { name: "web", dynos: 2 },
        { name: "reports", dynos: 0 },
      ],
    }),
    tone: "bad",
    sentence: /% of requests fail: there is no dyno\.$/,
    arithmetic: /^Fleet reports has 0 dynos\.$/,
    suggestion: { "fleets.reports.dynos": 1 },
    of: failureRate,
    left: 0,
  },
];

describe("what limits the whole model", () => {
  const judgements = new Map<string, Judged>();
  const judgedOf = ({ what, scenario }: Case): Judged => {
    const known = judgements.get(what) ?? judged(scenario);
    judgements.set(what, known);
    return known;
  };

  it.each(HELPED)("is named with its arithmetic and its remedy: $what", (one) => {
    const { verdict } = judgedOf(one);
    expect(verdict.tone).toBe(one.tone);
    expect(verdict.sentence).toMatch(one.sentence);
    expect(verdict.arithmetic).toMatch(one.arithmetic);
    expect(
      Object.fromEntries(verdict.suggestion?.changes.map(({ path, value }) => [path, value]) ?? []),
    ).toEqual(one.suggestion);
    expect(verdict.suggestion?.label).not.toBe("");
  });

  it.each(HELPED)("gets better by what is suggested: $what", (one) => {
    const before = judgedOf(one);
    const after = afterSuggestion(before);
    expect(one.of(before.figures)).toBeGreaterThan(0);
    expect(one.of(after.figures)).toBeLessThanOrEqual(one.left * one.of(before.figures));
  });
});

describe("what would not help", () => {
  it("is more connections where fewer were suggested, since queries slow each other down", () => {
    const crowded = HELPED.find(({ what }) => what === "queries that slow each other down");
    if (crowded === undefined) throw new Error("no such case");
    const after = afterSuggestion(judged(crowded.scenario));
    expect(after.verdict.suggestion?.changes.map(({ path }) => path)).not.toContain("pooler.connections");
    const next = afterSuggestion(after);
    expect(next.figures.latencyMs.mean.mean).toBeLessThan(after.figures.latencyMs.mean.mean ?? 0);
  });

  it("is more dynos for clients that give up before the request's own work is done", () => {
    const { verdict } = judged(
      short({ ...open(5, { giveUpAfterMs: 500 }), ...web({ dynos: 5 }), ...page(wait(1000)) }),
    );
    expect(verdict.sentence).toMatch(
      /clients give up after 500 ms, before the request's own work is done\.$/,
    );
    expect(verdict).toMatchObject({ suggestion: null, arithmetic: "A request works for 1.00 s on average." });
  });

  it("is a larger pool where the database behind it is full", () => {
    const before = judged(
      short({
        ...open(120),
        ...web({ dynos: 10, threads: 20, pool: { size: 5, checkoutTimeoutMs: 500 } }),
        ...page(query(40, 20)),
      }),
    );
    expect(before.verdict.sentence).toMatch(
      /they wait more than 500 ms for a connection of their process's pool/,
    );
    expect(before.verdict.arithmetic).toMatch(/^2 database processors ÷ 20 ms/);
    expect(failureRate(afterSuggestion(before).figures)).toBe(0);
  });

  it("is more dynos where they wait for the database's processors", () => {
    const before = judged(short({ ...closed(300), ...web({ dynos: 20 }), ...page(query(40, 20)) }));
    expect(before.figures.stagesMs.queue).toBeGreaterThan(0);
    expect(before.verdict.suggestion?.changes.map(({ path }) => path)).toEqual(["database.plan"]);
  });
});
