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
    ? `Simulated: meets the objective, ${figuresText(figures)}, ${extraCostText(advice)}.`
    : `Simulated: not enough by itself, ${figuresText(figures)}.`;
}

/** What came of the smallest single change. */
export function smallestText(smallest: Outcome): string {
  return `Smallest single change: ${withinSentence(smallest)}, ${extraCostText(smallest)} (${figuresText(smallest.figures)}).`;
}

/** That nothing of what was tried is enough by itself. @param tried among them what takes several changes */
export function noneText(tried: number): string {
  return `${counted(tried, "variant")} simulated: no single change meets the objective.`;
}

/** What is enough together. */
export function togetherText(together: Outcome): string {
  return `Together: ${withinSentence(together)}, ${extraCostText(together)}.`;
}
