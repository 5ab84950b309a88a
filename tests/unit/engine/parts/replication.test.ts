import { describe, expect, it } from "vitest";
import { GAUGE } from "../../../../src/engine/record/replication-record";
import { answersOf, endMoments, recordOf, type TinyScenario } from "../../../support/tiny-scenarios";

const ONCE = { thinkMs: 1e6 };
const query = (ms: unknown, more: object = {}): object => ({ kind: "query", ms, ...more });
const write = (ms: unknown, more: object = {}): object => query(ms, { access: "write", ...more });
/** Threads and connections enough, and reads that go to two replicas. */
const wide: TinyScenario = {
  fleet: { threads: 100, reads: "replicas" },
  pool: { size: 100 },
  database: { replicas: { count: 2, lagMs: 0 } },
};

describe("a write", () => {
  it("costs each replica its processor time, too, when it ends on the primary", () => {
    const record = recordOf({ ...wide, closed: ONCE, steps: [write(100, { cpuMs: 30, count: 2 })] });
    expect(record.gaugesMeasured[GAUGE.databaseCpu]).toBeCloseTo(60, 6);
    expect(record.gaugesMeasured[GAUGE.replicaCpu]).toBeCloseTo(120, 6);
  });

  it("whose time is drawn costs each the same as the primary", () => {
    const cpuMs = { dist: "exponential", mean: 3 };
    const record = recordOf({ ...wide, closed: ONCE, steps: [write(10, { cpuMs, count: 300 })] });
    const { gaugesMeasured } = record;
    expect(gaugesMeasured[GAUGE.replicaCpu]).toBeCloseTo(2 * (gaugesMeasured[GAUGE.databaseCpu] ?? 0), 6);
  });

  it("is in the way of the replicas' queries", () => {
    const answers = answersOf({
      ...wide,
      workloads: [
        { name: "writes", kind: "replay", endpoint: "write", requests: [[0, [100]]] },
        { name: "reads", kind: "replay", endpoint: "read", requests: [[100, [90]]] },
      ],
      endpoints: [
        { name: "write", steps: [write(0, { cpuMs: 40 })] },
        { name: "read", steps: [query(0, { cpuMs: 90 })] },
      ],
    });
    // Half a processor while the write's 40 are done over, from 100 to 180; then the read's last 50.
    expect(endMoments(answers)).toEqual([100, 230]);
  });

  it("costs them nothing where it needs no processor, and costs replicas that nobody reads from as well", () => {
    const none = recordOf({ ...wide, closed: ONCE, steps: [write(100)] });
    expect(none.gaugesMeasured[GAUGE.replicaCpu]).toBe(0);
    const unread = recordOf({ ...wide, fleet: {}, closed: ONCE, steps: [write(100, { cpuMs: 30 })] });
    expect(unread.gaugesMeasured[GAUGE.replicaCpu]).toBeCloseTo(60, 6);
  });
});

describe("a read from a replica", () => {
  const lagging = (lagMs: number, more: TinyScenario = {}): TinyScenario => ({
    ...wide,
    database: { replicas: { count: 2, lagMs } },
    ...more,
  });
  const stale = (parts: TinyScenario): number => recordOf(parts).staleReads;

  it("may be stale less than lagMs after its client's last write: within a request", () => {
    const pause = (ms: number): TinyScenario => ({
      closed: ONCE,
      steps: [write(10), { kind: "wait", ms }, query(10)],
    });
    expect(stale(lagging(50, pause(49)))).toBe(1);
    expect(stale(lagging(50, pause(50)))).toBe(0);
    expect(stale(lagging(0, pause(0)))).toBe(0);
  });

  it("and from one request of a closed client to its next", () => {
    const journey = (thinkMs: number): TinyScenario => ({
      durationS: 0.4,
      workloads: [{ name: "w", kind: "closed", clients: 1, journey: ["write", "read", "read"], thinkMs }],
      endpoints: [
        { name: "write", steps: [write(10)] },
        { name: "read", steps: [query(10)] },
      ],
    });
    // Writes end at 10 and then every 30 ms + 3 pauses; the first read comes one pause later, the second two and a query.
    expect(stale(lagging(25, { ...journey(20), durationS: 0.085 }))).toBe(1);
    expect(stale(lagging(100, { ...journey(20), durationS: 0.085 }))).toBe(2);
    expect(stale(lagging(15, journey(20)))).toBe(0);
  });

  it("and from one request of an open visit to its next, but not from one visit to another", () => {
    const site = { name: "w", kind: "open", arrivals: "paced", requestsPerSecond: 10 };
    const endpoints = [
      { name: "write", steps: [write(10)] },
      { name: "read", steps: [query(10)] },
    ];
    const visits = { ...site, journey: ["write", "read"] };
    expect(stale(lagging(30, { workloads: [visits], endpoints }))).toBe(40);
    const single = { ...site, mix: { write: 0.5, read: 0.5 } };
    expect(stale(lagging(1e6, { workloads: [single], endpoints }))).toBe(0);
  });

  it("and from one client to another not at all", () => {
    const clients = ["write", "read"].map((name) => ({
      name,
      kind: "closed",
      clients: 3,
      thinkMs: 10,
      mix: { [name]: 1 },
    }));
    const endpoints = [
      { name: "write", steps: [write(10)] },
      { name: "read", steps: [query(10)] },
    ];
    expect(stale(lagging(1e6, { workloads: clients, endpoints }))).toBe(0);
  });

  it("also in a retry, after what the first try wrote", () => {
    const retries = { attempts: 1, backoffMs: 5, jitter: false };
    const parts = lagging(1000, {
      closed: { ...ONCE, retries },
      // The first try has written at 10, and times out at 100; the second would read before it writes.
      steps: [query(1), write(9), { kind: "wait", ms: 500 }],
      edge: { timeoutMs: 100 },
    });
    expect(stale(parts)).toBe(1);
  });

  it("is counted for each query, and each repetition of it", () => {
    const steps = [write(10), query(1, { count: 5 }), { kind: "wait", ms: 100 }, query(1)];
    expect(stale(lagging(50, { closed: ONCE, steps }))).toBe(5);
  });

  it("is counted whichever way replicas are found", () => {
    for (const routing of ["dns", "per-query"]) {
      const database = { replicas: { count: 2, lagMs: 50, routing } };
      expect(stale({ ...wide, closed: ONCE, steps: [write(10), query(1)], database })).toBe(1);
    }
  });

  it("is not counted during the warm-up, nor where reads go to the primary", () => {
    const steps = [write(10), query(1)];
    expect(stale(lagging(50, { closed: ONCE, steps, run: { warmupS: 1 } }))).toBe(0);
    expect(stale(lagging(50, { closed: ONCE, steps, fleet: { reads: "primary" } }))).toBe(0);
  });
});
