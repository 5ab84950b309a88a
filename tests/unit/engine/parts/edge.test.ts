import { describe, expect, it } from "vitest";
import { STAGE } from "../../../../src/engine/record/replication-record";
import {
  answerMoments,
  begin,
  failureMoments,
  failures,
  recordOf,
  sendMoments,
  type TinyScenario,
  valuesOf,
} from "../../../support/tiny-scenarios";

const wait = (ms: number): object => ({ kind: "wait", ms });
const ONCE = { thinkMs: 1e6 };
const upTo = (endMs: number, stepMs: number): number[] =>
  Array.from({ length: endMs / stepMs }, (_, i) => i * stepMs);

describe("the edge's timeout", () => {
  /** One thread that takes 300 ms for a request whose client waits 100 ms. */
  const overrun: TinyScenario = { steps: [wait(300)], edge: { timeoutMs: 100 } };

  it("tells the client when it is reached, and the client goes on", () => {
    const record = recordOf(overrun);
    expect(failureMoments(record, "timeout")).toEqual(upTo(4000, 100).slice(1));
    expect(sendMoments(record)).toEqual(upTo(4000, 100));
    expect(record.ok).toBe(0);
  });

  it("leaves the dyno working: it runs requests for nobody, those too that timed out in its line", () => {
    const simulation = begin(overrun);
    simulation.advance(1050);
    // Eleven were sent; three have run for 300 ms each, the fourth is running, seven are in line; one client waits.
    expect(simulation.books()).toMatchObject({
      sent: 11,
      failed: 10,
      inFlight: 1,
      busyThreadsOfDynos: [1],
      waitingAtDynos: [7],
      outstandingAtDynos: [1],
    });
    simulation.apply({ kind: "clients", clients: 0 });
    simulation.advance(3301);
    expect(simulation.books()).toMatchObject({
      failed: 11,
      ok: 0,
      inFlight: 0,
      busyThreadsOfDynos: [0],
      waitingAtDynos: [0],
    });
  });

  it("keeps thread, connection and query taken to the end", () => {
    const simulation = begin({
      closed: { clients: 1, ...ONCE },
      steps: [{ kind: "query", ms: 1000 }],
      edge: { timeoutMs: 100 },
    });
    simulation.advance(500);
    expect(simulation.books()).toMatchObject({
      inFlight: 0,
      busyThreadsOfDynos: [1],
      checkedOut: 1,
      databaseActive: 1,
    });
    simulation.advance(1001);
    expect(simulation.books()).toMatchObject({
      busyThreadsOfDynos: [0],
      checkedOut: 0,
      databaseActive: 0,
      idle: 1,
    });
  });

  it("leaves nothing to do in the line of dynos that look whether the connection is still open", () => {
    const simulation = begin({ ...overrun, fleet: { skipsAbandoned: true } });
    simulation.advance(1050);
    // Each thread that is free takes the one request that has not timed out yet.
    expect(simulation.books()).toMatchObject({ sent: 11, failed: 10, inFlight: 1, busyThreadsOfDynos: [1] });
    simulation.apply({ kind: "clients", clients: 0 });
    simulation.advance(1301);
    expect(simulation.books()).toMatchObject({ busyThreadsOfDynos: [0], waitingAtDynos: [0] });
  });

  it("reached at the very moment of the answer has failed, since it was set before the work began", () => {
    expect(
      failures(recordOf({ closed: { clients: 1, ...ONCE }, steps: [wait(100)], edge: { timeoutMs: 100 } })),
    ).toEqual({
      timeout: 1,
    });
    expect(
      recordOf({ closed: { clients: 1, ...ONCE }, steps: [wait(100)], edge: { timeoutMs: 100.01 } }).ok,
    ).toBe(1);
  });

  it("counts from the moment the request is sent to a dyno, the wait in its line included", () => {
    const record = recordOf({
      closed: { clients: 2, ...ONCE },
      steps: [wait(300)],
      edge: { timeoutMs: 500 },
    });
    expect(answerMoments(record)).toEqual([300]);
    expect(failureMoments(record, "timeout")).toEqual([500]);
  });

  it("is none where it is null", () => {
    expect(answerMoments(recordOf({ steps: [wait(3500)] }))).toEqual([3500]);
  });

  it("of 0 fails every request at once, and the dyno works all the same", () => {
    const simulation = begin({ closed: { clients: 1, ...ONCE }, edge: { timeoutMs: 0 } });
    simulation.advance(50);
    expect(simulation.books()).toMatchObject({ failed: 1, inFlight: 0, busyThreadsOfDynos: [1] });
  });
});

describe("the edge's connection slots", () => {
  it("refuse whoever comes when all are taken, at once", () => {
    const record = recordOf({
      closed: { clients: 3, ...ONCE },
      steps: [wait(300)],
      edge: { maxConnections: 2 },
      fleet: { threads: 3 },
    });
    expect(failureMoments(record, "edge-full")).toEqual([0]);
    expect(answerMoments(record)).toEqual([300, 300]);
  });

  it("are free again with the answer", () => {
    const record = recordOf({
      closed: { clients: 2, startSpreadMs: 800, ...ONCE },
      steps: [wait(300)],
      edge: { maxConnections: 1 },
      fleet: { threads: 3 },
    });
    expect(record.ok).toBe(2);
  });

  it("and with a timeout, whatever the dyno still does", () => {
    const record = recordOf({
      closed: { clients: 1 },
      steps: [wait(10_000)],
      edge: { maxConnections: 1, timeoutMs: 1000 },
      fleet: { threads: 10 },
    });
    expect(failures(record)).toEqual({ timeout: 3 });
  });

  it("let the clock run on when two clients fight for one", () => {
    const record = recordOf({
      durationS: 0.4,
      closed: { clients: 2 },
      steps: [wait(50)],
      edge: { maxConnections: 1 },
    });
    expect(record.nowMs).toBe(400);
    expect(record.simulatedRequests).toBeGreaterThan(400);
    expect(answerMoments(record)).toHaveLength(7);
  });

  it("of which there are none refuse everybody", () => {
    expect(failures(recordOf({ closed: { clients: 3, ...ONCE }, edge: { maxConnections: 0 } }))).toEqual({
      "edge-full": 3,
    });
  });
});

describe("a dyno's backlog", () => {
  it("refuses, finally, whoever comes when so many wait already", () => {
    const record = recordOf({ closed: { clients: 4, ...ONCE }, steps: [wait(300)], fleet: { backlog: 2 } });
    expect(failureMoments(record, "backlog-full")).toEqual([0]);
    expect(answerMoments(record)).toEqual([300, 600, 900]);
  });

  it("of 0 lets nobody wait", () => {
    const record = recordOf({ closed: { clients: 2, ...ONCE }, steps: [wait(300)], fleet: { backlog: 0 } });
    expect(failures(record)).toEqual({ "backlog-full": 1 });
  });

  it("is full of requests that timed out, too", () => {
    // One runs for 1 s, one waits and times out at 100; those who come at 100 and 200 find the line still full.
    const record = recordOf({
      durationS: 0.4,
      closed: { clients: 2, afterFailureMs: 100 },
      steps: [wait(1000)],
      edge: { timeoutMs: 95 },
      fleet: { backlog: 1 },
    });
    expect(failureMoments(record, "timeout")).toEqual([95, 95]);
    expect(failureMoments(record, "backlog-full")).toEqual([195, 195, 295, 295, 395, 395]);
  });
});

describe("no dyno", () => {
  it("fails every request at once where there are none and none boots", () => {
    const record = recordOf({ closed: { clients: 2, ...ONCE }, fleet: { dynos: 0 } });
    expect(failureMoments(record, "no-dyno")).toEqual([0, 0]);
  });

  const killed = {
    dynoType: { vcpus: 1, memoryMb: 100, monthlyUsd: 0 },
    memory: { perProcessMb: 190.5, perThreadMb: 5 },
  };

  it("stays up where each needs over twice its memory: requests wait 75 s for a boot, then fail", () => {
    const record = recordOf({
      durationS: 200,
      closed: { clients: 2, startSpreadMs: 20_000 },
      fleet: { ...killed, threads: 2 },
    });
    expect(failureMoments(record, "no-dyno")).toEqual([75_000, 85_000, 150_000, 160_000]);
    expect(failures(record)).toEqual({ "no-dyno": 4 });
  });

  it("is killed with twice its memory exactly, or with one and a half times", () => {
    const memory = { perProcessMb: 190, perThreadMb: 5 };
    expect(failures(recordOf({ fleet: { ...killed, memory, threads: 2 } }))).toEqual({});
    expect(
      failures(recordOf({ fleet: { ...killed, memory: { perProcessMb: 150, perThreadMb: 0 } } })),
    ).toEqual({});
  });

  it("is up yet while one boots: requests wait for it at the edge, and are then served in turn", () => {
    const simulation = begin({
      durationS: 40,
      closed: { clients: 3, startSpreadMs: 3000, ...ONCE },
      steps: [wait(1000)],
      fleet: { dynos: 0, boot: { bootS: 10 } },
    });
    simulation.apply({ kind: "dynos", dynos: 1 });
    simulation.advance(9999);
    expect(simulation.books()).toMatchObject({ inFlight: 3, busyThreadsOfDynos: [0], failed: 0 });
    simulation.advance(Number.POSITIVE_INFINITY);
    const record = simulation.record();
    expect(answerMoments(record)).toEqual([11_000, 12_000, 13_000]);
    expect(valuesOf(record.latency)).toEqual([11_000, 11_000, 11_000]);
    expect(record.stageSumsMs[STAGE.queue]).toBe(30_000);
  });

  it("lets no timeout run while a request waits for the boot: it counts from the sending to a dyno", () => {
    const simulation = begin({
      durationS: 40,
      closed: { clients: 3, ...ONCE },
      steps: [wait(1000)],
      edge: { timeoutMs: 2500 },
      fleet: { dynos: 0, boot: { bootS: 10 } },
    });
    simulation.apply({ kind: "dynos", dynos: 1 });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(answerMoments(simulation.record())).toEqual([11_000, 12_000]);
    expect(failureMoments(simulation.record(), "timeout")).toEqual([12_500]);
  });
});
