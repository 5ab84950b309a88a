import { formatMs } from "../base/format";
import { resolveDatabasePlan } from "../scenario/catalogue";
import type { DatabasePlan, Scenario } from "../scenario/types";
import type { Capacity, FleetCapacity } from "./capacity";
import { databaseTakenDown } from "./disturbance-failures";
import { poolSum } from "./dyno-limits";
import { poolerConnections, poolerSum, sessionSum } from "./pooler-limits";
import type { ResultFigures } from "./result-types";
import { cheapestPlan } from "./suggestions-database";
import { largerPool, moreDynos } from "./suggestions-dynos";
import {
  MOST_POOLER_CLIENTS,
  safeConnections,
  shareServerConnections,
  turnPoolerOn,
} from "./suggestions-pooler";
import type { Finding, Suggestion } from "./verdict-types";
import { fullBehindPools } from "./waiting-finding";
import { counted, exact } from "./words";

/** A pooler that serves less than this of what is asked for trades refusals for waiting. */
const MOST_OF_DEMAND = 0.7;

/** The server that runs out of connections: the primary, or each of the replicas. */
interface Server {
  readonly name: string;
  readonly plan: DatabasePlan;
  readonly usable: number;
  readonly servers: number;
  readonly wanted: number;
  readonly wantedOf: (own: FleetCapacity) => number;
}

/** The primary, unless only the replicas are asked for more connections than they give. */
function shortServer(
  { database, pooler }: Scenario,
  limits: Capacity,
  most: (usable: number, plan: DatabasePlan) => number,
): Server {
  const { plan, replicas } = database;
  const primary: Server = {
    name: "the database",
    plan,
    usable: limits.usableConnections,
    servers: 1,
    wanted: pooler.enabled ? pooler.connections : limits.allPoolConnections,
    wantedOf: (own) => own.poolConnections,
  };
  const readers: Server = {
    name: replicas.count === 1 ? "the replica" : "a replica",
    plan: replicas.plan ?? plan,
    usable: limits.usableReplicaConnections,
    // What one look-up of the name says goes for all connections that are opened together: one replica can get them all.
    servers: pooler.enabled || replicas.routing === "dns" ? 1 : replicas.count,
    wanted: pooler.enabled && limits.allReadConnections > 0 ? pooler.connections : limits.allReadConnections,
    wantedOf: (own) => own.readConnections,
  };
  const isShort = (server: Server): boolean =>
    server.wanted > server.servers * most(server.usable, server.plan);
  return !isShort(primary) && isShort(readers) ? readers : primary;
}

/** "25 dynos × 10 connections = up to 250 connections", over all fleets. */
function slotsText({ fleets }: Capacity, { wanted, wantedOf }: Pick<Server, "wanted" | "wantedOf">): string {
  const terms = fleets
    .filter((own) => wantedOf(own) > 0)
    .map(({ fleet }) => {
      const processes = fleet.processes === 1 ? "" : ` × ${exact(fleet.processes)} processes`;
      const held = Math.min(fleet.pool.size, fleet.threads);
      return `${counted(fleet.dynos, "dyno")}${processes} × ${counted(held, "connection")}`;
    });
  return `${terms.join(" + ")} = up to ${counted(wanted, "connection")}`;
}

/** "Heroku Postgres Standard-0 gives 240 (120 advertised)". */
function limitText({ plan, usable }: Server): string {
  const { title, usableLimit, connectionLimit } = resolveDatabasePlan(plan);
  const advertised = usableLimit === connectionLimit ? "" : ` (${exact(connectionLimit)} advertised)`;
  return `${title} gives ${exact(usable)}${advertised}`;
}

/** Whether old and new dynos stand beside each other for a while. */
function deploysWithPreboot({ fleets, timeline }: Scenario): boolean {
  return timeline.some(
    (entry) => entry.do === "deploy" && fleets.some(({ name, boot }) => name === entry.fleet && boot.preboot),
  );
}

/** The database, or a replica, gives no more connections. */
export function connectionRefused(share: string, figures: ResultFigures, limits: Capacity): Finding {
  const { scenario } = figures;
  const server = shortServer(scenario, limits, (usable) => usable);
  const { reservedConnections } = scenario.database;
  const isDoubled = server.wanted <= server.usable && deploysWithPreboot(scenario);
  const doubled = isDoubled ? ", and twice that while a deploy with preboot runs both" : "";
  return {
    limit: "connection slots",
    sentence: `${share}: the dynos want more connections than ${server.name} gives.`,
    arithmetic: `${slotsText(limits, server)}${doubled}; ${limitText(server)}. A pooler shares them: ${poolerSum(figures, limits)}.`,
    suggestion:
      server.usable === 0 && reservedConnections > 0
        ? { label: "Reserve no connections", changes: [{ path: "database.reservedConnections", value: 0 }] }
        : moreConnections(scenario, limits, server),
  };
}

/** The pooler, unless its connections would serve much less than is asked for and a larger plan has enough for all. */
function moreConnections(scenario: Scenario, limits: Capacity, server: Server): Suggestion | null {
  const most = Math.min(limits.usableConnections, server.usable);
  const shared = Math.min(scenario.pooler.connections, most) / scenario.pooler.connections;
  const servesMost = limits.poolerPerSecond * shared >= MOST_OF_DEMAND * limits.demandInAllPerSecond;
  const plan =
    servesMost || server.plan !== scenario.database.plan ? null : planWith(scenario, server.wanted);
  if (plan === null) return turnPoolerOn(scenario, most);
  return { label: `Take ${plan.title}`, changes: [{ path: "database.plan", value: plan.id }] };
}

/** The cheapest plan of the same family that gives so many connections; null where none does. */
function planWith({ database }: Scenario, connections: number) {
  return cheapestPlan(
    database.plan,
    ({ connectionLimit }) => connectionLimit - database.reservedConnections >= connections,
  );
}

/** The database crashed for want of memory; or the pooler has no connection to it, and says so. */
export function databaseDown(share: string, scenario: Scenario, limits: Capacity): Finding {
  const { memoryPerConnectionMb, crashOnMemory } = scenario.database;
  const fitting = (usable: number, plan: DatabasePlan): number =>
    safeConnections(scenario, usable, resolveDatabasePlan(plan).memoryMb);
  const server = shortServer(scenario, limits, fitting);
  const { memoryMb } = resolveDatabasePlan(server.plan);
  const { wanted } = server;
  if (crashOnMemory && Math.min(server.usable, wanted) * memoryPerConnectionMb > memoryMb) {
    const enough = Math.floor(memoryMb / memoryPerConnectionMb);
    return {
      limit: "memory",
      sentence: `${share}: connections take more memory than ${server.name} has, so it crashes and drops every session.`,
      arithmetic: `Up to ${counted(wanted, "connection")} × ${exact(memoryPerConnectionMb)} MB = ${exact(wanted * memoryPerConnectionMb)} MB; the plan has ${exact(memoryMb)} MB, enough for ${counted(enough, "connection")}.`,
      suggestion: turnPoolerOn(scenario, Math.min(enough, limits.usableConnections)),
    };
  }
  const taken = databaseTakenDown(share, scenario);
  if (taken !== null) return taken;
  const isRefused = scenario.pooler.enabled;
  return {
    limit: isRefused ? "connection slots" : null,
    sentence: isRefused
      ? `${share}: ${server.name} gives no connection at all, so clients get the pooler's error.`
      : `${share}: their session was lost, or ${server.name} was down.`,
    arithmetic: `${limitText(server)} connections.`,
    suggestion: null,
  };
}

/** The line for a process's pool is too slow: the pool is small, or what stands behind it is full. */
export function checkoutTimeout(
  share: string,
  figures: ResultFigures,
  limits: Capacity,
  own: FleetCapacity,
): Finding {
  const { scenario } = figures;
  const { fleet } = own;
  const behind = fullBehindPools(figures, limits);
  return {
    limit: behind?.limit ?? "pool",
    sentence: `${share}: they wait more than ${formatMs(fleet.pool.checkoutTimeoutMs)} for a connection of their process's pool.`,
    arithmetic:
      behind?.arithmetic ??
      `${poolSum(scenario, fleet)}${scenario.pooler.enabled ? ", in front of the pooler" : ""}.`,
    suggestion: behind === null ? largerPool(scenario, limits, own) : behind.suggestion,
  };
}

/** The pooler takes no more clients; where what stands behind it is full, more of them would only wait. */
export function poolerFull(
  share: string,
  figures: ResultFigures,
  limits: Capacity,
  own: FleetCapacity,
): Finding {
  const { scenario } = figures;
  const clients = Math.max(limits.allPoolConnections, limits.allReadConnections);
  const isOfReads = limits.allReadConnections > limits.allPoolConnections;
  const wantedOf = (one: FleetCapacity): number => (isOfReads ? one.readConnections : one.poolConnections);
  const wanted = `${slotsText(limits, { wanted: clients, wantedOf })}; the pooler takes ${counted(scenario.pooler.maxClients, "client")}.`;
  const behind = fullBehindPools(figures, limits);
  return {
    limit: behind?.limit ?? "pooler",
    sentence: `${share}: the pooler takes no more client connections.`,
    arithmetic: behind === null ? wanted : `${wanted} ${behind.arithmetic}`,
    suggestion: behind === null ? moreClients(scenario, limits, own, clients) : behind.suggestion,
  };
}

/** Room for so many clients in the pooler; and where refusals alone kept the dynos from overload, dynos as well. */
function moreClients(
  scenario: Scenario,
  limits: Capacity,
  own: FleetCapacity,
  clients: number,
): Suggestion | null {
  if (clients <= scenario.pooler.maxClients || clients > MOST_POOLER_CLIENTS) return null;
  if (own.demandPerSecond > own.threadsPerSecond) return moreDynos(scenario, limits, own);
  return {
    label: `Let the pooler take ${counted(clients, "client")}`,
    changes: [{ path: "pooler.maxClients", value: clients }],
  };
}

/** The line for the pooler's server connections is too slow. */
export function poolerTimeout(share: string, figures: ResultFigures, limits: Capacity): Finding {
  const { pooler } = figures.scenario;
  const waited = `${share}: they wait more than ${formatMs(pooler.waitTimeoutMs)}`;
  if (pooler.mode === "session") {
    return {
      limit: "pooler",
      sentence: `${waited} for a server connection of the pooler, since in session mode each belongs to one client for as long as that stays connected.`,
      arithmetic: sessionSum(limits, pooler.connections),
      suggestion: shareServerConnections(figures.scenario),
    };
  }
  const behind = fullBehindPools(figures, limits);
  return {
    limit: behind?.limit ?? "pooler",
    sentence: `${waited} for one of the pooler's ${exact(pooler.connections)} server connections.`,
    arithmetic: behind?.arithmetic ?? `${poolerSum(figures, limits)}.`,
    suggestion: behind === null ? poolerConnections(figures, limits).suggestion : behind.suggestion,
  };
}
