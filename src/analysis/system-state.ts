import type { FleetLevels, SystemLevels } from "../engine/levels";
import type { Scenario } from "../scenario/types";
import { usableConnections } from "../scenario/usable-connections";
import {
  FAILURE_KINDS,
  FAILURE_PLACES,
  type FailureKind,
  type FailurePlace,
  type RunSummary,
  type SeriesColumns,
} from "./result-types";

/** What a dyno is doing. `unlisted`: up, but marked down by a check or in quarantine. `gone`: there is none at present. */
export type DynoStatus = "gone" | "booting" | "up" | "retiring" | "dead" | "unlisted" | "slow";

export interface DynoState {
  readonly status: DynoStatus;
  readonly busyThreads: number;
  /** Requests in its line. */
  readonly queued: number;
}

export interface FleetState {
  readonly name: string;
  readonly threadsPerDyno: number;
  /** One per dyno that there has been, by number; those that are gone too, so that each keeps its place. */
  readonly dynos: readonly DynoState[];
  /** Requests that its threads take per second. */
  readonly takenPerSecond: number;
}

export interface ServerState {
  readonly isUp: boolean;
  readonly connections: number;
  readonly usableConnections: number;
  /** Of the connections, those that run a query; null where it is not known. */
  readonly activeQueries: number | null;
  /** Share of its processors in use; null where it is not known. */
  readonly cpu: number | null;
}

/**
 * Where the whole system stands, for its picture: in a live run at this moment, in a whole run on average over one bucket of its series (dynos and replicas of the
 * first replication, all else over all replications).
 */
export interface SystemState {
  readonly atS: number;
  readonly sentPerSecond: number;
  readonly okPerSecond: number;
  /** Failures per second, only the kinds that happen. */
  readonly failedPerSecond: Readonly<Partial<Record<FailureKind, number>>>;
  /** Of those for want of a database, the ones that did not come from the primary; only the places where it happens. */
  readonly failedElsewherePerSecond: Readonly<Partial<Record<FailurePlace, number>>>;
  /** Requests under way. */
  readonly inFlight: number;
  /** In the balancers' own lines, and at the edge until a dyno has booted. */
  readonly balancerQueued: number;
  readonly fleets: readonly FleetState[];
  readonly pools: { readonly checkedOut: number; readonly slots: number; readonly queued: number };
  readonly pooler: {
    readonly busyConnections: number;
    readonly connections: number;
    readonly queued: number;
  } | null;
  readonly primary: ServerState;
  readonly queriesPerSecond: number;
  readonly replicas: readonly ServerState[];
  readonly replicaQueriesPerSecond: number;
  readonly monthlyUsd: number;
}

/** By DYNO_STATUS. */
const STATUS_WORDS: readonly DynoStatus[] = ["gone", "booting", "up", "retiring", "dead", "unlisted", "slow"];
const UP = STATUS_WORDS.indexOf("up");

/** The state in one bucket of a run; null where that bucket was not simulated. @param bucket index into the run's series */
export function stateInBucket({ figures, series }: RunSummary, bucket: number): SystemState | null {
  const { scenario } = figures;
  const { database, pooler } = scenario;
  const buckets = series.atS.length;
  const at = (column: Float64Array): number => orZero(column[bucket]);
  if (!(bucket >= 0 && bucket < buckets) || Number.isNaN(series.inFlight[bucket])) return null;
  const perSecond = (column: Float64Array): number => at(column) / series.bucketS;
  const rows = buckets === 0 ? 0 : series.connectionsPerReplica.length / buckets;
  const usableOfReplica = usableConnections({
    plan: database.replicas.plan ?? database.plan,
    reservedConnections: database.reservedConnections,
  });
  let firstRow = 0;
  return {
    atS: orZero(series.atS[bucket]) + series.bucketS / 2,
    sentPerSecond: perSecond(series.sent),
    okPerSecond: perSecond(series.ok),
    failedPerSecond: happening(series.failedByKind, perSecond),
    failedElsewherePerSecond: happening(series.failedElsewhere, perSecond),
    inFlight: at(series.inFlight),
    balancerQueued: at(series.balancerQueued),
    fleets: series.fleets.map((columns, number): FleetState => {
      const { processes, threads } = scenario.fleets[number] ?? { processes: 0, threads: 0 };
      const first = firstRow;
      firstRow += columns.rows;
      return {
        name: columns.name,
        threadsPerDyno: processes * threads,
        dynos: Array.from({ length: columns.rows }, (_, row) =>
          dynoInBucket(series, (first + row) * buckets + bucket),
        ),
        takenPerSecond: perSecond(columns.taken),
      };
    }),
    pools: {
      checkedOut: at(series.checkedOut),
      slots: at(series.poolSlots),
      queued: at(series.checkoutQueued),
    },
    pooler:
      pooler.enabled || series.poolerConnections.some((open) => open > 0)
        ? {
            busyConnections: at(series.poolerBusy),
            connections: pooler.connections,
            queued: at(series.poolerQueued),
          }
        : null,
    primary: {
      isUp: at(series.databaseUp) > 0.5,
      connections: at(series.databaseConnections),
      usableConnections: usableConnections(database),
      activeQueries: at(series.databaseActive),
      cpu: at(series.databaseCpu),
    },
    queriesPerSecond: perSecond(series.queries),
    replicas: Array.from({ length: rows }, (_, row) => orZero(series.replicas[bucket]) > row).flatMap(
      (isThere, row): ServerState[] =>
        isThere
          ? [
              {
                // Drawn as down as soon as it is so for most of the bucket.
                isUp: orZero(series.upPerReplica[row * buckets + bucket]) > 0.5,
                connections: orZero(series.connectionsPerReplica[row * buckets + bucket]),
                usableConnections: usableOfReplica,
                activeQueries: null,
                cpu: at(series.replicaCpu),
              },
            ]
          : [],
    ),
    replicaQueriesPerSecond: perSecond(series.replicaQueries),
    monthlyUsd: at(series.monthlyUsd),
  };
}

function dynoInBucket(series: SeriesColumns, cell: number): DynoState {
  return {
    status: STATUS_WORDS[series.statusPerDyno[cell] ?? UP] ?? "up",
    busyThreads: orZero(series.busyThreadsPerDyno[cell]),
    queued: orZero(series.queuedPerDyno[cell]),
  };
}

/** Nothing is known of it, or nothing was there: nothing to draw. */
function orZero(value: number | undefined): number {
  return value === undefined || Number.isNaN(value) ? 0 : value;
}

function happening<Key extends string, T>(
  columns: Readonly<Partial<Record<Key, T>>>,
  rate: (column: T) => number,
): Partial<Record<Key, number>> {
  const entries = Object.entries(columns) as [Key, T][];
  return Object.fromEntries(
    entries.map(([key, column]) => [key, rate(column)] as const).filter(([, perSecond]) => perSecond > 0),
  ) as Partial<Record<Key, number>>;
}

/** The state of a running system. @param earlier levels of a while ago, for the rates; null: none yet */
export function stateOfLevels(
  scenario: Scenario,
  levels: SystemLevels,
  earlier: SystemLevels | null,
): SystemState {
  const spanS = earlier === null ? 0 : (levels.nowMs - earlier.nowMs) / 1000;
  const rate = (now: number, before: number): number => (spanS > 0 ? (now - before) / spanS : 0);
  const failed = Object.fromEntries(FAILURE_KINDS.map((kind, number) => [kind, number] as const)) as Record<
    FailureKind,
    number
  >;
  const elsewhere = Object.fromEntries(FAILURE_PLACES.map((place, number) => [place, number])) as Record<
    FailurePlace,
    number
  >;
  const { fleets, pooler, failedElsewhere } = levels;
  const sum = (of: (fleet: FleetLevels) => number): number =>
    fleets.reduce((total, fleet) => total + of(fleet), 0);
  return {
    atS: levels.nowMs / 1000,
    sentPerSecond: rate(levels.sent, earlier?.sent ?? 0),
    okPerSecond: rate(levels.ok, earlier?.ok ?? 0),
    failedPerSecond: happening(failed, (kind) =>
      rate(levels.failedByKind[kind] ?? 0, earlier?.failedByKind[kind] ?? 0),
    ),
    failedElsewherePerSecond: happening(elsewhere, (place) =>
      rate(failedElsewhere[place] ?? 0, earlier?.failedElsewhere[place] ?? 0),
    ),
    inFlight: levels.inFlight,
    balancerQueued: sum((fleet) => fleet.balancerQueued),
    fleets: fleets.map((fleet, number) => ({
      name: scenario.fleets[number]?.name ?? "",
      threadsPerDyno: fleet.threadsPerDyno,
      dynos: Array.from(fleet.status, (status, dyno) => ({
        status: STATUS_WORDS[status] ?? "gone",
        busyThreads: fleet.busyThreads[dyno] ?? 0,
        queued: fleet.queued[dyno] ?? 0,
      })),
      takenPerSecond: rate(fleet.taken, earlier?.fleets[number]?.taken ?? 0),
    })),
    pools: {
      checkedOut: sum((fleet) => fleet.checkedOut),
      slots: sum((fleet) => fleet.poolSlots),
      queued: sum((fleet) => fleet.checkoutQueued),
    },
    pooler: pooler && {
      busyConnections: pooler.busyConnections,
      connections: pooler.connections,
      queued: pooler.queued,
    },
    primary: levels.primary,
    queriesPerSecond: rate(levels.queries, earlier?.queries ?? 0),
    replicas: levels.replicas,
    replicaQueriesPerSecond: rate(levels.replicaQueries, earlier?.replicaQueries ?? 0),
    monthlyUsd: levels.monthlyUsd,
  };
}
