import { describe, expect, it } from "vitest";
import type { Scenario } from "../../src/scenario/types";
import { Configuration } from "../../src/study/configuration";
import { difference } from "../../src/study/difference";
import { precision } from "../../src/study/precision";
import type { MeasureName } from "../../src/study/question-types";
import { localSimulator } from "../support/local-simulator";
import { once } from "../support/once";
import { waitingTimeMMc } from "../support/theory-formulas";
import { FULL } from "../support/theory-runs";
import { theoryScenario } from "../support/theory-scenario";

/*
 * An interval is honest where it holds the exact value as often as it says: a 95 % interval in 93 to 97 % of 1,000 experiments, each with
 * random numbers of its own.
 */
const EXPERIMENTS = 1_000;
const SERVICE_MS = 100;
const PER_SECOND = 10;
const REPLICATIONS = 8;

function station(seed: number, threads: number): Scenario {
  return theoryScenario({
    run: { durationS: 110, warmupS: 10, replications: REPLICATIONS, seed },
    workload: { kind: "open", requestsPerSecond: PER_SECOND },
    steps: [{ kind: "wait", ms: { dist: "exponential", mean: SERVICE_MS } }],
    fleet: { threads },
  });
}

function exactMean(threads: number): number {
  return waitingTimeMMc(PER_SECOND / 1000, SERVICE_MS, threads).meanWait + SERVICE_MS;
}

/** The time within which a share is served at M/M/2 where half the servers are busy: both times by numeric convolution. */
function exactQuantile(share: number): number {
  const { probability } = waitingTimeMMc(PER_SECOND / 1000, SERVICE_MS, 2);
  const spare = 2 / SERVICE_MS - PER_SECOND / 1000;
  const later = (t: number): number => {
    const steps = 2_000;
    let sum = (1 - probability) * Math.exp(-t / SERVICE_MS) + probability * Math.exp(-spare * t);
    for (let i = 0; i < steps; i += 1) {
      const waited = ((i + 0.5) * t) / steps;
      sum +=
        (probability * spare * Math.exp(-spare * waited) * Math.exp(-(t - waited) / SERVICE_MS) * t) / steps;
    }
    return sum;
  };
  let [low, high] = [0, 10_000];
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (later(middle) > 1 - share) low = middle;
    else high = middle;
  }
  return high;
}

async function simulated(...configurations: Configuration[]): Promise<void> {
  const pieces = configurations.flatMap((configuration) =>
    configuration.missing(REPLICATIONS).map((run) => ({ configuration, run })),
  );
  await localSimulator().simulate(
    pieces.map(({ run }) => run),
    (index, record) => pieces[index]?.configuration.keep(record.replication, record),
  );
}

/** How often the intervals of M/M/2 hold what they are about. */
const coverage = once(async () => {
  const exact: Readonly<Partial<Record<MeasureName, number>>> = {
    mean: exactMean(2),
    p50: exactQuantile(0.5),
    p95: exactQuantile(0.95),
    throughput: PER_SECOND,
  };
  const held = new Map<string, number>();
  for (let experiment = 0; experiment < EXPERIMENTS; experiment += 1) {
    const configuration = new Configuration(station(experiment, 2));
    await simulated(configuration);
    for (const [name, value] of Object.entries(exact)) {
      const [low, high] = configuration.measures[name as MeasureName].ci95 ?? [Number.NaN, Number.NaN];
      held.set(name, (held.get(name) ?? 0) + (low <= value && value <= high ? 1 : 0));
    }
  }
  return held;
});

describe(`the 95 % interval over ${REPLICATIONS} replications, in ${EXPERIMENTS} experiments with M/M/2`, () => {
  it.each(["mean", "p50", "p95", "throughput"])(
    "holds the exact value of %s as often as it says",
    async (name) => {
      const share = ((await coverage()).get(name) ?? 0) / EXPERIMENTS;
      expect(share).toBeGreaterThanOrEqual(0.93);
      expect(share).toBeLessThanOrEqual(0.97);
    },
  );
});

describe.runIf(FULL)("longer experiments", () => {
  it("the interval of a difference, with the same random numbers for both, holds the exact difference", async () => {
    const exact = exactMean(3) - exactMean(2);
    let held = 0;
    for (let experiment = 0; experiment < EXPERIMENTS; experiment += 1) {
      const lengthened = (threads: number): Configuration => {
        const scenario = station(experiment, threads);
        return new Configuration({ ...scenario, run: { ...scenario.run, durationS: 410 } });
      };
      const [two, three] = [lengthened(2), lengthened(3)];
      await simulated(two, three);
      const { mean, half } = difference("mean", three, two);
      if (Math.abs((mean ?? 0) - exact) <= (half ?? 0)) held += 1;
    }
    expect(held / EXPERIMENTS).toBeGreaterThanOrEqual(0.93);
    expect(held / EXPERIMENTS).toBeLessThanOrEqual(0.97);
  });

  // Who chooses when to stop stops a little sooner where luck makes the interval narrow: 92.5 % of 550 experiments, measured once.
  it("the interval at which precision stops holds the exact value nearly as often, although it chose when to stop", async () => {
    const experiments = 300;
    let held = 0;
    for (let experiment = 0; experiment < experiments; experiment += 1) {
      const question = { kind: "precision", of: "mean", within: 0.03, most: 256 } as const;
      const { estimate, ended } = await precision(
        question,
        station(experiment, 2),
        localSimulator(),
        () => undefined,
      );
      expect(ended).toBe("precise");
      const [low, high] = estimate.ci95 ?? [Number.NaN, Number.NaN];
      if (low <= exactMean(2) && exactMean(2) <= high) held += 1;
    }
    expect(held / experiments).toBeGreaterThanOrEqual(0.9);
    expect(held / experiments).toBeLessThanOrEqual(0.98);
  });
});
