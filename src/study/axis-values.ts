import { exp, log } from "../base/elementary";
import { fieldAt, numbersOf } from "../scenario/field-at";
import type { Scenario } from "../scenario/types";

export const SCALES = ["linear", "log"] as const;
/** `linear`: equal steps; `log`: equal factors. */
export type Scale = (typeof SCALES)[number];

/** A range of numbers, and in how many of them it is looked at. */
export interface AxisRange {
  readonly from: number;
  readonly to: number;
  /** At most so many values, both ends included. */
  readonly steps: number;
  readonly scale: Scale;
}

/** The most values of an axis. */
export const MOST_VALUES = 200;
/** How many values a range has where nobody says. */
export const USUAL_STEPS = 12;

/**
 * The values of a range for a field of a scenario, in order and each once: whole where the field is, else with as many digits as tell
 * them apart. Both ends are as they are given. Equal factors need both ends above 0; else the steps are equal.
 */
export function axisValues(base: Scenario, path: string, range: AxisRange): readonly number[] {
  const isWhole = isWholeNumber(base, path);
  const { from, to } = range;
  const steps = Math.min(MOST_VALUES, Math.max(2, Math.floor(range.steps)));
  const isLog = range.scale === "log" && from > 0 && to > 0;
  const [least, most] = [Math.min(from, to), Math.max(from, to)];
  const values = Array.from({ length: steps }, (_, step) => {
    if (step === 0 || step === steps - 1) return step === 0 ? from : to;
    const share = step / (steps - 1);
    const value = isLog
      ? rounded(exp(log(from) + share * (log(to) - log(from))), isWhole)
      : rounded(from + share * (to - from), isWhole, Math.abs(to - from) / (steps - 1));
    // Ends that are near each other have more digits than what lies between them.
    return Math.min(most, Math.max(least, value));
  });
  return [...new Set(values)];
}

/** Whether only whole numbers may stand in a field of a scenario. */
export function isWholeNumber(base: Scenario, path: string): boolean {
  const field = fieldAt(base, path);
  return field !== null && numbersOf(field.shape)?.whole === true;
}

/** A number with few digits. @param step how far the next is from it; without: to three digits */
function rounded(value: number, isWhole: boolean, step?: number): number {
  if (isWhole) return Math.round(value);
  if (step === undefined) return Number(value.toPrecision(3));
  if (step === 0) return value;
  // Two digits of the step are enough: 0.091 where it is 0.0909…
  const digits = 1 - Number(step.toExponential().split("e")[1]);
  return Number(value.toFixed(Math.min(100, Math.max(0, digits))));
}
