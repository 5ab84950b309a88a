import type { Change } from "../../src/engine";
import type { ResolvedDatabasePlan } from "../../src/scenario/catalogue";
import { withSizes } from "../../src/scenario/sizes";
import type { Scenario } from "../../src/scenario/types";

/** What the levels of one fleet may not exceed. */
export interface FleetLimits {
  /** As many numbers as dynos can have had: one that has been retired keeps its number until its last request is answered. */
  readonly numbered: number;
  /** As many as were asked for last. */
  readonly dynos: number;
  readonly processes: number;
  readonly threads: number;
  readonly computesOneAtATime: boolean;
  /** Of its processors: below 1 where its dynos swap. */
  readonly speed: number;
  readonly backlog: number;
  readonly maxOutstanding: number;
  readonly poolsPerProcess: number;
  readonly poolSize: number;
  /** Whether all its dynos have been up from the beginning: nobody waits for one to boot, and none is retired. */
  readonly isSteady: boolean;
}

/** What the levels of `Books` may not exceed. Changes of the running system change them. */
export interface Limits {
  /** The most there have been, where all are closed: of those who are to go, some may still be waiting for their last answer. */
  readonly clients: number;
  readonly clientsGiveUp: boolean;
  readonly edgeConnections: number;
  readonly edgeGivesUp: boolean;
  readonly fleets: readonly FleetLimits[];
  readonly databaseConnections: number;
  readonly databaseVcpus: number;
  readonly replicas: number;
  readonly replicaConnections: number;
  readonly replicaVcpus: number;
  /** Whether a server can lose its sessions. */
  readonly canCrash: boolean;
  /** Whether some queries go to the replicas at all, and whether it is a proxy that takes them there. */
  readonly readsReplicas: boolean;
  readonly readsThroughProxy: boolean;
  readonly pooler: {
    readonly isSession: boolean;
    readonly connections: number;
    readonly maxClients: number;
  } | null;
}

/** The limits that a scenario begins with. */
export function limitsOf(scenario: Scenario): Limits {
  const { edge, pooler, workloads } = scenario;
  const { replicas } = scenario.database;
  const sized = withSizes(scenario);
  const primary = connectionsOf(scenario, sized.database, sized.usableConnections);
  const replica = connectionsOf(scenario, sized.replica, sized.usableReplicaConnections);
  const readsReplicas = replicas.count > 0 && scenario.fleets.some(({ reads }) => reads === "replicas");
  return {
    clients: workloads.reduce(
      (sum, workload) => sum + (workload.kind === "closed" ? workload.clients : Number.POSITIVE_INFINITY),
      0,
    ),
    clientsGiveUp: workloads.some((workload) => workload.giveUpAfterMs !== null),
    edgeConnections: edge.maxConnections ?? Number.POSITIVE_INFINITY,
    edgeGivesUp: edge.timeoutMs !== null,
    fleets: scenario.fleets.map((fleet, number): FleetLimits => {
      const { dynos, processes, threads, runtime, backlog, reads } = fleet;
      const memoryShare = sized.fleets[number]?.memoryShare ?? Number.NaN;
      return {
        numbered: dynos,
        dynos,
        processes,
        threads,
        computesOneAtATime: runtime === "event-loop",
        speed: 1 / Math.max(1, memoryShare),
        backlog,
        maxOutstanding: fleet.maxOutstandingPerDyno ?? Number.POSITIVE_INFINITY,
        poolsPerProcess: reads === "replicas" && replicas.count > 0 ? 2 : 1,
        poolSize: fleet.pool.size,
        isSteady: memoryShare <= 2,
      };
    }),
    databaseConnections: primary.limit,
    databaseVcpus: sized.database.vcpus,
    replicas: replicas.count,
    replicaConnections: replica.limit,
    replicaVcpus: sized.replica.vcpus,
    canCrash: primary.canCrash || (readsReplicas && replica.canCrash),
    readsReplicas,
    readsThroughProxy: readsReplicas && replicas.routing === "per-query",
    pooler: pooler.enabled
      ? {
          isSession: pooler.mode === "session",
          connections: pooler.connections,
          maxClients: pooler.maxClients,
        }
      : null,
  };
}

/** How many connections a server gives, and whether one more would be too much for its memory. */
function connectionsOf(
  { database }: Scenario,
  plan: ResolvedDatabasePlan,
  usable: number,
): { limit: number; canCrash: boolean } {
  const memoryFor =
    database.crashOnMemory && database.memoryPerConnectionMb > 0
      ? Math.floor(plan.memoryMb / database.memoryPerConnectionMb)
      : Number.POSITIVE_INFINITY;
  return { limit: Math.min(usable, memoryFor), canCrash: memoryFor < usable };
}

/** The limits after a change. */
export function limitsAfter(limits: Limits, change: Change): Limits {
  const inFleet = (number: number | undefined, after: (fleet: FleetLimits) => FleetLimits): Limits => ({
    ...limits,
    fleets: limits.fleets.map((fleet, i) => (i === (number ?? 0) ? after(fleet) : fleet)),
  });
  switch (change.kind) {
    case "clients":
      // Whatever there was in other workloads is in the sum already.
      return { ...limits, clients: limits.clients + change.clients };
    case "dynos":
      return inFleet(change.fleet, (fleet) => ({
        ...fleet,
        numbered: fleet.numbered + Math.max(0, change.dynos - fleet.dynos),
        dynos: change.dynos,
        isSteady: false,
      }));
    case "threads":
      return inFleet(change.fleet, (fleet) => ({ ...fleet, threads: change.threads }));
    case "poolSize":
      return inFleet(change.fleet, (fleet) => ({ ...fleet, poolSize: change.size }));
    case "poolerConnections":
      return limits.pooler === null
        ? limits
        : { ...limits, pooler: { ...limits.pooler, connections: change.connections } };
    default:
      return limits;
  }
}

/** The changes that end a scenario's traffic, as far as changes can (see `withTimeToDrain`). */
export function endOfTraffic(scenario: Scenario): Change[] {
  return scenario.workloads.flatMap((workload, number): Change[] => {
    if (workload.kind === "closed") return [{ kind: "clients", clients: 0, workload: number }];
    if (workload.kind !== "open" || workload.trace !== undefined) return [];
    return [{ kind: "requestsPerSecond", requestsPerSecond: 0, workload: number }];
  });
}
