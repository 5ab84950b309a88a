import type { DisturbanceFigureName } from "../../analysis/validation-report";
import { formatMs, formatRate } from "../../base/format";

/** What each figure of a trial's seconds is called, in the order of the table. */
export const DISTURBANCE_WORDS: Readonly<Record<DisturbanceFigureName, string>> = {
  failingSeconds: "seconds with failures",
  failingSpanS: "first to last failure",
  recoveryS: "recovered after",
  zeroGoodputSeconds: "no success for",
  allDownSeconds: "all dynos marked down",
  goodputPerSecond: "successes meanwhile",
  p95DuringMs: "p95 meanwhile",
  p95AfterMs: "p95 after",
};

export const DISTURBANCE_NAMES = Object.keys(DISTURBANCE_WORDS) as readonly DisturbanceFigureName[];

/** A figure with its unit; seconds are counted whole, and their mean needs one digit more. */
export function disturbanceText(name: DisturbanceFigureName, value: number): string {
  if (name === "goodputPerSecond") return formatRate(value);
  if (name === "p95DuringMs" || name === "p95AfterMs") return formatMs(value);
  return `${Number(value.toFixed(1))} s`;
}
