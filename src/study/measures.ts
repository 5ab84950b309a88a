import { estimate } from "../analysis/intervals";
import { mean, mergeHistograms, percentile } from "../analysis/percentiles";
import { cost } from "../analysis/price";
import { answersPerSecond, averageOf, failureShare, sum, total } from "../analysis/record-sums";
import type { Estimate } from "../analysis/result-types";
import type { ReplicationRecord } from "../engine";
import type { SizedScenario } from "../scenario/sizes";
import type { Measures } from "./answer-types";
import { MEASURE_NAMES, type MeasureName } from "./question-types";

/** One measure of some replications together; null where nothing was measured. */
type Measure = (records: readonly ReplicationRecord[], sized: SizedScenario) => number | null;

/** Latency is merged over replications, never averaged: the same way as in a run's figures. */
function ofHistogram(
  histogram: "latency" | "queue",
  read: (merged: ReplicationRecord["latency"]) => number | null,
): Measure {
  return (records) => {
    const [only] = records;
    if (only !== undefined && records.length === 1) return read(only[histogram]);
    return read(mergeHistograms(records.map((record) => record[histogram])));
  };
}

const throughput: Measure = (records, { scenario }) =>
  averageOf(records.map((record) => answersPerSecond(record, scenario)));

const MEASURES: Readonly<Record<MeasureName, Measure>> = {
  throughput,
  failureRate: (records) =>
    failureShare(
      total(records, (record) => sum(record.failedByKind)),
      total(records, (record) => record.ok),
    ),
  mean: ofHistogram("latency", mean),
  p50: ofHistogram("latency", (merged) => percentile(merged, 0.5)),
  p95: ofHistogram("latency", (merged) => percentile(merged, 0.95)),
  p99: ofHistogram("latency", (merged) => percentile(merged, 0.99)),
  queueP95: ofHistogram("queue", (merged) => percentile(merged, 0.95)),
  monthlyUsd: (records, sized) => cost(sized.monthlyUsd, records, null).monthlyUsd,
  usdPerMillion: (records, sized) =>
    cost(sized.monthlyUsd, records, throughput(records, sized)).perMillionRequestsUsd,
};

/** A measure of one replication alone. */
export function measureOf(name: MeasureName, record: ReplicationRecord, sized: SizedScenario): number | null {
  return MEASURES[name]([record], sized);
}

/** A measure of all replications together, with the interval that their own values give. */
export function measureEstimate(
  name: MeasureName,
  records: readonly ReplicationRecord[],
  sized: SizedScenario,
  own: readonly (number | null)[],
): Estimate {
  return estimate(MEASURES[name](records, sized), own, name === "failureRate" ? 1 : Infinity);
}

/** Something for every measure. */
export function forEachMeasure(of: (name: MeasureName) => Estimate): Measures {
  return Object.fromEntries(MEASURE_NAMES.map((name) => [name, of(name)])) as Record<MeasureName, Estimate>;
}
