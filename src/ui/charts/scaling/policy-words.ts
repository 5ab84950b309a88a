import type { ScalingLog } from "../../../analysis/result-types";
import { formatCount, formatMs, formatPercent } from "../../../base/format";
import type { ScalingMetric, ScalingPolicy, ScalingStatistic } from "../../../scenario/types";

const METRICS: Readonly<Record<ScalingMetric, string>> = {
  cpu: "processor",
  latencyMs: "latency",
  queueMs: "queue time",
  databaseCpu: "database processor",
  databaseConnections: "database connections",
  requestsPerDyno: "requests per dyno",
};

/** A value of a metric in its unit; "–" where there were no data. */
export function metricText(metric: ScalingMetric, value: number | null): string {
  if (value === null) return "–";
  switch (metric) {
    case "cpu":
    case "databaseCpu":
      return formatPercent(value);
    case "latencyMs":
    case "queueMs":
      return formatMs(value);
    case "databaseConnections":
    case "requestsPerDyno":
      return formatCount(Number(value.toPrecision(3)));
  }
}

/** What a policy compares with: "above 60 %", "target 60 %". */
export function boundText(policy: ScalingPolicy): string {
  if (policy.kind === "target") return `target ${metricText(policy.metric, policy.target)}`;
  return policy.above === undefined
    ? `below ${metricText(policy.metric, policy.below ?? null)}`
    : `above ${metricText(policy.metric, policy.above)}`;
}

const STATISTICS: Readonly<Record<ScalingStatistic, string>> = {
  average: "average",
  max: "highest",
  p50: "p50 of",
  p75: "p75 of",
  p90: "p90 of",
  p95: "p95 of",
  p99: "p99 of",
};

/** What a policy watches: "highest processor above 60 %". */
export function ruleText(policy: ScalingPolicy): string {
  const statistic = policy.kind === "step" ? STATISTICS[policy.statistic] : "average";
  return `${statistic} ${METRICS[policy.metric]} ${boundText(policy)}`;
}

/** What an autoscaler adds and removes. */
export function sizeNoun({ fleet }: ScalingLog): readonly [one: string, many: string] {
  return fleet === null ? ["replica", "replicas"] : ["dyno", "dynos"];
}
