import { MONTH_S } from "../base/run-time";
import type { ResultFigures } from "./result-types";

/** A run that has come this near to its end is whole. */
const WHOLE = 0.999;

/** What a run has cost, and whether it is the whole run: not while it streams in, nor where it was broken off. */
export function runCost({ cost, scenario }: ResultFigures): {
  readonly usd: number;
  readonly isWhole: boolean;
} {
  const wholeUsd = (cost.monthlyUsd * scenario.run.durationS) / MONTH_S;
  return { usd: cost.runUsd, isWhole: cost.runUsd >= wholeUsd * WHOLE };
}
