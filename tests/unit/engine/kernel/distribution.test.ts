import { describe, expect, it } from "vitest";
import { DurationDistribution } from "../../../../src/engine/kernel/distribution";
import { RandomStream } from "../../../../src/engine/kernel/random-stream";
import { meanMs } from "../../../../src/scenario/duration-mean";
import type { Duration } from "../../../../src/scenario/types";
import { kolmogorovSmirnov, momentsOf, normalDistribution } from "../../../support/statistics";

const DRAWS = 100_000;
const SIGMA_OF_CV_2 = Math.sqrt(Math.log(5));

interface Row {
  readonly name: string;
  readonly duration: Duration;
  readonly mean: number;
  readonly variance: number;
  /** The distribution function, where it is smooth and has a short formula. */
  readonly below?: (x: number) => number;
}

/** Every distribution, with its exact mean, variance and distribution function. */
const TABLE: readonly Row[] = [
  { name: "a number", duration: 480, mean: 480, variance: 0 },
  { name: "constant", duration: { dist: "constant", mean: 480 }, mean: 480, variance: 0 },
  {
    name: "exponential",
    duration: { dist: "exponential", mean: 40 },
    mean: 40,
    variance: 1600,
    below: (x) => 1 - Math.exp(-x / 40),
  },
  {
    name: "uniform",
    duration: { dist: "uniform", min: 10, max: 34 },
    mean: 22,
    variance: 48,
    below: (x) => (x - 10) / 24,
  },
  {
    name: "lognormal by mean and cv",
    duration: { dist: "lognormal", mean: 500, cv: 2 },
    mean: 500,
    variance: 1_000_000,
    below: (x) => normalDistribution(Math.log(x / (500 / Math.sqrt(5))) / SIGMA_OF_CV_2),
  },
  {
    name: "lognormal by percentiles",
    duration: { dist: "lognormal", p50: 400, p99: 2000 },
    mean: 400 * Math.exp((Math.log(5) / 2.3263478740408408) ** 2 / 2),
    variance:
      (400 * Math.exp((Math.log(5) / 2.3263478740408408) ** 2 / 2)) ** 2 *
      (Math.exp((Math.log(5) / 2.3263478740408408) ** 2) - 1),
    below: (x) => normalDistribution((Math.log(x / 400) / Math.log(5)) * 2.3263478740408408),
  },
  {
    name: "gamma of shape 4 (Erlang)",
    duration: { dist: "gamma", mean: 100, cv: 0.5 },
    mean: 100,
    variance: 2500,
    below: (x) => 1 - Math.exp(-x / 25) * (1 + x / 25 + (x / 25) ** 2 / 2 + (x / 25) ** 3 / 6),
  },
  {
    name: "gamma of shape 1/4",
    duration: { dist: "gamma", mean: 100, cv: 2 },
    mean: 100,
    variance: 40_000,
  },
  {
    name: "gamma of shape 1, which is exponential",
    duration: { dist: "gamma", mean: 100, cv: 1 },
    mean: 100,
    variance: 10_000,
    below: (x) => 1 - Math.exp(-x / 100),
  },
  {
    name: "hyperexponential",
    duration: { dist: "hyperexponential", mean: 100, cv: 2 },
    mean: 100,
    variance: 40_000,
    below: (x) => {
      const p = (1 + Math.sqrt(3 / 5)) / 2;
      return 1 - p * Math.exp((-2 * p * x) / 100) - (1 - p) * Math.exp((-2 * (1 - p) * x) / 100);
    },
  },
  {
    name: "pareto",
    duration: { dist: "pareto", mean: 150, shape: 4.5 },
    mean: 150,
    variance: 150 ** 2 / (4.5 * 2.5),
    below: (x) => 1 - ((150 * (3.5 / 4.5)) / x) ** 4.5,
  },
  {
    name: "empirical, all alike",
    duration: { dist: "empirical", values: [10, 20, 60] },
    mean: 30,
    variance: (400 + 100 + 900) / 3,
  },
  {
    name: "empirical with weights",
    duration: { dist: "empirical", values: [10, 20, 1000], weights: [3, 6, 1] },
    mean: 115,
    variance: 0.3 * 105 ** 2 + 0.6 * 95 ** 2 + 0.1 * 885 ** 2,
  },
];

function sample(distribution: DurationDistribution): Float64Array {
  const stream = new RandomStream();
  return Float64Array.from({ length: DRAWS }, (_, key) => {
    stream.rekey(key, 5, 16);
    return distribution.sample(stream);
  });
}

describe.each(TABLE)("the $name distribution", ({ duration, mean, variance }) => {
  const distribution = DurationDistribution.from(duration);
  const values = sample(distribution);

  it("knows its mean and variance, as the scenario does", () => {
    expect(distribution.mean).toBeCloseTo(mean, 9);
    expect(distribution.variance / (variance || 1)).toBeCloseTo(variance === 0 ? 0 : 1, 9);
    expect(distribution.mean).toBeCloseTo(meanMs(duration), 9);
  });

  it("has draws of that mean and variance, none below 0", () => {
    const moments = momentsOf(values);
    const standardError = Math.sqrt(variance / DRAWS);
    expect(Math.abs(moments.mean - mean)).toBeLessThanOrEqual(4.5 * standardError);
    // The variance of a variance: by the sample's own kurtosis, and generous where the tail is heavy.
    const relativeError = variance === 0 ? 0 : Math.sqrt((moments.kurtosis - 1) / DRAWS);
    expect(Math.abs(moments.variance - variance)).toBeLessThanOrEqual(6 * relativeError * variance);
    expect(values.every((value) => value >= 0)).toBe(true);
  });

  it("adds the same draw to a time", () => {
    const stream = new RandomStream();
    const target = Float64Array.of(1, 2, 3);
    stream.rekey(7, 5, 16);
    distribution.addTo(target, 1, stream);
    stream.rekey(7, 5, 16);
    expect(Array.from(target)).toEqual([1, 2 + distribution.sample(stream), 3]);
  });

  it("is not zero", () => {
    expect(distribution.isZero).toBe(false);
  });
});

describe("draws", () => {
  it.each(TABLE.filter(({ below }) => below !== undefined))(
    "follow the formula of $name",
    ({ duration, below }) => {
      const values = sample(DurationDistribution.from(duration));
      expect(kolmogorovSmirnov(values, (x) => below?.(x) ?? Number.NaN)).toBeLessThan(1.95);
    },
  );
});

describe("durations at their limits", () => {
  it.each<Duration>([
    0,
    { dist: "constant", mean: 0 },
    { dist: "gamma", mean: 0, cv: 2 },
    { dist: "lognormal", mean: 0, cv: 2 },
  ])("%j is always zero", (duration) => {
    expect(DurationDistribution.from(duration).isZero).toBe(true);
  });

  it.each<Duration>([
    { dist: "gamma", mean: 70, cv: 0 },
    { dist: "lognormal", mean: 70, cv: 0 },
    { dist: "uniform", min: 70, max: 70 },
    { dist: "empirical", values: [70] },
  ])("%j does not vary", (duration) => {
    expect(new Set(sample(DurationDistribution.from(duration)))).toEqual(new Set([70]));
  });

  it("of heavy tails have no variance, and say so", () => {
    expect(DurationDistribution.from({ dist: "pareto", mean: 100, shape: 2 }).variance).toBe(
      Number.POSITIVE_INFINITY,
    );
  });

  it("are finite numbers, whatever the parameters", () => {
    const extremes: Duration[] = [
      { dist: "exponential", mean: 1e9 },
      { dist: "lognormal", mean: 1e9, cv: 1000 },
      { dist: "lognormal", p50: 1e-9, p99: 1e9 },
      { dist: "gamma", mean: 1e9, cv: 1000 },
      { dist: "gamma", mean: 1e-9, cv: 1e-6 },
      { dist: "hyperexponential", mean: 1e9, cv: 1000 },
      { dist: "pareto", mean: 1e9, shape: 1.000001 },
      { dist: "pareto", mean: 100, shape: 1e6 },
      { dist: "empirical", values: [0, 1e9], weights: [1e9, 1e-9] },
    ];
    for (const duration of extremes) {
      const values = sample(DurationDistribution.from(duration)).slice(0, 20_000);
      expect(
        values.every((value) => value >= 0 && Number.isFinite(value)),
        JSON.stringify(duration),
      ).toBe(true);
    }
  });

  it("never draw a value of weight 0", () => {
    const values = sample(
      DurationDistribution.from({ dist: "empirical", values: [1, 2, 3], weights: [1, 0, 1] }),
    );
    expect(new Set(values)).toEqual(new Set([1, 3]));
  });
});
