import { estimate } from "../analysis/intervals";
import { mean, mergeHistograms, percentile, percentiles } from "../analysis/percentiles";
import { cost } from "../analysis/price";
import { answersPerSecond, averageOf, failureShare, sum, total } from "../analysis/record-sums";
import type { Estimate } from "../analysis/result-types";
import type { ReplicationRecord } from "../engine";
import type { HistogramRecord } from "../engine/record/replication-record";
import type { SizedScenario } from "../scenario/sizes";
import type { Measures } from "./answer-types";
import { MEASURE_NAMES, type MeasureName } from "./question-types";

/** Replications together: their latencies and queue times are merged, never averaged, the same way as in a run's figures. */
export class PooledRecords {
  readonly records: readonly ReplicationRecord[];
  readonly #latency: HistogramRecord;
  readonly #queue: HistogramRecord;
  #latencies: Latencies | null = null;

  private constructor(
    records: readonly ReplicationRecord[],
    latency: HistogramRecord,
    queue: HistogramRecord,
  ) {
    this.records = records;
    this.#latency = latency;
    this.#queue = queue;
  }

  /** No replication: nothing was measured, and the price is the scenario's. */
  static readonly EMPTY = new PooledRecords([], mergeHistograms([]), mergeHistograms([]));

  /** A replication alone. */
  static of(record: ReplicationRecord): PooledRecords {
    return new PooledRecords([record], record.latency, record.queue);
  }

  /** The same with one replication more, to the last bit what merging all of them at once would give. */
  with(record: ReplicationRecord): PooledRecords {
    if (this.records.length === 0) return PooledRecords.of(record);
    return new PooledRecords(
      [...this.records, record],
      mergeHistograms([this.#latency, record.latency]),
      mergeHistograms([this.#queue, record.queue]),
    );
  }

  /** Computed when first asked for, all in one go. */
  get latencies(): Latencies {
    this.#latencies ??= latenciesOf(this.#latency, this.#queue);
    return this.#latencies;
  }
}

type Latencies = Readonly<Record<"mean" | "p50" | "p95" | "p99" | "queueP95", number | null>>;

function latenciesOf(latency: HistogramRecord, queue: HistogramRecord): Latencies {
  const [p50 = null, p95 = null, p99 = null] = percentiles(latency, [0.5, 0.95, 0.99]);
  return { mean: mean(latency), p50, p95, p99, queueP95: percentile(queue, 0.95) };
}

/** One measure of replications; null where nothing was measured. */
type Measure = (pooled: PooledRecords, sized: SizedScenario) => number | null;

const throughput: Measure = ({ records }, { scenario }) =>
  averageOf(records.map((record) => answersPerSecond(record, scenario)));

const MEASURES: Readonly<Record<MeasureName, Measure>> = {
  throughput,
  failureRate: ({ records }) =>
    failureShare(
      total(records, (record) => sum(record.failedByKind)),
      total(records, (record) => record.ok),
    ),
  mean: ({ latencies }) => latencies.mean,
  p50: ({ latencies }) => latencies.p50,
  p95: ({ latencies }) => latencies.p95,
  p99: ({ latencies }) => latencies.p99,
  queueP95: ({ latencies }) => latencies.queueP95,
  monthlyUsd: ({ records }, sized) => cost(sized.monthlyUsd, records, null).monthlyUsd,
  usdPerMillion: (pooled, sized) =>
    cost(sized.monthlyUsd, pooled.records, throughput(pooled, sized)).perMillionRequestsUsd,
};

/** A measure of replications together. */
export function measureOf(name: MeasureName, pooled: PooledRecords, sized: SizedScenario): number | null {
  return MEASURES[name](pooled, sized);
}

/** The same with the interval that the replications' own values give. */
export function measureEstimate(
  name: MeasureName,
  pooled: PooledRecords,
  sized: SizedScenario,
  own: readonly (number | null)[],
): Estimate {
  return estimate(measureOf(name, pooled, sized), own, name === "failureRate" ? 1 : Infinity);
}

/** Something for every measure. */
export function forEachMeasure(of: (name: MeasureName) => Estimate): Measures {
  return Object.fromEntries(MEASURE_NAMES.map((name) => [name, of(name)])) as Record<MeasureName, Estimate>;
}
