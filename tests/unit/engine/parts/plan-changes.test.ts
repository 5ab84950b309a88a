import { describe, expect, it } from "vitest";
import type { Simulation } from "../../../../src/engine";
import { begin, type TinyScenario } from "../../../support/tiny-scenarios";

/** Two dynos of two threads, each of which holds a query of 200 ms for a client that comes back at once. */
const steady: TinyScenario = {
  durationS: 10,
  closed: { clients: 8, thinkMs: 0 },
  steps: [{ kind: "query", ms: 200 }],
  fleet: {
    dynos: 2,
    threads: 2,
    dynoType: { vcpus: 1, memoryMb: 1e9, monthlyUsd: 10 },
    boot: { bootS: 0.5 },
  },
  pool: { size: 2 },
};

/** The system some time after a value was set at 2 s. */
function later(path: string, value: unknown, ms = 4000, parts: TinyScenario = {}): Simulation {
  const simulation = begin({ ...steady, ...parts, timeline: [{ atS: 2, do: "set", path, value }] });
  simulation.advance(ms);
  return simulation;
}

const sum = (values: readonly number[]): number => values.reduce((total, value) => total + value, 0);
const busy = (simulation: Simulation): number => sum(simulation.books().busyThreadsOfDynos);

describe("a value that is set while the system runs", () => {
  it.each<[path: string, value: unknown, busyThreads: number]>([
    ["fleets.web.dynos", 3, 6],
    ["fleets.web.dynos", 1, 2],
    ["fleets.web.threads", 3, 4],
    ["fleets.web.processes", 2, 8],
    ["workloads.users.clients", 1, 1],
    ["workloads.users.thinkMs", 1e6, 0],
  ])("%s = %s: %d busy threads", (path, value, busyThreads) => {
    // Threads that have no connection wait for one, and are busy all the same.
    const threads = path === "fleets.web.threads" ? 6 : busyThreads;
    expect(busy(later(path, value))).toBe(threads);
  });

  it.each<[path: string, value: unknown, activeQueries: number]>([
    ["fleets.web.pool.size", 1, 2],
    ["database.plan", { vcpus: 1, memoryMb: 1e9, monthlyUsd: 0, connectionLimit: 1e6 }, 4],
  ])("%s = %o: %d queries run", (path, value, activeQueries) => {
    expect(later(path, value).books().databaseActive).toBe(activeQueries);
  });

  it("pooler.enabled: connections are renewed as they are returned, and lead through the pooler", () => {
    const { databaseOpen, poolerOpen, poolerClients } = later("pooler.enabled", true, 4000, {
      database: { plan: { vcpus: 1, memoryMb: 1e9, monthlyUsd: 0, connectionLimit: 100 } },
    }).books();
    expect({ databaseOpen, poolerOpen, poolerClients }).toEqual({
      databaseOpen: 4,
      poolerOpen: 4,
      poolerClients: 4,
    });
  });

  it("pooler.enabled: the pooler is left alone when it is turned off, and its connections are closed", () => {
    const { databaseOpen, poolerOpen, poolerClients } = later("pooler.enabled", false, 4000, {
      pooler: { connections: 3 },
    }).books();
    expect({ databaseOpen, poolerOpen, poolerClients }).toEqual({
      databaseOpen: 4,
      poolerOpen: 0,
      poolerClients: 0,
    });
  });

  it("pooler.mode: clients keep sessions of their own from then on", () => {
    const simulation = later("pooler.mode", "session", 4000, {
      pooler: { connections: 3, waitTimeoutMs: 1e6 },
    });
    expect(simulation.books()).toMatchObject({ poolerOpen: 3, poolerBusy: 3, poolerWaiting: 1 });
  });

  it("pooler.connections: more queries are let in at once", () => {
    const simulation = begin({
      ...steady,
      pooler: { connections: 1 },
      timeline: [{ atS: 2, do: "set", path: "pooler.connections", value: 4 }],
    });
    simulation.advance(1990);
    expect(simulation.books().databaseActive).toBe(1);
    simulation.advance(2001);
    expect(simulation.books().databaseActive).toBe(4);
  });

  it("endpoints.page.steps: requests under way keep the steps that they had", () => {
    const simulation = later("endpoints.page.steps", [{ kind: "wait", ms: 1000 }], 2150);
    expect(simulation.books().databaseActive).toBe(4);
    simulation.advance(2500);
    expect(simulation.books().databaseActive).toBe(0);
    expect(busy(simulation)).toBe(4);
  });

  it("endpoints.page.steps.0.ms: steps that begin from then on last as long as it says", () => {
    const simulation = begin({
      ...steady,
      closed: { clients: 1 },
      timeline: [{ atS: 2, do: "set", path: "endpoints.page.steps.0.ms", value: 1000 }],
    });
    simulation.advance(4001);
    // Ten of 200 ms until 2 s, then two of 1000 ms.
    expect(simulation.books().ok).toBe(12);
  });

  it("edge.timeoutMs: what is sent to a dyno from then on is given up after it", () => {
    expect(later("edge.timeoutMs", 50, 2100).books().failed).toBe(4);
  });

  it("fleets.web.maxOutstandingPerDyno: the line stands at the balancer from then on", () => {
    const { waitingAtBalancers, waitingAtDynos } = later("fleets.web.maxOutstandingPerDyno", 2).books();
    expect({ waitingAtBalancers, waiting: sum(waitingAtDynos) }).toEqual({
      waitingAtBalancers: 4,
      waiting: 0,
    });
  });

  it("fleets.web.processes: new dynos take over when they have booted, as with a deploy", () => {
    const simulation = later("fleets.web.processes", 3, 2100);
    expect(simulation.levels().fleets[0]?.status.length).toBe(4);
    simulation.advance(4000);
    expect(simulation.books().busyThreadsOfProcesses.filter((threads) => threads > 0).length).toBeGreaterThan(
      2,
    );
  });

  it("fleets.web.dynoType: costs what it costs from then on", () => {
    const simulation = later("fleets.web.dynoType", { vcpus: 2, memoryMb: 1e9, monthlyUsd: 70 });
    expect(simulation.levels().monthlyUsd).toBe(140);
  });

  it("fleets.web.dynoType: a dyno that is much too small is killed, and boots for ever", () => {
    const simulation = later("fleets.web.dynoType", { vcpus: 2, memoryMb: 1, monthlyUsd: 1 });
    expect(busy(simulation)).toBe(0);
    expect(simulation.levels().fleets[0]?.balancerQueued).toBe(8);
  });

  it("fleets.web.reads: queries that only read leave the primary", () => {
    const simulation = later("fleets.web.reads", "replicas", 4000, { database: { replicas: { count: 1 } } });
    expect(simulation.books()).toMatchObject({ databaseActive: 0, replicasActive: [4] });
  });

  it("leaves everything else as it is: an autoscaler's decisions stand when something else is set", () => {
    const simulation = begin({
      ...steady,
      timeline: [{ atS: 2, do: "set", path: "edge.timeoutMs", value: 10_000 }],
    });
    simulation.apply({ kind: "dynos", dynos: 4 });
    simulation.advance(4000);
    expect(simulation.levels().fleets[0]?.status.filter((status) => status === 2)).toHaveLength(4);
  });
});

describe("a run with too many requests in the system", () => {
  it("is broken off, says when, and shows what it has", () => {
    const simulation = begin({
      durationS: 86_400,
      open: { requestsPerSecond: 1e6, arrivals: "paced" },
      steps: [{ kind: "wait", ms: 1e9 }],
      fleet: { threads: 1, backlog: 1e9 },
    });
    simulation.advance(Number.POSITIVE_INFINITY);
    const record = simulation.record();
    expect(simulation.finished).toBe(true);
    expect(record.stoppedAtMs).toBeCloseTo(2000, 0);
    expect(record.nowMs).toBe(record.stoppedAtMs);
    expect(record.simulatedRequests).toBe(2_000_001);
  });
});
