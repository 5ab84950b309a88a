import {
  anything,
  list,
  number,
  optional,
  type RecordCheck,
  record,
  text,
  variant,
  whole,
  word,
} from "../scenario/shape";
import { MOST_VALUES, SCALES, type Scale } from "./axis-values";
import {
  type CapacityQuestion,
  MEASURE_NAMES,
  type PrecisionQuestion,
  type SensitivityQuestion,
} from "./question-types";

/** An axis as a document says it: with its values, or with a range that they are made of. */
export interface WrittenAxis {
  readonly path: string;
  readonly values?: readonly unknown[];
  readonly from?: number;
  readonly to?: number;
  readonly steps?: number;
  readonly scale?: Scale;
}

export interface WrittenOther {
  readonly name: string;
  readonly changes: unknown;
}

/** A question as a document says it. What its axes and scenarios hold is read against the scenario: see `read-question.ts`. */
export type WrittenQuestion =
  | { readonly kind: "compare"; readonly others: readonly unknown[]; readonly replications: number }
  | {
      readonly kind: "sweep" | "cheapest";
      readonly axes: readonly unknown[];
      readonly replications: number;
    }
  | CapacityQuestion
  | SensitivityQuestion
  | PrecisionQuestion;

const MOST_REPLICATIONS = 1000;
/** The most axes of a search. */
const MOST_AXES = 20;

const anyNumber = number(-1e15, 1e15, 0);

const listedOrRange: RecordCheck = ({ values, from, to }) => {
  const isWrong = values === undefined && (from === undefined || to === undefined);
  const missing = from === undefined && to === undefined ? "values" : from === undefined ? "from" : "to";
  return isWrong
    ? { field: missing, allowed: "there: an axis has values, or from and to", resets: [] }
    : null;
};

const logAboveNothing: RecordCheck = ({ from, to, scale }) => {
  if (scale !== "log") return null;
  const field = Number(from) <= 0 ? "from" : "to";
  const isWrong = Number(from) <= 0 || Number(to) <= 0;
  return isWrong ? { field, allowed: 'above 0 where scale is "log"', resets: [] } : null;
};

export const AXIS_SHAPE = record<WrittenAxis>(
  {
    path: text(4000),
    values: optional(list(anything(), { minimum: 1, maximum: MOST_VALUES, initial: [] })),
    from: optional(anyNumber),
    to: optional(anyNumber),
    steps: optional(whole(2, MOST_VALUES, 2)),
    scale: optional(word(SCALES, "linear")),
  },
  {
    indivisible: true,
    alternatives: [
      ["values", "from"],
      ["values", "to"],
      ["values", "steps"],
      ["values", "scale"],
    ],
    checks: [listedOrRange, logAboveNothing],
  },
);

export const OTHER_SHAPE = record<WrittenOther>({ name: text(100), changes: anything() });

const replications = (fewest: number, usual: number) => whole(fewest, MOST_REPLICATIONS, usual);
const upTo = (maximum: number) => list(anything(), { minimum: 1, maximum, initial: [] });
const figure = word(MEASURE_NAMES, "p95");

/** A question, as far as it can be read without the scenario that it is about. */
export const QUESTION_SHAPE = variant<WrittenQuestion>(
  "kind",
  [
    [
      "compare",
      record({ kind: word(["compare"], "compare"), others: upTo(3), replications: replications(2, 8) }),
    ],
    [
      "capacity",
      record({
        kind: word(["capacity"], "capacity"),
        replications: replications(2, 4),
        points: whole(5, 60, 16),
      }),
    ],
    // Two axes of so many values are at most 40,000 cells.
    ["sweep", record({ kind: word(["sweep"], "sweep"), axes: upTo(2), replications: replications(1, 4) })],
    [
      "cheapest",
      record({
        kind: word(["cheapest"], "cheapest"),
        axes: upTo(MOST_AXES),
        replications: replications(4, 8),
      }),
    ],
    [
      "sensitivity",
      record({
        kind: word(["sensitivity"], "sensitivity"),
        of: figure,
        by: number(0.01, 0.9, 0.2),
        replications: replications(1, 8),
      }),
    ],
    [
      "precision",
      record({
        kind: word(["precision"], "precision"),
        of: figure,
        within: number(0.001, 0.5, 0.02),
        most: whole(4, 10_000, 256),
      }),
    ],
  ],
  { tagRequired: true },
);
