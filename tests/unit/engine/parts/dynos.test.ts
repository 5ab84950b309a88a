import { describe, expect, it } from "vitest";
import { GAUGE, STAGE } from "../../../../src/engine/record/replication-record";
import { answerMoments, begin, recordOf, type TinyScenario, valuesOf } from "../../../support/tiny-scenarios";

const wait = (ms: number): object => ({ kind: "wait", ms });
const ONCE = { thinkMs: 1e6 };

describe("a dyno", () => {
  it("runs as many requests at once as its processes have threads, and the rest wait in one line", () => {
    const simulation = begin({
      closed: { clients: 9, ...ONCE },
      steps: [wait(1000)],
      fleet: { processes: 2, threads: 3 },
    });
    simulation.advance(500);
    expect(simulation.books()).toMatchObject({
      busyThreadsOfDynos: [6],
      busyThreadsOfProcesses: [3, 3],
      waitingAtDynos: [3],
    });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(answerMoments(simulation.record())).toEqual([
      1000, 1000, 1000, 1000, 1000, 1000, 2000, 2000, 2000,
    ]);
  });

  it("serves its line first come, first served", () => {
    const record = recordOf({ closed: { clients: 4, startSpreadMs: 40, ...ONCE }, steps: [wait(100)] });
    // Sent at 0, 10, 20 and 30, answered at 100, 200, 300 and 400.
    expect(valuesOf(record.latency)).toEqual([100, 190, 280, 370]);
    expect(valuesOf(record.queue)).toEqual([0, 90, 180, 270]);
    expect(valuesOf(record.app)).toEqual([100, 100, 100, 100].slice(0, 4));
    expect(record.stageSumsMs[STAGE.queue]).toBe(540);
  });

  it("has a line of its own: nobody changes to another dyno that is free", () => {
    // Round-robin: the first and the third go to dyno 0, which is free again at 1000; dyno 1 has nothing to do from 10 on.
    const simulation = begin({
      closed: { clients: 3, startSpreadMs: 300, ...ONCE },
      steps: [{ kind: "wait", ms: 1000 }],
      fleet: { dynos: 2 },
    });
    simulation.advance(500);
    expect(simulation.books()).toMatchObject({ busyThreadsOfDynos: [1, 1], waitingAtDynos: [1, 0] });
    simulation.advance(1500);
    expect(simulation.books()).toMatchObject({ busyThreadsOfDynos: [1, 0], waitingAtDynos: [0, 0] });
  });

  it("gives a request to the process with the fewest busy threads, ties in turn", () => {
    const simulation = begin({
      open: { requestsPerSecond: 10, arrivals: "paced" },
      steps: [wait(100_000)],
      fleet: { processes: 3, threads: 2 },
    });
    const busy = [1, 101, 201, 301, 401].map((atMs) => {
      simulation.advance(atMs);
      return simulation.books().busyThreadsOfProcesses;
    });
    expect(busy).toEqual([
      [1, 0, 0],
      [1, 1, 0],
      [1, 1, 1],
      [2, 1, 1],
      [2, 2, 1],
    ]);
  });

  it("takes the turn on between processes that are all idle", () => {
    const simulation = begin({
      open: { requestsPerSecond: 10, arrivals: "paced" },
      steps: [wait(50)],
      fleet: { processes: 3, threads: 2 },
    });
    const busy = [1, 101, 201, 301].map((atMs) => {
      simulation.advance(atMs);
      return simulation.books().busyThreadsOfProcesses.indexOf(1);
    });
    expect(busy).toEqual([0, 1, 2, 0]);
  });
});

describe("queue time", () => {
  it("is what passes until a thread takes the request; the rest is the application's", () => {
    const record = recordOf({
      closed: { clients: 2, ...ONCE },
      steps: [wait(100), { kind: "query", ms: 60 }],
    });
    expect(valuesOf(record.latency)).toEqual([160, 320]);
    expect(valuesOf(record.queue)).toEqual([0, 160]);
    expect(valuesOf(record.app)).toEqual([160, 160]);
  });
});

describe("the number of dynos changed live", () => {
  const fleet = { dynos: 2, boot: { bootS: 1 } };
  const busy: TinyScenario = { closed: { clients: 4 }, steps: [wait(600)], fleet };

  it("up: a new one serves after its boot", () => {
    const simulation = begin({ ...busy, fleet: { ...fleet, balancer: "least-outstanding" } });
    simulation.advance(100);
    simulation.apply({ kind: "dynos", dynos: 3 });
    simulation.advance(1099);
    expect(simulation.record().gaugesHighest[GAUGE.dynos]).toBe(2);
    expect(simulation.books().busyThreadsOfDynos).toEqual([1, 1, 0]);
    simulation.advance(2000);
    expect(simulation.record().gaugesHighest[GAUGE.dynos]).toBe(3);
    expect(simulation.books().busyThreadsOfDynos).toEqual([1, 1, 1]);
  });

  it("down: one takes nothing new, and ends when what it has is done", () => {
    const simulation = begin(busy);
    simulation.advance(100);
    expect(simulation.books()).toMatchObject({ busyThreadsOfDynos: [1, 1], waitingAtDynos: [1, 1] });
    simulation.apply({ kind: "dynos", dynos: 1 });
    simulation.advance(700);
    expect(simulation.books().busyThreadsOfDynos).toEqual([1, 1]);
    simulation.advance(1300);
    expect(simulation.books()).toMatchObject({ busyThreadsOfDynos: [1, 0], waitingAtDynos: [3, 0] });
    simulation.advance(4000);
    expect(simulation.books()).toMatchObject({ failed: 0 });
  });

  it("down while one boots: that one never comes", () => {
    const simulation = begin(busy);
    simulation.apply({ kind: "dynos", dynos: 3 });
    simulation.apply({ kind: "dynos", dynos: 2 });
    simulation.advance(4000);
    expect(simulation.record().gaugesHighest[GAUGE.dynos]).toBe(2);
    expect(simulation.books().busyThreadsOfDynos[2]).toBe(0);
  });
});

describe("the number of threads changed live", () => {
  const four: TinyScenario = { closed: { clients: 4 }, steps: [wait(1000)], fleet: { threads: 2 } };

  it("up: requests in line are taken at once", () => {
    const simulation = begin(four);
    simulation.advance(500);
    simulation.apply({ kind: "threads", threads: 3 });
    expect(simulation.books()).toMatchObject({ busyThreadsOfDynos: [3], waitingAtDynos: [1] });
  });

  it("down: busy threads finish their request first", () => {
    const simulation = begin(four);
    simulation.advance(500);
    simulation.apply({ kind: "threads", threads: 1 });
    expect(simulation.books()).toMatchObject({ busyThreadsOfDynos: [2], waitingAtDynos: [2] });
    simulation.advance(1500);
    expect(simulation.books()).toMatchObject({ busyThreadsOfDynos: [1], waitingAtDynos: [3] });
  });
});
