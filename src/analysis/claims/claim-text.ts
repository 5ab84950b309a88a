import { formatCount, formatMs, formatPercent, formatRate, formatUsd } from "../../base/format";
import { spanText } from "../../base/run-time";
import type { ClaimVerdict, JudgedClaim } from "./judge-claims";
import { METRICS, type MetricUnit } from "./measures";

const FORMATS: Readonly<Record<JudgedClaim["unit"], (value: number) => string>> = {
  ms: formatMs,
  perSecond: formatRate,
  fraction: formatPercent,
  usd: formatUsd,
  count: (value) => formatCount(Number(value.toFixed(1))),
  seconds: (value) => spanText(Number(value.toFixed(1))),
  points: (value) => `${Number((100 * value).toFixed(1))} points`,
  ratio: (value) => `${Number(value.toFixed(2))} times`,
};

/** A number of a metric as it is written. */
export function metricText(unit: MetricUnit, value: number): string {
  return FORMATS[unit](value);
}

/** What the simulation gives: "1.67 s ± 12 ms"; "nothing" where there was nothing to measure. */
export function valueText({ value, half, unit }: JudgedClaim): string {
  if (value === null) return "nothing";
  const text = FORMATS[unit](value);
  return half === null || half === 0 ? text : `${text} ± ${FORMATS[unit](half)}`;
}

/** What agrees: "at least 4 times", "1.62 s to 1.72 s"; empty where there is no bound. */
export function boundText({ claim: { atLeast, atMost }, unit }: JudgedClaim): string {
  const format = FORMATS[unit];
  if (atLeast !== undefined && atMost !== undefined)
    return atLeast === atMost ? format(atLeast) : `${format(atLeast)} to ${format(atMost)}`;
  if (atLeast !== undefined) return `at least ${format(atLeast)}`;
  return atMost === undefined ? "" : `at most ${format(atMost)}`;
}

/** What the number is of: "p95 of queue time", "throughput, as many times as in another run". */
export function measuredText({ claim: { measured, per, minus } }: JudgedClaim): string {
  const { label } = METRICS[measured.metric];
  if (per !== undefined) return `${label}, divided by that of another run`;
  return minus === undefined ? label : `${label}, less that of another run`;
}

/** Plain words for what came of it. */
export const VERDICT_WORDS: Readonly<Record<ClaimVerdict, string>> = {
  agrees: "agrees",
  differs: "differs",
  fails: "does not come out",
  "not-comparable": "not comparable",
};
