import { describe, it } from "vitest";
import type { Distribution } from "../../src/scenario/types";
import { once } from "../support/once";
import { inverse, meanWaitMG1, waitWithinMD1 } from "../support/theory-formulas";
import { of } from "../support/theory-measures";
import { expectExact, fastFirst, theoryRun } from "../support/theory-runs";
import { AMPLE_THREADS, type Part, runFor } from "../support/theory-scenario";

const SERVICE_MS = 100;
const POLLACZEK_KHINCHINE = "λ E[S²] / (2 (1 − ρ)), Pollaczek and Khinchine";

function mg1(utilization: number, requests: number, within: number, steps: readonly Part[], fleet?: Part) {
  const requestsPerSecond = (1000 * utilization) / SERVICE_MS;
  return theoryRun(
    {
      run: runFor(requestsPerSecond, requests, utilization),
      workload: { kind: "open", requestsPerSecond },
      steps,
      ...(fleet === undefined ? {} : { fleet }),
    },
    within,
  );
}

describe("M/D/1, constant service: half the wait of M/M/1", () => {
  describe.each(
    fastFirst(2, [
      [0.5, 30_000, 0.03],
      [0.8, 60_000, 0.05],
      [0.85, 80_000, 0.06],
    ]),
  )("at utilization %f", (utilization, requests, within) => {
    const run = once(() => mg1(utilization, requests, within, [{ kind: "wait", ms: SERVICE_MS }]));
    const arrivalsPerMs = utilization / SERVICE_MS;

    it("mean wait", () => {
      expectExact(run(), of.meanWait, meanWaitMG1(arrivalsPerMs, SERVICE_MS, 0), "ρ S / (2 (1 − ρ))");
    });

    it("share of requests that wait", () => {
      expectExact(run(), of.waitingShare, utilization, "ρ");
    });

    it.each([0.9, 0.95, 0.99])("wait below which a share of %f lies", (share) => {
      const exact = inverse((t) => waitWithinMD1(arrivalsPerMs, SERVICE_MS, t), share);
      expectExact(run(), of.waitPercentile(share), exact, "Erlang's series for M/D/1, turned round");
    });
  });
});

const half = SERVICE_MS / 2;
const wait = (ms: number | Distribution): Part => ({ kind: "wait", ms });

describe("M/G/1: the mean wait depends on the service time's mean and variation only", () => {
  const cases: readonly (readonly [string, number, readonly Part[]])[] = [
    ["uniform from 0", 1 / Math.sqrt(3), [wait({ dist: "uniform", min: 0, max: 2 * SERVICE_MS })]],
    ["uniform", 0.5 / Math.sqrt(3), [wait({ dist: "uniform", min: half, max: 3 * half })]],
    ["hyperexponential, cv 2", 2, [wait({ dist: "hyperexponential", mean: SERVICE_MS, cv: 2 })]],
    ["gamma, cv 0.5 (Erlang of 4 phases)", 0.5, [wait({ dist: "gamma", mean: SERVICE_MS, cv: 0.5 })]],
    ["gamma, cv 1.5", 1.5, [wait({ dist: "gamma", mean: SERVICE_MS, cv: 1.5 })]],
    ["lognormal, cv 0.5", 0.5, [wait({ dist: "lognormal", mean: SERVICE_MS, cv: 0.5 })]],
    ["lognormal, cv 1", 1, [wait({ dist: "lognormal", mean: SERVICE_MS, cv: 1 })]],
    [
      "two values, 9 times in 10 the smaller",
      1.5,
      [wait({ dist: "empirical", values: [half, 550], weights: [9, 1] })],
    ],
    [
      "two exponential steps, one after the other",
      Math.SQRT1_2,
      [wait({ dist: "exponential", mean: half }), wait({ dist: "exponential", mean: half })],
    ],
  ];

  it.each(fastFirst(6, cases))("%s", (_, cv, steps) => {
    const run = mg1(0.7, 40_000, cv > 1.2 ? 0.06 : 0.04, steps);
    expectExact(run, of.meanWait, meanWaitMG1(0.7 / SERVICE_MS, SERVICE_MS, cv), POLLACZEK_KHINCHINE);
    expectExact(run, of.waitingShare, 0.7, "ρ");
  });
});

describe("an event loop computes one step at a time, whole, in line: M/G/1 in the stage `cpuWait`", () => {
  const cases: readonly (readonly [string, number, number | Distribution])[] = [
    ["constant", 0, SERVICE_MS],
    ["exponential", 1, { dist: "exponential", mean: SERVICE_MS }],
    ["lognormal, cv 1.5", 1.5, { dist: "lognormal", mean: SERVICE_MS, cv: 1.5 }],
  ];

  it.each(cases)("%s steps at utilization 0.7", (_, cv, ms) => {
    const run = mg1(0.7, 40_000, cv > 1.2 ? 0.09 : 0.04, [{ kind: "cpu", ms }], {
      ...AMPLE_THREADS,
      runtime: "event-loop",
    });
    const exact = meanWaitMG1(0.7 / SERVICE_MS, SERVICE_MS, cv);
    expectExact(run, of.meanStage("cpuWait"), exact, POLLACZEK_KHINCHINE);
    expectExact(run, of.meanStage("cpu"), SERVICE_MS, "S");
  });
});

describe("a mix of endpoints on one thread: M/G/1 of the mixture, each with its own service", () => {
  it("nine short ones to a long one", () => {
    const [short, long] = [40, 640];
    const meanMs = 0.9 * short + 0.1 * long;
    const requestsPerSecond = (1000 * 0.7) / meanMs;
    const run = theoryRun(
      {
        run: runFor(requestsPerSecond, 40_000, 0.7),
        workload: { kind: "open", requestsPerSecond, mix: { short: 0.9, long: 0.1 } },
        endpoints: [
          { name: "short", steps: [wait(short)] },
          { name: "long", steps: [wait(long)] },
        ],
      },
      0.06,
    );
    const cv = Math.sqrt((0.9 * short * short + 0.1 * long * long) / (meanMs * meanMs) - 1);
    const exact = meanWaitMG1(requestsPerSecond / 1000, meanMs, cv);
    expectExact(run, of.meanWait, exact, POLLACZEK_KHINCHINE);
    expectExact(run, of.meanLatencyOf("short"), exact + short, `${POLLACZEK_KHINCHINE}, and its own service`);
    expectExact(run, of.meanLatencyOf("long"), exact + long, `${POLLACZEK_KHINCHINE}, and its own service`);
  });
});
