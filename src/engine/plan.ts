import type { Balancer, Curve, Runtime, ScalingPolicy } from "../scenario/types";
import type { DurationDistribution } from "./kernel/distribution";

/** A scenario compiled for simulation: numbers resolved from the catalogue, names into numbers, times in ms, distributions ready to draw from. */
export interface Plan {
  /** How much is recorded: everything, or what the measures of a study need alone (faster, and small). No measure depends on it, but for the last digits of those of money. */
  readonly detail: Detail;
  readonly seed: number;
  readonly durationMs: number;
  readonly warmupMs: number;
  readonly workloads: readonly WorkloadPlan[];
  readonly endpoints: readonly EndpointPlan[];
  readonly edge: EdgePlan;
  readonly fleets: readonly FleetPlan[];
  readonly pooler: PoolerPlan | null;
  readonly database: DatabasePlan;
  readonly replicas: ReplicasPlan;
  readonly failover: FailoverPlan;
  /** What happens to the system by itself, in order of time. */
  readonly timeline: readonly TimedChange[];
}

export type WorkloadPlan = ClosedWorkloadPlan | OpenWorkloadPlan | BurstWorkloadPlan | ReplayWorkloadPlan;

export type Detail = "series" | "measures";

/** Numbers with their relative weights. */
export interface Shares {
  readonly items: readonly number[];
  readonly weights: readonly number[];
}

interface SenderPlan {
  readonly name: string;
  /** Endpoints in the order of a visit; null where each request is drawn from `mix`. */
  readonly journey: readonly number[] | null;
  /** Of endpoints. */
  readonly mix: Shares;
  readonly retries: RetryPlan;
  /** Infinity: never. */
  readonly giveUpAfterMs: number;
}

export interface RetryPlan {
  readonly attempts: number;
  readonly backoffMs: number;
  readonly backoffFactor: number;
  readonly jitter: boolean;
}

export interface ClosedWorkloadPlan extends SenderPlan {
  readonly kind: "closed";
  readonly clients: number;
  readonly think: DurationDistribution;
  readonly afterFailure: DurationDistribution;
  readonly startSpreadMs: number;
  /** [time in s, factor of the clients], or null: constant. */
  readonly profile: Curve | null;
}

export interface OpenWorkloadPlan extends SenderPlan {
  readonly kind: "open";
  readonly requestsPerSecond: number;
  readonly arrivals: "poisson" | "paced";
  /** Between the requests of a journey. */
  readonly think: DurationDistribution;
  /** [time in s, requests per second] instead of the constant rate, or null. */
  readonly trace: Curve | null;
  /** [time in s, factor of the rate], or null: constant. Without effect beside a trace. */
  readonly profile: Curve | null;
}

export interface BurstWorkloadPlan extends SenderPlan {
  readonly kind: "burst";
  readonly clients: number;
  readonly everyMs: number;
  readonly spreadMs: number;
  /** [time in s, factor of the clients], or null: constant. */
  readonly profile: Curve | null;
}

export interface ReplayWorkloadPlan extends SenderPlan {
  readonly kind: "replay";
  /** When each request is sent, in ascending order. */
  readonly atMs: Float64Array;
  /** The request's place in the document. */
  readonly row: Int32Array;
  /** Duration of step i of the request at place n: [stepsPerRequest × n + i] */
  readonly durationsMs: Float64Array;
  readonly stepsPerRequest: number;
}

export interface EndpointPlan {
  readonly name: string;
  /** Of fleets. */
  readonly fleets: Shares;
  readonly steps: readonly StepPlan[];
}

export interface StepPlan {
  readonly kind: "cpu" | "wait" | "query";
  readonly duration: DurationDistribution;
  /** Of a query's time on an idle database, what needs its processor; 0 for other steps. */
  readonly processor: DurationDistribution;
  /** How many times in a row a query runs; 1 for other steps. */
  readonly count: number;
  readonly isWrite: boolean;
  /** What each repetition takes longer than drawn or replayed: 0, but for a test bench that is to be imitated. */
  readonly overheadMs: number;
}

export interface EdgePlan {
  readonly maxConnections: number;
  readonly timeoutMs: number;
  /** In a balancer's own line. */
  readonly queueTimeoutMs: number;
}

export interface FleetPlan {
  readonly name: string;
  readonly balancer: Balancer;
  readonly dynos: number;
  readonly processes: number;
  /** Per process. */
  readonly threads: number;
  readonly runtime: Runtime;
  readonly vcpus: number;
  /** Of each processor: below 1 where the dyno is over its memory and swaps. */
  readonly processorSpeed: number;
  readonly backlog: number;
  readonly skipsAbandoned: boolean;
  /** Infinity: the balancer has no line of its own. */
  readonly maxOutstandingPerDyno: number;
  readonly connect: ConnectPlan;
  /** null: nobody looks whether dynos are well. */
  readonly healthCheck: HealthCheckPlan | null;
  readonly bootMs: number;
  readonly preboot: boolean;
  readonly prebootOverlapMs: number;
  readonly autoscaler: ScalerPlan | null;
  /** Of one dyno. */
  readonly monthlyUsd: number;
  /** Over twice its memory a dyno is killed as soon as it is up, and boots again, for ever. */
  readonly killedByMemory: boolean;
  readonly pool: PoolPlan;
  /** Whether queries that only read go to replicas (while there are any). */
  readonly readsReplicas: boolean;
}

/** What the balancer does when a dyno refuses a connection. */
export interface ConnectPlan {
  /** How often it tries in all. */
  readonly attempts: number;
  /** Whether the next attempt goes to another dyno, at once; else to the same one, later. */
  readonly redispatch: boolean;
  readonly retryDelayMs: number;
  /** How long it leaves the refusing dyno alone. */
  readonly quarantineMs: number;
}

export interface HealthCheckPlan {
  readonly everyMs: number;
  /** So many failed checks in a row take a dyno out of the list, so many good ones put it back. */
  readonly fall: number;
  readonly rise: number;
  /** Whether a check waits in the dyno's line, as a request does. */
  readonly throughApp: boolean;
  readonly timeoutMs: number;
}

/** An autoscaler of a fleet, or of replicas. */
export interface ScalerPlan {
  readonly min: number;
  readonly max: number;
  readonly bootMs: number;
  readonly policies: readonly ScalingPolicy[];
}

export interface PoolPlan {
  readonly size: number;
  readonly checkoutTimeoutMs: number;
  readonly holdForRequest: boolean;
  readonly idleTimeoutMs: number;
  readonly reapEveryMs: number;
  readonly connectMs: number;
  readonly verify: boolean;
  /** Infinity for no limit. */
  readonly maxLifetimeMs: number;
}

export interface PoolerPlan {
  readonly isSession: boolean;
  readonly connections: number;
  readonly maxClients: number;
  readonly waitTimeoutMs: number;
  readonly overheadMs: number;
  readonly capacityPerSecond: number;
  readonly loginRetryMs: number;
}

/** One database server: the primary, or each replica. */
export interface DatabasePlan {
  /** Connections that can be open at once. */
  readonly usableConnections: number;
  /** More open connections than this exhaust the memory and crash the database; Infinity where that is off. */
  readonly crashAboveConnections: number;
  readonly recoveryMs: number;
  readonly vcpus: number;
  /** Universal Scalability Law: contention and coherence. */
  readonly alpha: number;
  readonly beta: number;
  readonly monthlyUsd: number;
}

export interface FailoverPlan {
  /** From the loss of the primary until another takes over. */
  readonly downMs: number;
  /** Whether sessions to the lost primary hang; else they fail at once. */
  readonly hangs: boolean;
  /** How long a query over a hanging session waits until the operating system gives up. */
  readonly tcpTimeoutMs: number;
}

export interface ReplicasPlan {
  readonly count: number;
  readonly server: DatabasePlan;
  readonly isPerQuery: boolean;
  readonly dnsTtlMs: number;
  readonly lagMs: number;
  readonly autoscaler: ScalerPlan | null;
}

/**
 * A change of the running system: a slider moved live, a timeline entry or an autoscaler's decision.
 * Which workload or fleet it is about: its number in the scenario, by default the first.
 */
export type Change =
  | { readonly kind: "clients"; readonly clients: number; readonly workload?: number }
  | { readonly kind: "requestsPerSecond"; readonly requestsPerSecond: number; readonly workload?: number }
  | { readonly kind: "dynos"; readonly dynos: number; readonly fleet?: number }
  | { readonly kind: "threads"; readonly threads: number; readonly fleet?: number }
  | { readonly kind: "balancer"; readonly balancer: Balancer; readonly fleet?: number }
  | { readonly kind: "poolSize"; readonly size: number; readonly fleet?: number }
  | { readonly kind: "poolerConnections"; readonly connections: number }
  /** The system as it is to be from now on: compiled from the scenario with a value set. What does not differ from the plan before goes on undisturbed. */
  | {
      readonly kind: "plan";
      readonly plan: Plan;
      /** The fleet of that number, or the replicas, whose size is what was set; null: something else was, and sizes stay what they have become. */
      readonly resized: number | "replicas" | null;
    }
  | { readonly kind: "deploy"; readonly fleet: number }
  | {
      readonly kind: "killDyno";
      readonly fleet: number;
      readonly count: number;
      readonly graceful: boolean;
      /** Infinity: it does not come back. */
      readonly backAfterMs: number;
    }
  | {
      readonly kind: "slowDyno";
      readonly fleet: number;
      readonly count: number;
      readonly factor: number;
      readonly forMs: number;
    }
  | { readonly kind: "failover" }
  | { readonly kind: "restartDatabase"; readonly downMs: number };

/** A change that the plan foresees: an entry of the scenario's timeline. */
export interface TimedChange {
  readonly atMs: number;
  readonly change: Change;
}

/**
 * The plan of a system whose steps last longer than their durations say, by what a test bench adds to each.
 * @param overheadMs for a step of the endpoint of that number: what each repetition takes longer
 */
export function withStepOverheads(
  plan: Plan,
  overheadMs: (step: StepPlan, endpoint: number) => number,
): Plan {
  return {
    ...plan,
    endpoints: plan.endpoints.map((endpoint, number) => ({
      ...endpoint,
      steps: endpoint.steps.map((step) => ({ ...step, overheadMs: overheadMs(step, number) })),
    })),
    timeline: plan.timeline.map(({ atMs, change }) => ({
      atMs,
      change:
        change.kind === "plan" ? { ...change, plan: withStepOverheads(change.plan, overheadMs) } : change,
    })),
  };
}
