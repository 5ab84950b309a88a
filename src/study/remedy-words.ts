import type { ResultFigures } from "../analysis/result-types";
import { counted } from "../analysis/words";
import { formatMs, formatPercent, formatUsd } from "../base/format";
import type { Outcome } from "./remedy";

/** "p95 1.50 s, none fails". */
function figuresText({ latencyMs, failureRate, requests }: ResultFigures): string {
  const p95 = latencyMs.p95.mean === null ? "no request succeeds" : `p95 ${formatMs(latencyMs.p95.mean)}`;
  const failures = requests.failed === 0 ? "none fails" : `${formatPercent(failureRate.mean ?? 0)} fail`;
  return `${p95}, ${failures}`;
}

/** Whether the intervals of all figures that the objective bounds are within it. */
function isSure({ scenario: { slo }, latencyMs, queueMs, failureRate }: ResultFigures): boolean {
  const bounds = [
    [slo.p95Ms, latencyMs.p95],
    [slo.p99Ms, latencyMs.p99],
    [slo.queueP95Ms, queueMs.p95],
    [slo.failureRate, failureRate],
  ] as const;
  return bounds.every(([limit, { ci95 }]) => limit === null || (ci95 !== null && ci95[1] <= limit));
}

/** "$50 less a month". */
function extraCostText({ extraUsd }: Outcome): string {
  if (Math.abs(extraUsd) < 0.5) return "at the same cost";
  return `${formatUsd(Math.abs(extraUsd))} ${extraUsd > 0 ? "more" : "less"} a month`;
}

/** An advice as a part of a sentence: "run only 24 dynos". */
export function withinSentence({ label }: Outcome): string {
  return label.charAt(0).toLowerCase() + label.slice(1);
}

/** What came of an advice. */
export function adviceText(advice: Outcome): string {
  const { figures } = advice;
  return figures.slo.met
    ? `Simulated: ${isSure(figures) ? "meets" : "likely meets"} the objective, ${figuresText(figures)}, ${extraCostText(advice)}.`
    : `Simulated: not enough by itself, ${figuresText(figures)}.`;
}

/** What came of the smallest single change. */
export function smallestText(smallest: Outcome): string {
  return `Smallest single change${isSure(smallest.figures) ? "" : " that likely meets it"}: ${withinSentence(smallest)}, ${extraCostText(smallest)} (${figuresText(smallest.figures)}).`;
}

/** That nothing of what was tried is enough by itself. @param tried among them what takes several changes */
export function noneText(tried: number): string {
  return `${counted(tried, "variant")} simulated: no single change meets the objective.`;
}

/** What is enough together. */
export function togetherText(together: Outcome): string {
  return `Together: ${withinSentence(together)}, ${extraCostText(together)}.`;
}
