import { describe, expect, it } from "vitest";
import { halfWidth, meanAndDeviation } from "../../src/analysis/intervals";
import { DurationDistribution } from "../../src/engine/kernel/distribution";
import { joinKey, mix, RandomStream, stepPurpose } from "../../src/engine/kernel/random-stream";
import { workloadKey } from "../../src/engine/parts/request-keys";
import type { Duration } from "../../src/scenario/types";
import { kolmogorovSmirnov, normalDistribution } from "../support/statistics";
import { chiSquare, chiSquareLimit, gammaWithin } from "../support/theory-distributions";

const DRAWS = 160_000;
const BATCHES = 40;
/** Exceeded with probability 0.001. */
const KOLMOGOROV_LIMIT = 1.95;

const [keyLow = 0, keyHigh = 0] = workloadKey(7, 0, 0);

/** Points the stream at a request's draws for one purpose, with the key that the engine gives to the n-th arrival. */
function rekey(stream: RandomStream, request: number, purpose: number): void {
  const low = joinKey(keyLow, request);
  stream.rekey(low, mix(keyHigh ^ low), purpose);
}

/** Drawn as the engine draws: each request's step takes the first number of a stream of its own. */
function draws(duration: Duration): Float64Array {
  const distribution = DurationDistribution.from(duration);
  const stream = new RandomStream();
  return Float64Array.from({ length: DRAWS }, (_, request) => {
    rekey(stream, request, stepPurpose(0, 0));
    return distribution.sample(stream);
  });
}

interface Continuous {
  readonly name: string;
  readonly duration: Duration;
  readonly mean: number;
  readonly variance: number;
  /** P(X ≤ x). */
  readonly within: (x: number) => number;
  /** Whether the fourth moment exists and is tame enough for a sample variance to have an interval. */
  readonly tame: boolean;
}

const logOnePlus = (cv: number): number => Math.log(1 + cv * cv);

function lognormal(
  name: string,
  duration: Duration,
  median: number,
  sigma: number,
  tame: boolean,
): Continuous {
  const mean = median * Math.exp((sigma * sigma) / 2);
  return {
    name,
    duration,
    mean,
    variance: mean * mean * (Math.exp(sigma * sigma) - 1),
    within: (x) => normalDistribution(Math.log(x / median) / sigma),
    tame,
  };
}

function gamma(mean: number, cv: number): Continuous {
  const shape = 1 / (cv * cv);
  return {
    name: `gamma of cv ${cv}`,
    duration: { dist: "gamma", mean, cv },
    mean,
    variance: (mean * cv) ** 2,
    within: (x) => gammaWithin(shape, (x * shape) / mean),
    tame: true,
  };
}

/** Balanced means: both phases contribute half of the mean. */
function hyperexponential(mean: number, cv: number): Continuous {
  const first = (1 + Math.sqrt((cv * cv - 1) / (cv * cv + 1))) / 2;
  return {
    name: `hyperexponential of cv ${cv}`,
    duration: { dist: "hyperexponential", mean, cv },
    mean,
    variance: (mean * cv) ** 2,
    within: (x) =>
      1 - first * Math.exp((-2 * first * x) / mean) - (1 - first) * Math.exp((-2 * (1 - first) * x) / mean),
    tame: cv <= 2,
  };
}

function pareto(mean: number, shape: number): Continuous {
  const smallest = (mean * (shape - 1)) / shape;
  return {
    name: `Pareto of shape ${shape}`,
    duration: { dist: "pareto", mean, shape },
    mean,
    variance:
      shape > 2 ? (smallest * smallest * shape) / ((shape - 1) ** 2 * (shape - 2)) : Number.POSITIVE_INFINITY,
    within: (x) => (x < smallest ? 0 : 1 - (smallest / x) ** shape),
    tame: shape > 6,
  };
}

const CONTINUOUS: readonly Continuous[] = [
  {
    name: "exponential",
    duration: { dist: "exponential", mean: 40 },
    mean: 40,
    variance: 1600,
    within: (x) => 1 - Math.exp(-x / 40),
    tame: true,
  },
  {
    name: "uniform",
    duration: { dist: "uniform", min: 20, max: 80 },
    mean: 50,
    variance: 300,
    within: (x) => (x - 20) / 60,
    tame: true,
  },
  lognormal(
    "lognormal by mean, cv 0.5",
    { dist: "lognormal", mean: 500, cv: 0.5 },
    500 / Math.sqrt(1.25),
    Math.sqrt(logOnePlus(0.5)),
    true,
  ),
  lognormal(
    "lognormal by mean, cv 2",
    { dist: "lognormal", mean: 500, cv: 2 },
    500 / Math.sqrt(5),
    Math.sqrt(logOnePlus(2)),
    false,
  ),
  lognormal(
    "lognormal by percentiles",
    { dist: "lognormal", p50: 400, p99: 2000 },
    400,
    Math.log(5) / 2.3263478740408408,
    false,
  ),
  gamma(100, 0.25),
  gamma(100, 0.5),
  gamma(100, 1),
  gamma(100, 2),
  hyperexponential(100, 1.5),
  hyperexponential(100, 4),
  pareto(100, 1.5),
  pareto(100, 2.5),
  pareto(100, 10),
];

/** Means of equal parts of the sample: independent, and near enough to normal for Student's t. */
function batches(values: Float64Array, of: (batch: Float64Array) => number): number[] {
  const size = values.length / BATCHES;
  return Array.from({ length: BATCHES }, (_, i) => of(values.subarray(i * size, (i + 1) * size)));
}

const averageOf = (values: Float64Array): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;

describe.each(CONTINUOUS)("$name", ({ duration, mean, variance, within, tame }) => {
  const values = draws(duration);

  it("knows its mean and variance", () => {
    const distribution = DurationDistribution.from(duration);
    expect(distribution.mean / mean).toBeCloseTo(1, 12);
    if (variance === Number.POSITIVE_INFINITY) expect(distribution.variance).toBe(variance);
    else expect(distribution.variance / variance).toBeCloseTo(1, 12);
  });

  it("is drawn as it should be: Kolmogorov and Smirnov's test", () => {
    expect(kolmogorovSmirnov(values, within)).toBeLessThan(KOLMOGOROV_LIMIT);
  });

  it.each([0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999])("quantile %f", (share) => {
    const sorted = values.slice().sort();
    const quantile = sorted[Math.floor(share * DRAWS)] ?? Number.NaN;
    // The share of the distribution below a sample's quantile has this standard error.
    const error = Math.sqrt((share * (1 - share)) / DRAWS);
    expect(Math.abs(within(quantile) - share)).toBeLessThan(3.3 * error);
  });

  if (variance < Number.POSITIVE_INFINITY)
    it("sample mean", () => {
      const own = batches(values, averageOf);
      expect(Math.abs(meanAndDeviation(own).mean - mean)).toBeLessThan(halfWidth(own, 0.999) ?? 0);
      expect(halfWidth(own, 0.999)).toBeLessThan(0.05 * mean);
    });

  if (tame)
    it("sample variance", () => {
      const own = batches(values, (batch) => meanAndDeviation(Array.from(batch)).deviation ** 2);
      expect(Math.abs(meanAndDeviation(own).mean - variance)).toBeLessThan(halfWidth(own, 0.999) ?? 0);
      expect(halfWidth(own, 0.999)).toBeLessThan(0.12 * variance);
    });

  it("is never negative, never infinite", () => {
    expect(values.every((value) => value >= 0 && value < Number.POSITIVE_INFINITY)).toBe(true);
  });
});

describe("distributions of few values", () => {
  it.each<[string, Duration]>([
    ["a number", 250],
    ["constant", { dist: "constant", mean: 250 }],
    ["lognormal of cv 0", { dist: "lognormal", mean: 250, cv: 0 }],
    ["gamma of cv 0", { dist: "gamma", mean: 250, cv: 0 }],
    ["uniform without width", { dist: "uniform", min: 250, max: 250 }],
    ["one value", { dist: "empirical", values: [250] }],
  ])("%s is always the same", (_, duration) => {
    const { mean, variance } = DurationDistribution.from(duration);
    expect([mean, variance]).toEqual([250, 0]);
    expect(draws(duration).every((value) => value === 250)).toBe(true);
  });

  const fewValues: readonly (readonly [string, readonly number[], readonly number[]])[] = [
    ["equal weights", [10, 40, 250], [1, 1, 1]],
    ["unequal weights", [5, 400, 7, 9, 1000], [90, 5, 3, 1.5, 0.5]],
    ["a value of weight 0", [1, 2, 3], [1, 0, 3]],
    ["weights that are tiny", [1, 2], [1e-300, 3e-300]],
  ];

  it.each(fewValues)("empirical, %s: each as often as its weight says", (_, values, weights) => {
    const sample = draws({ dist: "empirical", values, weights });
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const seen = values.map((value) => sample.reduce((count, drawn) => count + (drawn === value ? 1 : 0), 0));
    const expected = weights.map((weight) => (DRAWS * weight) / total);
    expect(seen.reduce((sum, count) => sum + count, 0)).toBe(DRAWS);
    const possible = weights.map((weight, i) => (weight > 0 ? i : -1)).filter((i) => i >= 0);
    weights.forEach((weight, i) => {
      if (weight === 0) expect(seen[i]).toBe(0);
    });
    const pick = (from: readonly number[]): number[] => possible.map((i) => from[i] ?? 0);
    expect(chiSquare(pick(seen), pick(expected))).toBeLessThan(chiSquareLimit(possible.length - 1));
    const distribution = DurationDistribution.from({ dist: "empirical", values, weights });
    const mean = values.reduce((sum, value, i) => sum + value * ((weights[i] ?? 0) / total), 0);
    expect(distribution.mean).toBeCloseTo(mean, 9);
  });
});

describe("draws of different requests, steps and purposes have nothing to do with each other", () => {
  /** Pairs of uniform numbers, sorted into 16 × 16 cells that are all equally likely. */
  function cells(pair: (n: number, stream: RandomStream) => readonly [number, number]): number {
    const seen = new Array<number>(256).fill(0);
    const stream = new RandomStream();
    for (let n = 0; n < DRAWS; n += 1) {
      const [x, y] = pair(n, stream);
      const cell = 16 * Math.floor(16 * x) + Math.floor(16 * y);
      seen[cell] = (seen[cell] ?? 0) + 1;
    }
    return chiSquare(seen, new Array<number>(256).fill(DRAWS / 256));
  }

  function uniform(stream: RandomStream, request: number, purpose: number): number {
    rekey(stream, request, purpose);
    return stream.nextUniform();
  }

  it.each<[string, (n: number, stream: RandomStream) => readonly [number, number]]>([
    ["one request and the next", (n, stream) => [uniform(stream, n, 16), uniform(stream, n + 1, 16)]],
    ["two steps of one request", (n, stream) => [uniform(stream, n, 16), uniform(stream, n, 17)]],
    ["a step and the routing of one request", (n, stream) => [uniform(stream, n, 16), uniform(stream, n, 1)]],
    [
      "two repetitions of one query",
      (n, stream) => [uniform(stream, n, stepPurpose(0, 0)), uniform(stream, n, stepPurpose(0, 1))],
    ],
    [
      "two draws of one stream",
      (n, stream) => {
        const first = uniform(stream, n, 16);
        return [first, stream.nextUniform()];
      },
    ],
  ])("%s: pairs fill the square evenly (chi-square)", (_, pair) => {
    expect(cells(pair)).toBeLessThan(chiSquareLimit(255));
  });
});
