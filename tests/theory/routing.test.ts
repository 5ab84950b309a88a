import { describe, it } from "vitest";
import { once } from "../support/once";
import { meanResponseShorterOfTwo } from "../support/theory-chains";
import {
  exponentialQuantile,
  meanResponseChoices,
  meanResponseDM1,
  meanResponseInTurn,
  waitingTimeMMc,
} from "../support/theory-formulas";
import { of } from "../support/theory-measures";
import { expectExact, fastFirst, theoryRun } from "../support/theory-runs";
import { type Part, runFor } from "../support/theory-scenario";

const SERVICE_MS = 100;

interface Dynos {
  readonly count: number;
  readonly utilization: number;
  readonly requests: number;
  readonly within: number;
  readonly fleet: Part;
  readonly arrivals?: string;
}

/** Dynos of one thread each behind a balancer; Poisson arrivals unless said otherwise. */
function dynos({ count, utilization, requests, within, fleet, arrivals = "poisson" }: Dynos) {
  const requestsPerSecond = (1000 * utilization * count) / SERVICE_MS;
  return theoryRun(
    {
      run: runFor(requestsPerSecond, requests, utilization, count),
      workload: { kind: "open", requestsPerSecond, arrivals },
      steps: [{ kind: "wait", ms: { dist: "exponential", mean: SERVICE_MS } }],
      fleet: { dynos: count, ...fleet },
    },
    within,
  );
}

describe("random routing splits Poisson arrivals into independent ones: each dyno is an M/M/1 of its own", () => {
  describe.each(
    fastFirst(2, [
      [10, 0.8, 40_000, 0.08],
      [50, 0.7, 40_000, 0.06],
      [2, 0.8, 40_000, 0.08],
    ]),
  )("%i dynos at utilization %f", (count, utilization, requests, within) => {
    const run = once(() => dynos({ count, utilization, requests, within, fleet: { balancer: "random" } }));
    const response = SERVICE_MS / (1 - utilization);

    it("mean response, however many dynos there are", () => {
      expectExact(run(), of.meanLatency, response, "S / (1 − ρ)");
    });

    it("99th percentile", () => {
      expectExact(
        run(),
        of.latencyPercentile(0.99),
        exponentialQuantile(response, 0.99),
        "ln 100 · S / (1 − ρ)",
      );
    });
  });
});

describe("round-robin gives each of n dynos every n-th arrival: E_n/M/1", () => {
  describe.each(
    fastFirst(2, [
      [2, 0.8, 50_000, 0.08],
      [10, 0.7, 30_000, 0.06],
      [4, 0.85, 60_000, 0.09],
      [10, 0.9, 80_000, 0.12],
    ]),
  )("%i dynos at utilization %f", (count, utilization, requests, within) => {
    const run = once(() =>
      dynos({ count, utilization, requests, within, fleet: { balancer: "round-robin" } }),
    );
    const response = meanResponseInTurn(count * utilization, 1, count) * SERVICE_MS;

    it("mean response", () => {
      expectExact(run(), of.meanLatency, response, "S / (1 − σ), σ = A*(μ(1 − σ))");
    });

    it.each([0.5, 0.99])("response below which a share of %f lies: exponential too", (share) => {
      const quantile = exponentialQuantile(response, share);
      expectExact(run(), of.latencyPercentile(share), quantile, "−ln(1 − share) S / (1 − σ)");
    });
  });
});

describe("evenly paced arrivals: D/M/1", () => {
  it.each([
    [1, 0.8, 60_000],
    [3, 0.7, 40_000],
  ])("%i dynos in turn at utilization %f", (count, utilization, requests) => {
    const fleet = { balancer: "round-robin" };
    const run = dynos({ count, utilization, requests, within: 0.05, fleet, arrivals: "paced" });
    const response = meanResponseDM1(utilization, 1) * SERVICE_MS;
    expectExact(run, of.meanLatency, response, "S / (1 − σ), σ = e^(−(1 − σ)/ρ)");
    expectExact(run, of.latencyPercentile(0.95), exponentialQuantile(response, 0.95), "ln 20 · S / (1 − σ)");
  });
});

describe("routing by what is outstanding", () => {
  it.each(
    fastFirst(2, [
      ["least-outstanding", 0.7, 40_000, 0.035],
      ["power-of-two", 0.7, 40_000, 0.035],
      ["least-outstanding", 0.9, 100_000, 0.1],
      ["power-of-two", 0.9, 100_000, 0.1],
    ]),
  )("%s of two dynos at utilization %f: join the shorter line", (balancer, utilization, requests, within) => {
    const run = dynos({ count: 2, utilization, requests, within, fleet: { balancer } });
    const exact = meanResponseShorterOfTwo(utilization) * SERVICE_MS;
    expectExact(run, of.meanLatency, exact, "Markov chain of the two lines' lengths");
  });

  it.each(
    fastFirst(4, [
      ["least-outstanding", 0.7, 1.5114],
      ["least-outstanding", 0.8, 1.9531],
      ["power-of-two", 0.7, 1.7984],
      ["power-of-two", 0.8, 2.3302],
    ]),
  )("%s of four dynos at utilization %f", (balancer, utilization, response) => {
    const run = dynos({ count: 4, utilization, requests: 40_000, within: 0.03, fleet: { balancer } });
    // The exact value has five digits.
    expectExact(run, of.meanLatency, response * SERVICE_MS, "Markov chain of the four lines' lengths", 5e-5);
  });

  it.each([
    [0.7, 4, 0.001],
    [0.9, 10, 0.003],
  ])(
    "the better of two of a thousand dynos at utilization %f: the mean-field limit",
    (utilization, warmupS, resolution) => {
      const count = 1000;
      const requestsPerSecond = (1000 * utilization * count) / SERVICE_MS;
      const run = theoryRun(
        {
          run: { durationS: warmupS + 5, warmupS, replications: 8 },
          workload: { kind: "open", requestsPerSecond },
          steps: [{ kind: "wait", ms: { dist: "exponential", mean: SERVICE_MS } }],
          fleet: { dynos: count, balancer: "power-of-two" },
        },
        0.05,
      );
      const exact = utilization * count * meanResponseChoices(utilization, 2);
      // With n servers the mean is above the limit by about a constant over n: 4/n requests per server at 0.9 (N. Gast and B. Van Houdt 2017).
      const formula = "λ times Σ ρ^(2^i − 2) S (Mitzenmacher), n → ∞";
      expectExact(run, of.gauge("inFlight", "requests in the system"), exact, formula, resolution);
    },
  );
});

describe("the balancer's own line, for dynos that take one request each: M/M/n", () => {
  describe.each(
    fastFirst(2, [
      [2, "least-outstanding", 0.8, 50_000, 0.09],
      [4, "random", 0.7, 40_000, 0.06],
      [10, "round-robin", 0.9, 100_000, 0.12],
    ] as const),
  )("%i dynos, %s, at utilization %f", (count, balancer, utilization, requests, within) => {
    const run = once(() =>
      dynos({ count, utilization, requests, within, fleet: { balancer, maxOutstandingPerDyno: 1 } }),
    );
    const exact = waitingTimeMMc((utilization * count) / SERVICE_MS, SERVICE_MS, count);

    it("mean wait and response", () => {
      expectExact(run(), of.meanWait, exact.meanWait, "C(n, a) S / (n (1 − ρ))");
      expectExact(run(), of.meanLatency, exact.meanWait + SERVICE_MS, "C(n, a) S / (n (1 − ρ)) + S");
    });

    it("99th percentile of the wait: first come, first served, over all dynos", () => {
      const quantile = exact.quantile(0.99);
      expectExact(run(), of.waitPercentile(0.99), quantile, "ln(C / 0.01) S / (n (1 − ρ))");
    });
  });
});
