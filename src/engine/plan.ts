import type { SizedScenario } from "../scenario/sizes";
import type { Balancer, QueryStep, Scenario, WaitStep } from "../scenario/types";
import { DurationDistribution } from "./kernel/distribution";

/** A scenario compiled for simulation: numbers resolved from the catalogue, times in ms, distributions ready to draw from. */
export interface Plan {
  readonly seed: number;
  readonly durationMs: number;
  readonly warmupMs: number;
  readonly workload: WorkloadPlan;
  readonly steps: readonly StepPlan[];
  readonly edge: { readonly maxConnections: number; readonly timeoutMs: number };
  readonly fleet: FleetPlan;
  readonly pooler: PoolerPlan | null;
  readonly database: DatabasePlan;
}

export type WorkloadPlan = ClosedWorkloadPlan | OpenWorkloadPlan;

export interface ClosedWorkloadPlan {
  readonly kind: "closed";
  readonly name: string;
  readonly clients: number;
  readonly think: DurationDistribution;
  readonly afterFailure: DurationDistribution;
  readonly startSpreadMs: number;
}

export interface OpenWorkloadPlan {
  readonly kind: "open";
  readonly name: string;
  readonly requestsPerSecond: number;
  readonly arrivals: "poisson" | "paced";
}

export interface StepPlan {
  readonly kind: "wait" | "query";
  readonly duration: DurationDistribution;
  /** 1 for a wait. */
  readonly count: number;
}

export interface FleetPlan {
  readonly name: string;
  readonly balancer: Balancer;
  readonly dynos: number;
  readonly processes: number;
  /** Per process. */
  readonly threads: number;
  readonly backlog: number;
  readonly bootMs: number;
  /** Over twice its memory a dyno is killed as soon as it is up, and boots again, for ever. */
  readonly killedByMemory: boolean;
  readonly pool: PoolPlan;
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
  readonly connections: number;
  readonly maxClients: number;
  readonly waitTimeoutMs: number;
  readonly overheadMs: number;
  readonly capacityPerSecond: number;
  readonly loginRetryMs: number;
}

export interface DatabasePlan {
  /** Connections that can be open at once. */
  readonly usableConnections: number;
  /** More open connections than this exhaust the memory and crash the database; Infinity where that is off. */
  readonly crashAboveConnections: number;
  readonly recoveryMs: number;
}

/**
 * Compiles a valid scenario.
 * The engine simulates one workload, one endpoint and one fleet; check `unsupportedFields` first, since what else a scenario asks for would be ignored here.
 */
export function compile(sized: SizedScenario): Plan {
  const { scenario } = sized;
  const [workload] = scenario.workloads;
  const [endpoint] = scenario.endpoints;
  if (workload === undefined || endpoint === undefined)
    throw new Error("Defect: a scenario without workload or endpoint");
  return {
    seed: scenario.run.seed,
    durationMs: scenario.run.durationS * 1000,
    warmupMs: scenario.run.warmupS * 1000,
    workload: compileWorkload(workload),
    // A processor step of no length does nothing; `unsupportedFields` refuses any other.
    steps: endpoint.steps.filter((step) => step.kind !== "cpu").map(compileStep),
    edge: {
      maxConnections: scenario.edge.maxConnections ?? Infinity,
      timeoutMs: scenario.edge.timeoutMs ?? Infinity,
    },
    fleet: compileFleet(sized),
    pooler: compilePooler(scenario),
    database: compileDatabase(sized),
  };
}

function compileWorkload(workload: Scenario["workloads"][number]): WorkloadPlan {
  if (workload.kind === "closed") {
    const think = DurationDistribution.from(workload.thinkMs);
    return {
      kind: "closed",
      name: workload.name,
      clients: workload.clients,
      think,
      afterFailure:
        workload.afterFailureMs === null ? think : DurationDistribution.from(workload.afterFailureMs),
      startSpreadMs: workload.startSpreadMs,
    };
  }
  if (workload.kind === "open") {
    const { name, requestsPerSecond, arrivals } = workload;
    return { kind: "open", name, requestsPerSecond, arrivals };
  }
  throw new Error(`Defect: a workload of kind ${workload.kind} reached the engine`);
}

function compileStep(step: WaitStep | QueryStep): StepPlan {
  return {
    kind: step.kind,
    duration: DurationDistribution.from(step.ms),
    count: step.kind === "query" ? step.count : 1,
  };
}

function compileFleet({ scenario, dynoMemoryShare }: SizedScenario): FleetPlan {
  const [fleet] = scenario.fleets;
  if (fleet === undefined) throw new Error("Defect: a scenario without fleet");
  const { pool } = fleet;
  return {
    name: fleet.name,
    balancer: fleet.balancer,
    dynos: fleet.dynos,
    processes: fleet.processes,
    threads: fleet.threads,
    backlog: fleet.backlog,
    bootMs: fleet.boot.bootS * 1000,
    killedByMemory: dynoMemoryShare > 2,
    pool: {
      size: pool.size,
      checkoutTimeoutMs: pool.checkoutTimeoutMs,
      holdForRequest: pool.hold === "request",
      idleTimeoutMs: pool.idleTimeoutS * 1000,
      reapEveryMs: pool.reapEveryS * 1000,
      connectMs: pool.connectMs,
      verify: pool.verify,
      maxLifetimeMs: pool.maxLifetimeS === null ? Infinity : pool.maxLifetimeS * 1000,
    },
  };
}

function compilePooler(scenario: Scenario): PoolerPlan | null {
  const { pooler } = scenario;
  if (!pooler.enabled) return null;
  return {
    connections: pooler.connections,
    maxClients: pooler.maxClients,
    waitTimeoutMs: pooler.waitTimeoutMs,
    overheadMs: pooler.overheadMs,
    capacityPerSecond: pooler.capacityPerSecond,
    loginRetryMs: pooler.loginRetryS * 1000,
  };
}

function compileDatabase({ scenario, database: plan, usableConnections }: SizedScenario): DatabasePlan {
  const { database } = scenario;
  const canCrash = database.crashOnMemory && database.memoryPerConnectionMb > 0;
  return {
    usableConnections,
    crashAboveConnections: canCrash ? plan.memoryMb / database.memoryPerConnectionMb : Infinity,
    recoveryMs: database.recoveryS * 1000,
  };
}
