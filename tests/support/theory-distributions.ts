/** ln Γ(x) for x > 0: Stirling's series after lifting x above 20 by Γ(x + 1) = x Γ(x). */
function logGamma(x: number): number {
  let lifted = x;
  let product = 0;
  for (; lifted < 20; lifted += 1) product += Math.log(lifted);
  const inverse = 1 / (lifted * lifted);
  const series = (1 / 12 - inverse * (1 / 360 - inverse * (1 / 1260 - inverse / 1680))) / lifted;
  return (lifted - 0.5) * Math.log(lifted) - lifted + 0.5 * Math.log(2 * Math.PI) + series - product;
}

/** Gamma with the given shape and scale 1: the power series of the regularized incomplete gamma function. */
export function gammaWithin(shape: number, x: number): number {
  if (x <= 0) return 0;
  let term = 1 / shape;
  let sum = term;
  for (let n = 1; term > 1e-17 * sum; n += 1) {
    term *= x / (shape + n);
    sum += term;
  }
  return Math.min(1, sum * Math.exp(shape * Math.log(x) - x - logGamma(shape)));
}

/** Pearson's Σ (seen − expected)² / expected. */
export function chiSquare(seen: readonly number[], expected: readonly number[]): number {
  return seen.reduce((sum, count, i) => sum + (count - (expected[i] ?? 0)) ** 2 / (expected[i] ?? 0), 0);
}

/** The value that chi-square with so many degrees of freedom exceeds with probability 0.001 (from the gamma distribution). */
export function chiSquareLimit(degreesOfFreedom: number): number {
  let low = 0;
  let high = 10 * degreesOfFreedom + 100;
  for (let i = 0; i < 60; i += 1) {
    const middle = (low + high) / 2;
    if (gammaWithin(degreesOfFreedom / 2, middle / 2) < 0.999) low = middle;
    else high = middle;
  }
  return high;
}
