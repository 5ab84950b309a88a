import { describe, expect, it } from "vitest";
import {
  answerMoments,
  answersOf,
  BOUNDLESS_PLAN,
  begin,
  endMoments,
  failureMoments,
  failures,
  recordOf,
  stages,
  type TinyScenario,
} from "../../../support/tiny-scenarios";

const ONCE = { thinkMs: 1e6 };
const query = (ms: number, more: object = {}): object => ({ kind: "query", ms, ...more });
const wait = (ms: number): object => ({ kind: "wait", ms });
const session = (more: object): object => ({ mode: "session", connections: 2, ...more });

/** Requests at these moments, each with the durations of its steps. */
const recorded = (...requests: readonly (readonly [atMs: number, ...ms: number[]])[]): object[] => [
  { name: "log", kind: "replay", endpoint: "page", requests: requests.map(([atMs, ...ms]) => [atMs, ms]) },
];

/** Threads and client connections for everybody; two server connections. */
const wide: TinyScenario = {
  closed: { clients: 3, ...ONCE },
  steps: [query(100)],
  fleet: { threads: 100 },
  pool: { size: 100 },
  pooler: session({}),
};

describe("a pooler in session mode", () => {
  it("keeps a server connection as long as the client's connection is open, though it runs nothing", () => {
    const simulation = begin({ ...wide, closed: { clients: 2, thinkMs: 1000 } });
    simulation.advance(50);
    expect(simulation.books()).toMatchObject({ poolerOpen: 2, poolerBusy: 2, databaseActive: 2 });
    simulation.advance(500);
    expect(simulation.books()).toMatchObject({ poolerOpen: 2, poolerBusy: 2, databaseActive: 0, idle: 2 });
  });

  it("gives servers to the first clients; everyone else waits until pooler-timeout", () => {
    const record = recordOf({
      ...wide,
      closed: { clients: 5, thinkMs: 0, afterFailureMs: 1e6 },
      pooler: session({ waitTimeoutMs: 550 }),
    });
    expect(failureMoments(record, "pooler-timeout")).toEqual([550, 550, 550]);
    // The two owners never wait, and have the servers to themselves for good.
    expect(answerMoments(record).length).toBe(2 * 39);
    expect(stages(record)).toEqual({ query: 100 * 2 * 39 });
  });

  it("so serves fewer than it would in transaction mode, with as many connections", () => {
    const parts = (mode: string): TinyScenario => ({
      ...wide,
      closed: { clients: 6, thinkMs: 200 },
      pooler: session({ mode, waitTimeoutMs: 1000 }),
    });
    expect(failures(recordOf(parts("transaction")))).toEqual({});
    expect(failures(recordOf(parts("session")))["pooler-timeout"]).toBeGreaterThan(8);
  });

  it("frees a server when its client's connection is closed: the first in line has it at once", () => {
    const simulation = begin({
      ...wide,
      workloads: recorded([0, 100], [10, 100], [20, 100], [30, 100]),
      steps: [query(0)],
      pool: { size: 100, idleTimeoutS: 0.3, reapEveryS: 0.5 },
    });
    // The first two are idle from 100 and 110 on, and reaped at 500.
    simulation.advance(450);
    expect(simulation.books()).toMatchObject({ poolerClients: 4, poolerBusy: 2, poolerWaiting: 2 });
    simulation.advance(550);
    expect(simulation.books()).toMatchObject({
      poolerClients: 2,
      poolerBusy: 2,
      poolerWaiting: 0,
      poolerOpen: 2,
    });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(answerMoments(simulation.record())).toEqual([100, 110, 600, 600]);
  });

  it("frees it too when the connection has reached its lifetime, and when its dyno ends", () => {
    const old = recordOf({
      ...wide,
      pooler: session({ connections: 1 }),
      pool: { size: 100, maxLifetimeS: 0.05 },
    });
    expect(answerMoments(old)).toEqual([100, 200, 300]);
    const simulation = begin({
      ...wide,
      workloads: recorded([0, 200, 100], [10, 0, 100]),
      steps: [wait(0), query(0)],
      fleet: { dynos: 2 },
      pooler: session({ connections: 1 }),
    });
    // The second dyno's connection has the server from 10 on; the first's waits for it from 200 on.
    simulation.advance(300);
    simulation.apply({ kind: "dynos", dynos: 1 });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(answerMoments(simulation.record())).toEqual([110, 400]);
  });

  it("lets whoever comes over an open connection with a server pass the line", () => {
    const record = recordOf({
      ...wide,
      closed: { clients: 2, thinkMs: 50, afterFailureMs: 1e6 },
      pooler: session({ connections: 1, waitTimeoutMs: 1000 }),
    });
    // The owner sends every 150 ms, the other waits in vain.
    expect(answerMoments(record).slice(0, 4)).toEqual([100, 250, 400, 550]);
    expect(failureMoments(record, "pooler-timeout")).toEqual([1000]);
  });

  it("disconnects the client that waited too long, so that its slot in the application's pool is free", () => {
    const simulation = begin({ ...wide, pooler: session({ waitTimeoutMs: 200 }) });
    simulation.advance(150);
    expect(simulation.books()).toMatchObject({ poolerClients: 3, checkedOut: 1 });
    simulation.advance(250);
    expect(simulation.books()).toMatchObject({ poolerClients: 2, checkedOut: 0, idle: 2 });
  });

  it("keeps it over all queries of a request, and with hold: query over the pool's other borrowers", () => {
    const parts = (hold: string): TinyScenario => ({
      ...wide,
      closed: { clients: 2, ...ONCE },
      steps: [query(100), wait(100), query(100)],
      pool: { size: 1, hold },
      pooler: session({ connections: 1 }),
    });
    expect(endMoments(answersOf(parts("request")))).toEqual([300, 600]);
    expect(endMoments(answersOf(parts("query")))).toEqual([300, 400]);
  });

  it("passes each query through its one thread all the same", () => {
    const record = recordOf({
      ...wide,
      closed: { clients: 2, ...ONCE },
      steps: [query(10, { count: 2 })],
      pooler: session({ capacityPerSecond: 20, overheadMs: 70 }),
    });
    // Through at 50, 100; 20 left of the overhead: queries 70–80 and 120–130. Again: 80–150 for the first (the thread is free at 100: 150 + 20) …
    expect(answerMoments(record)).toEqual([180, 230]);
  });
});

describe("a crash under a pooler in session mode", () => {
  /** A fleet with one client, and another whose two requests open one session more than fits at 300. */
  const crashing = (pool: object): TinyScenario => ({
    workloads: [
      { name: "users", kind: "closed", clients: 1, thinkMs: 500, mix: { page: 1 } },
      { name: "log", kind: "replay", endpoint: "beat", requests: [300, 300].map((atMs) => [atMs, [100]]) },
    ],
    endpoints: ["page", "beat"].map((name) => ({ name, fleet: name, steps: [query(100)] })),
    fleet: { threads: 9 },
    fleets: [{ name: "page" }, { name: "beat" }],
    pool: { size: 9, ...pool },
    pooler: session({ connections: 3, loginRetryS: 0.3 }),
    database: { plan: { ...BOUNDLESS_PLAN, memoryMb: 25 }, recoveryS: 0.2 },
  });

  it("takes every session, idle ones too: each fails its next borrower, and is opened anew after that", () => {
    const simulation = begin(crashing({}));
    simulation.advance(299);
    expect(simulation.books()).toMatchObject({ poolerOpen: 1, poolerBusy: 1, idle: 1 });
    simulation.advance(301);
    expect(simulation.books()).toMatchObject({ poolerOpen: 0, poolerBusy: 0, databaseOpen: 0, idle: 1 });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(failureMoments(simulation.record(), "database-down")).toEqual([300, 300, 600]);
    expect(answerMoments(simulation.record())).toEqual([100, 1200, 1800, 2400, 3000, 3600]);
  });

  it("is noticed with verify, and the connection replaced for connectMs", () => {
    const record = recordOf(crashing({ verify: true, connectMs: 20 }));
    expect(failureMoments(record, "database-down")).toEqual([320, 320]);
    // Sent at 620; the idle connection is dead.
    expect(answerMoments(record).slice(0, 3)).toEqual([120, 740, 1340]);
  });

  it("fails the queries that run", () => {
    const simulation = begin({
      ...wide,
      steps: [query(1000)],
      pooler: session({ connections: 3 }),
      database: { plan: { ...BOUNDLESS_PLAN, memoryMb: 25 } },
    });
    simulation.advance(350);
    expect(failures(simulation.record())).toEqual({ "database-down": 3 });
    expect(simulation.books()).toMatchObject({ checkedOut: 0, idle: 0, poolerClients: 0, poolerBusy: 0 });
  });
});

describe("a pooler's number of connections changed live, in session mode", () => {
  it("up: those in line begin at once", () => {
    const simulation = begin({ ...wide, closed: { clients: 4, ...ONCE } });
    simulation.advance(500);
    simulation.apply({ kind: "poolerConnections", connections: 4 });
    simulation.advance(550);
    expect(simulation.books()).toMatchObject({ poolerBusy: 4, poolerWaiting: 0, databaseActive: 2 });
  });

  it("down: servers are closed when their clients go", () => {
    const simulation = begin({
      ...wide,
      closed: { clients: 2, ...ONCE },
      pool: { size: 100, idleTimeoutS: 1, reapEveryS: 1 },
    });
    simulation.advance(500);
    simulation.apply({ kind: "poolerConnections", connections: 1 });
    simulation.advance(600);
    expect(simulation.books()).toMatchObject({ poolerOpen: 2, databaseOpen: 2 });
    simulation.advance(2500);
    expect(simulation.books()).toMatchObject({ poolerOpen: 1, poolerBusy: 0, databaseOpen: 1 });
  });
});

describe("poolers before replicas", () => {
  it("stand before each server by itself, with the same settings", () => {
    const simulation = begin({
      ...wide,
      workloads: ["read", "write"].map((name) => ({
        name,
        kind: "closed",
        clients: 6,
        ...ONCE,
        mix: { [name]: 1 },
      })),
      endpoints: ["read", "write"].map((access) => ({ name: access, steps: [query(100, { access })] })),
      fleet: { threads: 100, reads: "replicas" },
      pooler: { connections: 2, maxClients: 6 },
      database: { replicas: { count: 2, routing: "dns", dnsTtlS: 0, lagMs: 0 } },
    });
    simulation.advance(50);
    expect(simulation.books()).toMatchObject({
      databaseActive: 2,
      replicasActive: [2, 2],
      poolerOpen: 6,
      poolerWaiting: 4 + 1 + 1,
      poolerClients: 12,
    });
  });
});
