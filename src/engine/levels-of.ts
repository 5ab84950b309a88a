import type { FleetLevels, ServerLevels, SystemLevels } from "./levels";
import type { Database } from "./parts/database";
import type { DatabaseServers } from "./parts/database-servers";
import type { Edge } from "./parts/edge";
import type { Fleet } from "./parts/fleet";
import type { Plan } from "./plan";
import type { Recorder } from "./record/recorder";

/** Reads off the parts of a simulation where the system stands. @param plan that it follows now */
export function levelsOf(
  plan: Plan,
  nowMs: number,
  recorder: Recorder,
  edge: Edge,
  fleets: readonly Fleet[],
  servers: DatabaseServers,
): SystemLevels {
  const [primary, ...replicas] = servers.allDatabases;
  const { sent, ok, failedByKind, failedElsewhere, inFlight, queries, replicaQueries, monthlyUsd } =
    recorder.levels();
  return {
    nowMs,
    sent,
    ok,
    failedByKind,
    failedElsewhere,
    inFlight,
    edgeConnections: edge.connections,
    fleets: fleets.map(fleetLevels),
    pooler: poolerLevels(plan, servers),
    primary: serverLevels(primary!),
    replicas: replicas.filter(({ number }) => servers.members.isMember(number)).map(serverLevels),
    queries,
    replicaQueries,
    monthlyUsd,
  };
}

function fleetLevels(fleet: Fleet): FleetLevels {
  const { dynos, dispatcher, record, present, pools, readPools } = fleet;
  const both = readPools === null ? [pools] : [pools, readPools];
  const sum = (of: (role: typeof pools) => number): number =>
    both.reduce((total, role) => total + of(role), 0);
  return {
    threadsPerDyno: present.processes * present.threads,
    status: record.status.slice(),
    busyThreads: dynos.busy.slice(),
    queued: Int32Array.from(dynos.busy, (_, dyno) => dynos.waitingAt(dyno)),
    balancerQueued: dispatcher.waiting + dispatcher.waitingForBoot,
    checkedOut: sum((role) => role.checkedOutConnections),
    poolSlots: both.length * fleet.lifecycle.up * present.processes * present.pool.size,
    taken: record.takenUntilNow,
    checkoutQueued: sum((role) => role.waitingRequests),
  };
}

function poolerLevels({ pooler }: Plan, servers: DatabaseServers): SystemLevels["pooler"] {
  const { allPoolers, activePoolers } = servers;
  if (pooler === null && allPoolers.every((old) => old.clientConnections === 0)) return null;
  const sum = (of: (one: (typeof allPoolers)[number]) => number): number =>
    allPoolers.reduce((total, one) => total + of(one), 0);
  return {
    clients: sum((one) => one.clientConnections),
    openConnections: sum((one) => one.openConnections),
    busyConnections: sum((one) => one.busyConnections),
    connections: activePoolers.reduce((total, one) => total + one.limit, 0),
    queued: sum((one) => one.waiting),
  };
}

function serverLevels(database: Database): ServerLevels {
  return {
    isUp: database.isUp,
    connections: database.openConnections,
    usableConnections: database.usableConnections,
    activeQueries: database.activeQueries,
    cpu: database.processorShare,
  };
}
