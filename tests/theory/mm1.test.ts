import { describe, it } from "vitest";
import { once } from "../support/once";
import { exponentialQuantile, waitingTimeMMc } from "../support/theory-formulas";
import {
  expectMean,
  expectPercentile,
  of,
  replications,
  runFor,
  theoryScenario,
} from "../support/theory-runs";

const SERVICE_MS = 100;

/** One dyno of one thread, Poisson arrivals, exponential service. */
function mm1(utilization: number, requests: number) {
  const requestsPerSecond = (1000 * utilization) / SERVICE_MS;
  const scenario = theoryScenario({
    run: runFor(requestsPerSecond, requests, utilization),
    workload: { kind: "open", requestsPerSecond },
    steps: [{ kind: "wait", ms: { dist: "exponential", mean: SERVICE_MS } }],
  });
  return { scenario, requestsPerSecond, records: replications(scenario) };
}

describe("M/M/1: waiting is exponential with the probability of finding the server busy, response is exponential", () => {
  describe.each([
    [0.5, 30_000],
    [0.8, 100_000],
    [0.9, 250_000],
  ])("at utilization %f", (utilization, requests) => {
    const run = once(() => mm1(utilization, requests));
    const exact = waitingTimeMMc(utilization / SERVICE_MS, SERVICE_MS, 1);
    const response = SERVICE_MS / (1 - utilization);

    it("mean wait: ρ S / (1 − ρ)", () => {
      expectMean(run().records, of.meanWait, (utilization * SERVICE_MS) / (1 - utilization), 0.05);
    });

    it("mean response: S / (1 − ρ)", () => {
      expectMean(run().records, of.meanLatency, response, 0.05);
    });

    it("share of requests that wait: ρ", () => {
      expectMean(run().records, of.waitingShare, utilization, 0.01);
    });

    it("busy threads: ρ; throughput: λ", () => {
      const { scenario, requestsPerSecond, records } = run();
      expectMean(records, of.busyThreads(scenario), utilization, 0.01);
      expectMean(records, of.throughput(scenario), requestsPerSecond, 0.01);
    });

    it.each([0.5, 0.9, 0.95, 0.99])(
      "response below which a share of %f lies: −ln(1 − share) S / (1 − ρ)",
      (share) => {
        expectPercentile(
          run().records,
          of.latencyPercentile(share),
          exponentialQuantile(response, share),
          0.07,
        );
      },
    );

    it.each([0.9, 0.99])("wait below which a share of %f lies: ln(ρ / (1 − share)) S / (1 − ρ)", (share) => {
      expectPercentile(run().records, of.waitPercentile(share), exact.quantile(share), 0.07);
    });
  });
});
