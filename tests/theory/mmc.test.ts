import { describe, expect, it } from "vitest";
import { once } from "../support/once";
import { erlangC, waitingTimeMMc } from "../support/theory-formulas";
import {
  expectMean,
  expectPercentile,
  of,
  replications,
  runFor,
  theoryScenario,
} from "../support/theory-runs";

const SERVICE_MS = 100;

function mmc(servers: number, utilization: number, requests: number, fleet: object) {
  const requestsPerSecond = (1000 * utilization * servers) / SERVICE_MS;
  const scenario = theoryScenario({
    run: runFor(requestsPerSecond, requests, utilization),
    workload: { kind: "open", requestsPerSecond },
    steps: [{ kind: "wait", ms: { dist: "exponential", mean: SERVICE_MS } }],
    fleet: { ...fleet },
  });
  return replications(scenario);
}

describe("M/M/c, one dyno of c threads: Erlang's delay formula", () => {
  describe.each([
    [2, 0.7, 50_000],
    [5, 0.8, 80_000],
    [10, 0.85, 150_000],
  ])("%i threads at utilization %f", (servers, utilization, requests) => {
    const records = once(() => mmc(servers, utilization, requests, { threads: servers }));
    const exact = waitingTimeMMc((utilization * servers) / SERVICE_MS, SERVICE_MS, servers);

    it("share of requests that wait: C(c, a)", () => {
      expectMean(records(), of.waitingShare, erlangC(servers, utilization * servers), 0.03);
    });

    it("mean wait: C(c, a) S / (c (1 − ρ))", () => {
      expectMean(records(), of.meanWait, exact.meanWait, 0.06);
    });

    it("mean response: wait and service", () => {
      expectMean(records(), of.meanLatency, exact.meanWait + SERVICE_MS, 0.02);
    });

    it.each([0.9, 0.95, 0.99])(
      "wait below which a share of %f lies: ln(C / (1 − share)) S / (c (1 − ρ))",
      (share) => {
        expectPercentile(records(), of.waitPercentile(share), exact.quantile(share), 0.08);
      },
    );
  });
});

describe("many threads", () => {
  it.each([
    [50, 0.9],
    [100, 0.92],
  ])("%i threads at utilization %f: few wait, and no longer than M/M/c says", (servers, utilization) => {
    const records = mmc(servers, utilization, 100_000, { threads: servers });
    const exact = waitingTimeMMc((utilization * servers) / SERVICE_MS, SERVICE_MS, servers);
    expectMean(records, of.waitingShare, exact.probability, 0.07);
    expectMean(records, of.meanLatency, exact.meanWait + SERVICE_MS, 0.02);
  });
});

describe("processes of one dyno share one line", () => {
  it("4 processes of 5 threads are M/M/20, as 1 process of 20 is, to the last bit", () => {
    const shared = mmc(20, 0.9, 60_000, { processes: 4, threads: 5 });
    const single = mmc(20, 0.9, 60_000, { processes: 1, threads: 20 });
    expectMean(shared, of.waitingShare, erlangC(20, 18), 0.05);
    expect(shared.map(of.meanWait)).toEqual(single.map(of.meanWait));
  });
});
