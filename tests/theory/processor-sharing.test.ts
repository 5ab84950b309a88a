import { describe, it } from "vitest";
import type { Distribution } from "../../src/scenario/types";
import { once } from "../support/once";
import { limitedSharing, meanResponseShorterOfTwo } from "../support/theory-chains";
import { finiteCapacityMMcK, sharing, squaredVariationSharing } from "../support/theory-formulas";
import { of } from "../support/theory-measures";
import { expectExact, fastFirst, theoryRun } from "../support/theory-runs";
import {
  AMPLE_THREADS,
  dynoOf,
  type Part,
  planOf,
  runFor,
  type TheoryScenario,
} from "../support/theory-scenario";

const SERVICE_MS = 100;
const EXPONENTIAL: Distribution = { dist: "exponential", mean: SERVICE_MS };
const INSENSITIVE = "C(k, a) S / (k (1 − ρ)) + S, for any distribution (Cohen 1979)";

/** With how wide an interval may be: figures vary more where requests do. */
const DISTRIBUTIONS: readonly (readonly [string, number | Distribution, number])[] = [
  ["constant", SERVICE_MS, 0.035],
  ["hyperexponential, cv 2", { dist: "hyperexponential", mean: SERVICE_MS, cv: 2 }, 0.06],
  ["exponential", EXPONENTIAL, 0.04],
  ["gamma, cv 0.5", { dist: "gamma", mean: SERVICE_MS, cv: 0.5 }, 0.035],
  ["lognormal, cv 2", { dist: "lognormal", mean: SERVICE_MS, cv: 2 }, 0.065],
];

/** Poisson arrivals that ask for processor time: their offered load is `load` processors. */
function computing(
  load: number,
  processors: number,
  requests: number,
  within: number,
  parts: Omit<TheoryScenario, "run" | "workload">,
) {
  const requestsPerSecond = (1000 * load) / SERVICE_MS;
  return theoryRun(
    {
      run: runFor(requestsPerSecond, requests, load / processors),
      workload: { kind: "open", requestsPerSecond },
      steps: [{ kind: "cpu", ms: EXPONENTIAL }],
      ...parts,
    },
    within,
  );
}

const speedOf =
  (processors: number) =>
  (n: number): number =>
    Math.min(n, processors);

describe("M/G/1-PS at utilization 0.7, the threads of one process share its processor: the mean response does not depend on the distribution", () => {
  describe.each(fastFirst(2, DISTRIBUTIONS))("%s", (_, ms, within) => {
    const run = once(() =>
      computing(0.7, 1, 40_000, within, { steps: [{ kind: "cpu", ms }], fleet: AMPLE_THREADS }),
    );

    it("mean response", () => {
      expectExact(run(), of.meanLatency, SERVICE_MS / 0.3, "S / (1 − ρ), for any distribution");
      expectExact(
        run(),
        of.meanStage("cpuWait"),
        (SERVICE_MS * 0.7) / 0.3,
        "ρ S / (1 − ρ), for any distribution",
      );
    });
  });

  it("M/M/1-PS, λ = 4, μ = 9, as in Ciw's documentation, whose short run gives 0.194 s", () => {
    const run = theoryRun(
      {
        run: runFor(4, 30_000, 4 / 9),
        workload: { kind: "open", requestsPerSecond: 4 },
        steps: [{ kind: "cpu", ms: { dist: "exponential", mean: 1000 / 9 } }],
        fleet: AMPLE_THREADS,
      },
      0.02,
    );
    expectExact(run, of.meanLatency, 200, "1 / (μ − λ)");
  });
});

describe("M/M/1-PS: responses vary more than first come first served", () => {
  it.each(fastFirst(1, [0.5, 0.7]))("at utilization %f", (utilization) => {
    const run = computing(utilization, 1, 50_000, 0.04, { fleet: AMPLE_THREADS });
    const exact = (1 + squaredVariationSharing(utilization)) / (1 - utilization) ** 2;
    const formula = "4 / ((2 − ρ) (1 − ρ)²), Coffman, Muntz and Trotter 1970";
    expectExact(run, of.meanSquareLatency(SERVICE_MS), exact, formula);
  });

  it("every request is slowed down alike: x / (1 − ρ) for one that needs x", () => {
    const [short, long] = [40, 640];
    const requestsPerSecond = 7;
    const run = theoryRun(
      {
        run: runFor(requestsPerSecond, 40_000, 0.7),
        workload: { kind: "open", requestsPerSecond, mix: { short: 0.9, long: 0.1 } },
        endpoints: [
          { name: "short", steps: [{ kind: "cpu", ms: short }] },
          { name: "long", steps: [{ kind: "cpu", ms: long }] },
        ],
        fleet: AMPLE_THREADS,
      },
      0.045,
    );
    expectExact(run, of.meanLatencyOf("short"), short / 0.3, "x / (1 − ρ), Kleinrock 1967");
    expectExact(run, of.meanLatencyOf("long"), long / 0.3, "x / (1 − ρ), Kleinrock 1967");
  });
});

describe("M/G/k-PS, one process whose threads compute on k processors (`parallel`)", () => {
  it.each(fastFirst(2, DISTRIBUTIONS))("4 processors at utilization 0.8, %s", (_, ms, within) => {
    const run = computing(3.2, 4, 40_000, within, {
      steps: [{ kind: "cpu", ms }],
      fleet: { ...AMPLE_THREADS, ...dynoOf(4), runtime: "parallel" },
    });
    const exact = sharing(3.2 / SERVICE_MS, SERVICE_MS, speedOf(4)).meanResponse;
    expectExact(run, of.meanLatency, exact, INSENSITIVE);
  });

  it.each(
    fastFirst(1, [
      [10, 0.85],
      [2, 0.9],
    ] as const),
  )("M/M/k-PS: %i processors at utilization %f", (processors, utilization) => {
    const load = processors * utilization;
    const run = computing(load, processors, 50_000, 0.07, {
      fleet: { ...AMPLE_THREADS, ...dynoOf(processors), runtime: "parallel" },
    });
    const exact = sharing(load / SERVICE_MS, SERVICE_MS, speedOf(processors)).meanResponse;
    expectExact(run, of.meanLatency, exact, INSENSITIVE);
  });

  it("a fraction of a processor: two and a half", () => {
    const run = computing(2, 2.5, 40_000, 0.04, {
      fleet: { ...AMPLE_THREADS, ...dynoOf(2.5), runtime: "parallel" },
    });
    const exact = sharing(2 / SERVICE_MS, SERVICE_MS, speedOf(2.5)).meanResponse;
    expectExact(run, of.meanLatency, exact, "birth and death process, n served at rate min(n, 2.5) μ");
  });
});

describe("processes that share a dyno", () => {
  it("two under a lock of their own each, on two processors, the less busy one first: the shorter of two lines", () => {
    const run = computing(1.6, 2, 40_000, 0.04, {
      fleet: { ...AMPLE_THREADS, ...dynoOf(2), processes: 2, runtime: "gvl" },
    });
    const exact = meanResponseShorterOfTwo(0.8) * SERVICE_MS;
    expectExact(run, of.meanLatency, exact, "Markov chain of the two lines' lengths");
  });

  it("two on one processor: whoever computes has an equal share of one", () => {
    const run = computing(0.7, 1, 30_000, 0.04, {
      fleet: { ...AMPLE_THREADS, processes: 2, runtime: "gvl" },
    });
    expectExact(run, of.meanLatency, SERVICE_MS / 0.3, "S / (1 − ρ): work is conserved");
  });

  it("two whose threads run in parallel, on four processors: what one can't use is left to the other", () => {
    const run = computing(3.2, 4, 40_000, 0.04, {
      fleet: { ...AMPLE_THREADS, ...dynoOf(4), processes: 2, runtime: "parallel" },
    });
    const exact = sharing(3.2 / SERVICE_MS, SERVICE_MS, speedOf(4)).meanResponse;
    expectExact(run, of.meanLatency, exact, "that of M/M/4: work is conserved");
  });

  it("with half as much memory again as there is, the processor is slower by as much", () => {
    const run = computing(0.5, 1, 30_000, 0.05, {
      fleet: {
        ...AMPLE_THREADS,
        dynoType: { vcpus: 1, memoryMb: 1000, monthlyUsd: 0 },
        memory: { perProcessMb: 1500, perThreadMb: 0 },
      },
    });
    expectExact(run, of.meanLatency, (1.5 * SERVICE_MS) / (1 - 1.5 * 0.5), "M/M/1-PS with 1.5 S");
  });
});

describe("limited processor sharing: K threads share a processor, the others wait in line", () => {
  it("exponential: with one processor the wait is that for the first K, ρ^K of M/M/1's", () => {
    const run = computing(0.8, 1, 50_000, 0.08, { fleet: { threads: 4 } });
    const exact = sharing(0.8 / SERVICE_MS, SERVICE_MS, speedOf(1), 4);
    expectExact(run, of.meanWait, exact.meanWait, "birth and death process: Σ (n − K) P(n) / λ");
    expectExact(run, of.meanLatency, exact.meanResponse, "S / (1 − ρ)");
  });

  it("exponential, two processors and 5 threads", () => {
    const run = computing(1.6, 2, 50_000, 0.08, {
      fleet: { threads: 5, ...dynoOf(2), runtime: "parallel" },
    });
    const exact = sharing(1.6 / SERVICE_MS, SERVICE_MS, speedOf(2), 5);
    expectExact(run, of.meanWait, exact.meanWait, "birth and death process: Σ (n − K) P(n) / λ");
    expectExact(run, of.meanLatency, exact.meanResponse, "birth and death process: Σ n P(n) / λ");
  });

  it.each(fastFirst(1, [2, 4]))("hyperexponential of cv 2, %i threads", (threads) => {
    const run = computing(0.7, 1, 50_000, 0.1, {
      steps: [{ kind: "cpu", ms: { dist: "hyperexponential", mean: SERVICE_MS, cv: 2 } }],
      fleet: { threads },
    });
    const exact = limitedSharing(0.7 / SERVICE_MS, SERVICE_MS, 2, threads);
    expectExact(run, of.meanWait, exact.meanWait, "Markov chain of phases in service and the line");
    expectExact(run, of.meanLatency, exact.meanResponse, "Markov chain of phases in service and the line");
  });

  it("a finite line: 3 threads and a backlog of 2 are M/M/1/5", () => {
    const run = computing(0.9, 1, 30_000, 0.045, { fleet: { threads: 3, backlog: 2 } });
    const exact = finiteCapacityMMcK(0.9 / SERVICE_MS, SERVICE_MS, 1, 5);
    expectExact(run, of.failureShare("backlog-full"), exact.blocking, "P(5 in the system)");
    expectExact(run, of.meanLatency, exact.meanResponse, "Little's law over the birth and death process");
  });
});

describe("the database's processors are shared by running queries", () => {
  const query = (ms: number | Distribution): readonly Part[] => [{ kind: "query", ms, cpuMs: 1e9 }];

  it.each(fastFirst(2, DISTRIBUTIONS))(
    "M/G/2-PS at utilization 0.8, %s queries that only compute",
    (_, ms) => {
      const run = computing(1.6, 2, 30_000, 0.11, {
        steps: query(ms),
        fleet: AMPLE_THREADS,
        database: planOf(2),
      });
      const exact = sharing(1.6 / SERVICE_MS, SERVICE_MS, speedOf(2)).meanResponse;
      expectExact(run, of.meanLatency, exact, INSENSITIVE);
      expectExact(
        run,
        of.meanStage("queryWait"),
        exact - SERVICE_MS,
        "C(k, a) S / (k (1 − ρ)), for any distribution",
      );
    },
  );

  it("a processor part and a rest: a shared processor and a delay behind it", () => {
    const run = computing(0.7, 1, 40_000, 0.04, {
      steps: [{ kind: "query", ms: 3 * SERVICE_MS, cpuMs: SERVICE_MS }],
      fleet: AMPLE_THREADS,
      database: planOf(1),
    });
    expectExact(run, of.meanLatency, SERVICE_MS / 0.3 + 2 * SERVICE_MS, "S / (1 − ρ) + the rest");
  });

  it("contention: n active connections slow each other down by 1 + α (n − 1) + β n (n − 1)", () => {
    const [alpha, beta] = [0.1, 0.02];
    const speed = (n: number): number => Math.min(n, 4) / (1 + alpha * (n - 1) + beta * n * (n - 1));
    const run = computing(1.5, 2, 40_000, 0.09, {
      steps: query(EXPONENTIAL),
      fleet: AMPLE_THREADS,
      pool: { size: 5 },
      database: { ...planOf(4), contention: { alpha, beta } },
    });
    const exact = sharing(1.5 / SERVICE_MS, SERVICE_MS, speed, 5);
    const formula = "birth and death process, n served at Gunther's scalability of n";
    expectExact(run, of.meanLatency, exact.meanResponse, formula);
    expectExact(run, of.meanStage("checkout"), exact.meanWait, formula);
  });
});
