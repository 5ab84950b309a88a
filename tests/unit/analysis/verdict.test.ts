import { describe, expect, it } from "vitest";
import type { ResultFigures } from "../../../src/analysis/result-types";
import { findPreset } from "../../../src/scenario/presets";
import type { Scenario } from "../../../src/scenario/types";
import { afterSuggestion, type Judged, judged } from "../../support/judged";
import { scenarioOf } from "../../support/tiny-scenarios";

/** A short run of a scenario, and few replications: what it says must be plain without much precision. */
function short(document: object): Scenario {
  return scenarioOf({ run: { durationS: 30, warmupS: 5, replications: 2 }, ...document });
}

function preset(id: string): Scenario {
  const scenario = findPreset(id)?.scenario;
  if (scenario === undefined) throw new Error(`no preset ${id}`);
  return { ...scenario, run: { ...scenario.run, durationS: 30, replications: 2 } };
}

const closed = (clients: number, more: object = {}): object => ({
  workloads: [{ name: "users", kind: "closed", clients, ...more }],
});
const open = (requestsPerSecond: number): object => ({
  workloads: [{ name: "visitors", kind: "open", requestsPerSecond }],
});
const web = (fleet: object): object => ({ fleets: [{ name: "web", ...fleet }] });
/** A database with memory for a hundred connections of 10 MB. */
const SMALL_MEMORY = {
  plan: { vcpus: 1, memoryMb: 1000, monthlyUsd: 10, connectionLimit: 500 },
  recoveryS: 5,
};

const failureRate = ({ failureRate: rate }: ResultFigures): number => rate.mean ?? Number.NaN;
const waitedFor =
  (stage: "queue" | "checkout" | "pooler") =>
  ({ stagesMs }: ResultFigures): number =>
    stagesMs[stage] ?? Number.NaN;
const answered = ({ requests }: ResultFigures): number => requests.ok;
const unanswered = ({ requests }: ResultFigures): number => 1 - requests.ok / requests.sent;

interface Case {
  readonly what: string;
  readonly scenario: Scenario;
  readonly tone: "good" | "tight" | "bad";
  /** What the sentence and the arithmetic must name. */
  readonly sentence: RegExp;
  readonly arithmetic: RegExp;
  /** The paths that the suggestion changes, with their values. */
  readonly suggestion: Readonly<Record<string, unknown>>;
  /** What gets better by it: at most this share of it is left. */
  readonly of: (figures: ResultFigures) => number;
  readonly left: number;
}

const HELPED: readonly Case[] = [
  {
    what: "more connections wanted than the database gives",
    scenario: preset("carwow-pooling"),
    tone: "bad",
    sentence: /^4\.\d+ % of requests fail: .*more connections than the database gives/,
    arithmetic:
      /25 dynos × 10 connections = up to 250 connections; .*gives 240 \(120 advertised\)\. A pooler shares them: 90 pooler connections ÷ 500 ms of queries = at most 180 /,
    suggestion: { "pooler.enabled": true },
    of: failureRate,
    left: 0,
  },
  {
    what: "a pooler without a free connection",
    scenario: preset("carwow-75-dynos"),
    tone: "tight",
    sentence: /^Every one of the pooler's 90 server connections is in use, so a request waits \d+ ms/,
    arithmetic:
      /90 pooler connections ÷ 500 ms of queries = at most 180 requests a second; 180(\.\d)?\/s are served/,
    suggestion: { "database.plan": "standard-2", "pooler.connections": 300 },
    of: waitedFor("pooler"),
    left: 0.01,
  },
  {
    what: "one dyno with more clients than threads",
    scenario: preset("carwow-one-dyno"),
    tone: "tight",
    sentence: /waits .* for a thread: 100 % of the threads are busy/,
    arithmetic: /10 threads ÷ 1\.00 s of work = at most 10 requests a second/,
    suggestion: { "fleets.web.dynos": 2 },
    of: waitedFor("queue"),
    left: 0.1,
  },
  {
    what: "bad luck in routing",
    scenario: preset("carwow-random-routing"),
    tone: "tight",
    sentence:
      /for a thread although only 8\d(\.\d)? % of the threads are busy: random routing fills one dyno while another is idle/,
    arithmetic: /5 dynos × 10 threads = 50; one line for each dyno/,
    suggestion: { "fleets.web.balancer": "least-outstanding" },
    of: waitedFor("queue"),
    left: 0,
  },
  {
    what: "a pool smaller than the threads that share it",
    scenario: short({ ...closed(20), ...web({ dynos: 2, pool: { size: 5 } }) }),
    tone: "tight",
    sentence: /waits .* for a connection of its process's pool/,
    arithmetic: /10 threads share 5 connections in each process, held for the whole request/,
    suggestion: { "fleets.web.pool.size": 10 },
    of: waitedFor("checkout"),
    left: 0,
  },
  {
    what: "waiting too long for a pool smaller than the threads",
    scenario: short({
      ...closed(20),
      ...web({ dynos: 2, threads: 10, pool: { size: 2, checkoutTimeoutMs: 500 } }),
    }),
    tone: "bad",
    sentence: /^8\d(\.\d)? % of requests fail: they wait more than 500 ms for a connection/,
    arithmetic: /10 threads share 2 connections in each process/,
    suggestion: { "fleets.web.pool.size": 10 },
    of: failureRate,
    left: 0,
  },
  {
    what: "a router that gives up",
    scenario: short({ ...open(30), ...web({ dynos: 2 }), edge: { timeoutMs: 3000 } }),
    tone: "bad",
    sentence: /% of requests fail: the router gives up after 3\.00 s, while the dynos work on for nobody/,
    arithmetic: /20 threads ÷ 1\.00 s of work = at most 20 requests a second/,
    suggestion: { "fleets.web.dynos": 4 },
    of: failureRate,
    left: 0.01,
  },
  {
    what: "a router that gives up, because the pooler is full",
    scenario: short({
      ...open(60),
      ...web({ dynos: 50 }),
      edge: { timeoutMs: 3000 },
      pooler: { enabled: true, connections: 20 },
    }),
    tone: "bad",
    sentence: /the router gives up after 3\.00 s/,
    arithmetic: /20 pooler connections ÷ 500 ms of queries = at most 40 requests a second/,
    suggestion: { "pooler.connections": 90 },
    of: failureRate,
    left: 0,
  },
  {
    what: "lines that are full",
    scenario: short({ ...open(30), ...web({ dynos: 2, backlog: 3 }) }),
    tone: "bad",
    sentence: /% of requests fail: more than 3 requests wait at a dyno/,
    arithmetic: /20 threads ÷ 1\.00 s of work = at most 20 requests a second/,
    suggestion: { "fleets.web.dynos": 4 },
    of: failureRate,
    left: 0.2,
  },
  {
    what: "an edge without a free slot",
    scenario: short({ ...open(40), edge: { maxConnections: 30 } }),
    tone: "bad",
    sentence: /% of requests fail: the edge has no connection slot left/,
    arithmetic: /takes 30 requests at once; behind it are 250 threads/,
    suggestion: { "edge.maxConnections": 60 },
    of: failureRate,
    left: 0.02,
  },
  {
    what: "a pooler that takes no more clients",
    scenario: short({ ...closed(40), ...web({ dynos: 5 }), pooler: { enabled: true, maxClients: 20 } }),
    tone: "bad",
    sentence: /% of requests fail: the pooler takes no more client connections/,
    arithmetic: /5 dynos × 10 connections = up to 50 connections; the pooler takes 20 clients/,
    suggestion: { "pooler.maxClients": 50 },
    of: failureRate,
    left: 0,
  },
  {
    what: "waiting too long for the pooler",
    scenario: short({ ...open(60), pooler: { enabled: true, connections: 20, waitTimeoutMs: 1000 } }),
    tone: "bad",
    sentence: /% of requests fail: they wait more than 1\.00 s for one of the pooler's 20 server connections/,
    arithmetic: /20 pooler connections ÷ 500 ms of queries = at most 40 requests a second/,
    suggestion: { "pooler.connections": 90 },
    of: failureRate,
    left: 0,
  },
  {
    what: "a database that crashes for want of memory",
    scenario: short({ ...closed(150, { thinkMs: 500 }), ...web({ dynos: 15 }), database: SMALL_MEMORY }),
    tone: "bad",
    sentence: /connections take more memory than the database has, so it crashes and drops every session/,
    arithmetic: /Up to 150 connections × 10 MB = 1,500 MB; the plan has 1,000 MB, enough for 100 connections/,
    suggestion: { "pooler.enabled": true },
    of: failureRate,
    left: 0,
  },
  {
    what: "a pooler that makes the database crash",
    scenario: short({
      ...closed(220, { thinkMs: 100 }),
      database: SMALL_MEMORY,
      pooler: { enabled: true, connections: 200 },
    }),
    tone: "bad",
    sentence: /connections take more memory than the database has/,
    arithmetic: /Up to 200 connections × 10 MB = 2,000 MB/,
    suggestion: { "pooler.connections": 100 },
    of: failureRate,
    left: 0,
  },
  {
    what: "no dyno at all",
    scenario: short({ ...open(5), ...web({ dynos: 0 }) }),
    tone: "bad",
    sentence: /there is no dyno/,
    arithmetic: /Fleet web has 0 dynos/,
    suggestion: { "fleets.web.dynos": 1 },
    of: unanswered,
    left: 0.1,
  },
  {
    what: "dynos that are killed for their memory",
    scenario: short({ ...open(3), ...web({ dynos: 3, processes: 10, threads: 2 }) }),
    tone: "bad",
    sentence: /no dyno stays up, since each needs over twice its memory/,
    arithmetic: /10 × 250 MB \+ 2 × 10 MB = 2,520 MB; Heroku Standard-2X has 1,024 MB/,
    suggestion: { "fleets.web.processes": 1 },
    of: unanswered,
    left: 0.1,
  },
];

describe("a run that something limits", () => {
  const judgements = new Map<string, Judged>();
  const judgedOf = ({ what, scenario }: Case): Judged => {
    const known = judgements.get(what) ?? judged(scenario);
    judgements.set(what, known);
    return known;
  };

  it.each(HELPED)("is explained, and its remedy named: $what", (one) => {
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

describe("a run that is all right", () => {
  it("says so, and how near the fullest place is to its limit", () => {
    const { verdict } = judged(short(closed(2)));
    expect(verdict.tone).toBe("good");
    expect(verdict.sentence).toMatch(
      /^Requests are answered with a p95 of 1\.00 s and none fails; at the fullest place .* %/,
    );
    expect(verdict.arithmetic).toMatch(/250 threads ÷ 1\.00 s of work = at most 250 requests a second/);
    expect(verdict.suggestion).toBeNull();
  });

  it("is tight when something is nearly full, though nobody waits", () => {
    const { verdict } = judged(preset("carwow-least-outstanding"));
    expect(verdict.tone).toBe("tight");
    expect(verdict.sentence).toMatch(/none fails, but 100 % of the dynos' threads are busy/);
  });

  it("has nothing to judge where nothing is sent", () => {
    const { verdict } = judged(short(closed(0)));
    expect(verdict).toMatchObject({ tone: "good", suggestion: null });
    expect(verdict.sentence).toMatch(/nothing to judge/);
  });

  it("is not said to be one when no request was answered before the end", () => {
    const long = {
      endpoints: [{ name: "page", steps: [{ kind: "wait", ms: 40_000 }] }],
      edge: { timeoutMs: null },
    };
    const { verdict } = judged(short({ ...open(2), ...long }));
    expect(verdict.tone).toBe("tight");
    expect(verdict.sentence).toMatch(/nothing to judge yet/);
    expect(verdict.suggestion?.changes).toEqual([{ path: "run.durationS", value: 60 }]);
  });
});

describe("an objective", () => {
  it("that the request's own work misses is missed by that, and nothing is suggested", () => {
    const { verdict } = judged(short({ ...closed(2), slo: { p95Ms: 500 } }));
    expect(verdict).toMatchObject({ tone: "bad", suggestion: null });
    expect(verdict.sentence).toMatch(
      /^p95 is 1\.00 s, over the objective of 500 ms, and nothing but the request's own work/,
    );
    expect(verdict.arithmetic).toMatch(/works for 1\.00 s on average/);
  });

  it("that is missed makes a run bad whose waiting would else be tight", () => {
    const lenient = judged({
      ...preset("carwow-one-dyno"),
      slo: { p95Ms: 5000, p99Ms: null, queueP95Ms: null, failureRate: null },
    });
    const strict = judged({
      ...preset("carwow-one-dyno"),
      slo: { p95Ms: 1500, p99Ms: null, queueP95Ms: null, failureRate: null },
    });
    expect([lenient.verdict.tone, strict.verdict.tone]).toEqual(["tight", "bad"]);
    expect(strict.verdict.suggestion).toEqual(lenient.verdict.suggestion);
  });

  it("that allows some failures makes them tight, not bad; without one failing at all is bad", () => {
    const scenario = preset("carwow-pooling");
    const allowing = (failures: number | null): string =>
      judged({ ...scenario, slo: { ...scenario.slo, failureRate: failures } }).verdict.tone;
    expect([allowing(0.2), allowing(0.01), allowing(null)]).toEqual(["tight", "bad", "bad"]);
  });
});

describe("names in a suggestion", () => {
  it("with dots in them are written so that the path leads to them", () => {
    const before = judged(short({ ...closed(20), fleets: [{ name: "web.eu", dynos: 1 }] }));
    expect(before.verdict.suggestion?.changes[0]?.path).toBe("fleets.web%2Eeu.dynos");
    expect(afterSuggestion(before).scenario.fleets[0]?.dynos).toBe(2);
  });
});

describe("a suggestion that would not help", () => {
  it("is not twice as many slots where the edge has none", () => {
    const before = judged(short({ ...open(5), edge: { maxConnections: 0 } }));
    expect(failureRate(afterSuggestion(before).figures)).toBeLessThan(failureRate(before.figures));
  });

  it("is not a pooler where the database gives no connection", () => {
    const database = { plan: "standard-0", reservedConnections: 240 };
    const before = judged(short({ ...open(5), database }));
    expect(failureRate(afterSuggestion(before).figures)).toBeLessThan(failureRate(before.figures));
  });

  it("is not a larger plan whose share for the pooler is smaller than what the pooler has", () => {
    const before = judged(
      short({
        ...closed(1000),
        ...web({ dynos: 200, balancer: "least-outstanding" }),
        database: { plan: "standard-2" },
        pooler: { enabled: true, connections: 390 },
      }),
    );
    expect(before.verdict.suggestion).toBeNull();
  });

  it("is not larger pools that want more connections than the database gives", () => {
    const before = judged(short({ ...closed(250), ...web({ dynos: 25, pool: { size: 5 } }) }));
    expect(failureRate(afterSuggestion(before).figures)).toBe(0);
  });

  it("is not more server connections where the pooler's overhead is the matter", () => {
    const before = judged(short({ ...closed(10), pooler: { enabled: true, overheadMs: 200 } }));
    expect(before.verdict.sentence).not.toMatch(/server connections is in use/);
  });

  it("is not more server connections where the pace of its one thread is the matter", () => {
    const before = judged(short({ ...closed(100), pooler: { enabled: true, capacityPerSecond: 50 } }));
    expect(before.verdict.sentence).not.toMatch(/server connections is in use/);
  });

  it("is not more dynos behind a pooler that serves less than the dynos did", () => {
    const before = judged(short({ ...open(300), ...web({ dynos: 24, balancer: "least-outstanding" }) }));
    expect(afterSuggestion(before).figures.latencyMs.mean.mean).toBeLessThan(
      before.figures.latencyMs.mean.mean ?? 0,
    );
  });

  it("is not one process in each dyno where that one needs too much memory", () => {
    const before = judged(short({ ...open(3), ...web({ processes: 2, memory: { perProcessMb: 10_000 } }) }));
    expect(before.verdict.suggestion === null || answered(afterSuggestion(before).figures) > 0).toBe(true);
  });

  it("is not more dynos for work that takes longer than the router waits", () => {
    const endpoints = [{ name: "page", steps: [{ kind: "wait", ms: 4000 }] }];
    const before = judged(short({ ...closed(10), endpoints, edge: { timeoutMs: 3000 } }));
    expect(before.verdict.suggestion === null || failureRate(afterSuggestion(before).figures) < 1).toBe(true);
  });

  it("is not nothing where the queue's objective is missed", () => {
    const before = judged(short({ ...closed(38), ...web({ dynos: 5 }), slo: { queueP95Ms: 1 } }));
    expect(before.figures.queueMs.p95.mean).toBeGreaterThan(1);
    expect(before.verdict.sentence).not.toMatch(/nothing but the request's own work/);
  });

  it("is not more dynos than a fleet can have", () => {
    const run = { durationS: 2, warmupS: 1, replications: 1 };
    const before = judged(
      short({ run, ...open(200_000), ...web({ dynos: 10, backlog: 5 }), pooler: { enabled: true } }),
    );
    if (before.verdict.suggestion !== null) expect(() => afterSuggestion(before)).not.toThrow();
  });
});
