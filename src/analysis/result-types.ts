import type {
  ELSEWHERE,
  FAILURE,
  MOST_SEGMENTS as MOST_TRACED,
  STAGE,
} from "../engine/record/replication-record";
import type { AlarmState, ScalingOutcome } from "../engine/record/scaling-record";
import type { ScalingPolicy, Scenario } from "../scenario/types";

// The words are the engine's, by their types alone: the page shows them and must not load the engine.
export type FailureKind = keyof typeof FAILURE;
export type Stage = keyof typeof STAGE;
/** Where failures "connection-refused" and "database-down" came from that did not come from the primary. */
export type FailurePlace = keyof typeof ELSEWHERE;

/** In the engine's order. */
export const FAILURE_PLACES: readonly FailurePlace[] = [
  "refusedByReplica",
  "replicaDown",
  "poolerCannotLogIn",
];

/** Every way a request can fail, in the order of the result document. */
export const FAILURE_KINDS: readonly FailureKind[] = [
  "timeout",
  "edge-full",
  "queue-timeout",
  "backlog-full",
  "dyno-refused",
  "no-dyno",
  "dyno-lost",
  "checkout-timeout",
  "connection-refused",
  "pooler-full",
  "pooler-timeout",
  "database-down",
  "gave-up",
];

/** The stages of a request's latency, in the order a request meets them. */
export const STAGES: readonly Stage[] = [
  "queue",
  "cpu",
  "cpuWait",
  "wait",
  "checkout",
  "connect",
  "pooler",
  "query",
  "queryWait",
];

/**
 * A figure with its 95 % interval over replications (Student's t).
 * `mean` is null where nothing was measured; `ci95` is null with fewer than two replications that measured it.
 */
export interface Estimate {
  readonly mean: number | null;
  readonly ci95: readonly [number, number] | null;
}

/** Milliseconds. Percentiles are of the histogram merged over replications, never averages of percentiles. */
export interface LatencyEstimates {
  readonly mean: Estimate;
  readonly p50: Estimate;
  readonly p75: Estimate;
  readonly p90: Estimate;
  readonly p95: Estimate;
  readonly p99: Estimate;
  readonly max: Estimate;
}

/** Requests sent after the warm-up, summed over replications: sent = ok + failed + inFlight. */
export interface RequestCounts {
  readonly sent: number;
  readonly ok: number;
  readonly failed: number;
  readonly inFlight: number;
  readonly failedByKind: Readonly<Partial<Record<FailureKind, number>>>;
}

/** Which request a row of the breakdown is about: the average of all, or of those whose latency is near that percentile. */
export const BREAKDOWN_ROWS = ["mean", "p50", "p95", "p99"] as const;
export type BreakdownRow = (typeof BREAKDOWN_ROWS)[number];

/** Where the time of such a request goes; the stages add up to `totalMs`. */
export interface StageBreakdown {
  readonly of: BreakdownRow;
  readonly totalMs: number;
  readonly stagesMs: Readonly<Record<Stage, number>>;
}

/** A sample's segments at most; what came after is added to the last of its kind. The compiler holds it to the engine's number. */
export const MOST_SEGMENTS: typeof MOST_TRACED = 48;

/** One whole request of the first replication, step by step. */
export interface SampledRequest {
  /** "typical": the drawn success whose latency is nearest the median. */
  readonly why: "typical" | "slowest" | FailureKind;
  readonly workload: string;
  readonly endpoint: string;
  readonly fleet: string;
  /** Numbered from 0; null where it was never sent to a dyno. */
  readonly dyno: number | null;
  /** 0 for the first try, n for the n-th retry. */
  readonly attempt: number;
  readonly sentAtMs: number;
  readonly latencyMs: number;
  /** null for a success. */
  readonly failure: FailureKind | null;
  /** In the order in which they passed, one after the other from 0; they add up to the latency. */
  readonly segments: readonly {
    readonly stage: Stage;
    readonly startMs: number;
    readonly durationMs: number;
  }[];
}

export type ObjectiveName = "p95Ms" | "p99Ms" | "queueP95Ms" | "failureRate";

export interface ObjectiveMiss {
  readonly objective: ObjectiveName;
  readonly limit: number;
  /** null where no request succeeded (or none ended), so that there is nothing to measure. */
  readonly value: number | null;
}

/** The result document without its series (see `ResultDocument` for the whole). Fractions and units as in the scenario. */
export interface ResultFigures {
  readonly schema: 1;
  readonly engine: string;
  readonly scenario: Scenario;
  readonly replications: number;
  /** The measured part of a replication, as far as it was simulated. */
  readonly measuredS: number;
  /** All sent, warm-up and failures included, over all replications. */
  readonly simulatedRequests: number;
  readonly wallMs: number;
  readonly requests: RequestCounts;
  /** Of `requests.sent`, those that were sent again after a failure. */
  readonly retries: number;
  readonly throughputPerSecond: Estimate;
  readonly failureRate: Estimate;
  readonly latencyMs: LatencyEstimates;
  readonly queueMs: LatencyEstimates;
  readonly appMs: LatencyEstimates;
  /** Of failed requests, from the send to the failure. */
  readonly failedLatencyMs: LatencyEstimates;
  /** Means per successful request; they add up to `latencyMs.mean`. null where none succeeded. */
  readonly stagesMs: Readonly<Record<Stage, number | null>>;
  readonly utilization: {
    readonly threads: number;
    readonly cpu: number;
    /** Of the fuller role, where processes have a pool for reading from replicas too. */
    readonly pool: number;
    /** Of the busiest, where each database server has one. */
    readonly pooler: number;
    readonly databaseConnections: number;
    readonly databaseCpu: number;
    /** Of all replicas; 0 where there are none. */
    readonly replicaConnections: number;
    readonly replicaCpu: number;
  };
  /** The largest value at any moment of any replication, warm-up included. */
  readonly peaks: {
    readonly queued: number;
    /** In the balancers' own lines. */
    readonly balancerQueued: number;
    readonly databaseConnections: number;
    readonly poolerClients: number;
    readonly poolerQueued: number;
    readonly dynos: number;
  };
  readonly staleReads: number;
  readonly byEndpoint: Readonly<
    Record<string, { readonly requests: RequestCounts; readonly latencyMs: LatencyEstimates }>
  >;
  readonly byFleet: Readonly<
    Record<
      string,
      {
        readonly requests: RequestCounts;
        /** One number per dyno: mean over replications. */
        readonly perDyno: { readonly requests: readonly number[]; readonly busyThreads: readonly number[] };
      }
    >
  >;
  readonly cost: {
    /** At the average over the run, where dynos or databases come and go. */
    readonly monthlyUsd: number;
    readonly perMillionRequestsUsd: number | null;
    /** What the run itself costs: the price at each moment, summed over the run (mean over replications). */
    readonly runUsd: number;
  };
  /** A run that was broken off does not meet it, whatever was measured until then. */
  readonly slo: { readonly met: boolean; readonly misses: readonly ObjectiveMiss[] };
  /** When the first replication that was broken off for too many requests in the system (2,000,000) ended; null where none was. */
  readonly stoppedAtS: number | null;
}

/** One line of an autoscaler's log. */
export interface ScalingDecision {
  readonly atS: number;
  /** The policy as it was then; null where the size was brought inside minimum and maximum. */
  readonly policy: ScalingPolicy | null;
  readonly outcome: ScalingOutcome;
  /** What the policy saw in its last periods, oldest first, in its metric's own unit; null: no data. */
  readonly values: readonly (number | null)[];
  readonly fromSize: number;
  readonly toSize: number;
  /** What the policy asked for, before minimum, maximum and other policies. */
  readonly wantedSize: number;
  /** The bounds of the size then. */
  readonly min: number;
  readonly max: number;
}

/** Bounds of the size, while they were in force. */
export interface BoundsSpan {
  readonly fromS: number;
  readonly toS: number;
  readonly min: number;
  readonly max: number;
}

/** From when to when a policy's alarm was in one state. */
export interface AlarmSpan {
  readonly fromS: number;
  readonly toS: number;
  readonly state: AlarmState;
}

/** What one autoscaler did in the first replication. */
export interface ScalingLog {
  /** The fleet's name; null: the database's replicas. */
  readonly fleet: string | null;
  readonly decisions: readonly ScalingDecision[];
  /** Decisions that were too many to keep, the last ones. */
  readonly forgotten: number;
  /** In order of time, until where the run has come to. */
  readonly bounds: readonly BoundsSpan[];
  /** Of each name among the policies, in the order in which they came: the latest policy of that name, and the alarm's spans while there was one. */
  readonly alarms: readonly { readonly policy: ScalingPolicy; readonly spans: readonly AlarmSpan[] }[];
}

/** One fleet over time; columns as in `SeriesColumns`. */
export interface FleetColumns {
  readonly name: string;
  /** Its rows in the matrices per dyno. */
  readonly rows: number;
  readonly dynos: Float64Array;
  readonly booting: Float64Array;
  readonly busyThreads: Float64Array;
  /** Requests that its threads take, per bucket. */
  readonly taken: Float64Array;
}

/**
 * How the run went over time, one entry per bucket; bucket i covers [atS[i], atS[i] + bucketS).
 * Counts are means per replication in the bucket; gauges are time-weighted means over the bucket and replications;
 * percentiles are of the bucket's histogram merged over replications. NaN where there is nothing to show
 * (no success in the bucket); in the JSON document NaN becomes null.
 */
export interface SeriesColumns {
  readonly bucketS: number;
  readonly atS: Float64Array;
  readonly sent: Float64Array;
  readonly ok: Float64Array;
  readonly failed: Float64Array;
  /** Of the sent, those that were sent again after a failure. */
  readonly retries: Float64Array;
  /** Reads that may have missed their own client's last write. */
  readonly staleReads: Float64Array;
  /** Only the kinds that happened. */
  readonly failedByKind: Readonly<Partial<Record<FailureKind, Float64Array>>>;
  /** Of `failedByKind`, what did not come from the primary; the same kind of counts. */
  readonly failedElsewhere: Readonly<Record<FailurePlace, Float64Array>>;
  /** Latency of successful requests by the time of the answer, ms. */
  readonly p50: Float64Array;
  readonly p75: Float64Array;
  readonly p90: Float64Array;
  readonly p95: Float64Array;
  readonly p99: Float64Array;
  readonly max: Float64Array;
  /** Queue time of the same requests, ms. */
  readonly queueP50: Float64Array;
  readonly queueP95: Float64Array;
  readonly queueP99: Float64Array;
  readonly inFlight: Float64Array;
  readonly queued: Float64Array;
  readonly dynos: Float64Array;
  readonly busyThreads: Float64Array;
  readonly databaseConnections: Float64Array;
  /** Whether the primary takes connections: 1, 0 while it is down. */
  readonly databaseUp: Float64Array;
  /** Of the open ones, those running a query. */
  readonly databaseActive: Float64Array;
  readonly poolerClients: Float64Array;
  readonly poolerQueued: Float64Array;
  /** Of the queued, those in the balancers' own lines. */
  readonly balancerQueued: Float64Array;
  /** Fractions of the processors there are: of all fleets, of the primary, of the replicas. */
  readonly cpu: Float64Array;
  readonly databaseCpu: Float64Array;
  readonly replicaCpu: Float64Array;
  readonly replicas: Float64Array;
  /** Mean per replica. */
  readonly replicaConnections: Float64Array;
  /**
   * Row per dyno, fleet after fleet: busyThreadsPerDyno[dyno × buckets + bucket]. Of the first replication alone: it is the picture of routing luck, and a mean
   * over replications would smooth the luck away.
   */
  readonly busyThreadsPerDyno: Float64Array;
  /** Requests in each dyno's line, in the same layout; empty where nobody ever waited in one. */
  readonly queuedPerDyno: Float64Array;
  /** What each dyno was at the end of each bucket, in the same layout, by DYNO_STATUS; empty where all were up throughout. */
  readonly statusPerDyno: Uint8Array;
  readonly fleets: readonly FleetColumns[];
  /** Dynos that boot. */
  readonly booting: Float64Array;
  /** Connections of all pools that are lent, and how many there may be. */
  readonly checkedOut: Float64Array;
  readonly poolSlots: Float64Array;
  /** Requests that wait for a connection of their pool. */
  readonly checkoutQueued: Float64Array;
  /** Server connections of all poolers that are busy, and that are open. */
  readonly poolerBusy: Float64Array;
  readonly poolerConnections: Float64Array;
  /** Queries begun on the primary and on replicas, per bucket. */
  readonly queries: Float64Array;
  readonly replicaQueries: Float64Array;
  /** Row per replica: connectionsPerReplica[replica × buckets + bucket], of the first replication. */
  readonly connectionsPerReplica: Float64Array;
  /** Which share of each bucket it was up, in the same layout. */
  readonly upPerReplica: Float64Array;
  /** What dynos and databases cost, in USD a month. */
  readonly monthlyUsd: Float64Array;
}

/** Counts of successful requests by latency, logarithmic bins: bin i is [edgesMs[i], edgesMs[i + 1]). */
export interface LatencyDistribution {
  readonly edgesMs: Float64Array;
  /** edgesMs.length − 1 entries; requests after the warm-up, summed over replications. */
  readonly counts: Float64Array;
}

/** Latency over time: density[bin × buckets + bucket] successful answers per replication in that bin and bucket. */
export interface LatencyHeatmap {
  readonly edgesMs: Float64Array;
  readonly density: Float64Array;
}

/** Everything the page shows about a run: what a worker sends, all columns as transferable typed arrays. */
export interface RunSummary {
  readonly figures: ResultFigures;
  readonly series: SeriesColumns;
  readonly distribution: LatencyDistribution;
  readonly heatmap: LatencyHeatmap;
  /** Empty where no request succeeded. */
  readonly breakdown: readonly StageBreakdown[];
  readonly samples: readonly SampledRequest[];
  /** One per autoscaler: fleets in their order, then the replicas'. */
  readonly scaling: readonly ScalingLog[];
}
