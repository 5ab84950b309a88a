import { describe, it } from "vitest";
import { meanWaitMG1, waitingTimeMMc } from "../support/theory-formulas";
import {
  expectMean,
  of,
  replications,
  runFor,
  type TheoryScenario,
  theoryScenario,
} from "../support/theory-runs";

const QUERY_MS = 100;

/** Poisson arrivals to so many threads that none has to wait for one: what is left is the way to the database. */
function openTraffic(
  requestsPerSecond: number,
  requests: number,
  utilization: number,
  parts: Pick<TheoryScenario, "steps" | "pool" | "pooler">,
) {
  return replications(
    theoryScenario({
      run: runFor(requestsPerSecond, requests, utilization),
      workload: { kind: "open", requestsPerSecond },
      fleet: { threads: 100_000 },
      ...parts,
    }),
  );
}

const query = { kind: "query", ms: { dist: "exponential", mean: QUERY_MS } };

describe("a connection pool is a station of as many servers: M/M/c in the stage `checkout`", () => {
  it.each(["request", "query"])("connections held for the %s", (hold) => {
    const records = openTraffic(80, 80_000, 0.8, { steps: [query], pool: { size: 10, hold } });
    expectMean(records, of.meanStage("checkout"), waitingTimeMMc(0.08, QUERY_MS, 10).meanWait, 0.07);
    expectMean(records, of.meanStage("query"), QUERY_MS, 0.01);
  });

  it("held for the request, the time of other steps counts as the pool's service too", () => {
    // 50 ms of query and 50 ms of waiting behind it, both exponential: service of two phases at one server.
    const steps = [
      { kind: "query", ms: { dist: "exponential", mean: 50 } },
      { kind: "wait", ms: { dist: "exponential", mean: 50 } },
    ];
    const records = openTraffic(8, 60_000, 0.8, { steps, pool: { size: 1, hold: "request" } });
    expectMean(records, of.meanStage("checkout"), meanWaitMG1(0.008, 100, Math.SQRT1_2), 0.05);
  });
});

describe("the pooler's server connections: M/M/c in the stage `pooler`", () => {
  it.each([
    [5, 0.8],
    [10, 0.85],
  ])("%i connections at utilization %f", (connections, utilization) => {
    const requestsPerSecond = (1000 * utilization * connections) / QUERY_MS;
    const records = openTraffic(requestsPerSecond, 100_000, utilization, {
      steps: [query],
      pooler: { enabled: true, connections },
    });
    const exact = waitingTimeMMc(requestsPerSecond / 1000, QUERY_MS, connections);
    expectMean(records, of.meanStage("pooler"), exact.meanWait, 0.08);
  });
});

describe("the pooler's one thread: M/D/1 of 1/capacityPerSecond", () => {
  it.each([0.5, 0.8, 0.9])(
    "at utilization %f: its service, the wait for it, and what is left of the overhead",
    (utilization) => {
      const capacityPerSecond = 2000;
      const records = openTraffic(utilization * capacityPerSecond, 80_000, utilization, {
        steps: [{ kind: "query", ms: 0 }],
        pooler: { enabled: true, connections: 1000, capacityPerSecond, overheadMs: 0.8 },
      });
      const wait = meanWaitMG1((utilization * capacityPerSecond) / 1000, 0.5, 0);
      expectMean(records, of.meanStage("pooler"), wait + 0.8, 0.04);
    },
  );
});
