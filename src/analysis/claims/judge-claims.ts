import type { Claim, Measured } from "../../scenario/stories/story";
import type { RunSummary } from "../result-types";
import { METRICS, type Measure, type MetricUnit } from "./measures";

/** What came of a claim. `differs` is known and explained; `fails` is not. */
export type ClaimVerdict = "agrees" | "differs" | "fails" | "not-comparable";

export interface JudgedClaim {
  readonly claim: Claim;
  readonly verdict: ClaimVerdict;
  /** What the simulation gives: a quotient where the claim has `per`. */
  readonly value: number | null;
  readonly half: number | null;
  readonly unit: MetricUnit | "ratio" | "points";
}

/** The run that a measured number is of; undefined where it is not there. */
export type RunOf = (measured: Measured) => RunSummary | undefined;

/** A claim's own number is rounded this much more finely than its bounds, so that a bound that is met exactly is met. */
const ROUNDING = 1e-9;

/** Holds a claim against runs. A run that is missing, or a number that is not there, agrees with nothing. */
export function judgeClaim(claim: Claim, runOf: RunOf): JudgedClaim {
  const unit = unitOf(claim);
  if (claim.notComparable !== undefined)
    return { claim, verdict: "not-comparable", value: null, half: null, unit };
  const { value, half } = measure(claim, runOf);
  const agrees = value !== null && isWithin(value, claim);
  const otherwise = claim.differs === undefined ? "fails" : "differs";
  return { claim, verdict: agrees ? "agrees" : otherwise, value, half, unit };
}

/** A difference of percentages is one of points. */
function unitOf({ measured, per, minus }: Claim): JudgedClaim["unit"] {
  if (per !== undefined) return "ratio";
  const { unit } = METRICS[measured.metric];
  return minus !== undefined && unit === "fraction" ? "points" : unit;
}

function isWithin(value: number, { atLeast = -Infinity, atMost = Infinity }: Claim): boolean {
  const slack = ROUNDING * Math.abs(value);
  return value >= atLeast - slack && value <= atMost + slack;
}

function measure({ measured, per, minus }: Claim, runOf: RunOf): Measure {
  const own = measureOf(measured, runOf);
  const other = per ?? minus;
  if (other === undefined || own.value === null) return own;
  const taken = measureOf(other, runOf);
  if (taken.value === null) return taken;
  if (per === undefined) return { value: own.value - taken.value, half: sumOfHalves(own.half, taken.half) };
  if (taken.value === 0) return { value: null, half: null };
  const quotient = own.value / taken.value;
  const relative = sumOfHalves(share(own), share(taken));
  return { value: quotient, half: relative === null ? null : Math.abs(quotient) * relative };
}

function measureOf(measured: Measured, runOf: RunOf): Measure {
  const run = runOf(measured);
  return run === undefined ? { value: null, half: null } : METRICS[measured.metric].of(run, measured);
}

function share({ value, half }: Measure): number | null {
  return half === null || value === null || value === 0 ? null : half / Math.abs(value);
}

/** The errors of independent runs add up by their squares. */
function sumOfHalves(one: number | null, other: number | null): number | null {
  if (one === null && other === null) return null;
  return Math.hypot(one ?? 0, other ?? 0);
}
