import { describe, it } from "vitest";
import type { Distribution } from "../../src/scenario/types";
import { impatient, responseBeyondMMc } from "../support/theory-formulas";
import { of } from "../support/theory-measures";
import { expectExact, fastFirst, theoryRun } from "../support/theory-runs";
import { AMPLE_THREADS, type Part, runFor, type TheoryScenario } from "../support/theory-scenario";

/*
 * Clients and proxies that give up. Erlang A, where patience is exponential, can't be said in a scenario: every limit to patience is a constant there. Its sibling of constant
 * patience, M/M/c+D, can, and comes from the same theorem (`impatience` in theory-formulas.ts, whose exponential case is held against the published values of Erlang A).
 */
const SERVICE_MS = 100;
const EXPONENTIAL: Distribution = { dist: "exponential", mean: SERVICE_MS };
const BARRER = "M/M/c+D: (1 + (λ − cμ) J) / (ε + λJ), Barrer 1957, Baccelli and Hébuterne 1981";
const BARRER_WAIT = "M/M/c+D: mean over the density of the virtual wait (Barrer)";

function offered(
  load: number,
  within: number,
  parts: Omit<TheoryScenario, "run" | "workload">,
  workload: Part = {},
) {
  const requestsPerSecond = (1000 * load) / SERVICE_MS;
  return theoryRun(
    {
      run: runFor(requestsPerSecond, 40_000, 0.85),
      workload: { kind: "open", requestsPerSecond, ...workload },
      ...parts,
    },
    within,
  );
}

describe("a limit to the wait for a connection of the pool: M/M/c where who has waited so long leaves", () => {
  it.each(
    fastFirst(2, [
      [1, 0.8, 200],
      [5, 4.5, 50],
      [10, 12, 100],
    ]),
  )("pool of %i, load %f, checkout timeout %i ms", (size, load, patience) => {
    const run = offered(load, 0.04, {
      steps: [{ kind: "query", ms: EXPONENTIAL }],
      fleet: AMPLE_THREADS,
      pool: { size, checkoutTimeoutMs: patience },
    });
    const exact = impatient(load / SERVICE_MS, SERVICE_MS, size, patience);
    expectExact(run, of.failureShare("checkout-timeout"), exact.leaving, BARRER);
    expectExact(run, of.meanStage("checkout"), exact.meanWait, BARRER_WAIT);
  });
});

describe("a limit to the wait in the pooler's line: M/M/c+D", () => {
  it.each(
    fastFirst(1, [
      [5, 4.5, 50],
      [10, 12, 100],
    ]),
  )("pooler of %i connections, load %f, wait timeout %i ms", (connections, load, patience) => {
    const run = offered(load, 0.04, {
      steps: [{ kind: "query", ms: EXPONENTIAL }],
      fleet: AMPLE_THREADS,
      pooler: { enabled: true, connections, waitTimeoutMs: patience },
    });
    const exact = impatient(load / SERVICE_MS, SERVICE_MS, connections, patience);
    expectExact(run, of.failureShare("pooler-timeout"), exact.leaving, BARRER);
    expectExact(run, of.meanStage("pooler"), exact.meanWait, BARRER_WAIT);
  });
});

describe("a limit to the wait in the balancer's own line, before any dyno: M/M/c+D", () => {
  it.each(
    fastFirst(2, [
      [1, 1, 0.8, 200],
      [5, 1, 4.5, 50],
      [5, 2, 12, 100],
    ]),
  )("%i dynos of %i threads, load %f, queue timeout %i ms", (count, threads, load, patience) => {
    const run = offered(load, 0.04, {
      steps: [{ kind: "wait", ms: EXPONENTIAL }],
      fleet: { dynos: count, threads, maxOutstandingPerDyno: threads, balancer: "round-robin" },
      edge: { queueTimeoutMs: patience },
    });
    const exact = impatient(load / SERVICE_MS, SERVICE_MS, count * threads, patience);
    expectExact(run, of.failureShare("queue-timeout"), exact.leaving, BARRER);
    expectExact(run, of.meanWait, exact.meanWait, BARRER_WAIT);
  });
});

describe("clients who give up, of which the server knows nothing: M/M/c, as many give up as would have been answered later", () => {
  it.each(
    fastFirst(2, [
      [1, 0.7, 500],
      [4, 0.8, 300],
      [10, 0.9, 300],
    ]),
  )("%i threads at utilization %f, giving up after %i ms", (threads, utilization, giveUpAfterMs) => {
    const load = threads * utilization;
    const run = offered(
      load,
      0.11,
      { steps: [{ kind: "wait", ms: EXPONENTIAL }], fleet: { threads } },
      { giveUpAfterMs },
    );
    const exact = responseBeyondMMc(load / SERVICE_MS, SERVICE_MS, threads, giveUpAfterMs);
    expectExact(run, of.failureShare("gave-up"), exact, "P(response > d) of M/M/c, in closed form");
    expectExact(run, of.busyThreads(), load, "their work is done all the same: a");
  });
});

describe("retries repeat the request, with the durations of its first try", () => {
  const [timeoutMs, attempts] = [100, 3];
  const late = Math.exp(-timeoutMs / SERVICE_MS);

  it("whose own time is over the limit fails each time: 1 + n P(S > limit) sends", () => {
    const run = offered(
      5,
      0.02,
      { steps: [{ kind: "wait", ms: EXPONENTIAL }], fleet: AMPLE_THREADS, edge: { timeoutMs } },
      { retries: { attempts, backoffMs: 50, backoffFactor: 1, jitter: true } },
    );
    expectExact(
      run,
      of.retryShare,
      (attempts * late) / (1 + attempts * late),
      "nP / (1 + nP), P = P(S > limit)",
    );
    expectExact(
      run,
      of.failureShare("timeout"),
      ((1 + attempts) * late) / (1 + attempts * late),
      "(1 + n) P / (1 + nP), P = P(S > limit)",
    );
  });

  it.each([
    [2, true, 0.5],
    [1, true, 0.5],
    [3, false, 1],
  ])(
    "backoff of factor %i, jitter %s: a round of clients who always fail",
    (backoffFactor, jitter, share) => {
      const [backoffMs, thinkMs, clients] = [200, 500, 50];
      const run = theoryRun(
        {
          run: { durationS: 150, warmupS: 30, replications: 12 },
          workload: {
            kind: "closed",
            clients,
            thinkMs: { dist: "exponential", mean: thinkMs },
            retries: { attempts, backoffMs, backoffFactor, jitter },
          },
          steps: [{ kind: "wait", ms: 1000 }],
          fleet: AMPLE_THREADS,
          edge: { timeoutMs },
        },
        0.01,
      );
      const pauses = share * backoffMs * (1 + backoffFactor + backoffFactor ** 2);
      const roundMs = (1 + attempts) * timeoutMs + pauses + thinkMs;
      const formula = "C (1 + n) / ((1 + n) limit + Σ mean backoffs + think time)";
      expectExact(run, of.sendRate, (1000 * clients * (1 + attempts)) / roundMs, formula);
      expectExact(run, of.retryShare, attempts / (1 + attempts), "n / (1 + n)");
    },
  );
});
