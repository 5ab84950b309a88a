import { describe, expect, it } from "vitest";
import type { Simulation } from "../../../../src/engine";
import { GAUGE } from "../../../../src/engine/record/replication-record";
import {
  answerMoments,
  BOUNDLESS_PLAN,
  begin,
  failureMoments,
  failures,
  recordOf,
  type TinyScenario,
} from "../../../support/tiny-scenarios";

const query = (ms: number): object => ({ kind: "query", ms });
const wait = (ms: number): object => ({ kind: "wait", ms });
const ONCE = { thinkMs: 1e6 };

/** Memory for three connections of 10 MB, and a second until it has recovered. */
const small = { plan: { ...BOUNDLESS_PLAN, memoryMb: 30 }, memoryPerConnectionMb: 10, recoveryS: 1 };
const threads: TinyScenario = { fleet: { threads: 100 }, pool: { size: 100 }, database: small };

describe("the database's connections", () => {
  it("are refused above its limit, and free again when they are closed", () => {
    const simulation = begin({
      closed: { clients: 2, thinkMs: 1e6 },
      steps: [query(100)],
      fleet: { dynos: 2 },
      database: { plan: { ...BOUNDLESS_PLAN, connectionLimit: 1 } },
    });
    simulation.advance(500);
    expect(simulation.books()).toMatchObject({ ok: 1, failed: 1, databaseOpen: 1 });
    simulation.apply({ kind: "dynos", dynos: 0 });
    expect(simulation.books()).toMatchObject({ idle: 0, databaseOpen: 0 });
  });

  it("have a highest number that is recorded", () => {
    const record = recordOf({ ...threads, closed: { clients: 3, ...ONCE }, steps: [query(100)] });
    expect(record.gaugesHighest[GAUGE.databaseConnections]).toBe(3);
  });
});

describe("connections that take more memory than the database has", () => {
  const four: TinyScenario = {
    ...threads,
    closed: { clients: 4, startSpreadMs: 400, ...ONCE },
    steps: [query(1000)],
  };

  it("crash it: the query that came last and all that run fail", () => {
    const record = recordOf(four);
    expect(failureMoments(record, "database-down")).toEqual([300, 300, 300, 300]);
    expect(record.ok).toBe(0);
  });

  it("drop every session", () => {
    const simulation = begin(four);
    simulation.advance(299);
    expect(simulation.books()).toMatchObject({ databaseOpen: 3, databaseActive: 3, checkedOut: 3 });
    simulation.advance(301);
    expect(simulation.books()).toMatchObject({ databaseOpen: 0, databaseActive: 0, checkedOut: 0, idle: 0 });
  });

  it("do nothing at exactly what it has, and nothing where crashing is off or connections take none", () => {
    const three = { ...four, closed: { clients: 3, startSpreadMs: 300, ...ONCE } };
    expect(recordOf(three).ok).toBe(3);
    expect(recordOf({ ...four, database: { ...small, crashOnMemory: false } }).ok).toBe(4);
    expect(recordOf({ ...four, database: { ...small, memoryPerConnectionMb: 0 } }).ok).toBe(4);
  });

  it("are not taken into account for those that are refused: above its limit nothing crashes", () => {
    const record = recordOf({ ...four, database: { ...small, plan: { ...small.plan, connectionLimit: 3 } } });
    expect(failures(record)).toEqual({ "connection-refused": 1 });
  });

  it("keep it down for recoveryS: until then connecting fails, from then on it succeeds", () => {
    const simulation = begin({ ...four, closed: { clients: 4, startSpreadMs: 400, afterFailureMs: 250 } });
    simulation.advance(350);
    simulation.apply({ kind: "clients", clients: 3 });
    simulation.advance(Number.POSITIVE_INFINITY);
    const record = simulation.record();
    // Tries at 550, 800 and 1050; at 1300, where it has recovered, three connect, and are answered.
    expect(failureMoments(record, "database-down").filter((atMs) => atMs > 300)).toEqual(
      [550, 800, 1050].flatMap((atMs) => [atMs, atMs, atMs]),
    );
    expect(answerMoments(record).slice(0, 3)).toEqual([2300, 2300, 2300]);
  });

  it("crash it again as soon as they come back", () => {
    const record = recordOf({ ...four, closed: { clients: 4, startSpreadMs: 400, afterFailureMs: 1000 } });
    // At 1300 all four come back: the first three get a connection, the fourth crashes it.
    expect(failureMoments(record, "database-down")).toEqual(
      [300, 1300, 2300, 3300].flatMap((atMs) => [atMs, atMs, atMs, atMs]),
    );
  });
});

describe("a request that is not querying when its session is lost", () => {
  /** The first client's request pauses between its queries while a fourth connection crashes the database at 300. */
  const between = (more: TinyScenario): TinyScenario => ({
    ...threads,
    closed: { clients: 4, startSpreadMs: 400, ...ONCE },
    steps: [query(50), wait(1500), query(50)],
    ...more,
  });

  it("fails at its next query when it holds the dead connection", () => {
    const record = recordOf(between({ pool: { size: 100, hold: "request" } }));
    // The fourth fails at 300; the others at the end of their wait.
    expect(failureMoments(record, "database-down")).toEqual([300, 1550, 1650, 1750]);
  });

  it("holds none with hold: query, and so three connections are never exceeded", () => {
    const record = recordOf(between({ pool: { size: 100, hold: "query" } }));
    expect(failures(record)).toEqual({});
  });
});

describe("an idle connection that died", () => {
  /**
   * Dyno 0 opens two connections at 0, idle from 50 on. At 200 two more clients come: the one in the new dyno 1 needs a third connection, which crashes the
   * database that has memory for two. Then dyno 1 is taken away: what follows goes to dyno 0, where an idle connection died unnoticed.
   */
  function crashed(pool: object): Simulation {
    const simulation = begin({
      closed: { clients: 2, ...ONCE },
      steps: [query(50)],
      fleet: { threads: 10, boot: { bootS: 0 } },
      pool: { connectMs: 0, ...pool },
      database: { ...small, plan: { ...BOUNDLESS_PLAN, memoryMb: 20 } },
    });
    simulation.advance(100);
    expect(simulation.books()).toMatchObject({ idle: 2, databaseOpen: 2 });
    simulation.apply({ kind: "dynos", dynos: 2 });
    simulation.advance(200);
    simulation.apply({ kind: "clients", clients: 4 });
    simulation.advance(300);
    expect(simulation.books()).toMatchObject({ failed: 2, idle: 1, databaseOpen: 0 });
    simulation.apply({ kind: "dynos", dynos: 1 });
    simulation.advance(2000);
    return simulation;
  }

  it("fails the next request that takes it, at once, and is discarded; the one after that opens a new one", () => {
    const simulation = crashed({});
    simulation.apply({ kind: "clients", clients: 5 });
    simulation.advance(2001);
    expect(simulation.books()).toMatchObject({ failed: 3, idle: 0, checkedOut: 0 });
    simulation.apply({ kind: "clients", clients: 6 });
    simulation.advance(2100);
    expect(simulation.books()).toMatchObject({ failed: 3, ok: 3, idle: 1, databaseOpen: 1 });
  });

  it("is noticed with verify, and replaced for connectMs", () => {
    const simulation = crashed({ verify: true, connectMs: 20 });
    const before = simulation.books();
    simulation.apply({ kind: "clients", clients: 5 });
    simulation.advance(2010);
    expect(simulation.books()).toMatchObject({ idle: 0, opening: 1 });
    simulation.advance(2071);
    expect(simulation.books()).toMatchObject({
      failed: before.failed,
      ok: before.ok + 1,
      idle: 1,
      databaseOpen: 1,
    });
  });

  it("fails whoever stands in line for it when it is handed on", () => {
    // A pool of one: the holder waits, not querying, while another dyno's connection crashes the database; then the next in line gets the dead connection.
    const simulation = begin({
      closed: { clients: 2, ...ONCE },
      steps: [query(50), wait(950)],
      fleet: { threads: 10, boot: { bootS: 0 } },
      pool: { size: 1 },
      database: { ...small, plan: { ...BOUNDLESS_PLAN, memoryMb: 10 } },
    });
    simulation.advance(100);
    simulation.apply({ kind: "dynos", dynos: 2 });
    simulation.advance(200);
    simulation.apply({ kind: "clients", clients: 3 });
    simulation.advance(300);
    expect(simulation.books()).toMatchObject({ failed: 1, checkedOut: 1, databaseOpen: 0 });
    simulation.advance(1001);
    expect(simulation.books()).toMatchObject({ ok: 1, failed: 2, checkedOut: 0 });
  });
});

describe("a crash behind a pooler", () => {
  const pooled: TinyScenario = {
    ...threads,
    closed: { clients: 4, startSpreadMs: 400, afterFailureMs: 250 },
    steps: [query(1000)],
    pooler: { connections: 10, loginRetryS: 2 },
  };

  it("fails all that run and all that wait, and the cached error outlives the recovery", () => {
    const simulation = begin(pooled);
    simulation.advance(350);
    simulation.apply({ kind: "clients", clients: 3 });
    simulation.advance(Number.POSITIVE_INFINITY);
    const record = simulation.record();
    // Crashed at 300, recovered at 1300, but the pooler tries again only from 2300 on: those who come at 2300 are served.
    const failed = failureMoments(record, "database-down");
    expect(failed.filter((atMs) => atMs === 300)).toHaveLength(4);
    expect(Math.max(...failed)).toBe(2050);
    expect(answerMoments(record)).toEqual([3300, 3300, 3300]);
    expect(failures(record)).toEqual({ "database-down": failed.length });
  });

  it("fails those in the pooler's line with it", () => {
    // Memory for three, of which another three hold everything: the fourth waits in line for one of three connections …
    const simulation = begin({
      ...pooled,
      closed: { clients: 5, startSpreadMs: 500, ...ONCE },
      pooler: { connections: 3, loginRetryS: 2 },
    });
    simulation.advance(450);
    expect(simulation.books()).toMatchObject({ poolerBusy: 3, poolerWaiting: 2 });
    // … until a fourth connection is allowed, which crashes the database.
    simulation.apply({ kind: "poolerConnections", connections: 4 });
    expect(simulation.books()).toMatchObject({
      poolerBusy: 0,
      poolerOpen: 0,
      poolerWaiting: 0,
      failed: 5,
      databaseOpen: 0,
    });
  });

  it("does not trouble a request that is waiting for something else: its connection to the pooler lives on", () => {
    const simulation = begin({
      ...threads,
      closed: { clients: 1, ...ONCE },
      steps: [query(50), wait(700), query(50)],
      pooler: { connections: 10, loginRetryS: 0.5 },
      database: { ...small, plan: { ...BOUNDLESS_PLAN, memoryMb: 20 }, recoveryS: 0.3 },
    });
    simulation.advance(200);
    // Three more query at once: the third needs a third server connection, which crashes the database.
    simulation.apply({ kind: "clients", clients: 4 });
    simulation.advance(201);
    expect(simulation.books()).toMatchObject({ failed: 3, inFlight: 1, poolerClients: 1, databaseOpen: 0 });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(answerMoments(simulation.record())).toEqual([800]);
  });
});
