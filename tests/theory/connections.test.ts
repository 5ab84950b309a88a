import { describe, it } from "vitest";
import { once } from "../support/once";
import { layered, layeredClosed, meanResponseShorterOfTwo } from "../support/theory-chains";
import { meanWaitMG1, waitingTimeMMc } from "../support/theory-formulas";
import { of } from "../support/theory-measures";
import { expectExact, fastFirst, theoryRun } from "../support/theory-runs";
import { AMPLE_THREADS, planOf, runFor, type TheoryScenario } from "../support/theory-scenario";

const QUERY_MS = 100;
const ERLANG_C = "C(c, a) S / (c (1 − ρ))";

/** Poisson arrivals to so many threads that none has to wait for one: what is left is the way to the database. */
function openTraffic(
  requestsPerSecond: number,
  requests: number,
  utilization: number,
  within: number,
  parts: Omit<TheoryScenario, "run" | "workload">,
) {
  return theoryRun(
    {
      run: runFor(requestsPerSecond, requests, utilization),
      workload: { kind: "open", requestsPerSecond },
      fleet: AMPLE_THREADS,
      ...parts,
    },
    within,
  );
}

const query = { kind: "query", ms: { dist: "exponential", mean: QUERY_MS } };

describe("a connection pool is a station of as many servers: M/M/c in the stage `checkout`", () => {
  it.each(["request", "query"])("connections held for the %s", (hold) => {
    const run = openTraffic(80, 60_000, 0.8, 0.07, { steps: [query], pool: { size: 10, hold } });
    const exact = waitingTimeMMc(0.08, QUERY_MS, 10).meanWait;
    expectExact(run, of.meanStage("checkout"), exact, ERLANG_C);
    expectExact(run, of.meanStage("query"), QUERY_MS, "S");
  });

  it("held for the request, the time of other steps counts as the pool's service too", () => {
    // 50 ms of query and 50 ms of waiting behind it, both exponential: service of two phases at one server.
    const steps = [
      { kind: "query", ms: { dist: "exponential", mean: 50 } },
      { kind: "wait", ms: { dist: "exponential", mean: 50 } },
    ];
    const run = openTraffic(8, 60_000, 0.8, 0.05, { steps, pool: { size: 1, hold: "request" } });
    const exact = meanWaitMG1(0.008, 100, Math.SQRT1_2);
    expectExact(run, of.meanStage("checkout"), exact, "λ E[S²] / (2 (1 − ρ)), Pollaczek and Khinchine");
  });
});

describe("the pooler's server connections: M/M/c in the stage `pooler`", () => {
  it.each(
    fastFirst(1, [
      [5, 0.8],
      [10, 0.85],
    ]),
  )("%i connections at utilization %f, in transaction mode", (connections, utilization) => {
    const requestsPerSecond = (1000 * utilization * connections) / QUERY_MS;
    const run = openTraffic(requestsPerSecond, 60_000, utilization, 0.1, {
      steps: [query],
      pooler: { enabled: true, connections },
    });
    const exact = waitingTimeMMc(requestsPerSecond / 1000, QUERY_MS, connections);
    expectExact(run, of.meanStage("pooler"), exact.meanWait, ERLANG_C);
  });

  it("5 connections at utilization 0.8, in session mode with connections that are closed after use", () => {
    const run = openTraffic(40, 60_000, 0.8, 0.07, {
      steps: [query],
      pool: { maxLifetimeS: 0 },
      pooler: { enabled: true, mode: "session", connections: 5 },
    });
    const exact = waitingTimeMMc(0.04, QUERY_MS, 5);
    expectExact(run, of.meanStage("pooler"), exact.meanWait, ERLANG_C);
  });
});

describe("the pooler's one thread: M/D/1 of 1/capacityPerSecond", () => {
  it.each(fastFirst(2, [0.5, 0.8, 0.9]))(
    "at utilization %f: its service, the wait for it, and what is left of the overhead",
    (utilization) => {
      const capacityPerSecond = 2000;
      const run = openTraffic(utilization * capacityPerSecond, 60_000, utilization, 0.04, {
        steps: [{ kind: "query", ms: 0 }],
        pooler: { enabled: true, connections: 1000, capacityPerSecond, overheadMs: 0.8 },
      });
      const wait = meanWaitMG1((utilization * capacityPerSecond) / 1000, 0.5, 0);
      expectExact(run, of.meanStage("pooler"), wait + 0.8, "ρ S / (2 (1 − ρ)) + overhead");
    },
  );
});

describe("a thread is held while it waits for one of K connections (Markov chain, solved numerically)", () => {
  const [workMs, queryMs] = [60, 40];
  const steps = [
    { kind: "wait", ms: { dist: "exponential", mean: workMs } },
    { kind: "query", ms: { dist: "exponential", mean: queryMs } },
  ];

  describe.each([
    ["the pool", "checkout", 5, 2, 30],
    ["the pool", "checkout", 8, 2, 40],
    ["the pooler", "pooler", 5, 2, 30],
  ] as const)(
    "K in %s (stage `%s`): %i threads, %i connections, %i requests a second",
    (at, stage, threads, connections, requestsPerSecond) => {
      const run = once(() =>
        theoryRun(
          {
            run: runFor(requestsPerSecond, 60_000, 0.85),
            workload: { kind: "open", requestsPerSecond },
            steps,
            fleet: { threads },
            ...(at === "the pool"
              ? { pool: { size: connections } }
              : { pooler: { enabled: true, connections } }),
          },
          0.08,
        ),
      );
      const exact = layered(requestsPerSecond / 1000, workMs, queryMs, threads, connections);

      it("wait for a thread, and for a connection", () => {
        expectExact(run(), of.meanWait, exact.meanWait, "chain of requests, and of those that query");
        expectExact(
          run(),
          of.meanStage(stage),
          exact.meanCheckout,
          "chain of requests, and of those that query",
        );
      });

      it("response", () => {
        expectExact(run(), of.meanLatency, exact.meanResponse, "chain of requests, and of those that query");
      });
    },
  );

  it("closed: 20 clients, 6 threads, 2 connections", () => {
    const run = theoryRun(
      {
        run: { durationS: 800, warmupS: 20, replications: 12 },
        workload: { kind: "closed", clients: 20, thinkMs: { dist: "exponential", mean: 400 } },
        steps,
        fleet: { threads: 6 },
        pool: { size: 2, hold: "query" },
      },
      0.045,
    );
    const exact = layeredClosed(20, 400, workMs, queryMs, 6, 2);
    const formula = "chain of requests, and of those that query";
    expectExact(run, of.throughput, 1000 * exact.throughput, formula);
    expectExact(run, of.meanWait, exact.meanWait, formula);
    expectExact(run, of.meanStage("checkout"), exact.meanCheckout, formula);
  });
});

describe("reads from two replicas behind a proxy: each query joins the shorter line (`per-query`)", () => {
  it.each(fastFirst(1, [0.7, 0.8]))("processors at utilization %f", (utilization) => {
    const requestsPerSecond = (2 * 1000 * utilization) / QUERY_MS;
    const cpuMs = { dist: "exponential", mean: QUERY_MS };
    const run = theoryRun(
      {
        run: runFor(requestsPerSecond, 60_000, utilization),
        workload: { kind: "open", requestsPerSecond },
        // As long as its processor time: min(cpuMs, ms) with one and the same draw is not to be had, so `ms` is out of reach of `cpuMs`.
        steps: [{ kind: "query", ms: cpuMs, cpuMs: 1e9 }],
        fleet: { ...AMPLE_THREADS, reads: "replicas" },
        database: { replicas: { count: 2, routing: "per-query" } },
      },
      0.05,
    );
    const exact = (meanResponseShorterOfTwo(utilization) - 1) * QUERY_MS;
    expectExact(run, of.meanStage("queryWait"), exact, "Markov chain of the two lines' lengths");
  });
});

describe("utilization law: processors are busy for λ × their time per request", () => {
  it("a web processor, the primary's, and the replicas', which do all writes again", () => {
    const [computeMs, readMs, writeMs] = [20, 30, 10];
    const rate = 20;
    const run = theoryRun(
      {
        run: runFor(rate, 20_000, 0.7),
        workload: { kind: "open", requestsPerSecond: rate },
        steps: [
          { kind: "cpu", ms: computeMs },
          { kind: "query", ms: 2 * readMs, cpuMs: readMs, access: "read" },
          { kind: "query", ms: 2 * writeMs, cpuMs: writeMs, access: "write" },
        ],
        fleet: { ...AMPLE_THREADS, reads: "replicas" },
        database: { ...planOf(1), replicas: { count: 2, routing: "per-query" } },
      },
      0.02,
    );
    const busy = (ms: number): number => (rate * ms) / 1000;
    expectExact(run, of.gauge("cpu", "busy web processors"), busy(computeMs), "λ S");
    expectExact(run, of.gauge("databaseCpu", "busy processors of the primary"), busy(writeMs), "λ S");
    expectExact(
      run,
      of.gauge("replicaCpu", "busy processors of both replicas"),
      busy(readMs + 2 * writeMs),
      "λ (S of reads + 2 S of writes)",
    );
  });
});
