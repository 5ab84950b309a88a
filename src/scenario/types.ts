/**
 * The scenario document, complete: every field present, as the engine, the page and the command line use it.
 * What people write may leave out every field but `schema`; see `read-scenario.ts` for how defaults are filled in.
 *
 * Units stand in the names: `…Ms` milliseconds, `…S` seconds, `…Mb` mebibytes, `…PerSecond`, `…Usd`.
 * Rates and shares are fractions (0.05 is 5 %). `null` means "no limit" or "not part of it", where a field can be null.
 */
export interface Scenario {
  readonly schema: 1;
  readonly name: string;
  readonly notes: string;
  readonly run: Run;
  readonly slo: Objective;
  readonly workloads: readonly Workload[];
  readonly endpoints: readonly Endpoint[];
  readonly edge: Edge;
  readonly fleets: readonly Fleet[];
  readonly pooler: Pooler;
  readonly database: Database;
  readonly timeline: readonly TimelineEntry[];
}

export interface Run {
  readonly durationS: number;
  /** Requests sent before this are simulated but not measured. Less than `durationS`. */
  readonly warmupS: number;
  /** 0 to 2^53 − 1. */
  readonly seed: number;
  readonly replications: number;
}

/** The objective: each limit is an upper bound, null where it is not part of the objective. */
export interface Objective {
  readonly p95Ms: number | null;
  readonly p99Ms: number | null;
  readonly queueP95Ms: number | null;
  readonly failureRate: number | null;
}

/** A duration in milliseconds: a constant, or a distribution. `cv` is the standard deviation over the mean. */
export type Duration = number | Distribution;

export type Distribution =
  | { readonly dist: "constant"; readonly mean: number }
  | { readonly dist: "exponential"; readonly mean: number }
  | { readonly dist: "uniform"; readonly min: number; readonly max: number }
  | { readonly dist: "lognormal"; readonly mean: number; readonly cv: number }
  | { readonly dist: "lognormal"; readonly p50: number; readonly p99: number }
  | { readonly dist: "gamma"; readonly mean: number; readonly cv: number }
  | { readonly dist: "hyperexponential"; readonly mean: number; readonly cv: number }
  | { readonly dist: "pareto"; readonly mean: number; readonly shape: number }
  | { readonly dist: "empirical"; readonly values: readonly number[]; readonly weights?: readonly number[] };

export type Workload = ClosedWorkload | OpenWorkload | BurstWorkload | ReplayWorkload;

/** `[atS, factor]` or `[atS, requestsPerSecond]` points; straight lines between, constant after the last. */
export type Curve = readonly (readonly [number, number])[];

/** What a workload sends: endpoint name → share (shares of one workload are relative weights that sum to 1). */
export type Mix = Readonly<Record<string, number>>;

interface WorkloadBase {
  readonly name: string;
  /** Absent (undefined) where `journey` is given. */
  readonly mix?: Mix;
  /** Endpoints sent one after the other, instead of `mix`. */
  readonly journey?: readonly string[];
  readonly retries: Retries;
  readonly giveUpAfterMs: number | null;
}

export interface ClosedWorkload extends WorkloadBase {
  readonly kind: "closed";
  readonly clients: number;
  readonly thinkMs: Duration;
  readonly afterFailureMs: Duration | null;
  readonly startSpreadMs: number;
  readonly profile?: Curve;
}

export interface OpenWorkload extends WorkloadBase {
  readonly kind: "open";
  readonly requestsPerSecond: number;
  readonly arrivals: "poisson" | "paced";
  /** Between the requests of a `journey`. */
  readonly thinkMs: Duration;
  readonly profile?: Curve;
  /** Instead of rate and profile. */
  readonly trace?: Curve;
}

export interface BurstWorkload extends WorkloadBase {
  readonly kind: "burst";
  readonly clients: number;
  readonly everyMs: number;
  readonly spreadMs: number;
  readonly profile?: Curve;
}

export interface ReplayWorkload {
  readonly name: string;
  readonly kind: "replay";
  readonly endpoint: string;
  /** `[atMs, [duration of each step in ms]]`. */
  readonly requests: readonly (readonly [number, readonly number[]])[];
  readonly retries: Retries;
  readonly giveUpAfterMs: number | null;
}

export interface Retries {
  readonly attempts: number;
  readonly backoffMs: number;
  readonly backoffFactor: number;
  readonly jitter: boolean;
}

export interface Endpoint {
  readonly name: string;
  /** A fleet's name, or fleet name → share (shares sum to 1). */
  readonly fleet: string | Readonly<Record<string, number>>;
  /** Whether the request only reads. */
  readonly safe: boolean;
  readonly steps: readonly Step[];
}

export type Step = CpuStep | WaitStep | QueryStep;

export interface CpuStep {
  readonly kind: "cpu";
  readonly ms: Duration;
}

export interface WaitStep {
  readonly kind: "wait";
  readonly ms: Duration;
}

export interface QueryStep {
  readonly kind: "query";
  /** The query's whole time on an idle database. */
  readonly ms: Duration;
  /** Of which database processor time. */
  readonly cpuMs: Duration;
  /** How many times in a row it runs (N+1). */
  readonly count: number;
  readonly access: "read" | "write";
}

export interface Edge {
  readonly maxConnections: number | null;
  readonly timeoutMs: number | null;
  readonly queueTimeoutMs: number | null;
}

export type Balancer = "random" | "round-robin" | "least-outstanding" | "power-of-two";
export type Runtime = "gvl" | "event-loop" | "parallel";

/** A dyno type by its id in the catalogue, or one's own. */
export type DynoType =
  | string
  | { readonly vcpus: number; readonly memoryMb: number; readonly monthlyUsd: number };

/** A database plan by its id in the catalogue, or one's own. */
export type DatabasePlan =
  | string
  | {
      readonly vcpus: number;
      readonly memoryMb: number;
      readonly monthlyUsd: number;
      readonly connectionLimit: number;
      readonly enforcedConnectionLimit?: number;
    };

export interface Fleet {
  readonly name: string;
  readonly balancer: Balancer;
  readonly dynos: number;
  readonly dynoType: DynoType;
  readonly processes: number;
  /** Per process. */
  readonly threads: number;
  readonly runtime: Runtime;
  /** Requests that may wait at one dyno. */
  readonly backlog: number;
  /** Whether a thread passes over a request whose connection the edge has closed in the meantime, as Puma does. */
  readonly skipsAbandoned: boolean;
  readonly maxOutstandingPerDyno: number | null;
  readonly connect: {
    readonly attempts: number;
    readonly redispatch: boolean;
    readonly retryDelayMs: number;
    readonly quarantineS: number;
  };
  readonly healthCheck: HealthCheck | null;
  readonly memory: { readonly perProcessMb: number; readonly perThreadMb: number };
  readonly pool: ConnectionPool;
  readonly reads: "primary" | "replicas";
  readonly boot: { readonly bootS: number; readonly preboot: boolean; readonly prebootOverlapS: number };
  readonly autoscaler: Autoscaler | null;
}

export interface HealthCheck {
  readonly everyMs: number;
  readonly fall: number;
  readonly rise: number;
  readonly throughApp: boolean;
  readonly timeoutMs: number;
}

/** One pool per process. */
export interface ConnectionPool {
  readonly size: number;
  readonly checkoutTimeoutMs: number;
  /** Kept from first query to the end of the request, or only around each query. */
  readonly hold: "request" | "query";
  readonly idleTimeoutS: number;
  readonly reapEveryS: number;
  readonly connectMs: number;
  readonly verify: boolean;
  readonly maxLifetimeS: number | null;
}

export interface Autoscaler {
  readonly min: number;
  readonly max: number;
  readonly bootS: number;
  readonly policies: readonly ScalingPolicy[];
}

export type ScalingMetric =
  | "cpu"
  | "latencyMs"
  | "queueMs"
  | "databaseCpu"
  | "databaseConnections"
  | "requestsPerDyno";
export type ScalingStatistic = "average" | "max" | "p50" | "p75" | "p90" | "p95" | "p99";
export type ScalingPolicy = StepPolicy | TargetPolicy;

export interface StepPolicy {
  readonly kind: "step";
  readonly name: string;
  readonly metric: ScalingMetric;
  readonly statistic: ScalingStatistic;
  /** Exactly one of `above` and `below` is given. */
  readonly above?: number;
  readonly below?: number;
  readonly periodS: number;
  readonly datapoints: number;
  readonly outOf: number;
  readonly change: number;
  readonly cooldownS: number;
}

export interface TargetPolicy {
  readonly kind: "target";
  readonly name: string;
  readonly metric: ScalingMetric;
  readonly target: number;
  readonly periodS: number;
  readonly scaleOutCooldownS: number;
  readonly scaleInCooldownS: number;
}

export interface Pooler {
  readonly enabled: boolean;
  readonly kind: "pgbouncer";
  readonly mode: "transaction" | "session";
  /** Server connections, to the database. */
  readonly connections: number;
  /** Client connections, from the applications' pools. */
  readonly maxClients: number;
  readonly waitTimeoutMs: number;
  readonly overheadMs: number;
  readonly capacityPerSecond: number;
  readonly loginRetryS: number;
}

export interface Database {
  readonly plan: DatabasePlan;
  readonly reservedConnections: number;
  /** Universal Scalability Law over active connections. */
  readonly contention: { readonly alpha: number; readonly beta: number };
  readonly memoryPerConnectionMb: number;
  readonly crashOnMemory: boolean;
  readonly recoveryS: number;
  readonly replicas: {
    readonly count: number;
    /** null: the primary's. */
    readonly plan: DatabasePlan | null;
    readonly routing: "dns" | "per-query";
    readonly dnsTtlS: number;
    readonly lagMs: number;
    readonly autoscaler: Autoscaler | null;
  };
  readonly failover: {
    readonly detectS: number;
    readonly promoteS: number;
    readonly oldSessions: "reset" | "hang";
    readonly tcpTimeoutS: number;
  };
}

export type TimelineEntry =
  | { readonly atS: number; readonly do: "set"; readonly path: string; readonly value: unknown }
  | { readonly atS: number; readonly do: "deploy"; readonly fleet: string }
  | {
      readonly atS: number;
      readonly do: "killDyno";
      readonly fleet: string;
      readonly count: number;
      readonly graceful: boolean;
      /** null: never. */
      readonly backAfterS: number | null;
    }
  | {
      readonly atS: number;
      readonly do: "slowDyno";
      readonly fleet: string;
      readonly count: number;
      readonly factor: number;
      readonly forS: number;
    }
  | { readonly atS: number; readonly do: "failover" }
  | { readonly atS: number; readonly do: "restartDatabase"; readonly downS: number };

/** Something wrong with what was read: where, what was found, what is allowed, and the whole as a sentence. */
export interface Problem {
  readonly path: string;
  readonly found: string;
  readonly allowed: string;
  readonly sentence: string;
  /** What stands in its place, where that is one value; absent where it was left out, or nothing was read. */
  readonly instead?: string;
}
