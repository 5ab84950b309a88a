import { describe, expect, it } from "vitest";
import { GAUGE, SUCCESS } from "../../../../src/engine/record/replication-record";
import type { Balancer } from "../../../../src/scenario/types";
import {
  answerMoments,
  answersOf,
  begin,
  endMoments,
  failureMoments,
  failures,
  recordOf,
  stages,
  type TinyScenario,
  valuesOf,
} from "../../../support/tiny-scenarios";

const wait = (ms: unknown): object => ({ kind: "wait", ms });
const ONCE = { thinkMs: 1e6 };
const ALGORITHMS: readonly Balancer[] = ["random", "round-robin", "least-outstanding", "power-of-two"];

describe("maxOutstandingPerDyno", () => {
  it("lets no dyno have more requests at once, and keeps the rest in the balancer's line", () => {
    const simulation = begin({
      closed: { clients: 10, ...ONCE },
      steps: [wait(1000)],
      fleet: { dynos: 3, threads: 1, maxOutstandingPerDyno: 2 },
    });
    simulation.advance(500);
    expect(simulation.books()).toMatchObject({
      outstandingAtDynos: [2, 2, 2],
      busyThreadsOfDynos: [1, 1, 1],
      waitingAtDynos: [1, 1, 1],
      waitingAtBalancers: 4,
    });
  });

  it("is the only limit: a dyno that is full by it is never full by its backlog", () => {
    const record = recordOf({
      closed: { clients: 10, ...ONCE },
      steps: [wait(100)],
      fleet: { threads: 1, backlog: 0, maxOutstandingPerDyno: 1 },
    });
    expect(failures(record)).toEqual({});
    expect(answerMoments(record)).toEqual(Array.from({ length: 10 }, (_, i) => 100 * (i + 1)));
  });

  it.each(ALGORITHMS)("holds whatever the algorithm: %s", (balancer) => {
    const simulation = begin({
      durationS: 10,
      open: { requestsPerSecond: 200 },
      steps: [wait({ dist: "uniform", min: 1, max: 99 })],
      fleet: { dynos: 5, threads: 2, balancer, maxOutstandingPerDyno: 2 },
    });
    for (let atMs = 3; atMs < 10_000; atMs += 97) {
      simulation.advance(atMs);
      const { outstandingAtDynos, waitingAtBalancers, waitingAtDynos } = simulation.books();
      expect(Math.max(...outstandingAtDynos)).toBeLessThanOrEqual(2);
      // Nobody waits while a dyno has room, nor at a dyno.
      if (waitingAtBalancers > 0) expect(outstandingAtDynos).toEqual([2, 2, 2, 2, 2]);
      expect(waitingAtDynos).toEqual([0, 0, 0, 0, 0]);
    }
  });
});

describe("the balancer's own line", () => {
  it("is one for all dynos, first come, first served: whichever dyno is free first takes the first", () => {
    const lengths = [500, 100, 50, 300, 20, 10];
    const answers = answersOf({
      workloads: [
        { name: "log", kind: "replay", endpoint: "page", requests: lengths.map((ms, i) => [i, [ms]]) },
      ],
      fleet: { dynos: 2, maxOutstandingPerDyno: 1 },
    });
    // Dyno 0 has the first until 500; dyno 1 all others, one after the other.
    expect(answers.map(({ number }) => number)).toEqual([1, 2, 3, 4, 5, 0]);
    expect(endMoments(answers)).toEqual([101, 151, 451, 471, 481, 500]);
  });

  it.each(ALGORITHMS)("makes the dynos one big server, whatever the algorithm: %s", (balancer) => {
    const parts = (fleet: object): TinyScenario => ({
      durationS: 20,
      open: { requestsPerSecond: 90 },
      steps: [wait({ dist: "exponential", mean: 50 })],
      fleet: { balancer, ...fleet },
    });
    const ends = (fleet: object): number[] => endMoments(answersOf(parts(fleet))).sort((a, b) => a - b);
    expect(ends({ dynos: 5, threads: 1, maxOutstandingPerDyno: 1 })).toEqual(ends({ dynos: 1, threads: 5 }));
  });

  it("serves in the order of coming also those who come when a dyno has just become free", () => {
    const answers = answersOf({
      workloads: [
        {
          name: "log",
          kind: "replay",
          endpoint: "page",
          requests: [
            [0, [100]],
            [10, [100]],
            [100, [100]],
            [150, [100]],
          ],
        },
      ],
      fleet: { maxOutstandingPerDyno: 1 },
    });
    expect(answers.map(({ number }) => number)).toEqual([0, 1, 2, 3]);
    expect(endMoments(answers)).toEqual([100, 200, 300, 400]);
  });

  it("counts as queue time, from the balancer's receipt on", () => {
    const record = recordOf({ closed: { clients: 3, ...ONCE }, fleet: { maxOutstandingPerDyno: 1 } });
    expect(valuesOf(record.queue)).toEqual([0, 100, 200]);
    expect(valuesOf(record.app).slice(0, 1)).toEqual([100]);
    expect(stages(record)).toEqual({ queue: 300, wait: 300 });
  });

  it("counts as queued, apart from and together with those who wait at dynos", () => {
    const record = recordOf({
      closed: { clients: 5, ...ONCE },
      steps: [wait(1e6)],
      fleet: { threads: 1, maxOutstandingPerDyno: 2 },
    });
    expect([record.gaugesHighest[GAUGE.queued], record.gaugesHighest[GAUGE.balancerQueued]]).toEqual([4, 3]);
  });

  it("can be left after queueTimeoutMs: such a request was never sent to a dyno, and wastes nothing", () => {
    const parts: TinyScenario = {
      closed: { clients: 3, ...ONCE },
      steps: [wait(1000)],
      edge: { queueTimeoutMs: 400 },
      fleet: { maxOutstandingPerDyno: 1 },
    };
    const record = recordOf(parts);
    expect(failureMoments(record, "queue-timeout")).toEqual([400, 400]);
    expect(answerMoments(record)).toEqual([1000]);
    expect(record.fleets[0]?.requestsPerDyno[0]).toBe(1);
    expect(answersOf(parts).map(({ dyno, failure }) => [dyno, failure === SUCCESS])).toEqual([
      [-1, false],
      [-1, false],
      [0, true],
    ]);
    const simulation = begin(parts);
    simulation.advance(500);
    expect(simulation.books()).toMatchObject({ edgeConnections: 1, waitingAtBalancers: 0 });
  });

  it("is left by nobody where queueTimeoutMs is null", () => {
    const record = recordOf({
      closed: { clients: 4, ...ONCE },
      steps: [wait(900)],
      fleet: { maxOutstandingPerDyno: 1 },
    });
    expect(answerMoments(record)).toEqual([900, 1800, 2700, 3600]);
  });

  it("is not there without a limit, so that queueTimeoutMs ends no wait at a dyno", () => {
    const record = recordOf({
      closed: { clients: 3, ...ONCE },
      edge: { queueTimeoutMs: 10 },
    });
    expect(answerMoments(record)).toEqual([100, 200, 300]);
  });

  it("is of each fleet by itself", () => {
    const simulation = begin({
      workloads: ["slow", "quick"].map((name) => ({
        name,
        kind: "closed",
        clients: 3,
        mix: { [name]: 1 },
        ...ONCE,
      })),
      endpoints: [
        { name: "slow", fleet: "a", steps: [wait(1e6)] },
        { name: "quick", fleet: "b", steps: [wait(100)] },
      ],
      fleet: { maxOutstandingPerDyno: 1 },
      fleets: [{ name: "a" }, { name: "b" }],
    });
    simulation.advance(350);
    expect(simulation.books()).toMatchObject({ outstandingAtDynos: [1, 0], waitingAtBalancers: 2, ok: 3 });
  });
});

describe("the edge's timeout beside the balancer's line", () => {
  it("begins when the request is sent to a dyno", () => {
    const record = recordOf({
      closed: { clients: 2, ...ONCE },
      steps: [wait(1000)],
      edge: { timeoutMs: 1200 },
      fleet: { maxOutstandingPerDyno: 1 },
    });
    expect(failures(record)).toEqual({});
    expect(answerMoments(record)).toEqual([1000, 2000]);
  });

  it("frees the place at the dyno, which works on: the next is sent there, and waits there", () => {
    const simulation = begin({
      closed: { clients: 2, ...ONCE },
      steps: [wait(1000)],
      edge: { timeoutMs: 300 },
      fleet: { maxOutstandingPerDyno: 1 },
    });
    simulation.advance(200);
    expect(simulation.books()).toMatchObject({ waitingAtBalancers: 1, waitingAtDynos: [0] });
    simulation.advance(400);
    expect(simulation.books()).toMatchObject({
      waitingAtBalancers: 0,
      waitingAtDynos: [1],
      busyThreadsOfDynos: [1],
      outstandingAtDynos: [1],
    });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(failureMoments(simulation.record(), "timeout")).toEqual([300, 600]);
  });

  it("is not there while a request waits in the line: the slot at the edge is, and may be full", () => {
    const record = recordOf({
      closed: { clients: 3, ...ONCE },
      steps: [wait(1000)],
      edge: { timeoutMs: 1100, maxConnections: 2 },
      fleet: { maxOutstandingPerDyno: 1 },
    });
    expect(failureMoments(record, "edge-full")).toEqual([0]);
    expect(answerMoments(record)).toEqual([1000, 2000]);
  });
});

describe("dynos that come and go beside the balancer's line", () => {
  it("take whoever is first in line as soon as they have booted", () => {
    const simulation = begin({
      closed: { clients: 4, ...ONCE },
      steps: [wait(1000)],
      fleet: { maxOutstandingPerDyno: 1, boot: { bootS: 0.2 } },
    });
    simulation.advance(100);
    simulation.apply({ kind: "dynos", dynos: 3 });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(answerMoments(simulation.record())).toEqual([1000, 1300, 1300, 2000]);
  });

  it("get nothing more from it when they retire", () => {
    const simulation = begin({
      closed: { clients: 6, ...ONCE },
      steps: [wait(500)],
      fleet: { dynos: 2, maxOutstandingPerDyno: 1 },
    });
    simulation.advance(100);
    simulation.apply({ kind: "dynos", dynos: 1 });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(answerMoments(simulation.record())).toEqual([500, 500, 1000, 1500, 2000, 2500]);
  });

  it("leave nobody in it when none is left and none boots: no-dyno, at once", () => {
    const simulation = begin({
      closed: { clients: 4, ...ONCE },
      steps: [wait(500)],
      fleet: { maxOutstandingPerDyno: 1 },
    });
    simulation.advance(100);
    simulation.apply({ kind: "dynos", dynos: 0 });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(answerMoments(simulation.record())).toEqual([500]);
    expect(failureMoments(simulation.record(), "no-dyno")).toEqual([100, 100, 100]);
  });

  it("leave nobody waiting for a boot that won't come", () => {
    const simulation = begin({ closed: { ...ONCE, startSpreadMs: 0, clients: 0 }, fleet: { dynos: 0 } });
    simulation.apply({ kind: "dynos", dynos: 1 });
    simulation.apply({ kind: "clients", clients: 2 });
    simulation.advance(500);
    expect(simulation.books()).toMatchObject({ inFlight: 2 });
    simulation.apply({ kind: "dynos", dynos: 0 });
    simulation.advance(600);
    expect(failureMoments(simulation.record(), "no-dyno")).toEqual([500, 500]);
  });
});
