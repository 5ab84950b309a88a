import { createHash } from "node:crypto";
import type { Books, ReplicationRecord } from "../../src/engine";
import {
  COUNT,
  FAILURE_COUNT,
  GAUGE,
  GAUGE_COUNT,
  type HistogramRecord,
  PROFILE_BINS,
  PROFILE_COLUMNS,
  STAGE,
  STAGE_COUNT,
} from "../../src/engine/record/replication-record";
import type { Limits } from "./engine-limits";
import { atLeast, atMost, close, holds, same, sameList } from "./holding";

const sum = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((total, value) => total + value, 0);

/** Expects a record's parts to agree with each other. */
export function expectConsistent(record: ReplicationRecord, books: Books): void {
  const failed = sum(record.failedByKind);
  same("sent over time", sum(record.sentOverTime), record.simulatedRequests);
  same("simulated requests", record.simulatedRequests, books.sent);
  same("ok over time", sum(record.okOverTime), books.ok);
  same("failed over time", sum(record.failedOverTime), books.failed);
  same("latencies over time", sum(record.latencyOverTime.counts), books.ok);
  same("queue times over time", sum(record.queueOverTime.counts), books.ok);
  const inFlight = record.sent - record.ok - failed;
  atLeast("measured requests in flight", inFlight, 0);
  atMost("measured requests in flight", inFlight, books.inFlight);
  for (const histogram of [record.latency, record.queue, record.app])
    same("requests in a histogram", sum(histogram.counts), record.ok);
  same("latencies of failures", sum(record.failedLatency.counts), failed);
  atMost("retries", record.retries, record.sent);
  holds("stale reads are counted", Number.isInteger(record.staleReads) && record.staleReads >= 0);
  expectPartsToAddUp(record);
  expectStagesToAddUp(record);
  expectProfileToAddUp(record);
  expectSamplesToAddUp(record);
}

/** Endpoints and fleets are two divisions of the same requests. */
function expectPartsToAddUp(record: ReplicationRecord): void {
  const totals = [record.sent, record.ok, ...record.failedByKind];
  for (const parts of [record.endpoints, record.fleets]) {
    const counts = totals.map((_, column) => sum(parts.map((part) => part.counts[column] ?? Number.NaN)));
    sameList("counts of endpoints, or fleets, added up", counts, totals);
  }
  for (const { counts, latency } of record.endpoints)
    same("latencies of an endpoint", sum(latency.counts), counts[COUNT.ok]);
  const latency = sum(record.latency.sums);
  sameSum(
    "latencies of endpoints, added up,",
    sum(record.endpoints.map((endpoint) => sum(endpoint.latency.sums))),
    latency,
    record.ok,
  );
  for (const { counts, requestsPerDyno, busyOverTime } of record.fleets) {
    // Whoever was refused was never taken, and nobody is taken twice.
    atMost("requests taken by the dynos of a fleet", sum(requestsPerDyno), counts[COUNT.sent] ?? Number.NaN);
    atLeast("requests taken by the dynos of a fleet", sum(requestsPerDyno), counts[COUNT.ok] ?? Number.NaN);
    holds(
      "busy threads are never negative",
      busyOverTime.every((integral) => integral >= 0),
    );
  }
}

function expectStagesToAddUp(record: ReplicationRecord): void {
  const latency = sum(record.latency.sums);
  same("the number of stages", record.stageSumsMs.length, STAGE_COUNT);
  holds(
    "stages are never negative",
    record.stageSumsMs.every((stage) => stage >= 0),
  );
  sameSum("stages, added up,", sum(record.stageSumsMs), latency, record.ok);
  sameSum("queue and application", sum(record.queue.sums) + sum(record.app.sums), latency, record.ok);
  sameSum("the queue's stage", record.stageSumsMs[STAGE.queue], sum(record.queue.sums), record.ok);
}

/** Rows of the profile hold the requests of PROFILE_BINS bins of the latency histogram. */
function expectProfileToAddUp(record: ReplicationRecord): void {
  const { stageProfile, latency } = record;
  const rows = stageProfile.length / PROFILE_COLUMNS;
  for (let row = 0; row < rows; row += 1) {
    const at = row * PROFILE_COLUMNS;
    const [from, to] = row === 0 ? [0, 1] : [PROFILE_BINS * (row - 1) + 1, PROFILE_BINS * row + 1];
    const count = sumOfBins(latency, latency.counts, from, to);
    same("requests in a row of the profile", stageProfile[at], count);
    const stages = stageProfile.subarray(at + 1, at + PROFILE_COLUMNS);
    sameSum("stages in a row of the profile", sum(stages), sumOfBins(latency, latency.sums, from, to), count);
  }
  const columns = Array.from({ length: STAGE_COUNT }, (_, stage) => {
    return sum(
      Array.from({ length: rows }, (_row, row) => stageProfile[row * PROFILE_COLUMNS + 1 + stage] ?? 0),
    );
  });
  sameList("stages of the profile, added up,", columns, [...record.stageSumsMs]);
}

function sumOfBins({ firstBin }: HistogramRecord, values: Float64Array, from: number, to: number): number {
  return sum(values.subarray(Math.max(0, from - firstBin), Math.max(0, to - firstBin)));
}

/** The segments of a request are its latency, cut up. */
function expectSamplesToAddUp(record: ReplicationRecord): void {
  for (const { segments, latencyMs, failure, sentAtMs } of record.samples) {
    const stages = segments.filter((_, i) => i % 2 === 0);
    const lengths = segments.filter((_, i) => i % 2 === 1);
    holds(
      "segments are of stages",
      stages.every((stage) => Number.isInteger(stage) && stage >= 0 && stage < STAGE_COUNT),
    );
    holds(
      "segments last",
      lengths.every((length) => length > 0),
    );
    close("segments of a sample, added up,", sum(lengths), latencyMs, 1.1e-6 + 1e-9 * latencyMs);
    atLeast("the failure of a sample", failure, -1);
    atMost("the failure of a sample", failure, FAILURE_COUNT - 1);
    atMost("the end of a sample", sentAtMs + latencyMs, record.nowMs * (1 + 1e-12));
  }
  const successes = record.samples.filter(({ failure }) => failure < 0);
  if (record.replication === 0) atLeast("samples of successes", successes.length, Math.min(64, record.ok));
  else same("samples of a later replication", record.samples.length, 0);
}

/** Two sums of the same, added up in another order. */
function sameSum(what: string, found = Number.NaN, expected = Number.NaN, count = 0): void {
  close(what, found, expected, 1e-9 * (Math.abs(expected) + count));
}

/** Levels that are part of another, and can't exceed it on the average over any bucket. */
const PARTS_OF = [
  [GAUGE.cpu, GAUGE.cpuCapacity],
  [GAUGE.checkedOut, GAUGE.poolSlots],
  [GAUGE.databaseActive, GAUGE.databaseConnections],
  [GAUGE.databaseCpu, GAUGE.databaseActive],
  [GAUGE.readCheckedOut, GAUGE.readPoolSlots],
  [GAUGE.poolerQueued, GAUGE.checkedOut],
  [GAUGE.balancerQueued, GAUGE.queued],
] as const;

/** Expects what is used to be within what there is, in every bucket of a run in which the system was not changed. */
export function expectWithinCapacity(record: ReplicationRecord, limits: Limits): void {
  const { buckets, bucketMs, gaugesOverTime } = record;
  same("the number of gauges over time", gaugesOverTime.length, GAUGE_COUNT * buckets);
  holds(
    "gauges are never negative",
    gaugesOverTime.every((integral) => integral >= 0),
  );
  const rounding = 1e-9 * bucketMs * (1 + record.simulatedRequests);
  const expectBelow = (used: number, available: (bucket: number) => number): void => {
    const excess = Array.from({ length: buckets }, (_, bucket) => {
      return (gaugesOverTime[used * buckets + bucket] ?? Number.NaN) - available(bucket);
    });
    atMost(`what gauge ${used} is above its limit`, Math.max(...excess), rounding);
  };
  for (const [part, whole] of PARTS_OF)
    expectBelow(part, (bucket) => gaugesOverTime[whole * buckets + bucket] ?? Number.NaN);
  expectBelow(GAUGE.databaseCpu, () => limits.databaseVcpus * bucketMs);
  expectBelow(GAUGE.replicaCpu, () => limits.replicas * limits.replicaVcpus * bucketMs);
  expectBelow(GAUGE.databaseConnections, () => limits.databaseConnections * bucketMs);
  expectBelow(GAUGE.replicaConnections, () => limits.replicas * limits.replicaConnections * bucketMs);
  record.gaugesHighest.forEach((highest, gauge) => {
    if (highest > 0) expectBelow(gauge, () => highest * bucketMs);
  });
  const threads = gaugesOverTime.subarray(GAUGE.threads * buckets, (GAUGE.threads + 1) * buckets);
  for (let bucket = 0; bucket < buckets; bucket += 1) {
    const busy = sum(record.fleets.map(({ busyOverTime }) => busyOverTime[bucket] ?? Number.NaN));
    atMost("busy threads", busy, (threads[bucket] ?? Number.NaN) + rounding);
  }
}

/** Mean level of a gauge in the last bucket that has been completed. */
export function lastLevel(record: ReplicationRecord, gauge: number): number {
  return lastOf(record, record.gaugesOverTime, gauge);
}

function lastOf(
  { buckets, bucketMs, nowMs }: ReplicationRecord,
  integrals: Float64Array,
  row: number,
): number {
  return (integrals[row * buckets + Math.floor(nowMs / bucketMs) - 1] ?? Number.NaN) / bucketMs;
}

/** Expects the gauges of a run that drained more than a bucket ago to stand where the books do: the last bucket is all rest. */
export function expectGaugesAtRest(record: ReplicationRecord, books: Books): void {
  const replicaConnections = sum(books.replicasOpen);
  for (const [gauge, level] of [
    [GAUGE.inFlight, 0],
    [GAUGE.queued, 0],
    [GAUGE.balancerQueued, 0],
    [GAUGE.checkedOut, 0],
    [GAUGE.databaseActive, 0],
    [GAUGE.poolerQueued, 0],
    // Fractions of processors are added and taken away: what is left is rounding.
    [GAUGE.cpu, 0],
    [GAUGE.databaseCpu, 0],
    [GAUGE.databaseConnections, books.databaseOpen],
    [GAUGE.replicaConnections, replicaConnections],
    [GAUGE.poolerClients, books.poolerClients],
    [GAUGE.replicas, books.replicasOpen.length],
  ] as const) {
    close(`gauge ${gauge} at rest`, lastLevel(record, gauge), level, 1e-9);
  }
  for (const { busyPerDynoMeasured, busyPerDynoOverTime } of record.fleets) {
    for (const dyno of busyPerDynoMeasured.keys())
      same("busy threads at rest", lastOf(record, busyPerDynoOverTime, dyno), 0);
  }
}

/**
 * Little's law as an identity: over a run that began and ended empty, the integral of how many requests were under way is the sum of how long each
 * was, until its answer or its failure.
 * @param record without warm-up
 */
export function expectLittlesLaw(record: ReplicationRecord): void {
  sameIntegral(
    "in flight over time",
    record,
    record.gaugesMeasured[GAUGE.inFlight],
    sum(record.latency.sums) + sum(record.failedLatency.sums),
  );
}

/** The same for lines, threads, queries and processors, where no request failed: how long the failed ones were where is not recorded. */
export function expectLittlesLawEverywhere(record: ReplicationRecord, limits: Limits): void {
  const { gaugesMeasured, stageSumsMs, fleets } = record;
  const stage = (name: keyof typeof STAGE): number => stageSumsMs[STAGE[name]] ?? Number.NaN;
  const gauge = (name: keyof typeof GAUGE): number => gaugesMeasured[GAUGE[name]] ?? Number.NaN;
  expectLittlesLaw(record);
  sameIntegral("queued over time", record, gauge("queued"), sum(record.queue.sums));
  sameIntegral(
    "busy threads over time",
    record,
    sum(fleets.map((fleet) => sum(fleet.busyPerDynoMeasured))),
    sum(record.app.sums),
  );
  const queryMs = stage("query") + stage("queryWait");
  if (limits.readsReplicas)
    atMost("active queries over time", gauge("databaseActive"), queryMs * (1 + 1e-9) + 1e-3);
  else sameIntegral("active queries over time", record, gauge("databaseActive"), queryMs);
  if (limits.pooler?.isSession === false && !limits.readsThroughProxy)
    sameIntegral(
      "busy connections of the pooler over time",
      record,
      sum(record.poolersBusyMeasured),
      queryMs,
    );
  // Processors compute neither more nor less than there was to compute, however they were shared.
  const speeds = limits.fleets.map(({ speed }) => speed);
  const [slowest, fastest] = [Math.min(...speeds), Math.max(...speeds)];
  const rounding = 1e-3 + 1e-6 * stage("cpu");
  atMost("what processors did", gauge("cpu") * slowest, stage("cpu") + rounding);
  atLeast("what processors did", gauge("cpu") * fastest, stage("cpu") - rounding);
}

function sameIntegral(what: string, record: ReplicationRecord, integral?: number, times = Number.NaN): void {
  // Every change of a level adds a term as large as a segment of the run, with its rounding.
  const rounding = 1e-12 * (record.simulatedRequests + 1) * record.bucketMs;
  close(what, integral, times, rounding + 1e-9 * times);
}

/** A digest of every bit of a record (or of any other value of numbers, lists and typed arrays). */
export function digest(value: unknown): string {
  const hash = createHash("sha256");
  const feed = (part: unknown): void => {
    if (ArrayBuffer.isView(part)) {
      hash
        .update(`<${part.byteLength}>`)
        .update(new Uint8Array(part.buffer, part.byteOffset, part.byteLength));
    } else if (part !== null && typeof part === "object") {
      for (const [name, inner] of Object.entries(part)) {
        hash.update(`${name}=`);
        feed(inner);
      }
    } else if (typeof part === "number") {
      hash.update(new Uint8Array(Float64Array.of(part).buffer));
    } else {
      hash.update(`${String(part)};`);
    }
  };
  feed(value);
  return hash.digest("hex");
}
