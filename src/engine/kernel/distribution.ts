import { unreachable } from "../../base/assert";
import { exp, log } from "../../base/elementary";
import type { Distribution as DistributionDocument, Duration } from "../../scenario/types";
import type { RandomStream } from "./random-stream";
import { nextExponential, nextNormal } from "./ziggurat";

/** The 99th percentile of the standard normal distribution. */
const NORMAL_P99 = 2.3263478740408408;

const CONSTANT = 0;
const EXPONENTIAL = 1;
const UNIFORM = 2;
const LOGNORMAL = 3;
const GAMMA = 4;
const HYPEREXPONENTIAL = 5;
const PARETO = 6;
const EMPIRICAL = 7;

/**
 * A distribution of durations in milliseconds, ready to draw from. One class with a kind, not a class per kind: the hot loop's call stays of
 * one shape, so it is inlined and its result never allocated.
 */
export class DurationDistribution {
  private constructor(
    private readonly kind: number,
    /** What the two numbers mean depends on the kind: see `sample`. */
    private readonly first: number,
    private readonly second: number,
    readonly mean: number,
    /** Infinity where it does not exist. */
    readonly variance: number,
    private readonly table: AliasTable | null = null,
  ) {
    this.isZero = kind === CONSTANT && first === 0;
  }

  /** From the scenario's way of writing a duration, already validated. */
  static from(duration: Duration): DurationDistribution {
    if (typeof duration === "number") return new DurationDistribution(CONSTANT, duration, 0, duration, 0);
    return fromDocument(duration);
  }

  /** Whether every draw is 0. */
  readonly isZero: boolean;

  static of(
    kind: number,
    first: number,
    second: number,
    mean: number,
    variance: number,
    table: AliasTable | null = null,
  ): DurationDistribution {
    return new DurationDistribution(kind, first, second, mean, variance, table);
  }

  /** Adds one draw to target[at]: the hot loop's way, since a returned double would be allocated. */
  addTo(target: Float64Array, at: number, stream: RandomStream): void {
    if (this.kind === CONSTANT) target[at]! += this.first;
    else if (this.kind === EXPONENTIAL) target[at]! += this.first * nextExponential(stream);
    else target[at]! += this.sample(stream);
  }

  /** One draw, ≥ 0. */
  sample(stream: RandomStream): number {
    switch (this.kind) {
      case CONSTANT:
        return this.first;
      case EXPONENTIAL:
        return this.first * nextExponential(stream);
      default:
        return this.sampleOther(stream);
    }
  }

  private sampleOther(stream: RandomStream): number {
    const { first, second } = this;
    switch (this.kind) {
      case UNIFORM:
        return first + (second - first) * stream.nextUniform();
      case LOGNORMAL:
        return exp(first + second * nextNormal(stream));
      case GAMMA:
        return second * nextGamma(first, stream);
      case HYPEREXPONENTIAL: {
        // Balanced means: with probability `first` a phase of mean second ÷ first, else of second ÷ (1 − first).
        const share = stream.nextUniform() < first ? first : 1 - first;
        return (second / share) * nextExponential(stream);
      }
      case PARETO:
        return first * exp(nextExponential(stream) / second);
      default:
        return this.table === null ? first : this.table.pick(stream);
    }
  }
}

function square(x: number): number {
  return x * x;
}

function fromDocument(document: DistributionDocument): DurationDistribution {
  const { of } = DurationDistribution;
  switch (document.dist) {
    case "constant":
      return of(CONSTANT, document.mean, 0, document.mean, 0);
    case "exponential":
      return of(EXPONENTIAL, document.mean, 0, document.mean, square(document.mean));
    case "uniform": {
      const { min, max } = document;
      return of(UNIFORM, min, max, (min + max) / 2, square(max - min) / 12);
    }
    case "lognormal":
      return "p50" in document
        ? lognormal(document.p50, log(document.p99 / document.p50) / NORMAL_P99)
        : lognormalByMean(document.mean, document.cv);
    case "gamma": {
      const { mean, cv } = document;
      if (cv === 0 || mean === 0) return of(CONSTANT, mean, 0, mean, 0);
      return of(GAMMA, 1 / (cv * cv), mean * cv * cv, mean, square(mean * cv));
    }
    case "hyperexponential": {
      const { mean, cv } = document;
      const first = (1 + Math.sqrt((cv * cv - 1) / (cv * cv + 1))) / 2;
      return of(HYPEREXPONENTIAL, first, mean / 2, mean, square(mean * cv));
    }
    case "pareto": {
      const { mean, shape } = document;
      const smallest = (mean * (shape - 1)) / shape;
      const variance = shape > 2 ? square(mean) / (shape * (shape - 2)) : Infinity;
      return of(PARETO, smallest, shape, mean, variance);
    }
    case "empirical":
      return empirical(document.values, document.weights ?? document.values.map(() => 1));
    default:
      return unreachable(document);
  }
}

function lognormalByMean(mean: number, cv: number): DurationDistribution {
  if (cv === 0 || mean === 0) return DurationDistribution.of(CONSTANT, mean, 0, mean, 0);
  const sigma = Math.sqrt(log(1 + cv * cv));
  return lognormal(mean / Math.sqrt(1 + cv * cv), sigma);
}

function lognormal(median: number, sigma: number): DurationDistribution {
  const mean = median * exp((sigma * sigma) / 2);
  return DurationDistribution.of(LOGNORMAL, log(median), sigma, mean, mean * mean * (exp(sigma * sigma) - 1));
}

function empirical(values: readonly number[], weights: readonly number[]): DurationDistribution {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const mean = values.reduce((sum, value, i) => sum + value * ((weights[i] ?? 0) / total), 0);
  const variance = values.reduce(
    (sum, value, i) => sum + square(value - mean) * ((weights[i] ?? 0) / total),
    0,
  );
  return DurationDistribution.of(EMPIRICAL, 0, 0, mean, variance, new AliasTable(values, weights));
}

/**
 * A gamma variate of mean `shape` and scale 1 by Marsaglia and Tsang, "A Simple Method for Generating Gamma Variables" (2000);
 * below shape 1 by their boost: gamma(shape + 1) × U^(1/shape).
 */
function nextGamma(shape: number, stream: RandomStream): number {
  if (shape < 1) {
    const boost = exp(-nextExponential(stream) / shape);
    return nextGamma(shape + 1, stream) * boost;
  }
  const d = shape - 1 / 3;
  const c = 1 / Math.sqrt(9 * d);
  for (;;) {
    const x = nextNormal(stream);
    const root = 1 + c * x;
    if (root <= 0) continue;
    const v = root * root * root;
    if (log(stream.nextUniform()) < 0.5 * x * x + d - d * v + d * log(v)) return d * v;
  }
}

/** Draws one of several values by weight in constant time (A. J. Walker's alias method, 1977). */
class AliasTable {
  private readonly values: Float64Array;
  private readonly threshold: Float64Array;
  private readonly alias: Int32Array;

  constructor(values: readonly number[], weights: readonly number[]) {
    const count = values.length;
    this.values = Float64Array.from(values);
    this.threshold = new Float64Array(count).fill(1);
    this.alias = Int32Array.from(values.keys());
    const total = weights.reduce((sum, weight) => sum + weight, 0);
    const scaled = weights.map((weight) => (weight / total) * count);
    const small = [...scaled.keys()].filter((i) => (scaled[i] ?? 0) < 1);
    const large = [...scaled.keys()].filter((i) => (scaled[i] ?? 0) >= 1);
    for (;;) {
      const poor = small.pop();
      const rich = large.pop();
      if (poor === undefined || rich === undefined) break;
      const share = scaled[poor] ?? 0;
      this.threshold[poor] = share;
      this.alias[poor] = rich;
      const rest = (scaled[rich] ?? 0) - (1 - share);
      scaled[rich] = rest;
      (rest < 1 ? small : large).push(rich);
    }
  }

  pick(stream: RandomStream): number {
    const column = stream.nextBelow(this.values.length);
    return stream.nextUniform() < this.threshold[column]!
      ? this.values[column]!
      : this.values[this.alias[column]!]!;
  }
}
