import type { Curve } from "../../../scenario/types";
import { steadyCurve } from "./curve-points";

const HOUR_S = 3600;
export const DAY_S = 24 * HOUR_S;
export const WEEK_S = 7 * DAY_S;

/**
 * A day as sites see it whose visitors live in a few neighbouring time zones, by the hour: least before dawn, a steep
 * morning, a plateau over noon that counts as 1, the most in the evening. The shape is typical, not measured.
 */
const DAY: Curve = [
  [0, 0.4],
  [2, 0.2],
  [4, 0.15],
  [6, 0.25],
  [8, 0.7],
  [10, 1],
  [14, 1],
  [17, 1.1],
  [20, 1.4],
  [22, 1],
  [24, 0.4],
];

/** Monday to Sunday, each day as a part of a working day: weekends are quieter. */
const WEEKDAYS = [1, 1, 1, 1, 0.95, 0.7, 0.75];

function scaled(curve: Curve, perUnitS: number): Curve {
  return curve.map(([at, factor]) => [Number((at * perUnitS).toPrecision(9)), factor]);
}

function day(durationS: number): Curve {
  return scaled(DAY, durationS / 24);
}

function week(durationS: number): Curve {
  const hours = WEEKDAYS.flatMap((part, weekday) =>
    // Midnight is the next day's to say.
    DAY.slice(0, -1).map(
      ([hour, factor]) => [weekday * 24 + hour, Number((factor * part).toFixed(3))] as const,
    ),
  );
  const [, firstFactor] = hours[0] ?? [0, 1];
  return scaled([...hours, [7 * 24, firstFactor]], durationS / (7 * 24));
}

export interface CurveShape {
  readonly id: string;
  readonly title: string;
  readonly meaning: string;
  /** How long a run it is about; null: any. */
  readonly lengthS: number | null;
  /** The curve over a run of that length. */
  readonly curve: (durationS: number) => Curve;
}

/** Curves to begin from. */
export const CURVE_SHAPES: readonly CurveShape[] = [
  {
    id: "steady",
    title: "Steady",
    meaning: "As set above, all the time",
    lengthS: null,
    curve: steadyCurve,
  },
  {
    id: "ramp",
    title: "Ramp",
    meaning: "Evenly from half to double",
    lengthS: null,
    curve: (durationS) => [
      [0, 0.5],
      [durationS, 2],
    ],
  },
  {
    id: "step",
    title: "Step",
    meaning: "Twice as much from the middle on",
    lengthS: null,
    curve: (durationS) => [
      [0, 1],
      [durationS / 2, 1],
      [durationS / 2, 2],
      [durationS, 2],
    ],
  },
  {
    id: "spike",
    title: "Spike",
    meaning: "Four times as much for an eighth of the run",
    lengthS: null,
    curve: (durationS) => [
      [0, 1],
      [durationS * 0.375, 1],
      [durationS * 0.375, 4],
      [durationS * 0.5, 4],
      [durationS * 0.5, 1],
      [durationS, 1],
    ],
  },
  {
    id: "day",
    title: "A day",
    meaning: "Quiet before dawn, a plateau over noon, most in the evening",
    lengthS: DAY_S,
    curve: day,
  },
  {
    id: "week",
    title: "A week",
    meaning: "Seven such days, the weekend quieter",
    lengthS: WEEK_S,
    curve: week,
  },
];
