import type { Estimate } from "../../analysis/result-types";
import { formatMs, formatPercent, formatRate, formatUsd } from "../../base/format";
import type { Difference } from "../../study/answer-types";
import type { MeasureName } from "../../study/question-types";

interface MeasureWords {
  readonly label: string;
  readonly format: (value: number) => string;
}

/** What the figures are called in tables, and how they are written. */
export const MEASURES: Readonly<Record<MeasureName, MeasureWords>> = {
  throughput: { label: "throughput", format: formatRate },
  failureRate: { label: "failure rate", format: formatPercent },
  mean: { label: "latency mean", format: formatMs },
  p50: { label: "latency p50", format: formatMs },
  p95: { label: "latency p95", format: formatMs },
  p99: { label: "latency p99", format: formatMs },
  queueP95: { label: "queue time p95", format: formatMs },
  monthlyUsd: { label: "monthly cost", format: formatUsd },
  usdPerMillion: { label: "cost per million requests", format: formatUsd },
};

/** A figure without its interval. */
export function valueText(measure: MeasureName, { mean }: Estimate): string {
  return mean === null ? "none" : MEASURES[measure].format(mean);
}

/** A figure with its interval: "812 ms (95 %: 798 ms to 826 ms)". */
export function estimateText(measure: MeasureName, estimate: Estimate): string {
  const { format } = MEASURES[measure];
  const { ci95 } = estimate;
  const interval = ci95 === null ? "" : ` (95 %: ${format(ci95[0])} to ${format(ci95[1])})`;
  return `${valueText(measure, estimate)}${interval}`;
}

/** "12 ms ± 3 ms lower", or that nothing can be said. */
export function differenceText(measure: MeasureName, { mean, half, verdict }: Difference): string {
  if (mean === null) return "not measured";
  if (verdict === "same") return "the same";
  if (verdict === "unknown") return "no difference can be shown yet";
  const { format } = MEASURES[measure];
  return `${format(Math.abs(mean))}${half === null ? "" : ` ± ${format(half)}`} ${verdict}`;
}

/** A value of a scenario's field, as a table shows it. */
export function fieldText(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

export function counted(count: number, noun: string): string {
  return `${count.toLocaleString("en-US")} ${noun}${count === 1 ? "" : "s"}`;
}
