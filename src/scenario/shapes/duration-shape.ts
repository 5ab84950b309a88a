import {
  type CheckFailure,
  either,
  list,
  number,
  optional,
  type RecordCheck,
  type RecordShape,
  record,
  variant,
  word,
} from "../shape";
import type { Distribution } from "../types";

/** Milliseconds up to about twelve days, as everywhere in the document. */
const LONGEST_MS = 1e9;
const MAXIMUM_EMPIRICAL_VALUES = 100_000;

const mean = number(0, LONGEST_MS, 0);
const variation = number(0, 1000, 0);

type Named<D extends Distribution["dist"]> = Extract<Distribution, { dist: D }>;

function failure(field: string, allowed: string): CheckFailure {
  return { field, allowed, resets: [] };
}

const minimumFirst: RecordCheck = ({ min, max }) =>
  Number(min) <= Number(max) ? null : failure("max", `at least min (${String(min)})`);

/** A spread beyond this is no duration's, and would leave the numbers that a machine can hold. */
const WIDEST_SPREAD = 1e6;

const medianFirst: RecordCheck = ({ p50, p99 }) => {
  if (!(Number(p50) < Number(p99))) return failure("p99", `more than p50 (${String(p50)})`);
  return Number(p99) <= WIDEST_SPREAD * Number(p50)
    ? null
    : failure("p99", `at most a million times p50 (${String(p50)})`);
};

const weightsFit: RecordCheck = ({ values, weights }) => {
  if (!Array.isArray(weights) || !Array.isArray(values)) return null;
  if (weights.length !== values.length)
    return failure("weights", `as many weights as values (${values.length})`);
  return weights.some((weight) => weight > 0) ? null : failure("weights", "at least one weight above 0");
};

/** Each distribution's parameters, in the order in which a link writes them. */
const distributions: readonly (readonly [string, RecordShape])[] = [
  [
    "constant",
    record<Named<"constant">>({ dist: word(["constant"], "constant"), mean }, { indivisible: true }),
  ],
  [
    "exponential",
    record<Named<"exponential">>({ dist: word(["exponential"], "exponential"), mean }, { indivisible: true }),
  ],
  [
    "uniform",
    record<Named<"uniform">>(
      { dist: word(["uniform"], "uniform"), min: mean, max: mean },
      { indivisible: true, checks: [minimumFirst] },
    ),
  ],
  [
    "lognormal",
    record<Extract<Named<"lognormal">, { mean: number }>>(
      { dist: word(["lognormal"], "lognormal"), mean, cv: variation },
      { indivisible: true },
    ),
  ],
  [
    "lognormal",
    record<Extract<Named<"lognormal">, { p50: number }>>(
      {
        dist: word(["lognormal"], "lognormal"),
        // A lognormal time is never 0, so neither is its median.
        p50: number(0, LONGEST_MS, 0, { above: true }),
        p99: number(0, LONGEST_MS, 0, { above: true }),
      },
      { indivisible: true, checks: [medianFirst] },
    ),
  ],
  [
    "gamma",
    record<Named<"gamma">>({ dist: word(["gamma"], "gamma"), mean, cv: variation }, { indivisible: true }),
  ],
  [
    "hyperexponential",
    record<Named<"hyperexponential">>(
      {
        dist: word(["hyperexponential"], "hyperexponential"),
        mean,
        cv: number(1, 1000, 0, { above: true }),
      },
      { indivisible: true },
    ),
  ],
  [
    "pareto",
    record<Named<"pareto">>(
      { dist: word(["pareto"], "pareto"), mean, shape: number(1, 1e6, 0, { above: true }) },
      { indivisible: true },
    ),
  ],
  [
    "empirical",
    record<Named<"empirical">>(
      {
        dist: word(["empirical"], "empirical"),
        values: list(number(0, LONGEST_MS, 0), {
          minimum: 1,
          maximum: MAXIMUM_EMPIRICAL_VALUES,
          indivisible: true,
        }),
        weights: optional(
          list(number(0, LONGEST_MS, 0), { maximum: MAXIMUM_EMPIRICAL_VALUES, indivisible: true }),
        ),
      },
      { indivisible: true, checks: [weightsFit] },
    ),
  ],
];

/** A distribution, spelled out. */
export const DISTRIBUTION_SHAPE = variant<Distribution>("dist", distributions, { tagRequired: true });

/** A duration in milliseconds: a number, or a distribution. */
export function duration(initial: number | Distribution) {
  return either(number(0, LONGEST_MS, 0), DISTRIBUTION_SHAPE, initial);
}
