import { describe, it } from "vitest";
import { once } from "../support/once";
import { exponentialQuantile, waitingTimeMMc } from "../support/theory-formulas";
import { of } from "../support/theory-measures";
import { expectExact, fastFirst, theoryRun } from "../support/theory-runs";
import { runFor } from "../support/theory-scenario";

const SERVICE_MS = 100;

/** One dyno of one thread, Poisson arrivals, exponential service. */
function mm1(utilization: number, requests: number, within: number) {
  const requestsPerSecond = (1000 * utilization) / SERVICE_MS;
  return theoryRun(
    {
      run: runFor(requestsPerSecond, requests, utilization),
      workload: { kind: "open", requestsPerSecond },
      steps: [{ kind: "wait", ms: { dist: "exponential", mean: SERVICE_MS } }],
    },
    within,
  );
}

describe("M/M/1: waiting is exponential with the probability of finding the server busy, response is exponential", () => {
  describe.each(
    fastFirst(2, [
      [0.5, 30_000, 0.04],
      [0.8, 60_000, 0.07],
      [0.9, 120_000, 0.12],
    ]),
  )("at utilization %f", (utilization, requests, within) => {
    const run = once(() => mm1(utilization, requests, within));
    const exact = waitingTimeMMc(utilization / SERVICE_MS, SERVICE_MS, 1);
    const response = SERVICE_MS / (1 - utilization);

    it("mean wait and response", () => {
      expectExact(run(), of.meanWait, exact.meanWait, "ρ S / (1 − ρ)");
      expectExact(run(), of.meanLatency, response, "S / (1 − ρ)");
    });

    it("share of requests that wait", () => {
      expectExact(run(), of.waitingShare, utilization, "ρ");
    });

    it("busy threads and throughput", () => {
      expectExact(run(), of.busyThreads(), utilization, "ρ");
      expectExact(run(), of.throughput, (1000 * utilization) / SERVICE_MS, "λ");
    });

    it("a response that varies as an exponential", () => {
      const exact = 2 / (1 - utilization) ** 2;
      expectExact(run(), of.meanSquareLatency(SERVICE_MS), exact, "2 / (1 − ρ)²");
    });

    it.each([0.5, 0.9, 0.95, 0.99])("response below which a share of %f lies", (share) => {
      const quantile = exponentialQuantile(response, share);
      expectExact(run(), of.latencyPercentile(share), quantile, "−ln(1 − share) S / (1 − ρ)");
    });

    it.each([0.9, 0.99])("wait below which a share of %f lies", (share) => {
      expectExact(run(), of.waitPercentile(share), exact.quantile(share), "ln(ρ / (1 − share)) S / (1 − ρ)");
    });
  });
});
