import fc from "fast-check";
import type { Distribution, Duration } from "../../src/scenario/types";

const variation = fc.constantFrom(0.25, 0.5, 1, 1.5, 3);

/** Every kind of distribution, with a mean (or a largest value) of up to so many ms. */
export function distributions(longest: number): fc.Arbitrary<Distribution> {
  const mean = fc.integer({ min: 0, max: longest });
  const few = Math.max(1, Math.round(longest / 30));
  return fc.oneof(
    fc.record({ dist: fc.constant("constant" as const), mean }),
    fc.record({ dist: fc.constant("exponential" as const), mean }),
    fc
      .tuple(mean, mean)
      .map(([a, b]) => ({ dist: "uniform" as const, min: Math.min(a, b), max: Math.max(a, b) })),
    fc.record({ dist: fc.constant("lognormal" as const), mean, cv: variation }),
    fc.integer({ min: 1, max: longest }).map((p50) => ({ dist: "lognormal" as const, p50, p99: p50 * 5 })),
    fc.record({ dist: fc.constant("gamma" as const), mean, cv: variation }),
    fc.record({ dist: fc.constant("hyperexponential" as const), mean, cv: fc.constantFrom(1.5, 2, 4) }),
    fc.record({ dist: fc.constant("pareto" as const), mean, shape: fc.constantFrom(1.5, 2.5, 4) }),
    fc.constant({ dist: "empirical" as const, values: [few, 4 * few, longest] }),
    fc.constant({ dist: "empirical" as const, values: [few, longest], weights: [9, 1] }),
  );
}

/** Constant times among them are whole, so that things happen at the same moment; some are 0. */
export function durations(longest: number): fc.Arbitrary<Duration> {
  return fc.oneof(
    { arbitrary: fc.constant(0), weight: 1 },
    { arbitrary: fc.integer({ min: 1, max: longest }), weight: 4 },
    { arbitrary: distributions(longest), weight: 5 },
  );
}

/** Shares of some of these names, one of which may be 0; they add up to 1. */
export function shares(names: readonly string[]): fc.Arbitrary<Readonly<Record<string, number>>> {
  return fc
    .tuple(
      fc.subarray([...names], { minLength: 1 }),
      fc.array(fc.integer({ min: 0, max: 8 }), { minLength: 3, maxLength: 3 }),
    )
    .map(([chosen, weights]) => {
      const parts = chosen.map((_, index) => (index === 0 ? 1 : 0) + (weights[index] ?? 0));
      const sum = parts.reduce((total, part) => total + part, 0);
      return Object.fromEntries(chosen.map((key, index) => [key, (parts[index] ?? 0) / sum]));
    });
}

/** A value that is left out as often as not. */
export function sometimes<T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | null> {
  return fc.oneof(fc.constant(null), value);
}
