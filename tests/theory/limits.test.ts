import { describe, it } from "vitest";
import type { Distribution } from "../../src/scenario/types";
import { erlangB, finiteCapacityMMcK, impatient } from "../support/theory-formulas";
import {
  expectMean,
  of,
  replications,
  runFor,
  type TheoryScenario,
  theoryScenario,
} from "../support/theory-runs";

const SERVICE_MS = 100;
const EXPONENTIAL: Distribution = { dist: "exponential", mean: SERVICE_MS };

/** Poisson arrivals with this offered load (arrival rate × service time). */
function offered(load: number, requests: number, parts: Omit<TheoryScenario, "run" | "workload">) {
  const requestsPerSecond = (1000 * load) / SERVICE_MS;
  return replications(
    theoryScenario({
      run: runFor(requestsPerSecond, requests, 0.85),
      workload: { kind: "open", requestsPerSecond },
      ...parts,
    }),
  );
}

describe("a dyno's bounded backlog: M/M/c/K, K = threads + backlog", () => {
  it.each([
    [3, 2.4, 4, 50_000],
    [4, 5, 2, 20_000],
    [2, 1.5, 3, 30_000],
    [10, 9.5, 12, 150_000],
  ])(
    "%i threads, load %f, backlog %i: turned away as often as the system is full",
    (threads, load, backlog, requests) => {
      const records = offered(load, requests, {
        steps: [{ kind: "wait", ms: EXPONENTIAL }],
        fleet: { threads, backlog },
      });
      const exact = finiteCapacityMMcK(load / SERVICE_MS, SERVICE_MS, threads, threads + backlog);
      expectMean(records, of.failureShare("backlog-full"), exact.blocking, 0.05);
      expectMean(records, of.meanWait, exact.meanWait, 0.05);
    },
  );
});

describe("connection slots at the edge", () => {
  it("as many as threads: Erlang's loss formula", () => {
    const records = offered(8, 50_000, {
      steps: [{ kind: "wait", ms: EXPONENTIAL }],
      fleet: { threads: 10 },
      edge: { maxConnections: 10 },
    });
    expectMean(records, of.failureShare("edge-full"), erlangB(10, 8), 0.04);
  });

  it("more than threads: M/M/c/K", () => {
    const records = offered(2, 40_000, {
      steps: [{ kind: "wait", ms: EXPONENTIAL }],
      fleet: { threads: 2 },
      edge: { maxConnections: 7 },
    });
    const exact = finiteCapacityMMcK(2 / SERVICE_MS, SERVICE_MS, 2, 7);
    expectMean(records, of.failureShare("edge-full"), exact.blocking, 0.04);
    expectMean(records, of.meanLatency, exact.meanResponse, 0.04);
  });
});

describe("the database's connection limit, with connections that are closed after use: Erlang's loss formula", () => {
  const distributions: readonly (readonly [string, number | Distribution])[] = [
    ["exponential", EXPONENTIAL],
    ["constant", SERVICE_MS],
    ["lognormal of cv 2", { dist: "lognormal", mean: SERVICE_MS, cv: 2 }],
  ];

  it.each(distributions)("refusals, for %s queries alike: the formula is insensitive", (_, ms) => {
    const records = offered(16, 60_000, {
      steps: [{ kind: "query", ms }],
      fleet: { threads: 1000 },
      pool: { maxLifetimeS: 0 },
      database: {
        plan: { vcpus: 1, memoryMb: 1e9, monthlyUsd: 0, connectionLimit: 23 },
        reservedConnections: 3,
      },
    });
    expectMean(records, of.failureShare("connection-refused"), erlangB(20, 16), 0.05);
  });
});

describe("the edge's timeout does not stop the work: M/M/1 with P(timeout) = P(response > limit) = e^(−(μ − λ) limit)", () => {
  it.each([
    [0.7, 500],
    [0.8, 600],
  ])("utilization %f, timeout %i ms: as many fail as would have answered later", (utilization, timeoutMs) => {
    const records = offered(utilization, 80_000, {
      steps: [{ kind: "wait", ms: EXPONENTIAL }],
      edge: { timeoutMs },
    });
    const exact = Math.exp((-(1 - utilization) * timeoutMs) / SERVICE_MS);
    expectMean(records, of.failureShare("timeout"), exact, 0.05);
  });
});

describe("a limit to the wait for a connection: M/M/c where who has waited so long leaves (Barrer)", () => {
  it.each([
    [1, 0.8, 200],
    [5, 4.5, 50],
    [10, 12, 100],
  ])("pool of %i, load %f, checkout timeout %i ms", (size, load, patience) => {
    const records = offered(load, 40_000, {
      steps: [{ kind: "query", ms: EXPONENTIAL }],
      fleet: { threads: 10_000 },
      pool: { size, checkoutTimeoutMs: patience },
    });
    const exact = impatient(load / SERVICE_MS, SERVICE_MS, size, patience);
    expectMean(records, of.failureShare("checkout-timeout"), exact.leaving, 0.04);
  });

  it.each([
    [5, 4.5, 50],
    [10, 12, 100],
  ])("pooler of %i connections, load %f, wait timeout %i ms", (connections, load, patience) => {
    const records = offered(load, 40_000, {
      steps: [{ kind: "query", ms: EXPONENTIAL }],
      fleet: { threads: 10_000 },
      pooler: { enabled: true, connections, waitTimeoutMs: patience },
    });
    const exact = impatient(load / SERVICE_MS, SERVICE_MS, connections, patience);
    expectMean(records, of.failureShare("pooler-timeout"), exact.leaving, 0.04);
  });
});
