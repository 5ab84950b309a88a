import type { ConnectionPools } from "./parts/connection-pools";
import type { DatabaseServers } from "./parts/database-servers";
import type { Edge } from "./parts/edge";
import type { Fleet } from "./parts/fleet";
import type { Recorder } from "./record/recorder";

/** See `Simulation.books`. Lists hold all dynos or processes, fleet after fleet. */
export interface Books {
  /** All of the run, warm-up included: sent = ok + failed + inFlight. */
  readonly sent: number;
  readonly ok: number;
  readonly failed: number;
  readonly inFlight: number;
  /** Slots taken at the edge. */
  readonly edgeConnections: number;
  /** How many dynos of each fleet the lists below have: as many as have had numbers. */
  readonly dynosOfFleets: readonly number[];
  readonly busyThreadsOfDynos: readonly number[];
  readonly busyThreadsOfProcesses: readonly number[];
  readonly computingOfProcesses: readonly number[];
  readonly waitingAtDynos: readonly number[];
  readonly outstandingAtDynos: readonly number[];
  /** In the balancers' own lines. */
  readonly waitingAtBalancers: number;
  /** Connections of all pools. */
  readonly checkedOut: number;
  readonly idle: number;
  readonly opening: number;
  /**
   * Of each pool: slots taken, and requests that wait for one. Fleet after fleet, process by process; where a fleet reads from replicas, its pools
   * for reading follow those for the primary.
   */
  readonly takenSlots: readonly number[];
  readonly waitingForConnections: readonly number[];
  /** The primary's. */
  readonly databaseOpen: number;
  readonly databaseActive: number;
  /** One number per replica. */
  readonly replicasOpen: readonly number[];
  readonly replicasActive: readonly number[];
  /** Sessions at replicas that a proxy keeps idle. */
  readonly idleAtProxy: number;
  /** Of all poolers. */
  readonly poolerOpen: number;
  readonly poolerBusy: number;
  readonly poolerClients: number;
  readonly poolerWaiting: number;
}

/** Reads the books off the parts of a simulation. */
export function booksOf(
  recorder: Recorder,
  edge: Edge,
  fleets: readonly Fleet[],
  servers: DatabaseServers,
): Books {
  const poolsOf = (fleet: Fleet): ConnectionPools[] =>
    fleet.readPools === null ? [fleet.pools] : [fleet.pools, fleet.readPools];
  const pools = fleets.flatMap(poolsOf);
  const ofEachPool = (of: (pools: ConnectionPools, process: number) => number): number[] =>
    fleets.flatMap((fleet) =>
      poolsOf(fleet).flatMap((role) =>
        Array.from(fleet.dynos.busyOfProcess, (_, process) => of(role, process)),
      ),
    );
  const dynos = fleets.map((fleet) => fleet.dynos);
  const [primary, ...replicas] = servers.allDatabases;
  const sum = <T>(items: readonly T[], of: (item: T) => number): number =>
    items.reduce((total, item) => total + of(item), 0);
  const { allPoolers } = servers;
  const { sent, ok, failed, inFlight } = recorder.levels();
  return {
    sent,
    ok,
    failed,
    inFlight,
    edgeConnections: edge.connections,
    dynosOfFleets: dynos.map(({ busy }) => busy.length),
    busyThreadsOfDynos: dynos.flatMap(({ busy }) => [...busy]),
    busyThreadsOfProcesses: dynos.flatMap(({ busyOfProcess }) => [...busyOfProcess]),
    computingOfProcesses: fleets.flatMap(({ processors, dynos: { busyOfProcess } }) =>
      Array.from(busyOfProcess, (_, process) => processors.jobsOf(process)),
    ),
    waitingAtDynos: dynos.flatMap((own) => Array.from(own.busy, (_, dyno) => own.waitingAt(dyno))),
    outstandingAtDynos: fleets.flatMap(({ balancer }) => [...balancer.outstanding]),
    waitingAtBalancers: sum(fleets, ({ dispatcher }) => dispatcher.waiting),
    checkedOut: sum(pools, (pool) => pool.checkedOutConnections),
    idle: sum(pools, (pool) => pool.idleConnections),
    opening: sum(pools, (pool) => pool.openingConnections),
    takenSlots: ofEachPool((role, process) => role.occupiedSlots(process)),
    waitingForConnections: ofEachPool((role, process) => role.waitingIn(process)),
    databaseOpen: primary?.openConnections ?? 0,
    databaseActive: primary?.activeQueries ?? 0,
    replicasOpen: replicas.map((replica) => replica.openConnections),
    replicasActive: replicas.map((replica) => replica.activeQueries),
    idleAtProxy: servers.idleProxySessions,
    poolerOpen: sum(allPoolers, (pooler) => pooler.openConnections),
    poolerBusy: sum(allPoolers, (pooler) => pooler.busyConnections),
    poolerClients: sum(allPoolers, (pooler) => pooler.clientConnections),
    poolerWaiting: sum(allPoolers, (pooler) => pooler.waiting),
  };
}
