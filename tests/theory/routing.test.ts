import { describe, it } from "vitest";
import { once } from "../support/once";
import {
  exponentialQuantile,
  meanResponseDM1,
  meanResponseInTurn,
  meanResponseShorterOfTwo,
} from "../support/theory-formulas";
import {
  expectMean,
  expectPercentile,
  of,
  replications,
  runFor,
  theoryScenario,
} from "../support/theory-runs";

const SERVICE_MS = 100;

/** Dynos of one thread each behind a balancer; Poisson arrivals unless said otherwise. */
function dynos(count: number, utilization: number, requests: number, balancer: string, arrivals = "poisson") {
  const requestsPerSecond = (1000 * utilization * count) / SERVICE_MS;
  const scenario = theoryScenario({
    run: runFor(requestsPerSecond, requests, utilization, count),
    workload: { kind: "open", requestsPerSecond, arrivals },
    steps: [{ kind: "wait", ms: { dist: "exponential", mean: SERVICE_MS } }],
    fleet: { dynos: count, balancer },
  });
  return replications(scenario);
}

describe("random routing splits Poisson arrivals into independent ones: each dyno is an M/M/1 of its own", () => {
  describe.each([
    [2, 0.8, 80_000],
    [10, 0.8, 80_000],
    [50, 0.7, 60_000],
  ])("%i dynos at utilization %f", (count, utilization, requests) => {
    const records = once(() => dynos(count, utilization, requests, "random"));
    const response = SERVICE_MS / (1 - utilization);

    it("mean response: S / (1 − ρ), however many dynos there are", () => {
      expectMean(records(), of.meanLatency, response, 0.04);
    });

    it("99th percentile: ln 100 times the mean", () => {
      expectPercentile(records(), of.latencyPercentile(0.99), exponentialQuantile(response, 0.99), 0.08);
    });
  });
});

describe("round-robin gives each of n dynos every n-th arrival: E_n/M/1", () => {
  describe.each([
    [2, 0.8, 80_000],
    [4, 0.85, 100_000],
    [10, 0.7, 40_000],
  ])("%i dynos at utilization %f", (count, utilization, requests) => {
    const records = once(() => dynos(count, utilization, requests, "round-robin"));
    const response = meanResponseInTurn(count * utilization, 1, count) * SERVICE_MS;

    it("mean response: S / (1 − σ)", () => {
      expectMean(records(), of.meanLatency, response, 0.04);
    });

    it.each([0.5, 0.99])("response below which a share of %f lies: exponential too", (share) => {
      expectPercentile(records(), of.latencyPercentile(share), exponentialQuantile(response, share), 0.08);
    });
  });
});

describe("evenly paced arrivals: D/M/1", () => {
  it.each([
    [1, 0.8, 60_000],
    [3, 0.7, 40_000],
  ])("%i dynos in turn at utilization %f", (count, utilization, requests) => {
    const records = dynos(count, utilization, requests, "round-robin", "paced");
    const response = meanResponseDM1(utilization, 1) * SERVICE_MS;
    expectMean(records, of.meanLatency, response, 0.04);
    expectPercentile(records, of.latencyPercentile(0.95), exponentialQuantile(response, 0.95), 0.08);
  });
});

describe("routing by what is outstanding (exact means from the Markov chains of the lines' lengths)", () => {
  it("least-outstanding of two dynos: join the shorter line", () => {
    const records = dynos(2, 0.8, 80_000, "least-outstanding");
    expectMean(records, of.meanLatency, meanResponseShorterOfTwo(0.8, 60) * SERVICE_MS, 0.04);
  });

  it("power-of-two of two dynos sees both, so it is the same", () => {
    const records = dynos(2, 0.8, 80_000, "power-of-two");
    expectMean(records, of.meanLatency, meanResponseShorterOfTwo(0.8, 60) * SERVICE_MS, 0.04);
  });

  it.each([
    ["least-outstanding", 0.7, 1.5114],
    ["least-outstanding", 0.8, 1.9531],
    ["power-of-two", 0.7, 1.7984],
    ["power-of-two", 0.8, 2.3302],
  ])(
    "%s of four dynos at utilization %f: mean response %f service times",
    (balancer, utilization, response) => {
      const records = dynos(4, utilization, 80_000, balancer);
      expectMean(records, of.meanLatency, response * SERVICE_MS, 0.02);
    },
  );
});
