import { describe, expect, it } from "vitest";
import { STAGE } from "../../../../src/engine/record/replication-record";
import {
  answerMoments,
  BOUNDLESS_PLAN,
  begin,
  failureMoments,
  failures,
  recordOf,
  type TinyScenario,
  valuesOf,
} from "../../../support/tiny-scenarios";

const query = (ms: number): object => ({ kind: "query", ms });
const ONCE = { thinkMs: 1e6 };

/** Threads and pools enough for everybody; one query of 100 ms; a pooler that costs no time. */
const wide: TinyScenario = {
  closed: { clients: 3, ...ONCE },
  steps: [query(100)],
  fleet: { threads: 100 },
  pool: { size: 100 },
};

describe("a pooler's server connections", () => {
  it("are opened as needed, up to `connections`, and kept", () => {
    const simulation = begin({ ...wide, closed: { clients: 5, thinkMs: 1000 }, pooler: { connections: 2 } });
    expect(simulation.books()).toMatchObject({ poolerOpen: 0, databaseOpen: 0 });
    simulation.advance(50);
    expect(simulation.books()).toMatchObject({
      poolerClients: 5,
      poolerOpen: 2,
      poolerBusy: 2,
      poolerWaiting: 3,
      databaseOpen: 2,
      databaseActive: 2,
    });
    simulation.advance(900);
    expect(simulation.books()).toMatchObject({
      poolerOpen: 2,
      poolerBusy: 0,
      poolerWaiting: 0,
      databaseOpen: 2,
    });
  });

  it("are not opened beyond what is needed", () => {
    const simulation = begin({ ...wide, closed: { clients: 1, thinkMs: 0 }, pooler: { connections: 5 } });
    simulation.advance(3500);
    expect(simulation.books()).toMatchObject({ poolerOpen: 1, databaseOpen: 1 });
  });

  it("serve one line, first come, first served", () => {
    const record = recordOf({
      ...wide,
      closed: { clients: 3, startSpreadMs: 30, ...ONCE },
      pooler: { connections: 1 },
    });
    expect(valuesOf(record.latency).map(Math.round)).toEqual([100, 190, 280]);
  });

  it("are held for a query only, not while the request waits for something else", () => {
    const record = recordOf({
      ...wide,
      closed: { clients: 2, ...ONCE },
      steps: [query(100), { kind: "wait", ms: 300 }, query(100)],
      pooler: { connections: 1 },
    });
    // 0–100, wait, 400–500; 100–200, wait, 500–600.
    expect(answerMoments(record)).toEqual([500, 600]);
  });

  it("are given back after each repetition of a query, so that requests take turns", () => {
    const record = recordOf({
      ...wide,
      closed: { clients: 2, ...ONCE },
      steps: [{ kind: "query", ms: 100, count: 3 }],
      pooler: { connections: 1 },
    });
    expect(answerMoments(record)).toEqual([500, 600]);
  });

  it("that the database refuses are missed by nobody: those it has are shared on", () => {
    const record = recordOf({
      ...wide,
      pooler: { connections: 5 },
      database: { plan: { ...BOUNDLESS_PLAN, connectionLimit: 1 } },
    });
    expect(answerMoments(record)).toEqual([100, 200, 300]);
    expect(failures(record)).toEqual({});
  });

  it("make the wait in line a stage of its own", () => {
    const record = recordOf({ ...wide, pooler: { connections: 1 } });
    expect(record.stageSumsMs[STAGE.pooler]).toBeCloseTo(0 + 100 + 200, 3);
    expect(record.stageSumsMs[STAGE.query]).toBeCloseTo(300, 9);
  });
});

describe("the wait for a server connection", () => {
  it("fails after waitTimeoutMs", () => {
    const record = recordOf({ ...wide, pooler: { connections: 1, waitTimeoutMs: 150 } });
    expect(answerMoments(record)).toEqual([100, 200]);
    expect(failureMoments(record, "pooler-timeout")).toEqual([150]);
  });

  it("disconnects the client: its slot in the application's pool is free for a new connection", () => {
    const simulation = begin({
      ...wide,
      closed: { clients: 3, ...ONCE },
      pool: { size: 2, connectMs: 20 },
      pooler: { connections: 1, waitTimeoutMs: 60 },
    });
    // Two connect until 20, the third stands in the pool's line. The second fails at 80; the third connects until 100, and queries from 120 on.
    simulation.advance(85);
    expect(simulation.books()).toMatchObject({ poolerClients: 1, opening: 1, failed: 1 });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(failureMoments(simulation.record(), "pooler-timeout")).toEqual([80]);
    expect(answerMoments(simulation.record())).toEqual([120, 220]);
  });
});

describe("the pooler's one thread", () => {
  it("passes queries one after the other, then each waits what is left of the overhead", () => {
    const record = recordOf({
      ...wide,
      steps: [query(10)],
      pooler: { connections: 10, capacityPerSecond: 10, overheadMs: 250 },
    });
    // Through at 100, 200 and 300; 150 of the overhead are left; then the query.
    expect(answerMoments(record)).toEqual([260, 360, 460]);
    expect(record.stageSumsMs[STAGE.pooler]).toBeCloseTo(250 + 350 + 450, 9);
  });

  it("takes its own time even where the overhead is less", () => {
    const record = recordOf({
      ...wide,
      steps: [query(10)],
      pooler: { connections: 10, capacityPerSecond: 10, overheadMs: 40 },
    });
    expect(answerMoments(record)).toEqual([110, 210, 310]);
  });

  it("adds the overhead to every query, and holds no server connection meanwhile", () => {
    const simulation = begin({
      ...wide,
      closed: { clients: 1, ...ONCE },
      steps: [{ kind: "query", ms: 100, count: 2 }],
      pooler: { overheadMs: 50 },
    });
    simulation.advance(40);
    expect(simulation.books()).toMatchObject({ poolerBusy: 0, poolerOpen: 0 });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(valuesOf(simulation.record().latency)).toEqual([300]);
  });

  it("bounds what it can pass in a second", () => {
    const record = recordOf({
      ...wide,
      closed: { clients: 20 },
      steps: [query(10)],
      pooler: { connections: 20, capacityPerSecond: 50 },
    });
    // One every 20 ms, beginning at 20: the last query that ends within 4 s passed at 3980.
    expect(record.ok).toBe(199);
  });
});

describe("maxClients", () => {
  it("refuses more client connections, after their connect time", () => {
    const record = recordOf({
      ...wide,
      closed: { clients: 4, ...ONCE },
      pool: { size: 100, connectMs: 30 },
      pooler: { maxClients: 3 },
    });
    expect(failureMoments(record, "pooler-full")).toEqual([30]);
    expect(record.ok).toBe(3);
  });

  it("counts connections, idle ones in the pools too, not requests", () => {
    const simulation = begin({
      ...wide,
      closed: { clients: 3, ...ONCE },
      fleet: { threads: 100, dynos: 2 },
      pooler: { maxClients: 3 },
    });
    // Round-robin: two connections in the first dyno, one in the second; a fourth client opens none, a fifth takes the second's idle one.
    simulation.advance(500);
    expect(simulation.books()).toMatchObject({ poolerClients: 3, idle: 3 });
    simulation.apply({ kind: "clients", clients: 7 });
    simulation.advance(1000);
    expect(simulation.books()).toMatchObject({ ok: 6, failed: 1 });
  });

  it("of 0 refuses everybody", () => {
    expect(failures(recordOf({ ...wide, pooler: { maxClients: 0 } }))).toEqual({ "pooler-full": 3 });
  });
});

describe("a database that gives the pooler nothing", () => {
  const refused: TinyScenario = {
    ...wide,
    pooler: { connections: 5, loginRetryS: 1 },
    database: { plan: { ...BOUNDLESS_PLAN, connectionLimit: 0 } },
  };

  it("is down for everybody, never refusing: with a pooler there is no connection-refused", () => {
    expect(failures(recordOf(refused))).toEqual({ "database-down": 3 });
  });

  it("fails those too who come while the pooler repeats the cached error", () => {
    const record = recordOf({ ...refused, closed: { clients: 1, afterFailureMs: 400 } });
    expect(failureMoments(record, "database-down")).toEqual([
      0, 400, 800, 1200, 1600, 2000, 2400, 2800, 3200, 3600,
    ]);
  });
});

describe("the number of server connections changed live", () => {
  const long: TinyScenario = { ...wide, closed: { clients: 4, ...ONCE }, steps: [query(1000)] };

  it("up: those in line begin at once", () => {
    const simulation = begin({ ...long, pooler: { connections: 1 } });
    simulation.advance(500);
    simulation.apply({ kind: "poolerConnections", connections: 3 });
    expect(simulation.books()).toMatchObject({ poolerOpen: 3, poolerBusy: 3, poolerWaiting: 1 });
  });

  it("down: idle ones are closed at once, busy ones when their query ends", () => {
    const simulation = begin({ ...long, pooler: { connections: 4 } });
    simulation.advance(500);
    simulation.apply({ kind: "poolerConnections", connections: 2 });
    expect(simulation.books()).toMatchObject({ poolerOpen: 4, databaseOpen: 4 });
    simulation.advance(1001);
    expect(simulation.books()).toMatchObject({ poolerOpen: 2, databaseOpen: 2 });
    simulation.apply({ kind: "poolerConnections", connections: 1 });
    expect(simulation.books()).toMatchObject({ poolerOpen: 1, databaseOpen: 1 });
  });

  it("down with a line: those in it are served by what remains", () => {
    const simulation = begin({
      ...long,
      closed: { clients: 6, ...ONCE },
      steps: [query(500)],
      pooler: { connections: 3 },
    });
    simulation.advance(100);
    simulation.apply({ kind: "poolerConnections", connections: 1 });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(answerMoments(simulation.record())).toEqual([500, 500, 500, 1000, 1500, 2000]);
  });

  it("is refused where there is no pooler", () => {
    expect(() => begin({}).apply({ kind: "poolerConnections", connections: 3 })).toThrow(
      /^poolerConnections/,
    );
  });
});
