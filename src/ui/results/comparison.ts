import type { Estimate } from "../../analysis/result-types";

/**
 * A difference from the baseline, and whether it is more than chance.
 * `real`: more than noise; `noise`: within it; `unknown`: an interval is missing, so nothing can be said.
 */
export interface Comparison {
  readonly difference: number;
  readonly judgement: "real" | "noise" | "unknown";
}

function halfWidth({ ci95 }: Estimate): number | null {
  return ci95 === null ? null : (ci95[1] - ci95[0]) / 2;
}

/**
 * Compares two independent estimates. The half-widths of their 95 % intervals add up as squares, like the standard
 * errors they come from; a difference beyond that is more than noise. As both runs may share their random draws, this
 * errs on the careful side. null where either was not measured.
 */
export function compareEstimates(now: Estimate, then: Estimate): Comparison | null {
  if (now.mean === null || then.mean === null) return null;
  const difference = now.mean - then.mean;
  const half = halfWidth(now);
  const halfThen = halfWidth(then);
  if (half === null || halfThen === null) return { difference, judgement: "unknown" };
  const noise = Math.sqrt(half * half + halfThen * halfThen);
  return { difference, judgement: Math.abs(difference) > noise ? "real" : "noise" };
}
