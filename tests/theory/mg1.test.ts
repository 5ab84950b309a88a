import { describe, it } from "vitest";
import type { Distribution } from "../../src/scenario/types";
import { once } from "../support/once";
import { inverse, meanWaitMG1, waitWithinMD1 } from "../support/theory-formulas";
import {
  expectMean,
  expectPercentile,
  of,
  replications,
  runFor,
  theoryScenario,
} from "../support/theory-runs";

const SERVICE_MS = 100;

function mg1(utilization: number, requests: number, steps: readonly (number | Distribution)[]) {
  const requestsPerSecond = (1000 * utilization) / SERVICE_MS;
  const scenario = theoryScenario({
    run: runFor(requestsPerSecond, requests, utilization),
    workload: { kind: "open", requestsPerSecond },
    steps: steps.map((ms) => ({ kind: "wait", ms })),
  });
  return replications(scenario);
}

describe("M/D/1, constant service: half the wait of M/M/1", () => {
  describe.each([
    [0.5, 30_000],
    [0.8, 80_000],
    [0.85, 120_000],
  ])("at utilization %f", (utilization, requests) => {
    const records = once(() => mg1(utilization, requests, [SERVICE_MS]));
    const arrivalsPerMs = utilization / SERVICE_MS;

    it("mean wait: ρ S / (2 (1 − ρ))", () => {
      expectMean(records(), of.meanWait, (utilization * SERVICE_MS) / (2 * (1 - utilization)), 0.04);
    });

    it("share of requests that wait: ρ", () => {
      expectMean(records(), of.waitingShare, utilization, 0.01);
    });

    it.each([0.9, 0.95, 0.99])("wait below which a share of %f lies: Erlang's series", (share) => {
      const exact = inverse((t) => waitWithinMD1(arrivalsPerMs, SERVICE_MS, t), share);
      expectPercentile(records(), of.waitPercentile(share), exact, 0.05);
    });
  });
});

describe("M/G/1: the mean wait depends on the service time's mean and variation only (Pollaczek and Khinchine)", () => {
  const half = SERVICE_MS / 2;
  const cases: readonly (readonly [string, number, readonly (number | Distribution)[]])[] = [
    ["uniform from 0", 1 / Math.sqrt(3), [{ dist: "uniform", min: 0, max: 2 * SERVICE_MS }]],
    ["uniform", 0.5 / Math.sqrt(3), [{ dist: "uniform", min: half, max: 3 * half }]],
    ["gamma, cv 0.5 (Erlang of 4 phases)", 0.5, [{ dist: "gamma", mean: SERVICE_MS, cv: 0.5 }]],
    ["gamma, cv 1.5", 1.5, [{ dist: "gamma", mean: SERVICE_MS, cv: 1.5 }]],
    ["lognormal, cv 0.5", 0.5, [{ dist: "lognormal", mean: SERVICE_MS, cv: 0.5 }]],
    ["lognormal, cv 1", 1, [{ dist: "lognormal", mean: SERVICE_MS, cv: 1 }]],
    ["hyperexponential, cv 2", 2, [{ dist: "hyperexponential", mean: SERVICE_MS, cv: 2 }]],
    [
      "two values, 9 times in 10 the smaller",
      1.5,
      [{ dist: "empirical", values: [half, 550], weights: [9, 1] }],
    ],
    [
      "two exponential steps, one after the other",
      Math.SQRT1_2,
      [
        { dist: "exponential", mean: half },
        { dist: "exponential", mean: half },
      ],
    ],
  ];

  it.each(cases)("%s", (_, cv, steps) => {
    const records = mg1(0.7, 60_000, steps);
    expectMean(records, of.meanWait, meanWaitMG1(0.7 / SERVICE_MS, SERVICE_MS, cv), 0.05);
    expectMean(records, of.waitingShare, 0.7, 0.01);
  });
});
