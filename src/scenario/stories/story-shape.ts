import { anything, flag, list, number, optional, record, text, whole, word } from "../shape";
import { type Claim, METRIC_NAMES, type Measured, STORY_CHARTS, type VariantChart } from "./story";
import {
  STORY_VERSION,
  type WrittenAssumption,
  type WrittenStep,
  type WrittenStory,
  type WrittenVariant,
} from "./written-story";

const SHORT = 200;
const LONG = 20_000;
/** The most steps a story can have. */
export const MOST_STEPS = 100;

const anyNumber = number(-1e15, 1e15, 0);
const timeS = number(0, 1e9, 0);

const measured = record<Measured>(
  {
    metric: word(METRIC_NAMES, "throughput"),
    of: optional(text(SHORT)),
    step: optional(text(SHORT)),
    fromS: optional(timeS),
    toS: optional(timeS),
    failure: optional(text(SHORT)),
    endpoint: optional(text(SHORT)),
  },
  { indivisible: true },
);

const claim = record<Claim>(
  {
    id: text(SHORT),
    status: word(["reported", "derived"], "derived"),
    text: text(LONG),
    measured,
    per: optional(measured),
    minus: optional(measured),
    atLeast: optional(anyNumber),
    atMost: optional(anyNumber),
    notComparable: optional(text(LONG)),
    differs: optional(text(LONG)),
    isSensitive: optional(flag(true)),
  },
  { indivisible: true },
);

const variant = record<WrittenVariant>(
  {
    id: text(SHORT),
    label: text(SHORT),
    x: optional(anyNumber),
    line: optional(text(SHORT)),
    changes: anything(),
  },
  { indivisible: true },
);

const assumption = record<WrittenAssumption>({
  what: text(LONG),
  value: text(LONG),
  why: text(LONG),
  neighbours: list(record({ label: text(SHORT), changes: anything() }, { indivisible: true })),
});

const chart = record<VariantChart>(
  { title: text(SHORT), metric: word(METRIC_NAMES, "throughput"), axis: text(SHORT) },
  { indivisible: true },
);

const step = record<WrittenStep>({
  id: text(SHORT),
  title: text(SHORT, "Untitled step"),
  text: text(LONG),
  note: optional(text(LONG)),
  caution: optional(text(LONG)),
  isLong: optional(flag(false)),
  changes: anything(),
  charts: list(word(STORY_CHARTS, "latency")),
  chart: optional(chart),
  variants: optional(list(variant)),
  assumptions: optional(list(assumption)),
  claims: list(claim),
});

/** A story's document, as far as it is checked without simulating anything: see `read-story.ts` for the rest. */
export const STORY_SHAPE = record<WrittenStory>({
  headroomStory: whole(1, STORY_VERSION, STORY_VERSION),
  id: text(SHORT),
  title: text(SHORT, "Untitled story"),
  lesson: text(LONG),
  source: text(LONG),
  base: anything(),
  steps: list(step, { maximum: MOST_STEPS }),
});
