import type { ScalingMetric, ScalingStatistic } from "../../../scenario/types";
import { type Unit, withUnit } from "../../controls/quantity";
import { seconds } from "../implied";

/** What an autoscaler changes the number of. */
export type Scaled = "dynos" | "replicas";

interface MetricDefinition {
  readonly label: string;
  /** Within a sentence: "p99 of latency". */
  readonly noun: string;
  readonly unit: Unit;
  readonly step: number;
  /** The statistics that say something about it, the usual one first. */
  readonly statistics: readonly ScalingStatistic[];
  /** Bounds and a target to begin from. */
  readonly high: number;
  readonly low: number;
  readonly target: number;
  /** Whether more dynos may make it worse as well as better. */
  readonly isDatabases: boolean;
}

const PERCENTILES = ["p95", "p99", "p90", "p75", "p50", "average", "max"] as const;

export const METRICS: Readonly<Record<ScalingMetric, MetricDefinition>> = {
  cpu: {
    label: "Processor use",
    noun: "processor use",
    unit: "percent",
    step: 0.05,
    statistics: ["average", "max"],
    high: 0.6,
    low: 0.3,
    target: 0.6,
    isDatabases: false,
  },
  latencyMs: {
    label: "Latency",
    noun: "latency",
    unit: "milliseconds",
    step: 50,
    statistics: PERCENTILES,
    high: 1000,
    low: 300,
    target: 500,
    isDatabases: false,
  },
  queueMs: {
    label: "Queue time",
    noun: "queue time",
    unit: "milliseconds",
    step: 10,
    statistics: PERCENTILES,
    high: 100,
    low: 20,
    target: 50,
    isDatabases: false,
  },
  requestsPerDyno: {
    label: "Requests per dyno",
    noun: "requests per dyno",
    unit: "perMinute",
    step: 50,
    statistics: ["average"],
    high: 900,
    low: 300,
    target: 600,
    isDatabases: false,
  },
  databaseCpu: {
    label: "Database processor",
    noun: "database processor use",
    unit: "percent",
    step: 0.05,
    statistics: ["average", "max"],
    high: 0.6,
    low: 0.3,
    target: 0.6,
    isDatabases: true,
  },
  databaseConnections: {
    label: "Database connections",
    noun: "connections per database",
    unit: "count",
    step: 10,
    statistics: ["average", "max"],
    high: 200,
    low: 50,
    target: 100,
    isDatabases: true,
  },
};

const FOR_REPLICAS: readonly ScalingMetric[] = ["databaseCpu", "databaseConnections", "latencyMs"];

/** The metrics to choose from, with the present one in any case. */
export function metricsFor(scaled: Scaled, present: ScalingMetric): readonly ScalingMetric[] {
  const all = Object.keys(METRICS) as ScalingMetric[];
  return scaled === "dynos" ? all : all.filter((name) => FOR_REPLICAS.includes(name) || name === present);
}

/** The statistics to choose from, with the present one in any case. */
export function statisticsFor(metric: ScalingMetric, present: ScalingStatistic): readonly ScalingStatistic[] {
  const { statistics } = METRICS[metric];
  return statistics.includes(present) ? statistics : [...statistics, present];
}

/** A value of a metric with its unit: "60 %", "3 s", "100 ms", "600/min". */
export function metricText(metric: ScalingMetric, value: number): string {
  const { unit } = METRICS[metric];
  return unit === "milliseconds" && value >= 1000 ? seconds(value) : withUnit(value, unit);
}
