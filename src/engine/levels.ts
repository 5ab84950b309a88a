/** What a dyno is doing, by number. */
export const DYNO_STATUS = {
  /** There is none of this number, or it has ended. */
  gone: 0,
  booting: 1,
  up: 2,
  /** Takes nothing new, and ends when its last request is answered. */
  retiring: 3,
  /** Killed; whoever connects to it is refused. */
  dead: 4,
  /** Up, but the balancer sends it nothing: marked down by a check, or in quarantine. */
  unlisted: 5,
  /** Up, and slowed down for a while. */
  slow: 6,
} as const;

/** Where a fleet stands at one moment. One entry per dyno, by number. */
export interface FleetLevels {
  readonly threadsPerDyno: number;
  readonly status: Uint8Array;
  readonly busyThreads: Int32Array;
  /** Requests in the dyno's line. */
  readonly queued: Int32Array;
  /** In the balancer's own line, or at the edge until a dyno has booted. */
  readonly balancerQueued: number;
  readonly checkedOut: number;
  readonly poolSlots: number;
  /** Requests that its threads have taken since the begin of the run. */
  readonly taken: number;
  /** Requests that wait for a connection of their process's pool. */
  readonly checkoutQueued: number;
}

/** Where a database server stands. */
export interface ServerLevels {
  readonly isUp: boolean;
  readonly connections: number;
  readonly usableConnections: number;
  readonly activeQueries: number;
  /** Share of its processors in use. */
  readonly cpu: number;
}

/** Where the whole system stands at one moment: for the picture of a running system. Counts are of the whole run until then. */
export interface SystemLevels {
  readonly nowMs: number;
  readonly sent: number;
  readonly ok: number;
  /** By FAILURE. */
  readonly failedByKind: Float64Array;
  /** By ELSEWHERE. */
  readonly failedElsewhere: Float64Array;
  readonly inFlight: number;
  readonly edgeConnections: number;
  readonly fleets: readonly FleetLevels[];
  /** Over all poolers; null where queries go straight to the database. */
  readonly pooler: {
    readonly clients: number;
    readonly openConnections: number;
    readonly busyConnections: number;
    readonly connections: number;
    readonly queued: number;
  } | null;
  readonly primary: ServerLevels;
  readonly replicas: readonly ServerLevels[];
  /** Queries begun on the primary, and on replicas, since the begin of the run. */
  readonly queries: number;
  readonly replicaQueries: number;
  /** What dynos and databases cost now, in USD a month. */
  readonly monthlyUsd: number;
}
