import { describe, it } from "vitest";
import type { Distribution } from "../../src/scenario/types";
import { once } from "../support/once";
import { refusedClients } from "../support/theory-chains";
import { engset, erlangB, finiteCapacityMMcK } from "../support/theory-formulas";
import { of } from "../support/theory-measures";
import { expectExact, fastFirst, theoryRun } from "../support/theory-runs";
import { runFor, type TheoryScenario } from "../support/theory-scenario";

const SERVICE_MS = 100;
const EXPONENTIAL: Distribution = { dist: "exponential", mean: SERVICE_MS };
const SERVICE = [{ kind: "wait", ms: EXPONENTIAL }];

/** Poisson arrivals with this offered load (arrival rate × service time). */
function offered(
  load: number,
  requests: number,
  within: number,
  parts: Omit<TheoryScenario, "run" | "workload">,
) {
  const requestsPerSecond = (1000 * load) / SERVICE_MS;
  return theoryRun(
    {
      run: runFor(requestsPerSecond, requests, 0.85),
      workload: { kind: "open", requestsPerSecond },
      ...parts,
    },
    within,
  );
}

describe("a dyno's bounded backlog: M/M/c/K, K = threads + backlog", () => {
  it.each(
    fastFirst(3, [
      [3, 2.4, 4, 50_000],
      [4, 5, 2, 20_000],
      [2, 1.5, 3, 30_000],
      [10, 9.5, 12, 60_000],
    ]),
  )("%i threads, load %f, backlog %i", (threads, load, backlog, requests) => {
    const run = offered(load, requests, 0.07, { steps: SERVICE, fleet: { threads, backlog } });
    const exact = finiteCapacityMMcK(load / SERVICE_MS, SERVICE_MS, threads, threads + backlog);
    expectExact(run, of.failureShare("backlog-full"), exact.blocking, "P(K in the system)");
    expectExact(run, of.meanWait, exact.meanWait, "Little's law over the birth and death process");
  });

  it("no backlog at all: Erlang's loss formula", () => {
    const run = offered(8, 40_000, 0.03, { steps: SERVICE, fleet: { threads: 10, backlog: 0 } });
    expectExact(run, of.failureShare("backlog-full"), erlangB(10, 8), "B(10, 8)");
  });
});

describe("connection slots at the edge", () => {
  it("as many as threads: Erlang's loss formula", () => {
    const run = offered(8, 40_000, 0.03, {
      steps: SERVICE,
      fleet: { threads: 10 },
      edge: { maxConnections: 10 },
    });
    expectExact(run, of.failureShare("edge-full"), erlangB(10, 8), "B(10, 8)");
  });

  it("more than threads: M/M/c/K", () => {
    const run = offered(2, 40_000, 0.03, {
      steps: SERVICE,
      fleet: { threads: 2 },
      edge: { maxConnections: 7 },
    });
    const exact = finiteCapacityMMcK(2 / SERVICE_MS, SERVICE_MS, 2, 7);
    expectExact(run, of.failureShare("edge-full"), exact.blocking, "P(K in the system)");
    expectExact(run, of.meanLatency, exact.meanResponse, "Little's law over the birth and death process");
  });
});

describe("the database's connection limit, with connections that are closed after use: Erlang's loss formula", () => {
  const distributions: readonly (readonly [string, number | Distribution])[] = [
    ["exponential", EXPONENTIAL],
    ["constant", SERVICE_MS],
    ["lognormal of cv 2", { dist: "lognormal", mean: SERVICE_MS, cv: 2 }],
  ];

  it.each(fastFirst(2, distributions))(
    "refusals, for %s queries alike: the formula is insensitive",
    (_, ms) => {
      const run = offered(16, 60_000, 0.05, {
        steps: [{ kind: "query", ms }],
        fleet: { threads: 1000 },
        pool: { maxLifetimeS: 0 },
        database: {
          plan: { vcpus: 1, memoryMb: 1e9, monthlyUsd: 0, connectionLimit: 23 },
          reservedConnections: 3,
        },
      });
      expectExact(run, of.failureShare("connection-refused"), erlangB(20, 16), "B(20, 16)");
    },
  );
});

describe("the edge's timeout does not stop the work: M/M/1, as many fail as would have answered later", () => {
  it.each(
    fastFirst(1, [
      [0.7, 500],
      [0.8, 600],
    ]),
  )("utilization %f, timeout %i ms", (utilization, timeoutMs) => {
    const run = offered(utilization, 50_000, 0.05, { steps: SERVICE, edge: { timeoutMs } });
    const exact = Math.exp((-(1 - utilization) * timeoutMs) / SERVICE_MS);
    expectExact(run, of.failureShare("timeout"), exact, "P(response > limit) = e^(−(μ − λ) limit)");
  });
});

describe("closed clients and a dyno that turns away whom it can't serve at once", () => {
  const clients = 12;
  const [thinkMs, threads] = [500, 2];

  function refusing(think: number | Distribution, afterFailureMs: number | Distribution | null) {
    return theoryRun(
      {
        run: { durationS: 500, warmupS: 20, replications: 12 },
        workload: { kind: "closed", clients, thinkMs: think, afterFailureMs, startSpreadMs: thinkMs },
        steps: SERVICE,
        fleet: { threads, backlog: 0 },
      },
      0.02,
    );
  }

  it.each<[string, number | Distribution]>([
    ["exponential", { dist: "exponential", mean: thinkMs }],
    ["lognormal", { dist: "lognormal", mean: thinkMs, cv: 1.5 }],
  ])("%s thinking: Engset's formula, which is insensitive", (_, think) => {
    const exact = engset(clients, thinkMs, SERVICE_MS, threads);
    const formula = "Engset: C(N − 1, c) α^c / Σ C(N − 1, k) α^k";
    expectExact(refusing(think, null), of.failureShare("backlog-full"), exact, formula);
  });

  describe("who comes back sooner after a refusal", () => {
    const exponential = (mean: number): Distribution => ({ dist: "exponential", mean });
    const run = once(() => refusing(exponential(thinkMs), exponential(100)));

    it("is refused more often", () => {
      const exact = refusedClients(clients, thinkMs, 100, SERVICE_MS, threads);
      expectExact(
        run(),
        of.failureShare("backlog-full"),
        exact,
        "Markov chain of those in service and those refused",
      );
    });
  });
});
