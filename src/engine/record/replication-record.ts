import type { Histogram } from "../kernel/histogram";
import { BIN_COUNT, BINS_PER_OCTAVE } from "../kernel/histogram";
import type { BucketedHistogram } from "./bucketed-histogram";
import type { ScalerRecord } from "./scaling-record";

/** Failure kinds by the number that the engine records them under; the order is that of the result document's list. */
export const FAILURE = {
  timeout: 0,
  "edge-full": 1,
  "queue-timeout": 2,
  "backlog-full": 3,
  "dyno-refused": 4,
  "no-dyno": 5,
  "dyno-lost": 6,
  "checkout-timeout": 7,
  "connection-refused": 8,
  "pooler-full": 9,
  "pooler-timeout": 10,
  "database-down": 11,
  "gave-up": 12,
} as const;
export const FAILURE_COUNT = 13;
/** In the place of a failure kind: the request succeeded. */
export const SUCCESS = -1;

/** Stages by number, in the order of the result document's list. */
export const STAGE = {
  queue: 0,
  cpu: 1,
  cpuWait: 2,
  wait: 3,
  checkout: 4,
  connect: 5,
  pooler: 6,
  query: 7,
  queryWait: 8,
} as const;
export const STAGE_COUNT = 9;

/** Gauges by number: levels of the whole system, averaged over time. */
export const GAUGE = {
  inFlight: 0,
  queued: 1,
  dynos: 2,
  checkedOut: 3,
  databaseConnections: 4,
  databaseActive: 5,
  poolerClients: 6,
  poolerQueued: 7,
  threads: 8,
  poolSlots: 9,
  /** Processors that compute for a request, and those of the dynos that are up. */
  cpu: 10,
  cpuCapacity: 11,
  /** Processors of the primary that compute for a query. */
  databaseCpu: 12,
  replicas: 13,
  /** Summed over the replicas. */
  replicaConnections: 14,
  replicaCpu: 15,
  /** Requests in the balancers' own lines; they count in `queued` too. */
  balancerQueued: 16,
  /** Of `checkedOut` and `poolSlots`, those of pools for reading from replicas. */
  readCheckedOut: 17,
  readPoolSlots: 18,
  /** Dynos that boot. */
  booting: 19,
  /** Requests that wait for a connection of their process's pool. */
  checkoutQueued: 20,
  /** Server connections that poolers hold. */
  poolerConnections: 21,
  /** What dynos and databases cost, in USD a month: booting and ending dynos cost as much as others. */
  monthlyUsd: 22,
  /** Whether the primary takes connections: 1, 0 while it is down. */
  databaseUp: 23,
} as const;
export const GAUGE_COUNT = 24;

/** Failures "connection-refused" and "database-down" that did not come from the primary, by where they came from. */
export const ELSEWHERE = {
  refusedByReplica: 0,
  replicaDown: 1,
  /** The pooler repeats the error of its last login, while the server is back already. */
  poolerCannotLogIn: 2,
} as const;
export const ELSEWHERE_COUNT = 3;

/** A run with more requests in the system than this is broken off: an overload that nobody bounds would fill the memory. */
export const MOST_IN_SYSTEM = 2_000_000;

/** Columns of an endpoint's or a fleet's `counts`; failures of kind k stand at COUNT.failed + k. Only requests sent after the warm-up count. */
export const COUNT = { sent: 0, ok: 1, failed: 2 } as const;
export const COUNT_COLUMNS = COUNT.failed + FAILURE_COUNT;

/** Bins of the latency histogram that share a row of the stage profile: sixteen rows per power of two. */
export const PROFILE_BINS = 16;
export const PROFILE_COLUMNS = 1 + STAGE_COUNT;

/** Bins firstBin … firstBin + counts.length − 1 of a histogram; all others are empty. */
export interface HistogramRecord {
  readonly firstBin: number;
  readonly counts: Float64Array;
  /** Sum of the values in each bin, ms. */
  readonly sums: Float64Array;
  readonly largest: number;
}

/** See `BucketedHistogram` for the layout. */
export interface BucketedHistogramRecord {
  readonly pageOf: Int32Array;
  readonly counts: Uint32Array;
}

/** What is recorded of each endpoint. */
export interface EndpointRecord {
  /** See COUNT. */
  readonly counts: Float64Array;
  readonly latency: HistogramRecord;
}

/** What is recorded of each fleet. */
export interface FleetRecord {
  /** See COUNT. */
  readonly counts: Float64Array;
  /** Requests taken by each dyno's threads, of those sent after the warm-up. */
  readonly requestsPerDyno: Float64Array;
  /** Integrals over the measured window, busy threads × ms. */
  readonly busyPerDynoMeasured: Float64Array;
  /** Integrals of all its dynos' busy threads, per bucket. */
  readonly busyOverTime: Float64Array;
  /** Integrals of busy threads, [dyno × buckets + bucket]; of the first replication only, else empty. */
  readonly busyPerDynoOverTime: Float64Array;
  /** Integrals of requests in each dyno's line, in the same way; also empty where nobody ever waited in one. */
  readonly queuedPerDynoOverTime: Float64Array;
  /** What each dyno was at the end of each bucket (see DYNO_STATUS), in the same way; also empty where all were up throughout. */
  readonly statusPerDynoOverTime: Uint8Array;
  /** Integrals of its dynos that are up, and of those that boot, per bucket. */
  readonly upOverTime: Float64Array;
  readonly bootingOverTime: Float64Array;
  /** Requests that its threads took, per bucket. */
  readonly takenOverTime: Float64Array;
}

/** Stages of one sampled request that are kept apart; what comes after is added to the last of its kind. */
export const MOST_SEGMENTS = 48;

/** Why a request is in the sample: one of those drawn, or the slowest that succeeded. */
export type SampleReason = "drawn" | "slowest";

/** One whole request, from the first replication. Indices into the scenario's lists; times in ms. */
export interface RequestSample {
  readonly reason: SampleReason;
  readonly workload: number;
  readonly endpoint: number;
  readonly fleet: number;
  /** −1 where it was never sent to a dyno. */
  readonly dyno: number;
  /** 0 for the first try, n for the n-th retry. */
  readonly attempt: number;
  readonly sentAtMs: number;
  readonly latencyMs: number;
  /** SUCCESS or one of FAILURE. */
  readonly failure: number;
  /** Pairs, in the order in which they passed: stage (one of STAGE), and how long in ms. They add up to the latency. */
  readonly segments: Float64Array;
}

/**
 * What one replication recorded up to some moment. Of one that was recorded for measures alone (see `Plan.detail`) all that belongs over time is empty but for
 * `gaugesOverTime`, in which only the price is right; so are `endpoints`, `fleets`, `stageSumsMs`, `app`, `failedLatency` and the gauges' other columns. Plain numbers and typed arrays, so that it can cross threads, and additive, so that
 * replications can be merged. Times in ms; indices as in FAILURE, STAGE and GAUGE above.
 */
export interface ReplicationRecord {
  readonly replication: number;
  /** How far the clock has come. */
  readonly nowMs: number;
  readonly bucketMs: number;
  readonly buckets: number;
  /** All sent, warm-up included. */
  readonly simulatedRequests: number;
  /** Sent after the warm-up. */
  readonly sent: number;
  readonly ok: number;
  readonly failedByKind: Float64Array;
  /** Successful answers in the measured window, whenever sent. */
  readonly answersInWindow: number;
  /** Sums over the successful requests sent after the warm-up. */
  readonly stageSumsMs: Float64Array;
  readonly latency: HistogramRecord;
  readonly queue: HistogramRecord;
  readonly app: HistogramRecord;
  /** From the send to the failure, of the failed requests sent after the warm-up. */
  readonly failedLatency: HistogramRecord;
  readonly gaugesMeasured: Float64Array;
  readonly gaugesHighest: Float64Array;
  /** Of each pooler, that of the primary first: integral of its busy server connections over the measured window. Empty without poolers. */
  readonly poolersBusyMeasured: Float64Array;
  /** Integrals of the busy server connections of all poolers, per bucket. */
  readonly poolersBusyOverTime: Float64Array;
  /** Queries begun on the primary and on replicas, per bucket. */
  readonly queriesOverTime: Float64Array;
  readonly replicaQueriesOverTime: Float64Array;
  /** Integrals of each replica's open connections, [replica × buckets + bucket]; of the first replication only, else empty. */
  readonly connectionsPerReplicaOverTime: Float64Array;
  /** How long each was up, in the same layout. */
  readonly upPerReplicaOverTime: Float64Array;
  /** What each autoscaler did, of the first replication only, else empty. */
  readonly scaling: readonly ScalerRecord[];
  /** When the run was broken off because more than MOST_IN_SYSTEM requests were in the system; null where it was not. */
  readonly stoppedAtMs: number | null;
  /** In the order of the scenario's lists. */
  readonly endpoints: readonly EndpointRecord[];
  readonly fleets: readonly FleetRecord[];
  /** Requests that were sent again after a failure, of those sent after the warm-up. */
  readonly retries: number;
  readonly staleReads: number;
  /**
   * Stages of successful requests by their latency, for the picture of a p95 request: rows of 1 + STAGE_COUNT, the number of requests and the sum of each
   * stage; row r is of the latencies in histogram bins from PROFILE_BINS × r − PROFILE_BINS + 1 to PROFILE_BINS × r (row 0: bin 0).
   */
  readonly stageProfile: Float64Array;
  /** Of the first replication only, else empty. */
  readonly samples: readonly RequestSample[];
  /** Counts per bucket. */
  readonly sentOverTime: Float64Array;
  readonly okOverTime: Float64Array;
  /** Of those sent, the retries; and possible stale reads. */
  readonly retriesOverTime: Float64Array;
  readonly staleReadsOverTime: Float64Array;
  /** [kind × buckets + bucket] */
  readonly failedOverTime: Float64Array;
  /** Of those, the ones that did not come from the primary: [ELSEWHERE × buckets + bucket] */
  readonly failedElsewhereOverTime: Float64Array;
  readonly largestLatencyOverTime: Float64Array;
  readonly latencyOverTime: BucketedHistogramRecord;
  readonly queueOverTime: BucketedHistogramRecord;
  /** Integrals, level × ms: [gauge × buckets + bucket] */
  readonly gaugesOverTime: Float64Array;
}

/** Copies what a histogram holds, without its empty ends. */
export function histogramRecord(histogram: Histogram): HistogramRecord {
  const first = histogram.firstFilled;
  const bins = Math.max(0, histogram.lastFilled + 1 - first);
  const counts = new Float64Array(bins);
  const sums = new Float64Array(bins);
  histogram.copyTo(first, counts, sums);
  return { firstBin: first, counts, sums, largest: histogram.largest };
}

/** What an empty histogram holds. */
export function emptyHistogramRecord(): HistogramRecord {
  return { firstBin: BIN_COUNT, counts: new Float64Array(0), sums: new Float64Array(0), largest: 0 };
}

/** Copies what a bucketed histogram holds. */
export function bucketedHistogramRecord(histogram: BucketedHistogram): BucketedHistogramRecord {
  return {
    pageOf: histogram.pageOf.slice(),
    counts: histogram.counts.slice(0, histogram.pages * BINS_PER_OCTAVE),
  };
}

/** The buffers of a record, for `postMessage`'s transfer list. */
export function transferables(record: ReplicationRecord): ArrayBuffer[] {
  // Columns may share their memory, and empty ones are not worth handing over.
  const buffers = new Set<ArrayBuffer>();
  const collect = (value: unknown): void => {
    if (ArrayBuffer.isView(value)) {
      if (value.byteLength > 0) buffers.add(value.buffer as ArrayBuffer);
    } else if (value !== null && typeof value === "object")
      for (const part of Object.values(value)) collect(part);
  };
  collect(record);
  return [...buffers];
}
