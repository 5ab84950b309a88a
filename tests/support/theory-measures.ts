import { mean, percentile, totalCount } from "../../src/analysis/percentiles";
import type { FailureKind } from "../../src/analysis/result-types";
import type { TheoryUnit } from "../../src/analysis/theory-report";
import type { HistogramRecord, ReplicationRecord } from "../../src/engine/record/replication-record";
import { FAILURE, GAUGE, STAGE } from "../../src/engine/record/replication-record";
import type { Scenario } from "../../src/scenario/types";

/** What is asked of each replication's record. */
export interface Measure {
  readonly quantity: string;
  readonly unit: TheoryUnit;
  readonly of: (record: ReplicationRecord, scenario: Scenario) => number;
  /** How far the measure itself may be off, relative. */
  readonly resolution?: number;
}

/** Percentiles come from bins: within 0.5 % of the exact one by the histogram's promise, whatever the number of requests. */
const BIN_ERROR = 0.005;

function known<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error("Nothing was measured");
  return value;
}

function measure(quantity: string, unit: TheoryUnit, of: Measure["of"]): Measure {
  return { quantity, unit, of };
}

function measuredS({ run }: Scenario): number {
  return run.durationS - run.warmupS;
}

function named(list: readonly { readonly name: string }[], name: string): number {
  const index = list.findIndex((item) => item.name === name);
  if (index < 0) throw new Error(`Nothing is called ${name}`);
  return index;
}

/** Bins are so narrow that what varies inside one does not matter. */
function meanSquare(histogram: HistogramRecord): number {
  const squares = histogram.counts.reduce(
    (sum, inBin, i) => sum + (inBin === 0 ? 0 : (histogram.sums[i] ?? 0) ** 2 / inBin),
    0,
  );
  return squares / totalCount(histogram);
}

function shareOf(record: ReplicationRecord, kind: FailureKind): number {
  const failed = record.failedByKind[FAILURE[kind]] ?? 0;
  const others = record.failedByKind.reduce((sum, count) => sum + count, 0) - failed;
  if (others > 0) throw new Error(`Failures of other kinds than ${kind}: ${others}`);
  return failed / (record.ok + failed);
}

/** Mean level of a gauge between two shares of the run. */
function gaugeBetween(record: ReplicationRecord, gauge: number, from: number, to: number): number {
  const first = gauge * record.buckets + Math.round(from * record.buckets);
  const last = gauge * record.buckets + Math.round(to * record.buckets);
  const levels = record.gaugesOverTime.subarray(first, last);
  return levels.reduce((sum, level) => sum + level, 0) / (levels.length * record.bucketMs);
}

/** The quantities that theory knows, as one replication's record tells them. Latency and its stages are of successful requests. */
export const of = {
  meanLatency: measure("mean response", "ms", ({ latency }) => known(mean(latency))),
  meanWait: measure("mean wait in line", "ms", ({ queue }) => known(mean(queue))),
  /** Of one endpoint's requests. */
  meanLatencyOf: (endpoint: string): Measure =>
    measure(`mean response of ${endpoint}`, "ms", ({ endpoints }, scenario) =>
      known(mean(known(endpoints[named(scenario.endpoints, endpoint)]).latency)),
    ),
  /** In squares of a unit. Unlike a variance it is as right on average in a short replication as in a long one. */
  meanSquareLatency: (unitMs: number): Measure =>
    measure(
      "mean square of the response, in squares of S",
      "number",
      ({ latency }) => meanSquare(latency) / unitMs ** 2,
    ),
  latencyPercentile: (share: number): Measure => ({
    ...measure(`${100 * share}th percentile of the response`, "ms", ({ latency }) =>
      known(percentile(latency, share)),
    ),
    resolution: BIN_ERROR,
  }),
  waitPercentile: (share: number): Measure => ({
    ...measure(`${100 * share}th percentile of the wait`, "ms", ({ queue }) =>
      known(percentile(queue, share)),
    ),
    resolution: BIN_ERROR,
  }),
  /** Share of successful requests that waited for a thread: those outside the histogram's bin for less than a microsecond. */
  waitingShare: measure(
    "share that waits",
    "share",
    ({ queue }) => 1 - (queue.firstBin === 0 ? (queue.counts[0] ?? 0) : 0) / totalCount(queue),
  ),
  meanStage: (stage: keyof typeof STAGE): Measure =>
    measure(
      `mean of the stage ${stage}`,
      "ms",
      (record) => (record.stageSumsMs[STAGE[stage]] ?? 0) / record.ok,
    ),
  failureShare: (kind: FailureKind): Measure =>
    measure(`share of ${kind}`, "share", (record) => shareOf(record, kind)),
  /** Successful answers per second of the measured window. */
  throughput: measure(
    "throughput",
    "per s",
    (record, scenario) => record.answersInWindow / measuredS(scenario),
  ),
  /** Successful answers of one endpoint per second of the measured window, by the time of their sending. */
  throughputOf: (endpoint: string): Measure =>
    measure(
      `throughput of ${endpoint}`,
      "per s",
      ({ endpoints }, scenario) =>
        totalCount(known(endpoints[named(scenario.endpoints, endpoint)]).latency) / measuredS(scenario),
    ),
  /** Requests sent per second of the measured window, retries included. */
  sendRate: measure("requests sent", "per s", (record, scenario) => record.sent / measuredS(scenario)),
  retryShare: measure("share of retries in what is sent", "share", (record) => record.retries / record.sent),
  /** Time-weighted mean number of a fleet's busy threads. */
  busyThreads: (fleet = "web"): Measure =>
    measure(`busy threads of ${fleet}`, "number", ({ fleets }, scenario) => {
      const { busyPerDynoMeasured } = known(fleets[named(scenario.fleets, fleet)]);
      return busyPerDynoMeasured.reduce((sum, busy) => sum + busy, 0) / (measuredS(scenario) * 1000);
    }),
  /** Time-weighted mean of a gauge over the measured window. */
  gauge: (gauge: keyof typeof GAUGE, quantity: string): Measure =>
    measure(
      quantity,
      "number",
      (record, scenario) => (record.gaugesMeasured[GAUGE[gauge]] ?? 0) / (measuredS(scenario) * 1000),
    ),
  /** How fast the line grows: from the second quarter of the run to the last. */
  growthOfLine: measure("growth of the line", "per s per s", (record, scenario) => {
    const early = gaugeBetween(record, GAUGE.queued, 0.25, 0.5);
    const late = gaugeBetween(record, GAUGE.queued, 0.75, 1);
    return (late - early) / (scenario.run.durationS / 2);
  }),
};
