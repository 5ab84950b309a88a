import { describe, expect, it } from "vitest";
import { once } from "../support/once";
import { erlangC, waitingTimeMMc } from "../support/theory-formulas";
import { of } from "../support/theory-measures";
import { expectExact, FULL, fastFirst, theoryRun } from "../support/theory-runs";
import { type Part, runFor } from "../support/theory-scenario";

const SERVICE_MS = 100;

function mmc(servers: number, utilization: number, requests: number, fleet: Part, within: number) {
  const requestsPerSecond = (1000 * utilization * servers) / SERVICE_MS;
  return theoryRun(
    {
      run: runFor(requestsPerSecond, requests, utilization),
      workload: { kind: "open", requestsPerSecond },
      steps: [{ kind: "wait", ms: { dist: "exponential", mean: SERVICE_MS } }],
      fleet,
    },
    within,
  );
}

describe("M/M/c, one dyno of c threads: Erlang's delay formula", () => {
  describe.each(
    fastFirst(3, [
      [2, 0.7, 40_000, 0.06],
      [5, 0.8, 60_000, 0.07],
      [10, 0.85, 80_000, 0.1],
      [20, 0.9, 150_000, 0.12],
    ]),
  )("%i threads at utilization %f", (servers, utilization, requests, within) => {
    const run = once(() => mmc(servers, utilization, requests, { threads: servers }, within));
    const exact = waitingTimeMMc((utilization * servers) / SERVICE_MS, SERVICE_MS, servers);

    it("share of requests that wait", () => {
      expectExact(run(), of.waitingShare, erlangC(servers, utilization * servers), "C(c, a)");
    });

    it("mean wait and response", () => {
      expectExact(run(), of.meanWait, exact.meanWait, "C(c, a) S / (c (1 − ρ))");
      expectExact(run(), of.meanLatency, exact.meanWait + SERVICE_MS, "C(c, a) S / (c (1 − ρ)) + S");
    });

    it.each([0.9, 0.95, 0.99])("wait below which a share of %f lies", (share) => {
      const quantile = exact.quantile(share);
      expectExact(run(), of.waitPercentile(share), quantile, "ln(C / (1 − share)) S / (c (1 − ρ))");
    });
  });
});

describe("M/M/c of many threads: few wait, and not long", () => {
  it.each(
    fastFirst(1, [
      [50, 0.9, 60_000, 0.09],
      [100, 0.92, 80_000, 0.1],
    ]),
  )("%i threads at utilization %f", (servers, utilization, requests, within) => {
    const run = mmc(servers, utilization, requests, { threads: servers }, within);
    const exact = waitingTimeMMc((utilization * servers) / SERVICE_MS, SERVICE_MS, servers);
    expectExact(run, of.waitingShare, exact.probability, "C(c, a)");
    expectExact(run, of.meanLatency, exact.meanWait + SERVICE_MS, "C(c, a) S / (c (1 − ρ)) + S");
  });
});

describe("the threads of all processes of a dyno share one line: M/M/c, c = processes × threads", () => {
  it("4 processes of 5 threads", () => {
    const run = mmc(20, 0.9, 60_000, { processes: 4, threads: 5 }, 0.06);
    expectExact(run, of.waitingShare, erlangC(20, 18), "C(20, 18)");
  });

  it.skipIf(FULL)("as 1 process of 20 is, to the last bit", () => {
    const shared = mmc(20, 0.9, 20_000, { processes: 4, threads: 5 }, 1);
    const single = mmc(20, 0.9, 20_000, { processes: 1, threads: 20 }, 1);
    const waits = ({ records, scenario }: typeof shared) =>
      records.map((record) => of.meanWait.of(record, scenario));
    expect(waits(shared)).toEqual(waits(single));
  });
});
