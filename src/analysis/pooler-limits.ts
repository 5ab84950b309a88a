import { formatMs, formatPercent, formatRate } from "../base/format";
import type { Capacity } from "./capacity";
import type { Limit } from "./limit-types";
import type { ResultFigures } from "./result-types";
import { moreDatabaseProcessors } from "./suggestions-database";
import { isContended, largerPooler, morePoolers, shareServerConnections } from "./suggestions-pooler";
import { atMost, counted, exact } from "./words";

/** "; 180 per s are served", where that is known. */
function served({ throughputPerSecond }: ResultFigures): string {
  return throughputPerSecond.mean === null ? "" : `; ${formatRate(throughputPerSecond.mean)} are served`;
}

/** The pooler's server connections, shared by all queries. */
export function poolerConnections(figures: ResultFigures, limits: Capacity): Limit {
  const { scenario } = figures;
  const { connections } = scenario.pooler;
  return {
    limit: "pooler",
    waiting: (ms) =>
      `Every one of the pooler's ${exact(connections)} server connections is in use, so a request waits ${formatMs(ms)} for one.`,
    arithmetic: `${poolerSum(figures, limits)}${served(figures)}.`,
    // Where more connections would only slow the queries down, it is the database that must serve them faster.
    suggestion:
      largerPooler(scenario, limits) ??
      (isContended(scenario) ? moreDatabaseProcessors(scenario, limits) : null),
  };
}

/** What the pooler's server connections serve at most, as a sum. */
export function poolerSum({ scenario }: ResultFigures, limits: Capacity): string {
  const { connections } = scenario.pooler;
  const { primaryQueryMs, replicaQueryMs } = limits.all;
  const { count } = scenario.database.replicas;
  // The poolers of the replicas are the nearer limit where they serve fewer requests.
  const isOfReplicas = connections * count * primaryQueryMs < connections * replicaQueryMs;
  return isOfReplicas
    ? `${counted(count, "replica")} × ${counted(connections, "pooler connection")} ÷ ${formatMs(replicaQueryMs)} of reads = ${atMost(limits.poolerPerSecond)}`
    : `${counted(connections, "pooler connection")} ÷ ${formatMs(primaryQueryMs)} of queries = ${atMost(limits.poolerPerSecond)}`;
}

/** In session mode a server connection belongs to the client that got it. */
export function poolerSessions({ scenario }: ResultFigures, limits: Capacity): Limit {
  const { connections } = scenario.pooler;
  return {
    limit: "pooler",
    waiting: (ms) =>
      `A request waits ${formatMs(ms)} for a server connection of the pooler: in session mode each belongs to one client for as long as that stays connected.`,
    arithmetic: sessionSum(limits, connections),
    suggestion: shareServerConnections(scenario),
  };
}

/** How many clients want how many servers. */
export function sessionSum(limits: Capacity, connections: number): string {
  const clients = Math.max(limits.allPoolConnections, limits.allReadConnections);
  return `The dynos' pools keep up to ${counted(clients, "connection")} open; the first ${exact(connections)} own the pooler's server connections.`;
}

/** The pooler's one thread. */
export function poolerProcess(figures: ResultFigures, limits: Capacity): Limit {
  const { scenario, throughputPerSecond } = figures;
  const busy = (throughputPerSecond.mean ?? 0) / limits.poolerPassesPerSecond;
  return {
    limit: "pooler",
    waiting: (ms) =>
      `A request spends ${formatMs(ms)} in passing the pooler: its one thread is busy for ${formatPercent(Math.min(1, busy))} of the time.`,
    arithmetic: `${exact(scenario.pooler.capacityPerSecond)} queries a second ÷ ${counted(limits.all.queries, "query", "queries")} in a request = ${atMost(limits.poolerPassesPerSecond)}${served(figures)}.`,
    suggestion: morePoolers(scenario, limits),
  };
}

/** The pooler has connections to spare, but passing it takes long: its own overhead, or the pace of its one thread. */
export function poolerPassage(figures: ResultFigures): Limit {
  const { overheadMs, capacityPerSecond } = figures.scenario.pooler;
  return {
    limit: "pooler",
    waiting: (ms) =>
      `A request spends ${formatMs(ms)} in passing the pooler, although not all of its server connections are in use.`,
    arithmetic: `A query takes ${formatMs(overheadMs)} to pass an idle pooler, which handles at most ${formatRate(capacityPerSecond)}${served(figures)}.`,
    suggestion: null,
  };
}
