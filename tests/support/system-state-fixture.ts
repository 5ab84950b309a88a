import type { DynoState, FleetState, SystemState } from "../../src/analysis/system-state";

/** Some dynos that are alike, but for what is said. */
export function dynos(count: number, own: Partial<DynoState> = {}): readonly DynoState[] {
  return Array.from({ length: count }, () => ({ status: "up", busyThreads: 7, queued: 0, ...own }));
}

export function fleetState(own: Partial<FleetState> = {}): FleetState {
  return { name: "web", threadsPerDyno: 10, dynos: dynos(25), takenPerSecond: 188, ...own };
}

/** A system under way: 25 dynos before a database whose connections are all taken. */
export function systemState(own: Partial<SystemState> = {}): SystemState {
  return {
    atS: 12.5,
    sentPerSecond: 198,
    okPerSecond: 188,
    failedPerSecond: {},
    failedElsewherePerSecond: {},
    inFlight: 200,
    balancerQueued: 0,
    fleets: [fleetState()],
    pools: { checkedOut: 183, slots: 250, queued: 0 },
    pooler: null,
    primary: { isUp: true, connections: 240, usableConnections: 240, activeQueries: 90, cpu: 0.12 },
    queriesPerSecond: 176,
    replicas: [],
    replicaQueriesPerSecond: 0,
    monthlyUsd: 1300,
    ...own,
  };
}
