import { describe, it } from "vitest";
import type { Duration } from "../../src/scenario/types";
import { once } from "../support/once";
import { of } from "../support/theory-measures";
import { expectExact, theoryRun } from "../support/theory-runs";
import { AMPLE_THREADS } from "../support/theory-scenario";

const SERVICE_MS = 100;

describe("an overloaded line grows linearly, at λ − cμ", () => {
  describe.each([
    [1, 1.5],
    [4, 1.25],
  ])("%i threads, %f times what they can do", (threads, overload) => {
    const requestsPerSecond = (overload * threads * 1000) / SERVICE_MS;
    const capacity = (threads * 1000) / SERVICE_MS;
    const run = once(() =>
      theoryRun(
        {
          run: { durationS: 2000, warmupS: 500, replications: 12 },
          workload: { kind: "open", requestsPerSecond },
          steps: [{ kind: "wait", ms: { dist: "exponential", mean: SERVICE_MS } }],
          fleet: { threads },
        },
        0.04,
        true,
      ),
    );

    it("the line", () => {
      expectExact(run(), of.growthOfLine, requestsPerSecond - capacity, "λ − cμ");
    });

    it("what is answered", () => {
      expectExact(run(), of.throughput, capacity, "cμ");
    });
  });
});

describe("a rate that grows steadily from nothing, and nobody waits: M_t/G/∞ (S. Eick, W. Massey and W. Whitt 1993)", () => {
  const [growth, durationS, warmupS] = [50, 20, 10];

  /** Mean over the measured window of ∫ e^(−u/S) terms that the beginning leaves. */
  const leftOver = ((): number => {
    const serviceS = 2;
    const from = Math.exp(-warmupS / serviceS);
    const to = Math.exp(-durationS / serviceS);
    return (serviceS * (from - to)) / (durationS - warmupS);
  })();

  it.each<[string, Duration, number]>([
    ["constant", 2000, 2 * 15 - 2],
    ["exponential", { dist: "exponential", mean: 2000 }, 2 * 15 - 4 * (1 - leftOver)],
  ])("%s service: busy threads follow the rate with a lag that the distribution decides", (_, ms, times) => {
    const run = theoryRun(
      {
        run: { durationS, warmupS, replications: 12 },
        workload: {
          kind: "open",
          trace: [
            [0, 0],
            [durationS, growth * durationS],
          ],
        },
        steps: [{ kind: "wait", ms }],
        fleet: AMPLE_THREADS,
      },
      0.02,
      true,
    );
    expectExact(run, of.busyThreads(), growth * times, "∫ λ(s) P(S > t − s) ds");
  });
});

describe("requests that come all at once", () => {
  const [clients, everyMs, threads] = [40, 20_000, 2];
  const burst = { kind: "burst", clients, everyMs, spreadMs: 0 };
  const run = { durationS: 2000, warmupS: 20, replications: 12 };

  it("constant service: the n-th waits for those before it", () => {
    const exact = theoryRun(
      { run, workload: burst, steps: [{ kind: "wait", ms: SERVICE_MS }], fleet: { threads } },
      0.001,
    );
    const rounds = clients / threads;
    expectExact(exact, of.meanWait, (SERVICE_MS * (rounds - 1)) / 2, "mean of ⌊n / c⌋ S");
  });

  it("exponential service: each departure lets the next one in, every S/c on average", () => {
    const exact = theoryRun(
      {
        run,
        workload: burst,
        steps: [{ kind: "wait", ms: { dist: "exponential", mean: SERVICE_MS } }],
        fleet: { threads },
      },
      0.02,
    );
    const inLine = clients - threads;
    const sum = (inLine * (inLine + 1)) / 2;
    expectExact(exact, of.meanWait, ((sum / clients) * SERVICE_MS) / threads, "mean of (n − c + 1) S / c");
  });

  it("spread over a time: the line grows by what comes too fast", () => {
    const spreadMs = 1000;
    const exact = theoryRun(
      { run, workload: { ...burst, spreadMs }, steps: [{ kind: "wait", ms: SERVICE_MS }] },
      0.001,
    );
    const behind = SERVICE_MS - spreadMs / clients;
    expectExact(exact, of.meanWait, (behind * (clients - 1)) / 2, "mean of n (S − spread / N)");
  });
});
