import type { AlarmSpan, RunSummary, ScalingDecision, ScalingLog } from "../../src/analysis/result-types";
import { DEFAULT_SCENARIO } from "../../src/scenario/defaults";
import type { Autoscaler, Fleet, ScalingPolicy, TimelineEntry } from "../../src/scenario/types";
import { chartSummary } from "./chart-summary-fixture";

/** Adds three dynos while the processor is above 60 %, and removes one while it is below 15 %. */
export const SCALER: Autoscaler = {
  min: 8,
  max: 32,
  bootS: 60,
  policies: [
    {
      kind: "step",
      name: "up",
      metric: "cpu",
      statistic: "max",
      above: 0.6,
      periodS: 300,
      datapoints: 2,
      outOf: 2,
      change: 3,
      cooldownS: 300,
    },
    {
      kind: "target",
      name: "hold",
      metric: "latencyMs",
      target: 800,
      periodS: 60,
      scaleOutCooldownS: 60,
      scaleInCooldownS: 300,
    },
  ],
};

/** The policy of a name. */
export function policyNamed(name: string): ScalingPolicy {
  const policy = SCALER.policies.find((one) => one.name === name);
  if (policy === undefined) throw new Error(`the autoscaler has no policy "${name}"`);
  return policy;
}

/** A decision of the policy "up" that changes nothing, unless told otherwise. */
export function decision(atS: number, rest: Partial<ScalingDecision> = {}): ScalingDecision {
  return {
    atS,
    policy: policyNamed("up"),
    outcome: "cooldown",
    values: [0.71, 0.68],
    fromSize: 8,
    toSize: 8,
    wantedSize: 11,
    min: SCALER.min,
    max: SCALER.max,
    ...rest,
  };
}

export const SPANS: readonly AlarmSpan[] = [
  { fromS: 0, toS: 3600, state: "no-data" },
  { fromS: 3600, toS: 36_000, state: "ok" },
  { fromS: 36_000, toS: 50_400, state: "alarm" },
  { fromS: 50_400, toS: 86_400, state: "ok" },
];

interface Options {
  readonly decisions?: readonly ScalingDecision[];
  readonly forgotten?: number;
  readonly timeline?: readonly TimelineEntry[];
}

/** A day in which a fleet goes from 8 dynos to 26 and back, in buckets of half an hour. */
export function scalingSummary({ decisions = [], forgotten = 0, timeline = [] }: Options = {}): RunSummary {
  const [web] = DEFAULT_SCENARIO.fleets;
  if (web === undefined) throw new Error("the default scenario has a fleet");
  const fleet: Fleet = { ...web, dynos: 8, dynoType: "standard-2x", autoscaler: SCALER };
  const buckets = 48;
  const summary = chartSummary({
    buckets,
    bucketS: 1800,
    dynos: 26,
    ratePerSecond: 40,
    scenario: {
      run: { durationS: 86_400, warmupS: 3600, seed: 1, replications: 1 },
      fleets: [fleet],
      timeline,
    },
  });
  const size = Float64Array.from(
    { length: buckets },
    (_, i) => 8 + 18 * Math.min(1, Math.max(0, 1 - Math.abs(i - 24) / 12)),
  );
  const log: ScalingLog = {
    fleet: web.name,
    decisions,
    forgotten,
    bounds: [{ fromS: 0, toS: 86_400, min: SCALER.min, max: SCALER.max }],
    alarms: [
      { policy: policyNamed("up"), spans: SPANS },
      { policy: policyNamed("hold"), spans: [{ fromS: 0, toS: 86_400, state: "ok" }] },
    ],
  };
  return {
    ...summary,
    figures: {
      ...summary.figures,
      replications: 1,
      cost: { monthlyUsd: 1250, perMillionRequestsUsd: 2.5, runUsd: (1250 * 24) / 730 },
    },
    series: {
      ...summary.series,
      fleets: summary.series.fleets.map((columns) => ({ ...columns, dynos: size })),
    },
    scaling: [log],
  };
}
