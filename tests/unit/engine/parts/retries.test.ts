import { describe, expect, it } from "vitest";
import type { FailureKind } from "../../../../src/analysis/result-types";
import type { Answer } from "../../../../src/engine/record/answer-observer";
import { FAILURE, SUCCESS } from "../../../../src/engine/record/replication-record";
import { kolmogorovSmirnov, relatedness } from "../../../support/statistics";
import {
  answersOf,
  BOUNDLESS_PLAN,
  begin,
  recordOf,
  sendMoments,
  type TinyScenario,
} from "../../../support/tiny-scenarios";

const wait = (ms: unknown): object => ({ kind: "wait", ms });
/** One request, which fails at once, and its retries. */
const failing = (retries: object): TinyScenario => ({
  closed: { thinkMs: 1e6, retries: { jitter: false, ...retries } },
  fleet: { dynos: 0 },
});

describe("a failed request", () => {
  it("is sent again after the backoff, which grows by its factor with each retry", () => {
    const sends = (retries: object): number[] => sendMoments(recordOf(failing(retries)));
    expect(sends({ attempts: 3, backoffMs: 100, backoffFactor: 2 })).toEqual([0, 100, 300, 700]);
    expect(sends({ attempts: 3, backoffMs: 100, backoffFactor: 1 })).toEqual([0, 100, 200, 300]);
    expect(sends({ attempts: 2, backoffMs: 1000, backoffFactor: 0.5 })).toEqual([0, 1000, 1500]);
    expect(sends({ attempts: 0 })).toEqual([0]);
  });

  it("waits from its failure on", () => {
    const record = recordOf({
      closed: { thinkMs: 1e6, retries: { attempts: 2, backoffMs: 100, backoffFactor: 2, jitter: false } },
      steps: [wait(1e6)],
      edge: { timeoutMs: 250 },
      fleet: { threads: 9 },
    });
    expect(sendMoments(record)).toEqual([0, 350, 800]);
  });

  it("is not sent again within a millisecond of its last send, whatever the backoff", () => {
    const parts = failing({ attempts: 5, backoffMs: 0.25, backoffFactor: 1 });
    expect(answersOf(parts).map(({ sentAtMs }) => sentAtMs)).toEqual([0, 1, 2, 3, 4, 5]);
    const zero = failing({ attempts: 3, backoffMs: 50, backoffFactor: 0 });
    expect(answersOf(zero).map(({ sentAtMs }) => sentAtMs)).toEqual([0, 50, 51, 52]);
  });

  it("is sent again at once where the failure took longer than that millisecond", () => {
    const record = recordOf({
      closed: { thinkMs: 1e6, retries: { attempts: 2, backoffMs: 0, jitter: false } },
      steps: [wait(1e6)],
      edge: { timeoutMs: 250 },
      fleet: { threads: 9 },
    });
    expect(sendMoments(record)).toEqual([0, 250, 500]);
  });

  it("counts as sent again, marked as a retry, and has a latency of its own", () => {
    const parts = failing({ attempts: 3, backoffMs: 100, backoffFactor: 1 });
    const record = recordOf(parts);
    expect([record.sent, record.retries, record.failedByKind[FAILURE["no-dyno"]]]).toEqual([4, 3, 4]);
    const answers = answersOf(parts);
    expect(answers.map(({ attempt, latencyMs }) => [attempt, latencyMs])).toEqual([
      [0, 0],
      [1, 0],
      [2, 0],
      [3, 0],
    ]);
  });

  it("leaves its closed client waiting until no retry is left; then it goes on as after a failure", () => {
    const retries = { attempts: 1, backoffMs: 300, jitter: false };
    const record = recordOf({
      closed: { thinkMs: 100, afterFailureMs: 1000, retries },
      fleet: { dynos: 0 },
    });
    expect(sendMoments(record)).toEqual([0, 300, 1300, 1600, 2600, 2900, 3900]);
  });

  it("of an open workload doesn't hold up the next arrivals", () => {
    const record = recordOf({
      open: {
        requestsPerSecond: 1,
        arrivals: "paced",
        retries: { attempts: 1, backoffMs: 1500, jitter: false },
      },
      fleet: { dynos: 0 },
    });
    expect(sendMoments(record)).toEqual([0, 1000, 1500, 2000, 2500, 3000, 3500]);
  });

  it("has only its retries of after the warm-up counted", () => {
    const record = recordOf({
      ...failing({ attempts: 3, backoffMs: 1000, backoffFactor: 1 }),
      run: { warmupS: 1.5 },
    });
    expect([record.simulatedRequests, record.sent, record.retries]).toEqual([4, 2, 2]);
  });
});

/** Answers by request and attempt. */
function attemptsOf(answers: readonly Answer[]): Answer[][] {
  const requests: Answer[][] = [];
  for (const answer of answers) {
    const attempts = requests[answer.number] ?? [];
    attempts[answer.attempt] = answer;
    requests[answer.number] = attempts;
  }
  return requests;
}

describe("jitter", () => {
  const parts: TinyScenario = {
    durationS: 40,
    open: {
      requestsPerSecond: 50,
      arrivals: "paced",
      retries: { attempts: 2, backoffMs: 100, backoffFactor: 3, jitter: true },
    },
    fleet: { dynos: 0 },
  };
  const all = attemptsOf(answersOf(parts));
  const requests = all.filter((attempts) => attempts.length === 3);
  const pauses = (retry: 1 | 2): Float64Array =>
    Float64Array.from(
      requests,
      (attempts) => (attempts[retry]?.sentAtMs ?? Number.NaN) - (attempts[retry - 1]?.sentAtMs ?? Number.NaN),
    );

  it("shortens each wait to something between 0 and that, all of it equally likely", () => {
    expect(requests.length).toBeGreaterThan(1900);
    // The first millisecond is never waited less than.
    for (const [retry, mostMs] of [
      [1, 100],
      [2, 300],
    ] as const) {
      const waits = pauses(retry).map((ms) => (ms === 1 ? 0.5 : ms));
      expect(kolmogorovSmirnov(waits, (ms) => Math.min(1, Math.max(0, ms / mostMs)))).toBeLessThan(2.2);
      expect(Math.max(...waits)).toBeLessThan(mostMs);
    }
  });

  it("is drawn anew for each retry", () => {
    expect(Math.abs(relatedness(pauses(1), pauses(2)))).toBeLessThan(4);
  });

  it("is the request's own: another fleet changes nothing in when it is sent again", () => {
    const other = answersOf({ ...parts, fleet: { dynos: 1, threads: 1, backlog: 0 }, steps: [wait(1e6)] });
    const sends = (answers: readonly Answer[][]): number[][] =>
      answers.slice(1, 100).map((attempts) => attempts.map(({ sentAtMs }) => sentAtMs));
    expect(sends(attemptsOf(other))).toEqual(sends(all));
  });
});

describe("a retry", () => {
  const retries = { attempts: 50, backoffMs: 30, backoffFactor: 1, jitter: true };

  it("has the durations and the endpoint of the first try", () => {
    const parts = (fleet: object): TinyScenario => ({
      workloads: [
        { name: "s", kind: "open", requestsPerSecond: 20, retries, mix: { short: 0.5, long: 0.5 } },
      ],
      endpoints: ["short", "long"].map((name, i) => ({
        name,
        steps: [
          wait({ dist: "exponential", mean: 10 + 50 * i }),
          { kind: "cpu", ms: { dist: "exponential", mean: 3 } },
        ],
      })),
      fleet,
    });
    const [crowded, free] = [
      { threads: 1, backlog: 0 },
      { threads: 100, runtime: "parallel", dynos: 50, balancer: "round-robin" },
    ].map((fleet) => attemptsOf(answersOf(parts(fleet))));
    let retried = 0;
    for (const [number, attempts] of (crowded ?? []).entries()) {
      const last = attempts.at(-1);
      const first = free?.[number]?.[0];
      if (last?.failure !== SUCCESS || first === undefined) continue;
      if (last.attempt > 0) retried += 1;
      expect(new Set(attempts.map(({ endpoint }) => endpoint))).toEqual(new Set([first.endpoint]));
      expect(last.latencyMs - last.queueMs).toBeCloseTo(first.latencyMs - first.queueMs, 6);
    }
    expect(retried).toBeGreaterThan(20);
  });

  it("goes to the fleet of the first try, but to a dyno drawn anew", () => {
    const answers = answersOf({
      workloads: [{ name: "s", kind: "open", requestsPerSecond: 100, retries: { ...retries, attempts: 5 } }],
      endpoints: [{ name: "page", fleet: { a: 0.5, b: 0.5 }, steps: [wait(1e6)] }],
      edge: { timeoutMs: 20 },
      fleet: { dynos: 10, balancer: "random", threads: 1000 },
      fleets: [{ name: "a" }, { name: "b" }],
    });
    const requests = attemptsOf(answers).filter((attempts) => attempts.length === 6);
    expect(requests.length).toBeGreaterThan(300);
    for (const attempts of requests) expect(new Set(attempts.map(({ fleet }) => fleet)).size).toBe(1);
    const dynos = (attempt: number): number[] => requests.map((attempts) => attempts[attempt]?.dyno ?? -1);
    expect(Math.abs(relatedness(dynos(0), dynos(1)))).toBeLessThan(4);
    expect(Math.abs(relatedness(dynos(4), dynos(5)))).toBeLessThan(4);
  });

  it("comes after a timeout while the dyno still works on the first try, which goes its own way", () => {
    const simulation = begin({
      closed: { thinkMs: 1e6, retries: { attempts: 1, backoffMs: 50, jitter: false } },
      steps: [{ kind: "query", ms: 300 }],
      edge: { timeoutMs: 200 },
      fleet: { threads: 2 },
      pool: { size: 1 },
    });
    // Sent at 0 and 250. The first holds the one connection until 300, the second from then until 600.
    simulation.advance(275);
    expect(simulation.books()).toMatchObject({ inFlight: 1, busyThreadsOfDynos: [2], databaseActive: 1 });
    simulation.advance(500);
    expect(simulation.books()).toMatchObject({ inFlight: 0, busyThreadsOfDynos: [1], databaseActive: 1 });
    simulation.advance(700);
    expect(simulation.books()).toMatchObject({ failed: 2, busyThreadsOfDynos: [0], databaseActive: 0 });
  });
});

/** A request that fails in each way, and again after one retry. */
const KINDS: readonly (readonly [kind: FailureKind, parts: TinyScenario])[] = [
  ["timeout", { edge: { timeoutMs: 10 } }],
  ["edge-full", { edge: { maxConnections: 0 } }],
  ["backlog-full", { fleet: { threads: 1, backlog: 0 }, closed: { clients: 2 } }],
  ["no-dyno", { fleet: { dynos: 0 } }],
  [
    "queue-timeout",
    { fleet: { maxOutstandingPerDyno: 1 }, edge: { queueTimeoutMs: 5 }, closed: { clients: 2 } },
  ],
  [
    "checkout-timeout",
    { pool: { size: 1, checkoutTimeoutMs: 5 }, closed: { clients: 2 }, fleet: { threads: 4 } },
  ],
  [
    "connection-refused",
    {
      database: { plan: { ...BOUNDLESS_PLAN, connectionLimit: 1 } },
      closed: { clients: 2 },
      fleet: { threads: 4 },
    },
  ],
  ["pooler-full", { pooler: { maxClients: 1 }, closed: { clients: 2 }, fleet: { threads: 4 } }],
  [
    "pooler-timeout",
    { pooler: { connections: 1, waitTimeoutMs: 5 }, closed: { clients: 2 }, fleet: { threads: 4 } },
  ],
  [
    "database-down",
    {
      database: { plan: { ...BOUNDLESS_PLAN, memoryMb: 15 }, memoryPerConnectionMb: 10 },
      closed: { clients: 2 },
      fleet: { threads: 4 },
    },
  ],
];

describe("every kind of failure", () => {
  it.each(KINDS)("but giving up is retried: %s", (kind, parts) => {
    const retries = { attempts: 1, backoffMs: 10, jitter: false };
    const record = recordOf({
      steps: [{ kind: "query", ms: 1e6 }],
      ...parts,
      closed: { thinkMs: 1e6, retries, ...parts.closed },
    });
    const failed = record.failedByKind[FAILURE[kind]] ?? 0;
    expect(failed).toBeGreaterThanOrEqual(2);
    expect(record.retries).toBe(failed / 2);
    expect(record.failedByKind.reduce((a, b) => a + b)).toBe(failed);
  });
});
