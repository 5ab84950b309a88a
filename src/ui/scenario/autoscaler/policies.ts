import { readScenario } from "../../../scenario/read-scenario";
import type {
  Autoscaler,
  ScalingMetric,
  ScalingPolicy,
  ScalingStatistic,
  StepPolicy,
  TargetPolicy,
} from "../../../scenario/types";
import { METRICS, metricText, type Scaled } from "./metrics";

/** What a step does, and where: the bound's side and the sign of the change belong together. */
export type StepRule = "add above" | "remove below" | "remove above" | "add below";

export function ruleOf({ above, change }: StepPolicy): StepRule {
  if (change > 0) return above === undefined ? "add below" : "add above";
  return above === undefined ? "remove below" : "remove above";
}

/** The rules that make sense for a metric, with the present one in any case. */
export function rulesFor(metric: ScalingMetric, present: StepRule): readonly StepRule[] {
  const usual: readonly StepRule[] = ["add above", "remove below"];
  if (METRICS[metric].isDatabases) return [...usual, "remove above", "add below"];
  return usual.includes(present) ? usual : [...usual, present];
}

/** The same policy with another rule: as many, the other way; a bound on the other side is a usual one. */
export function withRule(policy: StepPolicy, rule: StepRule): StepPolicy {
  const { above, below, ...rest } = policy;
  const size = Math.abs(policy.change);
  const change = rule.startsWith("add") ? size : -size;
  const { high, low } = METRICS[policy.metric];
  return rule.endsWith("above")
    ? { ...rest, above: above ?? high, change }
    : { ...rest, below: below ?? low, change };
}

/** The same policy about another metric, with bounds and a statistic that are usual for it. */
export function withMetric(policy: ScalingPolicy, metric: ScalingMetric): ScalingPolicy {
  const { high, low, target, statistics } = METRICS[metric];
  if (policy.kind === "target") return { ...policy, metric, target };
  const [usual = "average"] = statistics;
  const statistic = METRICS[policy.metric].statistics === statistics ? policy.statistic : usual;
  const moved = { ...policy, metric, statistic };
  return policy.above === undefined ? { ...moved, below: low } : { ...moved, above: high };
}

/** The same policy with one number changed: never more datapoints than there are periods to have them in. */
export function withNumber(policy: ScalingPolicy, key: string, value: number): ScalingPolicy {
  if (policy.kind === "target") return { ...policy, [key]: value };
  if (key === "bound")
    return { ...policy, ...(policy.above === undefined ? { below: value } : { above: value }) };
  if (key === "size") return { ...policy, change: policy.change > 0 ? value : -value };
  const { datapoints, outOf } = policy;
  if (key === "datapoints") return { ...policy, datapoints: value, outOf: Math.max(value, outOf) };
  if (key === "outOf") return { ...policy, outOf: value, datapoints: Math.min(value, datapoints) };
  return { ...policy, [key]: value };
}

/** A policy as a sentence. */
export function policyText(policy: ScalingPolicy): string {
  const { metric, periodS } = policy;
  const { noun } = METRICS[metric];
  if (policy.kind === "target") {
    const { target, scaleOutCooldownS, scaleInCooldownS } = policy;
    const low = metricText(metric, Number((target * 0.9).toPrecision(6)));
    return `Keeps the average ${noun} at ${metricText(metric, target)}, judged every ${periodS} s: up at once, down after 15 periods below ${low}; then not again for ${scaleOutCooldownS} s and ${scaleInCooldownS} s`;
  }
  const { statistic, above, below, datapoints, outOf, change, cooldownS } = policy;
  const bound =
    above === undefined ? `below ${metricText(metric, below ?? 0)}` : `above ${metricText(metric, above)}`;
  const of = statistic === "average" ? `the average ${noun}` : `${statistic} of ${noun}`;
  const when = `${of} is ${bound} in ${datapoints} of ${outOf} ${outOf === 1 ? "period" : "periods"} of ${periodS} s`;
  return `${change > 0 ? "Up" : "Down"} by ${Math.abs(change)} when ${when}, then not again for ${cooldownS} s`;
}

function step(
  name: string,
  metric: ScalingMetric,
  statistic: ScalingStatistic,
  rule: { readonly above: number } | { readonly below: number },
  rest: Pick<StepPolicy, "periodS" | "datapoints" | "outOf" | "change" | "cooldownS">,
): StepPolicy {
  return { kind: "step", name, metric, statistic, ...rule, ...rest };
}

function target(name: string, metric: ScalingMetric, value: number): TargetPolicy {
  return {
    kind: "target",
    name,
    metric,
    target: value,
    periodS: 60,
    scaleOutCooldownS: 60,
    scaleInCooldownS: 300,
  };
}

interface PolicySet {
  readonly title: string;
  readonly meaning: string;
  readonly policies: readonly ScalingPolicy[];
}

/** The alarms of the document's own defaults. */
function threeAlarms(): readonly ScalingPolicy[] {
  const { scenario } = readScenario({ schema: 1, fleets: [{ autoscaler: {} }] });
  return scenario.fleets[0]?.autoscaler?.policies.filter(({ kind }) => kind === "step") ?? [];
}

/** Policies that people know, to begin from. */
export function policySets(scaled: Scaled): readonly PolicySet[] {
  if (scaled === "replicas") {
    return [
      {
        title: "Processor target 60 %",
        meaning: "Target tracking, as Aurora replicas have it",
        policies: [target("processor", "databaseCpu", 0.6)],
      },
      {
        title: "Connections target 100",
        meaning: "Target tracking on the connections of each replica",
        policies: [target("connections", "databaseConnections", 100)],
      },
    ];
  }
  return [
    {
      title: "Processor target 60 %",
      meaning: "Target tracking, as on AWS",
      policies: [target("processor", "cpu", 0.6)],
    },
    {
      title: "Queue time p95",
      meaning: "As autoscalers for Heroku do: up above 100 ms, down below 20 ms",
      policies: [
        step(
          "up",
          "queueMs",
          "p95",
          { above: 100 },
          { periodS: 10, datapoints: 1, outOf: 1, change: 1, cooldownS: 30 },
        ),
        step(
          "down",
          "queueMs",
          "p95",
          { below: 20 },
          { periodS: 60, datapoints: 3, outOf: 3, change: -1, cooldownS: 60 },
        ),
      ],
    },
    {
      title: "Three alarms",
      meaning: "Slowly up and down by processor use, fast up by latency",
      policies: threeAlarms(),
    },
    {
      title: "Requests target 600 a minute",
      meaning: "Target tracking on the requests that each dyno gets",
      policies: [target("requests", "requestsPerDyno", 600)],
    },
  ];
}

/** An autoscaler to begin from, for a fleet or replicas of this size. */
export function newAutoscaler(scaled: Scaled, size: number): Autoscaler {
  const [first] = policySets(scaled);
  const min = Math.max(1, Math.ceil(size / 2));
  return {
    min,
    max: Math.min(10_000, Math.max(min + 1, size * 2)),
    bootS: 60,
    policies: first?.policies ?? [],
  };
}

function unusedName(stem: string, policies: readonly ScalingPolicy[]): string {
  const isTaken = (name: string) => policies.some((policy) => policy.name === name);
  let name = stem;
  for (let number = 2; isTaken(name); number += 1) name = `${stem}-${number}`;
  return name;
}

/** One more policy: about what no other policy of its kind is about, as long as there is something left. */
export function newPolicy(
  kind: ScalingPolicy["kind"],
  scaled: Scaled,
  policies: readonly ScalingPolicy[],
): ScalingPolicy {
  const candidates: readonly ScalingMetric[] =
    scaled === "replicas"
      ? ["databaseCpu", "databaseConnections"]
      : ["cpu", "queueMs", "latencyMs", "requestsPerDyno"];
  const isUsed = (metric: ScalingMetric) =>
    policies.some((policy) => policy.metric === metric && (kind === "step" || policy.kind === kind));
  const metric = candidates.find((candidate) => !isUsed(candidate)) ?? candidates[0] ?? "cpu";
  const { high, target: aim, statistics } = METRICS[metric];
  const [statistic = "average"] = statistics;
  if (kind === "target") return target(unusedName("target", policies), metric, aim);
  const rest = { periodS: 60, datapoints: 1, outOf: 1, change: 1, cooldownS: 60 };
  return step(unusedName("step", policies), metric, statistic, { above: high }, rest);
}
