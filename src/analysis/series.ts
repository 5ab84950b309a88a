import type { ReplicationRecord } from "../engine";
import { binMiddle } from "../engine/kernel/histogram";
import { FAILURE, GAUGE } from "../engine/record/replication-record";
import type { Scenario } from "../scenario/types";
import { type FilledBins, mergeBuckets } from "./merged-buckets";
import { FAILURE_KINDS, type FailureKind, type SeriesColumns } from "./result-types";

/**
 * The series of a run, merged over the records of its replications in their order.
 * @param latencyOverTime each bucket's latencies, merged
 */
export function series(
  scenario: Scenario,
  records: readonly ReplicationRecord[],
  latencyOverTime: readonly FilledBins[],
): SeriesColumns {
  const [first] = records;
  const buckets = first?.buckets ?? 0;
  const bucketMs = first?.bucketMs ?? 0;
  const covered = coveredMs(scenario, records, buckets, bucketMs);
  const meanCount = (of: (record: ReplicationRecord) => Float64Array, offset = 0): Float64Array =>
    column(buckets, (bucket) =>
      records.length === 0
        ? Number.NaN
        : records.reduce((sum, record) => sum + (of(record)[offset + bucket] ?? 0), 0) / records.length,
    );
  const gauge = (index: number): Float64Array =>
    column(buckets, (bucket) => {
      const integral = records.reduce(
        (sum, record) => sum + (record.gaugesOverTime[index * buckets + bucket] ?? 0),
        0,
      );
      const time = covered[bucket] ?? 0;
      return time > 0 ? integral / time : Number.NaN;
    });
  const latency = bucketPercentiles(latencyOverTime);
  const queue = bucketPercentiles(
    mergeBuckets(
      records.map((record) => record.queueOverTime),
      buckets,
    ),
  );
  const failedByKind: Partial<Record<FailureKind, Float64Array>> = {};
  const failed = new Float64Array(buckets);
  for (const kind of FAILURE_KINDS) {
    const counts = meanCount((record) => record.failedOverTime, FAILURE[kind] * buckets);
    if (!counts.some((count) => count > 0)) continue;
    failedByKind[kind] = counts;
    counts.forEach((count, bucket) => {
      failed[bucket] = (failed[bucket] ?? 0) + count;
    });
  }
  return {
    bucketS: bucketMs / 1000,
    atS: column(buckets, (bucket) => (bucket * bucketMs) / 1000),
    sent: meanCount((record) => record.sentOverTime),
    ok: meanCount((record) => record.okOverTime),
    failed,
    failedByKind,
    p50: latency(0.5),
    p75: latency(0.75),
    p90: latency(0.9),
    p95: latency(0.95),
    p99: latency(0.99),
    max: largest(records, buckets),
    queueP50: queue(0.5),
    queueP95: queue(0.95),
    queueP99: queue(0.99),
    inFlight: gauge(GAUGE.inFlight),
    queued: gauge(GAUGE.queued),
    dynos: gauge(GAUGE.dynos),
    busyThreads: column(buckets, (bucket) => {
      const integral = records.reduce((sum, record) => sum + (record.busyOverTime[bucket] ?? 0), 0);
      const time = covered[bucket] ?? 0;
      return time > 0 ? integral / time : Number.NaN;
    }),
    databaseConnections: gauge(GAUGE.databaseConnections),
    databaseActive: gauge(GAUGE.databaseActive),
    poolerClients: gauge(GAUGE.poolerClients),
    poolerQueued: gauge(GAUGE.poolerQueued),
    cpu: new Float64Array(buckets),
    databaseCpu: new Float64Array(buckets),
    replicas: new Float64Array(buckets).fill(scenario.database.replicas.count),
    busyThreadsPerDyno: busyPerDyno(records, coveredMs(scenario, records.slice(0, 1), buckets, bucketMs)),
  };
}

function column(buckets: number, at: (bucket: number) => number): Float64Array {
  return Float64Array.from({ length: buckets }, (_, bucket) => at(bucket));
}

/** How much of each bucket has been simulated, in ms over all replications. */
function coveredMs(
  scenario: Scenario,
  records: readonly ReplicationRecord[],
  buckets: number,
  bucketMs: number,
): Float64Array {
  const durationMs = scenario.run.durationS * 1000;
  return column(buckets, (bucket) =>
    records.reduce((sum, record) => {
      const end = Math.min((bucket + 1) * bucketMs, durationMs, record.nowMs);
      return sum + Math.max(0, end - bucket * bucketMs);
    }, 0),
  );
}

function largest(records: readonly ReplicationRecord[], buckets: number): Float64Array {
  return column(buckets, (bucket) => {
    const value = records.reduce(
      (most, record) => Math.max(most, record.largestLatencyOverTime[bucket] ?? 0),
      0,
    );
    return value > 0 ? value : Number.NaN;
  });
}

/** Busy threads of each dyno in the first replication, the only one that records them over time. */
function busyPerDyno([first]: readonly ReplicationRecord[], covered: Float64Array): Float64Array {
  const buckets = covered.length;
  return (first?.busyPerDynoOverTime ?? new Float64Array(0)).map((integral, i) => {
    const time = covered[i % buckets] ?? 0;
    return time > 0 ? integral / time : Number.NaN;
  });
}

/** A percentile of each bucket, as a function from the share to the column. */
function bucketPercentiles(merged: readonly FilledBins[]): (share: number) => Float64Array {
  return (share) => Float64Array.from(merged, (filled) => rankValue(filled, share));
}

function rankValue({ bins, counts, total }: FilledBins, share: number): number {
  const rank = Math.ceil(share * total - 1e-9);
  let below = 0;
  for (let i = 0; i < bins.length; i += 1) {
    below += counts[i] ?? 0;
    if (below >= rank) return binMiddle(bins[i] ?? 0);
  }
  return Number.NaN;
}
