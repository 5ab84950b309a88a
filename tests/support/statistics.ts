/** Sample statistics for tests of random numbers. */

export interface Moments {
  readonly mean: number;
  readonly variance: number;
  /** Third and fourth standardised central moments: 0 and 3 for the normal distribution, 2 and 9 for the exponential one. */
  readonly skewness: number;
  readonly kurtosis: number;
}

export function momentsOf(values: Float64Array): Moments {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const central = (power: number): number =>
    values.reduce((sum, value) => sum + (value - mean) ** power, 0) / values.length;
  const variance = central(2);
  return { mean, variance, skewness: central(3) / variance ** 1.5, kurtosis: central(4) / variance ** 2 };
}

/** Kolmogorov and Smirnov's statistic, times √n: above 1.95 with probability 0.001 for values that do follow the distribution. */
export function kolmogorovSmirnov(values: Float64Array, distribution: (x: number) => number): number {
  const sorted = values.slice().sort();
  const apart = sorted.reduce((most, value, i) => {
    const expected = distribution(value);
    return Math.max(most, expected - i / sorted.length, (i + 1) / sorted.length - expected);
  }, 0);
  return apart * Math.sqrt(sorted.length);
}

/**
 * How far counts are from being all equal, in standard deviations of what chance alone does: Pearson's χ², which for many cells is nearly normal.
 * Very negative is as suspect as very positive: too even to be chance.
 */
export function unevenness(counts: ArrayLike<number>): number {
  const all = Array.from(counts);
  const expected = all.reduce((sum, count) => sum + count, 0) / all.length;
  const chiSquare = all.reduce((sum, count) => sum + (count - expected) ** 2 / expected, 0);
  return (chiSquare - (all.length - 1)) / Math.sqrt(2 * (all.length - 1));
}

/** Pearson's correlation, times √n: beyond ±4 hardly ever for values that have nothing to do with each other. */
export function relatedness(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const [one, other] = [Float64Array.from(a), Float64Array.from(b)];
  const [first, second] = [momentsOf(one), momentsOf(other)];
  const covariance =
    one.reduce((sum, value, i) => sum + (value - first.mean) * ((other[i] ?? Number.NaN) - second.mean), 0) /
    one.length;
  return (covariance / Math.sqrt(first.variance * second.variance)) * Math.sqrt(one.length);
}

/** The normal distribution function, by its Taylor series; for |x| < 6. */
export function normalDistribution(x: number): number {
  let term = x;
  let sum = x;
  for (let n = 1; Math.abs(term) > 1e-17; n += 1) {
    term *= (x * x) / (2 * n + 1);
    sum += term;
  }
  return 0.5 + (sum * Math.exp(-0.5 * x * x)) / Math.sqrt(2 * Math.PI);
}
