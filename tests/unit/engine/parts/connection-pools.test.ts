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
const wait = (ms: number): object => ({ kind: "wait", ms });
/** A pause so long that no client sends twice. */
const ONCE = { thinkMs: 1e6 };

describe("a pool", () => {
  it("opens a connection for the first query and keeps it: connecting is paid once", () => {
    const record = recordOf({ steps: [query(100)], pool: { connectMs: 50 } });
    expect(valuesOf(record.latency).slice(-1)).toEqual([150]);
    expect(valuesOf(record.latency).filter((latency) => latency === 100)).toHaveLength(record.ok - 1);
    expect(record.stageSumsMs[STAGE.connect]).toBe(50);
  });

  it("opens nothing for requests without a query", () => {
    const simulation = begin({ steps: [wait(100)], pool: { connectMs: 50 } });
    simulation.advance(3950);
    expect(simulation.books()).toMatchObject({ checkedOut: 0, idle: 0, opening: 0, databaseOpen: 0 });
  });

  it("opens one for each thread that needs one, up to its size, and lets the rest wait in turn", () => {
    const simulation = begin({
      closed: { clients: 4, ...ONCE },
      steps: [query(100)],
      fleet: { threads: 4 },
      pool: { size: 2, connectMs: 50 },
    });
    simulation.advance(20);
    expect(simulation.books()).toMatchObject({ opening: 2, checkedOut: 0, databaseOpen: 0 });
    simulation.advance(100);
    expect(simulation.books()).toMatchObject({
      opening: 0,
      checkedOut: 2,
      databaseOpen: 2,
      databaseActive: 2,
    });
    simulation.advance(Number.POSITIVE_INFINITY);
    const record = simulation.record();
    expect(valuesOf(record.latency)).toEqual([150, 150, 250, 250]);
    expect([record.stageSumsMs[STAGE.connect], record.stageSumsMs[STAGE.checkout]]).toEqual([100, 300]);
    expect(simulation.books()).toMatchObject({ checkedOut: 0, idle: 2, databaseOpen: 2 });
  });

  it("is each process's own", () => {
    const simulation = begin({
      closed: { clients: 6, ...ONCE },
      steps: [query(1000)],
      fleet: { dynos: 2, processes: 3 },
      pool: { size: 1 },
    });
    simulation.advance(500);
    expect(simulation.books()).toMatchObject({ checkedOut: 6, databaseOpen: 6 });
  });
});

describe("what a request holds", () => {
  const two: TinyScenario = {
    closed: { clients: 2, ...ONCE },
    steps: [query(100), wait(100)],
    fleet: { threads: 2 },
  };

  it("request: its connection until it ends, waiting included", () => {
    const record = recordOf({ ...two, pool: { size: 1, hold: "request" } });
    expect(answerMoments(record)).toEqual([200, 400]);
  });

  it("query: its connection only while it queries", () => {
    const record = recordOf({ ...two, pool: { size: 1, hold: "query" } });
    expect(answerMoments(record)).toEqual([200, 300]);
  });

  it("begins with its first query: what comes before holds none", () => {
    const record = recordOf({ ...two, steps: [wait(100), query(100)], pool: { size: 1, hold: "request" } });
    expect(answerMoments(record)).toEqual([200, 300]);
  });

  it("query: gives it back after each repetition, so that two requests take turns", () => {
    const steps = [{ kind: "query", ms: 100, count: 3 }];
    const held = recordOf({ ...two, steps, pool: { size: 1, hold: "request" } });
    expect(answerMoments(held)).toEqual([300, 600]);
    const returned = recordOf({ ...two, steps, pool: { size: 1, hold: "query" } });
    expect(answerMoments(returned)).toEqual([500, 600]);
  });
});

describe("the wait for a connection", () => {
  const one = { steps: [query(100)], fleet: { threads: 2 } };

  it("fails after checkoutTimeoutMs", () => {
    const record = recordOf({
      ...one,
      closed: { clients: 2, ...ONCE },
      pool: { size: 1, checkoutTimeoutMs: 60 },
    });
    expect(answerMoments(record)).toEqual([100]);
    expect(failureMoments(record, "checkout-timeout")).toEqual([60]);
  });

  it("has failed at exactly the limit when the connection comes back by an event that was scheduled later", () => {
    // Both arrive at 0. The second stands in line before the first has connected, so its deadline is the older event.
    const record = recordOf({
      ...one,
      closed: { clients: 2, ...ONCE },
      pool: { size: 1, checkoutTimeoutMs: 100 },
    });
    expect(answerMoments(record)).toEqual([100]);
    expect(failureMoments(record, "checkout-timeout")).toEqual([100]);
  });

  it("is served at exactly the limit by an event that was scheduled earlier", () => {
    // The second arrives at 50, when the end of the first's query at 100 is an old event already.
    const record = recordOf({
      ...one,
      closed: { clients: 2, startSpreadMs: 100, ...ONCE },
      pool: { size: 1, checkoutTimeoutMs: 50 },
    });
    expect(answerMoments(record)).toEqual([100, 200]);
  });

  it("ends for a thread too: a request that failed frees it for the next", () => {
    const record = recordOf({
      closed: { clients: 3, ...ONCE },
      steps: [query(200)],
      fleet: { threads: 2 },
      pool: { size: 1, checkoutTimeoutMs: 50 },
    });
    // The third takes the second's thread at 50, and fails at 100.
    expect(failureMoments(record, "checkout-timeout")).toEqual([50, 100]);
    expect(answerMoments(record)).toEqual([200]);
  });

  it("counts for nothing in the latencies of those who fail, and is their stage `checkout` for those who don't", () => {
    const record = recordOf({ ...one, closed: { clients: 2, ...ONCE }, pool: { size: 1 } });
    expect(record.stageSumsMs[STAGE.checkout]).toBe(100);
    expect(record.stageSumsMs[STAGE.query]).toBe(200);
  });
});

describe("a refused connection", () => {
  it("costs its connect time, and leaves the slot to the first in line, who tries in turn", () => {
    const record = recordOf({
      closed: { clients: 3, ...ONCE },
      steps: [query(100)],
      fleet: { threads: 3 },
      pool: { size: 1, connectMs: 50 },
      database: { plan: { ...BOUNDLESS_PLAN, connectionLimit: 0 } },
    });
    expect(failureMoments(record, "connection-refused")).toEqual([50, 100, 150]);
    expect(failures(record)).toEqual({ "connection-refused": 3 });
  });

  it("leaves the process with the connections it has", () => {
    const record = recordOf({
      closed: { clients: 3, ...ONCE },
      steps: [query(100)],
      fleet: { threads: 3 },
      pool: { size: 2, connectMs: 50 },
      database: { plan: { ...BOUNDLESS_PLAN, connectionLimit: 1 } },
    });
    // The second is refused at 50; the third then tries to open one too, and is refused at 100 although one comes back at 150.
    expect(failureMoments(record, "connection-refused")).toEqual([50, 100]);
    expect(answerMoments(record)).toEqual([150]);
  });

  it("comes above the enforced limit where there is one, less what is reserved", () => {
    const limits = { ...BOUNDLESS_PLAN, connectionLimit: 2, enforcedConnectionLimit: 5 };
    const record = recordOf({
      closed: { clients: 8, ...ONCE },
      steps: [query(100)],
      fleet: { threads: 8 },
      database: { plan: limits, reservedConnections: 1 },
    });
    expect(record.ok).toBe(4);
    expect(failures(record)).toEqual({ "connection-refused": 4 });
  });
});

describe("idle connections", () => {
  /**
   * Three clients open three connections at 0; from 500 ms on one is left, who needs one of them each second. Every connection is idle since 100 ms, but for
   * the one that is used.
   */
  const threeThenOne = (pool: object): ReturnType<typeof begin> => {
    const simulation = begin({
      durationS: 40,
      closed: { clients: 3, thinkMs: 900 },
      steps: [query(100)],
      fleet: { threads: 3 },
      pool: { idleTimeoutS: 5, reapEveryS: 1, ...pool },
    });
    simulation.advance(500);
    simulation.apply({ kind: "clients", clients: 1 });
    return simulation;
  };
  const openAt = (simulation: ReturnType<typeof begin>, atMs: number): number => {
    simulation.advance(atMs);
    return simulation.books().databaseOpen;
  };

  it("are taken last in, first out, so that those nobody needs grow old; the reaper closes them", () => {
    const simulation = threeThenOne({});
    // At 5,000 they have been idle for 4.9 s, at 6,000 for longer than 5 s.
    expect([5000, 5500, 6000, 6001, 39_000].map((atMs) => openAt(simulation, atMs))).toEqual([3, 3, 3, 1, 1]);
  });

  it("are closed only when the reaper comes", () => {
    const simulation = threeThenOne({ reapEveryS: 8 });
    expect([7999, 8001].map((atMs) => openAt(simulation, atMs))).toEqual([3, 1]);
  });

  it("are closed when idle for longer than the timeout, not for as long", () => {
    // The reaper comes at 5,100, when they have been idle for exactly 5 s.
    const simulation = threeThenOne({ reapEveryS: 5.1 });
    expect([5101, 10_201].map((atMs) => openAt(simulation, atMs))).toEqual([3, 1]);
  });

  it.each([{ reapEveryS: 0 }, { idleTimeoutS: 0 }])(
    "are never closed with %j, which turns the reaper off",
    (pool) => {
      expect(openAt(threeThenOne(pool), 39_950)).toBe(3);
    },
  );

  it("that were closed are opened anew when they are needed, for connectMs", () => {
    const simulation = begin({
      durationS: 40,
      closed: { clients: 1, thinkMs: 9900 },
      steps: [query(100)],
      pool: { idleTimeoutS: 5, reapEveryS: 1, connectMs: 40 },
    });
    simulation.advance(Number.POSITIVE_INFINITY);
    const record = simulation.record();
    expect(record.ok).toBe(4);
    expect(record.stageSumsMs[STAGE.connect]).toBe(160);
  });

  it("are closed with the process that holds them", () => {
    const simulation = begin({
      closed: { clients: 2, thinkMs: 1e6 },
      steps: [query(100)],
      fleet: { dynos: 2 },
    });
    simulation.advance(500);
    expect(simulation.books()).toMatchObject({ idle: 2, databaseOpen: 2 });
    simulation.apply({ kind: "dynos", dynos: 1 });
    expect(simulation.books()).toMatchObject({ idle: 1, databaseOpen: 1 });
  });
});

describe("maxLifetimeS", () => {
  const client: TinyScenario = { closed: { clients: 1, thinkMs: 100 }, steps: [query(400)] };

  it("closes a connection that comes back older than that, so that the next request pays for a new one", () => {
    // Opened at 50, back at 450 and at 950, when it is 900 ms old.
    const record = recordOf({ ...client, pool: { connectMs: 50, maxLifetimeS: 0.899 } });
    expect(answerMoments(record)).toEqual([450, 950, 1500, 2000, 2550, 3050, 3600]);
    expect(record.stageSumsMs[STAGE.connect]).toBe(200);
  });

  it("keeps one that is exactly as old", () => {
    const record = recordOf({ ...client, pool: { connectMs: 50, maxLifetimeS: 0.9 } });
    expect(answerMoments(record)).toEqual([450, 950, 1450, 2000, 2500, 3000, 3550]);
    expect(record.stageSumsMs[STAGE.connect]).toBe(150);
  });

  it("lets the first in line open a new one in its place", () => {
    const record = recordOf({
      closed: { clients: 2, ...ONCE },
      steps: [query(100)],
      fleet: { threads: 2 },
      pool: { size: 1, maxLifetimeS: 0.05, connectMs: 30 },
    });
    // 30 + 100, then again.
    expect(answerMoments(record)).toEqual([130, 260]);
    expect(record.stageSumsMs[STAGE.connect]).toBe(60);
  });
});

describe("the size changed live", () => {
  it("larger: those in line open connections at once", () => {
    const simulation = begin({
      closed: { clients: 4, ...ONCE },
      steps: [query(1000)],
      fleet: { threads: 4 },
      pool: { size: 1, connectMs: 50 },
    });
    simulation.advance(500);
    simulation.apply({ kind: "poolSize", size: 3 });
    expect(simulation.books()).toMatchObject({ opening: 2, checkedOut: 1 });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(answerMoments(simulation.record())).toEqual([1050, 1550, 1550, 2050]);
  });

  it("smaller: idle connections are closed at once, and those in use when they come back", () => {
    const simulation = begin({
      closed: { clients: 4, thinkMs: 500 },
      steps: [query(500)],
      fleet: { threads: 4 },
      pool: { size: 4 },
    });
    simulation.advance(750);
    expect(simulation.books()).toMatchObject({ idle: 4, databaseOpen: 4 });
    simulation.apply({ kind: "poolSize", size: 3 });
    expect(simulation.books()).toMatchObject({ idle: 3, databaseOpen: 3 });
    simulation.advance(1250);
    expect(simulation.books()).toMatchObject({ checkedOut: 3, idle: 0 });
    simulation.apply({ kind: "poolSize", size: 1 });
    expect(simulation.books()).toMatchObject({ checkedOut: 3, databaseOpen: 3 });
    simulation.advance(1501);
    expect(simulation.books()).toMatchObject({ checkedOut: 1, databaseOpen: 1 });
  });
});
