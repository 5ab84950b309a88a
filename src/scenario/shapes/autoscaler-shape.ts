import {
  type CheckFailure,
  itemName,
  list,
  number,
  optional,
  type RecordCheck,
  record,
  seconds,
  variant,
  whole,
  word,
} from "../shape";
import type {
  Autoscaler,
  ScalingMetric,
  ScalingPolicy,
  ScalingStatistic,
  StepPolicy,
  TargetPolicy,
} from "../types";
import { agreesWithEarlier, helps } from "./policies-agree";

const METRICS: readonly ScalingMetric[] = [
  "cpu",
  "latencyMs",
  "queueMs",
  "databaseCpu",
  "databaseConnections",
  "requestsPerDyno",
];
const STATISTICS: readonly ScalingStatistic[] = ["average", "max", "p50", "p75", "p90", "p95", "p99"];
const MAXIMUM_SIZE = 10_000;

/** A period of nothing has no data to judge. */
const period = (initial: number) => number(0.001, 1e6, initial);

const oneBound: RecordCheck = ({ above, below }) =>
  (above === undefined) === (below === undefined)
    ? { field: "above", allowed: "either above or below, and not both", resets: [] }
    : null;

const datapointsFit: RecordCheck = ({ datapoints, outOf }) =>
  Number(datapoints) <= Number(outOf)
    ? null
    : failure("outOf", `at least datapoints (${String(datapoints)})`, ["datapoints", "outOf"]);

const sizesInOrder: RecordCheck = ({ min, max }) =>
  Number(min) <= Number(max) ? null : failure("max", `at least min (${String(min)})`, ["min", "max"]);

const changesSomething: RecordCheck = ({ change }) =>
  change === 0 ? failure("change", "a whole number other than 0", []) : null;

function failure(field: string, allowed: string, resets: readonly string[]): CheckFailure {
  return { field, allowed, resets };
}

const step = record<StepPolicy>(
  {
    kind: word(["step"], "step"),
    name: itemName("step"),
    metric: word(METRICS, "cpu"),
    statistic: word(STATISTICS, "max"),
    above: optional(number(0, 1e9, 0)),
    below: optional(number(0, 1e9, 0)),
    periodS: period(300),
    datapoints: whole(1, 1000, 2),
    outOf: whole(1, 1000, 2),
    change: whole(-MAXIMUM_SIZE, MAXIMUM_SIZE, 1),
    cooldownS: seconds(300),
  },
  {
    alternatives: [["above", "below"]],
    checks: [oneBound, datapointsFit, changesSomething, helps],
    fill: ({ above, below, datapoints, change }) => ({
      ...(above === undefined && below === undefined ? { above: 0.6 } : {}),
      ...(datapoints === undefined ? {} : { outOf: datapoints }),
      // What acts below a bound removes.
      ...(below != null && change === undefined ? { change: -1 } : {}),
    }),
  },
);

const target = record<TargetPolicy>({
  kind: word(["target"], "target"),
  name: itemName("target"),
  metric: word(METRICS, "cpu"),
  target: number(0, 1e9, 0.6, { above: true }),
  periodS: period(60),
  scaleOutCooldownS: seconds(60),
  scaleInCooldownS: seconds(300),
});

/** For an autoscaler that names no policies: up by one or by three, down by one, and a target. */
const DEFAULT_POLICIES: readonly ScalingPolicy[] = [
  {
    kind: "step",
    name: "slow up",
    metric: "cpu",
    statistic: "max",
    above: 0.6,
    periodS: 300,
    datapoints: 2,
    outOf: 2,
    change: 1,
    cooldownS: 300,
  },
  {
    kind: "step",
    name: "fast up",
    metric: "latencyMs",
    statistic: "p99",
    above: 3000,
    periodS: 60,
    datapoints: 1,
    outOf: 1,
    change: 3,
    cooldownS: 60,
  },
  {
    kind: "step",
    name: "slow down",
    metric: "cpu",
    statistic: "average",
    below: 0.15,
    periodS: 300,
    datapoints: 1,
    outOf: 1,
    change: -1,
    cooldownS: 300,
  },
  {
    kind: "target",
    name: "target",
    metric: "cpu",
    target: 0.6,
    periodS: 60,
    scaleOutCooldownS: 60,
    scaleInCooldownS: 300,
  },
];

const DEFAULT_MINIMUM = 15;
const DEFAULT_MAXIMUM = 32;

/** Adds and removes dynos or replicas by what it measures. */
export const AUTOSCALER_SHAPE = record<Autoscaler>(
  {
    min: whole(0, MAXIMUM_SIZE, DEFAULT_MINIMUM),
    max: whole(0, MAXIMUM_SIZE, DEFAULT_MAXIMUM),
    bootS: seconds(60),
    policies: list(
      variant<ScalingPolicy>("kind", [
        ["step", step],
        ["target", target],
      ]),
      { maximum: 20, named: true, initial: DEFAULT_POLICIES, itemCheck: agreesWithEarlier },
    ),
  },
  {
    checks: [sizesInOrder],
    // A given bound beyond the other's default moves that default along.
    fill: ({ min, max }) => ({
      ...(typeof min === "number" && min > DEFAULT_MAXIMUM ? { max: min } : {}),
      ...(typeof max === "number" && max < DEFAULT_MINIMUM ? { min: max } : {}),
    }),
  },
);
