import { describe, expect, it } from "vitest";
import {
  FAILURE,
  type RequestSample,
  STAGE_COUNT,
  SUCCESS,
} from "../../../src/engine/record/replication-record";
import { BOUNDLESS_PLAN, begin, recordOf, segmentsOf, type TinyScenario } from "../../support/tiny-scenarios";

const ONCE = { thinkMs: 1e6 };
const wait = (ms: unknown): object => ({ kind: "wait", ms });
const query = (ms: unknown, more: object = {}): object => ({ kind: "query", ms, ...more });
const cpu = (ms: unknown): object => ({ kind: "cpu", ms });

const drawn = (parts: TinyScenario): readonly RequestSample[] =>
  recordOf(parts).samples.filter(({ reason }) => reason === "drawn");
/** The segments of the drawn requests that failed, in the order in which they were sent. */
const failed = (parts: TinyScenario): [string, number][][] =>
  drawn(parts)
    .filter(({ failure }) => failure !== SUCCESS)
    .sort((a, b) => a.sentAtMs - b.sentAtMs || a.latencyMs - b.latencyMs)
    .map(segmentsOf);

describe("a sampled request", () => {
  it("shows its stages in the order in which they passed", () => {
    const [first, second] = drawn({
      closed: { clients: 2, ...ONCE },
      steps: [cpu(10), query(20, { count: 2 }), wait(5), query(30)],
      pool: { connectMs: 3 },
      pooler: { overheadMs: 1 },
    }).toSorted((a, b) => a.latencyMs - b.latencyMs);
    const own = [
      ["cpu", 10],
      ["connect", 3],
      ["pooler", 1],
      ["query", 20],
      ["pooler", 1],
      ["query", 20],
      ["wait", 5],
      ["pooler", 1],
      ["query", 30],
    ];
    expect(segmentsOf(first as RequestSample)).toEqual(own);
    // The second waits for the thread, and finds an open connection.
    expect(segmentsOf(second as RequestSample)).toEqual([
      ["queue", 91],
      ...own.filter(([stage]) => stage !== "connect"),
    ]);
  });

  it("says where it was, and what came of it", () => {
    const [sample] = drawn({
      workloads: [
        { name: "a", kind: "open", requestsPerSecond: 0 },
        { name: "b", kind: "replay", endpoint: "second", requests: [[100, [30]]] },
      ],
      endpoints: ["first", "second"].map((name) => ({ name, fleet: name, steps: [wait(1)] })),
      fleets: [{ name: "first" }, { name: "second", dynos: 3 }],
    });
    expect(sample).toMatchObject({
      workload: 1,
      endpoint: 1,
      fleet: 1,
      dyno: 0,
      attempt: 0,
      sentAtMs: 100,
      latencyMs: 30,
      failure: SUCCESS,
    });
  });

  it("is of the first replication, and sent after the warm-up", () => {
    const parts = { closed: { thinkMs: 50 }, run: { warmupS: 2 } };
    for (const { sentAtMs } of drawn(parts)) expect(sentAtMs).toBeGreaterThanOrEqual(2000);
    const second = begin(parts, 1);
    second.advance(Number.POSITIVE_INFINITY);
    expect(second.record().samples).toEqual([]);
  });
});

describe("a sampled request that timed out shows where it stood", () => {
  const timeout = { edge: { timeoutMs: 100 } };
  const two = { closed: { clients: 2, ...ONCE } };

  it("in a dyno's line", () => {
    expect(failed({ ...two, ...timeout, steps: [wait(1000)] })).toEqual([[["wait", 100]], [["queue", 100]]]);
  });

  it("in a pool's line", () => {
    const parts = { ...two, ...timeout, fleet: { threads: 2 }, pool: { size: 1 } };
    expect(failed({ ...parts, steps: [query(1000)] })).toEqual([[["query", 100]], [["checkout", 100]]]);
  });

  it("connecting", () => {
    expect(failed({ ...timeout, closed: ONCE, steps: [query(10)], pool: { connectMs: 1000 } })).toEqual([
      [["connect", 100]],
    ]);
  });

  it("in the pooler: on its way through it, or in its line", () => {
    const parts = { ...timeout, closed: ONCE, steps: [query(10)] };
    expect(failed({ ...parts, pooler: { overheadMs: 1000 } })).toEqual([[["pooler", 100]]]);
    const line = { ...two, ...timeout, fleet: { threads: 2 }, pooler: { connections: 1 } };
    expect(failed({ ...line, steps: [query(1000)] })).toEqual([[["query", 100]], [["pooler", 100]]]);
  });

  it("at a processor: what it has had of it is its own, the rest is waiting", () => {
    expect(failed({ ...timeout, closed: ONCE, steps: [cpu(1000)] })).toEqual([[["cpu", 100]]]);
    expect(failed({ ...two, ...timeout, fleet: { threads: 2 }, steps: [cpu(1000)] })).toEqual([
      [
        ["cpuWait", 50],
        ["cpu", 50],
      ],
      [
        ["cpuWait", 50],
        ["cpu", 50],
      ],
    ]);
    const loop = { threads: 2, runtime: "event-loop" };
    expect(failed({ ...two, ...timeout, fleet: loop, steps: [cpu(1000)] })).toEqual([
      [["cpu", 100]],
      [["cpuWait", 100]],
    ]);
  });

  it("at the database's processor", () => {
    const parts = { ...two, ...timeout, fleet: { threads: 2 }, steps: [query(1000, { cpuMs: 900 })] };
    expect(failed(parts)).toEqual([
      [
        ["queryWait", 50],
        ["query", 50],
      ],
      [
        ["queryWait", 50],
        ["query", 50],
      ],
    ]);
  });
});

describe("a sampled request that failed otherwise", () => {
  it("shows how far it came", () => {
    const late = { closed: { clients: 2, ...ONCE, startSpreadMs: 100 }, fleet: { threads: 2 } };
    const steps = [wait(30), query(500)];
    const cases: readonly (readonly [keyof typeof FAILURE, TinyScenario, [string, number][]])[] = [
      [
        "gave-up",
        { closed: { ...ONCE, giveUpAfterMs: 45 } },
        [
          ["wait", 30],
          ["query", 15],
        ],
      ],
      ["edge-full", { ...late, edge: { maxConnections: 1 } }, []],
      ["backlog-full", { ...late, fleet: { backlog: 0 } }, []],
      [
        "queue-timeout",
        { ...late, fleet: { maxOutstandingPerDyno: 1 }, edge: { queueTimeoutMs: 20 } },
        [["queue", 20]],
      ],
      [
        "checkout-timeout",
        { ...late, pool: { size: 1, checkoutTimeoutMs: 40 } },
        [
          ["wait", 30],
          ["checkout", 40],
        ],
      ],
      [
        "connection-refused",
        { ...late, pool: { connectMs: 7 }, database: { plan: { ...BOUNDLESS_PLAN, connectionLimit: 1 } } },
        [
          ["wait", 30],
          ["connect", 7],
        ],
      ],
      [
        "pooler-full",
        { ...late, pool: { connectMs: 7 }, pooler: { maxClients: 1 } },
        [
          ["wait", 30],
          ["connect", 7],
        ],
      ],
      [
        "pooler-timeout",
        { ...late, pooler: { connections: 1, waitTimeoutMs: 60 } },
        [
          ["wait", 30],
          ["pooler", 60],
        ],
      ],
    ];
    for (const [kind, parts, segments] of cases) {
      const samples = drawn({ steps, ...parts }).filter(({ failure }) => failure === FAILURE[kind]);
      expect(samples.map(segmentsOf), kind).toEqual([segments]);
    }
  });

  it("by a crash shows the query that it was running", () => {
    const parts: TinyScenario = {
      closed: { clients: 2, ...ONCE, startSpreadMs: 100 },
      steps: [wait(30), query(500)],
      fleet: { threads: 2 },
      database: { plan: { ...BOUNDLESS_PLAN, memoryMb: 15 } },
    };
    expect(failed(parts)).toEqual([
      [
        ["wait", 30],
        ["query", 50],
      ],
      [["wait", 30]],
    ]);
  });
});

describe("the segments of every sampled request", () => {
  it("add up to its latency, however much happens to it", () => {
    const exponential = (mean: number): object => ({ dist: "exponential", mean });
    const record = recordOf({
      durationS: 20,
      workloads: [
        { name: "a", kind: "open", requestsPerSecond: 60, giveUpAfterMs: 700, retries: { attempts: 2 } },
        { name: "b", kind: "closed", clients: 20, thinkMs: exponential(100), journey: ["page", "page"] },
      ],
      steps: [
        cpu(exponential(5)),
        query(exponential(20), { cpuMs: exponential(8), count: 3 }),
        wait(exponential(10)),
      ],
      edge: { timeoutMs: 500, maxConnections: 40 },
      fleet: { dynos: 2, processes: 2, threads: 4, backlog: 10 },
      pool: { size: 3, connectMs: 5, checkoutTimeoutMs: 100, idleTimeoutS: 1, reapEveryS: 1, hold: "query" },
      pooler: { connections: 5, overheadMs: 0.5, waitTimeoutMs: 200 },
    });
    expect(record.samples.length).toBeGreaterThan(65);
    for (const { segments, latencyMs } of record.samples) {
      const lengths = segments.filter((_, i) => i % 2 === 1);
      expect(lengths.reduce((sum, ms) => sum + ms, 0)).toBeCloseTo(latencyMs, 5);
      expect(lengths.every((ms) => ms > 1e-9)).toBe(true);
      expect(segments.filter((_, i) => i % 2 === 0).every((stage) => stage >= 0 && stage < STAGE_COUNT)).toBe(
        true,
      );
    }
    const kinds = new Set(record.samples.map(({ failure }) => failure));
    expect(kinds.size).toBeGreaterThanOrEqual(3);
  });
});
