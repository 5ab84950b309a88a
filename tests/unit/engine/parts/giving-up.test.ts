import { describe, expect, it } from "vitest";
import { FAILURE } from "../../../../src/engine/record/replication-record";
import {
  answerMoments,
  answersOf,
  begin,
  failureMoments,
  failures,
  recordOf,
  sendMoments,
  valuesOf,
} from "../../../support/tiny-scenarios";

const wait = (ms: number): object => ({ kind: "wait", ms });
const ONCE = { thinkMs: 1e6 };

describe("a client that gives up", () => {
  it("leaves giveUpAfterMs after its send: the request counts as gave-up, and was never answered", () => {
    const record = recordOf({ closed: { ...ONCE, giveUpAfterMs: 150 }, steps: [wait(400)] });
    expect(failureMoments(record, "gave-up")).toEqual([150]);
    expect(failures(record)).toEqual({ "gave-up": 1 });
    expect(valuesOf(record.failedLatency)).toEqual([150]);
    expect(record.ok).toBe(0);
    expect(answerMoments(record)).toEqual([]);
  });

  it("does not leave when the answer comes before", () => {
    const record = recordOf({ closed: { giveUpAfterMs: 1001 }, steps: [wait(1000)] });
    expect(answerMoments(record)).toEqual([1000, 2000, 3000]);
    expect(failures(record)).toEqual({});
  });

  it("has left when the answer comes at the same moment: the wait reached its limit", () => {
    const record = recordOf({ closed: { ...ONCE, giveUpAfterMs: 1000 }, steps: [wait(1000)] });
    expect(failures(record)).toEqual({ "gave-up": 1 });
  });

  it("is not noticed by the server, which works on to the end: thread, connection and query stay taken", () => {
    const simulation = begin({
      closed: { ...ONCE, giveUpAfterMs: 100 },
      steps: [{ kind: "query", ms: 500 }],
      edge: { maxConnections: 5 },
    });
    simulation.advance(400);
    expect(simulation.books()).toMatchObject({
      inFlight: 0,
      failed: 1,
      edgeConnections: 1,
      busyThreadsOfDynos: [1],
      outstandingAtDynos: [1],
      checkedOut: 1,
      databaseActive: 1,
    });
    simulation.advance(600);
    expect(simulation.books()).toMatchObject({
      ok: 0,
      failed: 1,
      edgeConnections: 0,
      busyThreadsOfDynos: [0],
      outstandingAtDynos: [0],
      checkedOut: 0,
      databaseActive: 0,
    });
  });

  it("is not noticed by the edge, whose slot stays taken: others still find it full", () => {
    const record = recordOf({
      workloads: [
        { name: "impatient", kind: "closed", clients: 1, ...ONCE, giveUpAfterMs: 100 },
        {
          name: "late",
          kind: "replay",
          endpoint: "page",
          requests: [
            [300, [10]],
            [600, [10]],
          ],
        },
      ],
      steps: [wait(500)],
      edge: { maxConnections: 1 },
      fleet: { threads: 9 },
    });
    expect(failureMoments(record, "edge-full")).toEqual([300]);
    expect(answerMoments(record)).toEqual([610]);
  });

  it("leaves a request in line that is run when its turn comes", () => {
    const simulation = begin({
      closed: { clients: 2, ...ONCE, giveUpAfterMs: 150 },
      steps: [wait(1000)],
    });
    simulation.advance(500);
    expect(simulation.books()).toMatchObject({ failed: 2, waitingAtDynos: [1], busyThreadsOfDynos: [1] });
    simulation.advance(1500);
    expect(simulation.books()).toMatchObject({ waitingAtDynos: [0], busyThreadsOfDynos: [1] });
    simulation.advance(2500);
    expect(simulation.books()).toMatchObject({ waitingAtDynos: [0], busyThreadsOfDynos: [0] });
  });

  it("is never sent again, while every other failure is", () => {
    const retries = { attempts: 3, backoffMs: 100, jitter: false };
    const left = recordOf({ closed: { ...ONCE, retries, giveUpAfterMs: 50 }, steps: [wait(400)] });
    expect([left.sent, left.retries]).toEqual([1, 0]);
    // The edge's timeout comes first: three retries.
    const timedOut = recordOf({
      closed: { ...ONCE, retries, giveUpAfterMs: 50 },
      steps: [wait(400)],
      edge: { timeoutMs: 40 },
      fleet: { threads: 9 },
    });
    expect([timedOut.sent, timedOut.retries]).toEqual([4, 3]);
    expect(failures(timedOut)).toEqual({ timeout: 4 });
  });

  it("gives up each try by itself", () => {
    const record = recordOf({
      steps: [wait(1000)],
      fleet: { backlog: 0 },
      workloads: [
        { name: "first", kind: "closed", clients: 1, ...ONCE },
        {
          name: "second",
          kind: "closed",
          clients: 1,
          ...ONCE,
          retries: { attempts: 9, backoffMs: 600, backoffFactor: 1, jitter: false },
          giveUpAfterMs: 150,
        },
      ],
    });
    // The second is refused at 0 and 600, then runs from 1200 on, until it gives up at 1350.
    expect(failureMoments(record, "backlog-full")).toEqual([0, 600]);
    expect(failureMoments(record, "gave-up")).toEqual([1350]);
    expect(record.sent).toBe(4);
  });

  it("goes on as after a failure, where it is a closed one", () => {
    const record = recordOf({
      closed: { thinkMs: 100, afterFailureMs: 850, giveUpAfterMs: 150 },
      steps: [wait(400)],
      fleet: { threads: 9 },
    });
    expect(sendMoments(record)).toEqual([0, 1000, 2000, 3000]);
    const thinking = recordOf({
      closed: { thinkMs: 850, giveUpAfterMs: 150 },
      steps: [wait(400)],
      fleet: { threads: 9 },
    });
    expect(sendMoments(thinking)).toEqual([0, 1000, 2000, 3000]);
  });

  it("that gives up at once still waits a millisecond before it sends again", () => {
    const record = recordOf({ durationS: 0.01, closed: { giveUpAfterMs: 0 }, fleet: { threads: 99 } });
    expect(record.sent).toBe(10);
    expect(failures(record)).toEqual({ "gave-up": 10 });
  });

  it("is answered with a timeout where that comes first; the slot at the edge is free from then on", () => {
    const simulation = begin({
      closed: { ...ONCE, giveUpAfterMs: 200 },
      steps: [wait(1000)],
      edge: { timeoutMs: 150 },
    });
    simulation.advance(300);
    expect(simulation.books()).toMatchObject({ failed: 1, edgeConnections: 0, outstandingAtDynos: [0] });
    expect(failures(simulation.record())).toEqual({ timeout: 1 });
  });

  it("before the timeout leaves the slot taken until then", () => {
    const simulation = begin({
      closed: { ...ONCE, giveUpAfterMs: 100 },
      steps: [wait(1000)],
      edge: { timeoutMs: 150 },
    });
    simulation.advance(125);
    expect(simulation.books()).toMatchObject({ failed: 1, edgeConnections: 1, outstandingAtDynos: [1] });
    simulation.advance(175);
    expect(simulation.books()).toMatchObject({ failed: 1, edgeConnections: 0, outstandingAtDynos: [0] });
    expect(failures(simulation.record())).toEqual({ "gave-up": 1 });
  });

  it("each has its own patience by workload", () => {
    const patient = (name: string, giveUpAfterMs: number | null): object => ({
      name,
      kind: "closed",
      clients: 1,
      ...ONCE,
      giveUpAfterMs,
    });
    const answers = answersOf({
      workloads: [patient("a", 300), patient("b", 100), patient("c", null)],
      steps: [wait(1000)],
      fleet: { threads: 9 },
    });
    expect(answers.map(({ workload, latencyMs, failure }) => [workload, latencyMs, failure])).toEqual([
      [1, 100, FAILURE["gave-up"]],
      [0, 300, FAILURE["gave-up"]],
      [2, 1000, -1],
    ]);
  });
});
