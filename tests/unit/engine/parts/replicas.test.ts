import { describe, expect, it } from "vitest";
import { GAUGE } from "../../../../src/engine/record/replication-record";
import {
  answerMoments,
  BOUNDLESS_PLAN,
  begin,
  failureMoments,
  failures,
  recordOf,
  stages,
  type TinyScenario,
} from "../../../support/tiny-scenarios";

const ONCE = { thinkMs: 1e6 };
const query = (ms: unknown, more: object = {}): object => ({ kind: "query", ms, ...more });
const write = (ms: unknown, more: object = {}): object => query(ms, { access: "write", ...more });
const replicated = (replicas: object, more: object = {}): object => ({
  replicas: { count: 2, lagMs: 0, ...replicas },
  ...more,
});
/** Threads and connections enough, and reads that go to two replicas. */
const wide: TinyScenario = {
  fleet: { threads: 100, reads: "replicas" },
  pool: { size: 100 },
  database: replicated({}),
};
/** Requests at these moments, each with the durations of its steps. */
const recorded = (...requests: readonly (readonly [atMs: number, ...ms: number[]])[]): object[] => [
  {
    name: "log",
    kind: "replay",
    endpoint: "page",
    requests: requests.map(([atMs, ...ms]) => [atMs, ms]),
  },
];

describe("reads: replicas", () => {
  it("sends queries that only read to the replicas, and those that write to the primary", () => {
    const simulation = begin({ ...wide, closed: { clients: 4, ...ONCE }, steps: [query(100), write(100)] });
    simulation.advance(50);
    expect(simulation.books()).toMatchObject({ databaseActive: 0, databaseOpen: 0 });
    expect(simulation.books().replicasActive.reduce((a, b) => a + b)).toBe(4);
    simulation.advance(150);
    expect(simulation.books()).toMatchObject({ databaseActive: 4, databaseOpen: 4, replicasActive: [0, 0] });
  });

  it("is each fleet's own: one that reads from the primary leaves the replicas alone", () => {
    const simulation = begin({
      ...wide,
      workloads: ["a", "b"].map((name) => ({
        name,
        kind: "closed",
        clients: 1,
        ...ONCE,
        mix: { [name]: 1 },
      })),
      endpoints: ["a", "b"].map((name) => ({ name, fleet: name, steps: [query(100)] })),
      fleets: [{ name: "a" }, { name: "b", reads: "primary" }],
    });
    simulation.advance(50);
    expect(simulation.books()).toMatchObject({ databaseActive: 1 });
    expect(simulation.books().replicasActive.reduce((a, b) => a + b)).toBe(1);
  });

  it("reads from the primary where there are none, over the connections that it writes over", () => {
    const simulation = begin({
      ...wide,
      closed: ONCE,
      steps: [query(100), write(100)],
      pool: { size: 1 },
      database: replicated({ count: 0 }),
    });
    simulation.advance(50);
    expect(simulation.books()).toMatchObject({ databaseActive: 1, databaseOpen: 1, replicasActive: [] });
    simulation.advance(250);
    expect(simulation.books()).toMatchObject({ databaseOpen: 1, ok: 1 });
  });

  it("takes a pool of its own for reading: of one size, but beside the other", () => {
    const simulation = begin({
      ...wide,
      closed: { clients: 1, ...ONCE },
      steps: [query(100), write(100), { kind: "wait", ms: 100 }],
      pool: { size: 1 },
    });
    simulation.advance(250);
    // Held from its first query to its end: both.
    expect(simulation.books()).toMatchObject({ checkedOut: 2, databaseOpen: 1 });
    simulation.advance(350);
    expect(simulation.books()).toMatchObject({ checkedOut: 0, idle: 2 });
  });

  it("gives each role's connection back after its query with hold: query", () => {
    const simulation = begin({
      ...wide,
      closed: ONCE,
      steps: [query(100), write(100)],
      pool: { size: 1, hold: "query" },
    });
    simulation.advance(150);
    expect(simulation.books()).toMatchObject({ checkedOut: 1, idle: 1 });
  });

  it("waits in the line of its own role", () => {
    const record = recordOf({
      ...wide,
      workloads: recorded([0, 300, 0], [10, 50, 100], [20, 0, 100]),
      steps: [query(0), write(0)],
      pool: { size: 1, hold: "query" },
    });
    // Reads one after the other: until 300, 350, 350; writes: 300, 450 and 550.
    expect(answerMoments(record)).toEqual([300, 450, 550]);
    expect(stages(record).checkout).toBeCloseTo(290 + 330 + 100, 6);
  });
});

describe("replicas found by name (dns)", () => {
  const dns = (dnsTtlS: number, more: object = {}): TinyScenario => ({
    ...wide,
    workloads: recorded(...Array.from({ length: 8 }, (_, i) => [100 * i, 3000] as const)),
    steps: [query(0)],
    database: replicated({ routing: "dns", dnsTtlS, ...more }),
  });
  const openAt = (parts: TinyScenario, atMs: number): readonly number[] => {
    const simulation = begin(parts);
    simulation.advance(atMs);
    return simulation.books().replicasOpen;
  };

  it("get connections in turn, one look-up each, where an answer holds for no time", () => {
    expect(openAt(dns(0), 750)).toEqual([4, 4]);
    expect(openAt(dns(0, { count: 3 }), 750)).toEqual([3, 3, 2]);
  });

  it("get all connections of a while, since one answer is everybody's for dnsTtlS", () => {
    // The answer of 0 holds until 300, that of 300 until 600, and so on.
    expect(openAt(dns(0.3), 250)).toEqual([3, 0]);
    expect(openAt(dns(0.3), 550)).toEqual([3, 3]);
    expect(openAt(dns(0.3), 750)).toEqual([5, 3]);
  });

  it("share the answer over all fleets", () => {
    const simulation = begin({
      ...wide,
      workloads: ["a", "b"].map((name) => ({
        name,
        kind: "closed",
        clients: 2,
        ...ONCE,
        mix: { [name]: 1 },
      })),
      endpoints: ["a", "b"].map((name) => ({ name, fleet: name, steps: [query(100)] })),
      fleets: [{ name: "a" }, { name: "b" }],
      database: replicated({ routing: "dns", dnsTtlS: 1 }),
    });
    simulation.advance(50);
    expect(simulation.books().replicasOpen).toEqual([4, 0]);
  });

  it("keep their connections: those stay with the replica they were opened to", () => {
    const parts: TinyScenario = {
      ...wide,
      closed: { clients: 3, thinkMs: 100 },
      steps: [query(100)],
      database: replicated({ routing: "dns", dnsTtlS: 0.1 }),
    };
    const simulation = begin(parts);
    simulation.advance(3950);
    expect(simulation.books().replicasOpen).toEqual([3, 0]);
    expect(simulation.record().ok).toBeGreaterThan(50);
  });

  it("get connections anew when idle ones are reaped, so that they are evened out", () => {
    const simulation = begin({
      ...wide,
      // All at once every second: the connections are idle in between, and reaped.
      workloads: [{ name: "beat", kind: "burst", clients: 4, everyMs: 1000, spreadMs: 400 }],
      steps: [query(10)],
      pool: { size: 100, idleTimeoutS: 0.2, reapEveryS: 0.1 },
      database: replicated({ routing: "dns", dnsTtlS: 0 }),
    });
    const seen = new Set<string>();
    for (let atMs = 5; atMs < 4000; atMs += 10) {
      simulation.advance(atMs);
      seen.add(simulation.books().replicasActive.join());
    }
    expect(seen).toContain("1,0");
    expect(seen).toContain("0,1");
  });
});

describe("a replica that crashes", () => {
  const plan = { ...BOUNDLESS_PLAN, memoryMb: 15 };
  const parts: TinyScenario = {
    ...wide,
    // Replica 1, replica 2, and replica 1 again, which is one session too many for its memory.
    workloads: recorded([0, 500], [10, 500], [20, 500], [600, 100], [1200, 100]),
    steps: [query(0)],
    database: replicated({ routing: "dns", dnsTtlS: 0, plan }, { recoveryS: 1 }),
  };

  it("loses its own sessions only: the others', and the primary's, go on", () => {
    const record = recordOf(parts);
    expect(failureMoments(record, "database-down")).toEqual([20, 20]);
    // At 600 and 1200 over the connection to replica 2, idle since 510.
    expect(answerMoments(record)).toEqual([510, 700, 1300]);
    expect(record.gaugesHighest[GAUGE.replicaConnections]).toBe(3);
  });

  it("fails whoever is led there by the name, until it has recovered", () => {
    const more = {
      ...parts,
      workloads: recorded([0, 500], [10, 2000], [20, 500], [600, 100], [1500, 100], [1500, 50]),
    };
    // At 600 the name leads to replica 2, which that crashes too; at 1500 to replica 1, up again since 1020, and to replica 2, still down.
    const record = recordOf(more);
    expect(failureMoments(record, "database-down")).toEqual([20, 20, 600, 600, 1500]);
    expect(answerMoments(record)).toEqual([1600]);
  });
});

describe("replicas behind a proxy (per-query)", () => {
  const perQuery = (more: object = {}): TinyScenario => ({
    ...wide,
    database: replicated({ routing: "per-query", ...more }),
  });

  it("get each query at the one with the fewest active", () => {
    const simulation = begin({
      ...perQuery({ count: 3 }),
      workloads: recorded([0, 1000], [10, 1000], [20, 50], [30, 1000], [100, 1000], [110, 1000]),
      steps: [query(0)],
    });
    const active = [5, 15, 25, 35, 75, 105, 115].map((atMs) => {
      simulation.advance(atMs);
      return simulation.books().replicasActive;
    });
    expect(active).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [1, 1, 1],
      [2, 1, 1],
      [2, 1, 0],
      [2, 1, 1],
      [2, 2, 1],
    ]);
  });

  it("whatever connection it comes over: one connection's queries go to both", () => {
    const record = recordOf({ ...perQuery(), closed: {}, steps: [query(100)], pool: { size: 1 } });
    expect(record.gaugesHighest[GAUGE.replicaConnections]).toBe(2);
    expect(record.ok).toBe(39);
  });

  it("have sessions opened as they are needed, and kept", () => {
    const simulation = begin({ ...perQuery(), closed: { clients: 6, thinkMs: 1000 }, steps: [query(100)] });
    simulation.advance(50);
    expect(simulation.books()).toMatchObject({ replicasOpen: [3, 3], idleAtProxy: 0, checkedOut: 6 });
    simulation.advance(3000);
    expect(simulation.books()).toMatchObject({ replicasOpen: [3, 3], idleAtProxy: 6, checkedOut: 0 });
  });

  it("that refuse a session fail the query; the connection to the proxy stays", () => {
    const plan = { ...BOUNDLESS_PLAN, connectionLimit: 1 };
    const simulation = begin({
      ...perQuery({ plan }),
      closed: { clients: 3, ...ONCE },
      steps: [query(100)],
    });
    simulation.advance(50);
    expect(failures(simulation.record())).toEqual({ "connection-refused": 1 });
    expect(simulation.books()).toMatchObject({ checkedOut: 2, idle: 1 });
  });

  it("that are down are passed by", () => {
    const plan = { ...BOUNDLESS_PLAN, memoryMb: 15 };
    const simulation = begin({
      ...perQuery({ plan }),
      workloads: recorded([0, 500], [10, 500], [20, 500], [600, 100], [750, 100]),
      steps: [query(0)],
    });
    // The third needs a second session at replica 0, which crashes; replica 1 then takes all.
    simulation.advance(50);
    expect(failureMoments(simulation.record(), "database-down")).toEqual([20, 20]);
    expect(simulation.books()).toMatchObject({ replicasOpen: [0, 1], replicasActive: [0, 1] });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(answerMoments(simulation.record())).toEqual([510, 700, 850]);
  });
});
