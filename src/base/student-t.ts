import { arctangent } from "./elementary";

/**
 * P(|T| ≤ t) for Student's t with a whole number of degrees of freedom: the finite sums of
 * Abramowitz and Stegun, Handbook of Mathematical Functions, 26.7.3 and 26.7.4.
 */
export function studentTWithin(t: number, degreesOfFreedom: number): number {
  const cosineSquared = degreesOfFreedom / (degreesOfFreedom + t * t);
  const sine = t / Math.sqrt(degreesOfFreedom + t * t);
  const odd = degreesOfFreedom % 2 === 1;
  let term = odd ? Math.sqrt(cosineSquared) : 1;
  let sum = degreesOfFreedom === 1 ? 0 : term;
  for (let k = odd ? 3 : 2; k <= degreesOfFreedom - 2; k += 2) {
    term *= ((k - 1) / k) * cosineSquared;
    sum += term;
  }
  if (!odd) return sine * sum;
  return (2 / Math.PI) * (arctangent(t / Math.sqrt(degreesOfFreedom)) + sine * sum);
}

/**
 * The t with P(|T| ≤ t) = `confidence`: half the width of a two-sided interval in standard errors.
 * @param confidence 0 < confidence < 1, e.g. 0.95
 * @param degreesOfFreedom a whole number ≥ 1
 */
export function studentTQuantile(confidence: number, degreesOfFreedom: number): number {
  let low = 0;
  let high = 1;
  while (studentTWithin(high, degreesOfFreedom) < confidence) high *= 2;
  // Bisection to the last bit: always the same steps, so always the same result.
  for (let i = 0; i < 64; i += 1) {
    const middle = (low + high) / 2;
    if (studentTWithin(middle, degreesOfFreedom) < confidence) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}
