import type { ReplicationRecord } from "../engine";
import { BIN_COUNT, BINS_PER_OCTAVE, binFloor, binMiddle } from "../engine/kernel/histogram";
import { PAGES_PER_BUCKET } from "../engine/record/bucketed-histogram";
import { type BucketedHistogramRecord, FAILURE, GAUGE } from "../engine/record/replication-record";
import type { Scenario } from "../scenario/types";
import {
  FAILURE_KINDS,
  type FailureKind,
  type LatencyDistribution,
  type LatencyHeatmap,
  type SeriesColumns,
} from "./result-types";

/** Bins of the heat map: this many of the recorded bins each, 8 per power of two. */
const HEATMAP_BIN = 16;
/** Bins of the distribution: as fine as they were recorded, so that what stands on a round number stays on its side of it. */
const DISTRIBUTION_BIN = 1;

/** The series of a run, merged over the records of its replications in their order. */
export function series(scenario: Scenario, records: readonly ReplicationRecord[]): SeriesColumns {
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
  const latency = bucketPercentiles(
    records.map((record) => record.latencyOverTime),
    buckets,
  );
  const queue = bucketPercentiles(
    records.map((record) => record.queueOverTime),
    buckets,
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
    busyThreads: columnSums(busyPerDyno(records, buckets, covered), buckets),
    databaseConnections: gauge(GAUGE.databaseConnections),
    databaseActive: gauge(GAUGE.databaseActive),
    poolerClients: gauge(GAUGE.poolerClients),
    poolerQueued: gauge(GAUGE.poolerQueued),
    cpu: new Float64Array(buckets),
    databaseCpu: new Float64Array(buckets),
    replicas: new Float64Array(buckets).fill(scenario.database.replicas.count),
    busyThreadsPerDyno: busyPerDyno(
      records.slice(0, 1),
      buckets,
      coveredMs(scenario, records.slice(0, 1), buckets, bucketMs),
    ),
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

function busyPerDyno(
  records: readonly ReplicationRecord[],
  buckets: number,
  covered: Float64Array,
): Float64Array {
  const length = records.reduce((most, record) => Math.max(most, record.busyPerDynoOverTime.length), 0);
  const merged = new Float64Array(length);
  for (const { busyPerDynoOverTime } of records) {
    for (let i = 0; i < busyPerDynoOverTime.length; i += 1)
      merged[i] = (merged[i] ?? 0) + (busyPerDynoOverTime[i] ?? 0);
  }
  for (let i = 0; i < length; i += 1) {
    const time = covered[i % buckets] ?? 0;
    merged[i] = time > 0 ? (merged[i] ?? 0) / time : Number.NaN;
  }
  return merged;
}

function columnSums(rows: Float64Array, buckets: number): Float64Array {
  const sums = new Float64Array(buckets);
  for (let i = 0; i < rows.length; i += 1) sums[i % buckets] = (sums[i % buckets] ?? 0) + (rows[i] ?? 0);
  return sums;
}

/** Percentiles of each bucket's histogram, merged over replications: a function from the share to the column. */
function bucketPercentiles(
  histograms: readonly BucketedHistogramRecord[],
  buckets: number,
): (share: number) => Float64Array {
  const merged = Array.from({ length: buckets }, (_, bucket) => mergeBucket(histograms, bucket));
  return (share) => column(buckets, (bucket) => rankValue(merged[bucket] ?? [], share));
}

/** The filled bins of one bucket in ascending order, as [bin, count, bin, count …]. */
function mergeBucket(histograms: readonly BucketedHistogramRecord[], bucket: number): number[] {
  const filled: number[] = [];
  for (let page = 0; page < PAGES_PER_BUCKET; page += 1) {
    const pages = histograms.flatMap((histogram) => {
      const at = histogram.pageOf[bucket * PAGES_PER_BUCKET + page] ?? -1;
      return at < 0 ? [] : [histogram.counts.subarray(at * BINS_PER_OCTAVE, (at + 1) * BINS_PER_OCTAVE)];
    });
    if (pages.length === 0) continue;
    for (let within = 0; within < BINS_PER_OCTAVE; within += 1) {
      const count = pages.reduce((sum, counts) => sum + (counts[within] ?? 0), 0);
      // Page 0 holds bin 0 in its last place; page 1 + i begins with the first bin of octave i.
      if (count > 0) filled.push((page - 1) * BINS_PER_OCTAVE + within + 1, count);
    }
  }
  return filled;
}

function rankValue(filled: readonly number[], share: number): number {
  let count = 0;
  for (let i = 1; i < filled.length; i += 2) count += filled[i] ?? 0;
  if (count === 0) return Number.NaN;
  const rank = Math.ceil(share * count - 1e-9);
  let below = 0;
  for (let i = 0; i < filled.length; i += 2) {
    below += filled[i + 1] ?? 0;
    if (below >= rank) return binMiddle(filled[i] ?? 0);
  }
  return Number.NaN;
}

/** Where latencies lie, from the first filled bin to the last. */
export function distribution(records: readonly ReplicationRecord[]): LatencyDistribution {
  const coarse = new Map<number, number>();
  for (const { latency } of records) {
    latency.counts.forEach((count, i) => {
      if (count > 0) add(coarse, coarseBin(latency.firstBin + i, DISTRIBUTION_BIN), count);
    });
  }
  const { first, bins, edgesMs } = coarseEdges([...coarse.keys()], DISTRIBUTION_BIN);
  return { edgesMs, counts: column(bins, (bin) => coarse.get(first + bin) ?? 0) };
}

function add(counts: Map<number, number>, key: number, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

function coarseBin(bin: number, width: number): number {
  return bin === 0 ? 0 : 1 + Math.floor((bin - 1) / width);
}

function coarseEdges(
  filled: readonly number[],
  width: number,
): { first: number; bins: number; edgesMs: Float64Array } {
  if (filled.length === 0) return { first: 0, bins: 0, edgesMs: new Float64Array(0) };
  const first = Math.min(...filled);
  const bins = Math.max(...filled) - first + 1;
  const edge = (bin: number): number =>
    bin === 0 ? 0 : binFloor(Math.min(BIN_COUNT, 1 + (bin - 1) * width));
  return { first, bins, edgesMs: column(bins + 1, (bin) => edge(first + bin)) };
}

/** Latency over time, mean per replication. */
export function heatmap(records: readonly ReplicationRecord[]): LatencyHeatmap {
  const buckets = records[0]?.buckets ?? 0;
  const cells = new Map<number, Float64Array>();
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const filled = mergeBucket(
      records.map((record) => record.latencyOverTime),
      bucket,
    );
    for (let i = 0; i < filled.length; i += 2) {
      const bin = coarseBin(filled[i] ?? 0, HEATMAP_BIN);
      const row = cells.get(bin) ?? new Float64Array(buckets);
      cells.set(bin, row);
      row[bucket] = (row[bucket] ?? 0) + (filled[i + 1] ?? 0) / records.length;
    }
  }
  const { first, bins, edgesMs } = coarseEdges([...cells.keys()], HEATMAP_BIN);
  const density = new Float64Array(bins * buckets);
  for (const [bin, row] of cells) density.set(row, (bin - first) * buckets);
  return { edgesMs, density };
}
