import { STAGES, type Stage } from "../../src/analysis/result-types";
import type { ReplicationRecord } from "../../src/engine";
import { BIN_COUNT, binOf, Histogram, PAGES } from "../../src/engine/kernel/histogram";
import {
  COUNT,
  COUNT_COLUMNS,
  ELSEWHERE_COUNT,
  FAILURE,
  FAILURE_COUNT,
  type FleetRecord,
  GAUGE,
  GAUGE_COUNT,
  type HistogramRecord,
  histogramRecord,
  PROFILE_BINS,
  PROFILE_COLUMNS,
  type RequestSample,
  STAGE,
  STAGE_COUNT,
  SUCCESS,
} from "../../src/engine/record/replication-record";
import { timeGrid } from "../../src/engine/record/time-grid";
import type { Scenario } from "../../src/scenario/types";

/** A request of a record made by hand. */
export interface HandMadeRequest {
  /** The stages that took time; they are its latency. */
  readonly stages: Readonly<Partial<Record<Stage, number>>>;
  readonly endpoint?: number;
  readonly fleet?: number;
  readonly dyno?: number;
  /** Absent: it succeeded. */
  readonly failure?: keyof typeof FAILURE;
}

export interface HandMade {
  readonly replication?: number;
  /** Levels that were the same all the time, of the gauges that were not 0. */
  readonly levels?: Readonly<Partial<Record<keyof typeof GAUGE, number>>>;
  /** Busy threads of each dyno of each fleet, all the time. */
  readonly busyThreads?: readonly (readonly number[])[];
  /** Busy server connections of each pooler, all the time. */
  readonly poolersBusy?: readonly number[];
  /** All sent and ended in the measured window. */
  readonly requests?: readonly HandMadeRequest[];
  /** Sent in the measured window, and never ended. */
  readonly inFlight?: number;
  readonly retries?: number;
  readonly staleReads?: number;
  readonly samples?: readonly RequestSample[];
}

/** What a histogram records of these values. */
function histogramOf(values: readonly number[]): HistogramRecord {
  const histogram = new Histogram();
  const array = Float64Array.from(values);
  values.forEach((_, at) => {
    histogram.add(binOf(array, at), array, at);
  });
  return histogramRecord(histogram);
}

/** The sum of a request's stages, in ms. */
function latencyOf({ stages }: HandMadeRequest): number {
  return Object.values(stages).reduce((sum, ms) => sum + ms, 0);
}

function countsOf(requests: readonly HandMadeRequest[], inFlight = 0): Float64Array {
  const counts = new Float64Array(COUNT_COLUMNS);
  counts[COUNT.sent] = requests.length + inFlight;
  for (const { failure } of requests) {
    const column = failure === undefined ? COUNT.ok : COUNT.failed + FAILURE[failure];
    counts[column] = (counts[column] ?? 0) + 1;
  }
  return counts;
}

const succeeded = ({ failure }: HandMadeRequest): boolean => failure === undefined;

function stageSums(requests: readonly HandMadeRequest[]): Float64Array {
  const sums = new Float64Array(STAGE_COUNT);
  for (const { stages } of requests) {
    for (const stage of STAGES) sums[STAGE[stage]] = (sums[STAGE[stage]] ?? 0) + (stages[stage] ?? 0);
  }
  return sums;
}

function stageProfile(requests: readonly HandMadeRequest[]): Float64Array {
  const profile = new Float64Array((1 + (BIN_COUNT - 1) / PROFILE_BINS) * PROFILE_COLUMNS);
  for (const request of requests) {
    const row = Math.ceil(binOf(Float64Array.of(latencyOf(request)), 0) / PROFILE_BINS) * PROFILE_COLUMNS;
    profile[row] = (profile[row] ?? 0) + 1;
    stageSums([request]).forEach((ms, stage) => {
      profile[row + 1 + stage] = (profile[row + 1 + stage] ?? 0) + ms;
    });
  }
  return profile;
}

/** One sampled request, with stages in their order. */
export function handMadeSample(
  parts: Partial<Omit<RequestSample, "segments" | "failure">> & {
    readonly failure?: keyof typeof FAILURE;
    readonly segments: readonly (readonly [Stage, number])[];
  },
): RequestSample {
  const { failure, segments, ...rest } = parts;
  return {
    reason: "drawn",
    workload: 0,
    endpoint: 0,
    fleet: 0,
    dyno: 0,
    attempt: 0,
    sentAtMs: 0,
    latencyMs: segments.reduce((sum, [, ms]) => sum + ms, 0),
    ...rest,
    failure: failure === undefined ? SUCCESS : FAILURE[failure],
    segments: Float64Array.from(segments.flatMap(([stage, ms]) => [STAGE[stage], ms])),
  };
}

/** What a replication of the scenario would have recorded by its end, had it gone as said. Over time only the levels are filled in. */
export function handMadeRecord(scenario: Scenario, made: HandMade = {}): ReplicationRecord {
  const durationMs = scenario.run.durationS * 1000;
  const windowMs = durationMs - scenario.run.warmupS * 1000;
  const { bucketMs, buckets } = timeGrid(durationMs);
  const { replication = 0, requests = [], inFlight = 0, levels = {} } = made;
  const ok = requests.filter(succeeded);
  const bucketLength = (bucket: number): number =>
    Math.min((bucket + 1) * bucketMs, durationMs) - bucket * bucketMs;
  const levelsOf = new Float64Array(GAUGE_COUNT);
  for (const [name, level] of Object.entries(levels)) levelsOf[GAUGE[name as keyof typeof GAUGE]] = level;
  const fleetRecord = (dynos: number, index: number): FleetRecord => {
    const own = requests.filter(({ fleet = 0 }) => fleet === index);
    const busy = made.busyThreads?.[index] ?? Array.from({ length: dynos }, () => 0);
    return {
      counts: countsOf(own, index === 0 ? inFlight : 0),
      requestsPerDyno: Float64Array.from(
        busy,
        (_, number) => own.filter(({ dyno = 0 }) => dyno === number).length,
      ),
      busyPerDynoMeasured: Float64Array.from(busy, (level) => level * windowMs),
      busyOverTime: Float64Array.from(
        { length: buckets },
        (_, bucket) => busy.reduce((sum, level) => sum + level, 0) * bucketLength(bucket),
      ),
      busyPerDynoOverTime: Float64Array.from(
        { length: replication === 0 ? busy.length * buckets : 0 },
        (_, cell) => (busy[Math.floor(cell / buckets)] ?? 0) * bucketLength(cell % buckets),
      ),
      queuedPerDynoOverTime: new Float64Array(0),
      statusPerDynoOverTime: new Uint8Array(0),
      upOverTime: Float64Array.from({ length: buckets }, (_, bucket) => dynos * bucketLength(bucket)),
      bootingOverTime: new Float64Array(buckets),
      takenOverTime: new Float64Array(buckets),
    };
  };
  const bucketed = {
    pageOf: new Int32Array(buckets * PAGES).fill(-1),
    counts: new Uint32Array(0),
  };
  return {
    replication,
    nowMs: durationMs,
    bucketMs,
    buckets,
    simulatedRequests: requests.length + inFlight,
    sent: requests.length + inFlight,
    ok: ok.length,
    failedByKind: countsOf(requests).subarray(COUNT.failed),
    answersInWindow: ok.length,
    stageSumsMs: stageSums(ok),
    latency: histogramOf(ok.map(latencyOf)),
    queue: histogramOf(ok.map(({ stages }) => stages.queue ?? 0)),
    app: histogramOf(ok.map((request) => latencyOf(request) - (request.stages.queue ?? 0))),
    failedLatency: histogramOf(requests.filter((request) => !succeeded(request)).map(latencyOf)),
    gaugesMeasured: levelsOf.map((level) => level * windowMs),
    gaugesHighest: levelsOf,
    poolersBusyMeasured: Float64Array.from(made.poolersBusy ?? [], (level) => level * windowMs),
    poolersBusyOverTime: new Float64Array(buckets),
    queriesOverTime: new Float64Array(buckets),
    replicaQueriesOverTime: new Float64Array(buckets),
    connectionsPerReplicaOverTime: new Float64Array(0),
    upPerReplicaOverTime: new Float64Array(0),
    scaling: [],
    stoppedAtMs: null,
    endpoints: scenario.endpoints.map((_, index) => {
      const own = requests.filter(({ endpoint = 0 }) => endpoint === index);
      return {
        counts: countsOf(own, index === 0 ? inFlight : 0),
        latency: histogramOf(own.filter(succeeded).map(latencyOf)),
      };
    }),
    fleets: scenario.fleets.map((fleet, index) => fleetRecord(fleet.dynos, index)),
    retries: made.retries ?? 0,
    staleReads: made.staleReads ?? 0,
    stageProfile: stageProfile(ok),
    samples: made.samples ?? [],
    sentOverTime: new Float64Array(buckets),
    okOverTime: new Float64Array(buckets),
    retriesOverTime: new Float64Array(buckets),
    staleReadsOverTime: new Float64Array(buckets),
    failedOverTime: new Float64Array(FAILURE_COUNT * buckets),
    failedElsewhereOverTime: new Float64Array(ELSEWHERE_COUNT * buckets),
    largestLatencyOverTime: new Float64Array(buckets),
    latencyOverTime: bucketed,
    queueOverTime: bucketed,
    gaugesOverTime: Float64Array.from(
      { length: GAUGE_COUNT * buckets },
      (_, cell) => (levelsOf[Math.floor(cell / buckets)] ?? 0) * bucketLength(cell % buckets),
    ),
  };
}

/** A scenario of two endpoints on two fleets, "web" of two dynos and "jobs" of one, with 4 s of which 1 s is warm-up. */
export const TWO_FLEETS = {
  schema: 1,
  run: { durationS: 4, warmupS: 1, replications: 1 },
  slo: {},
  endpoints: [
    { name: "page", fleet: "web", steps: [{ kind: "query", ms: 100 }] },
    { name: "report", fleet: "jobs", steps: [{ kind: "cpu", ms: 100 }] },
  ],
  workloads: [{ name: "users", kind: "closed", clients: 10, mix: { page: 0.75, report: 0.25 } }],
  fleets: [
    { name: "web", dynos: 2, threads: 5 },
    { name: "jobs", dynos: 1, threads: 2, dynoType: { vcpus: 2, memoryMb: 1e9, monthlyUsd: 0 } },
  ],
} as const;
