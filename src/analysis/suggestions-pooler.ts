import { resolveDatabasePlan } from "../scenario/catalogue";
import type { Scenario } from "../scenario/types";
import type { Capacity } from "./capacity";
import { pacePerSecond } from "./contention";
import { COMFORTABLE_SHARE, cheapestPlan } from "./suggestions-database";
import type { Suggestion } from "./verdict-types";
import { counted, exact } from "./words";

type Change = Suggestion["changes"][number];

/** The share of a plan's connections that Heroku leaves its pooler. */
const POOLER_SHARE = 0.75;
/** The most clients that a pooler may take. */
export const MOST_POOLER_CLIENTS = 1e6;

/** The pooler in the mode in which clients share its connections. */
function inTransactions(scenario: Scenario): Change[] {
  return scenario.pooler.mode === "transaction" ? [] : [{ path: "pooler.mode", value: "transaction" }];
}

/** Turns the pooler on, or gives it less, with no more server connections than `most`; null where none are to be had, or that is how it is already. */
export function turnPoolerOn(scenario: Scenario, most: number): Suggestion | null {
  if (most < 1) return null;
  if (scenario.pooler.enabled) {
    if (scenario.pooler.connections <= most) return null;
    return {
      label: `Give the pooler ${counted(most, "connection")}`,
      changes: [{ path: "pooler.connections", value: most }],
    };
  }
  const enable = [{ path: "pooler.enabled", value: true }, ...inTransactions(scenario)];
  if (scenario.pooler.connections <= most) return { label: "Turn the pooler on", changes: enable };
  return {
    label: `Turn the pooler on, with ${counted(most, "server connection")}`,
    changes: [...enable, { path: "pooler.connections", value: most }],
  };
}

/** More server connections for the pooler: up to its share of the present plan, else with the next plan; null where there is none, or the queries would only slow each other down. */
export function largerPooler(scenario: Scenario, limits: Capacity): Suggestion | null {
  const { pooler, database } = scenario;
  const { connectionLimit } = resolveDatabasePlan(database.plan);
  const share = (limit: number): number => Math.floor(POOLER_SHARE * (limit - database.reservedConnections));
  const useful = (limit: number): number =>
    isContended(scenario) ? bestAtOnce(scenario, limits, share(limit)) : share(limit);
  if (useful(connectionLimit) > pooler.connections) {
    const connections = useful(connectionLimit);
    return {
      label: `Give the pooler ${counted(connections, "connection")}`,
      changes: [{ path: "pooler.connections", value: connections }],
    };
  }
  const plan = cheapestPlan(
    database.plan,
    (other) => other.connectionLimit > connectionLimit && useful(other.connectionLimit) > pooler.connections,
  );
  if (plan === null) return null;
  const connections = useful(plan.connectionLimit);
  return {
    label: `Take ${plan.title}, with ${counted(connections, "pooler connection")}`,
    changes: [
      { path: "database.plan", value: plan.id },
      { path: "pooler.connections", value: connections },
    ],
  };
}

/** Whether queries slow each other down. */
export function isContended({ database }: Scenario): boolean {
  return database.contention.alpha > 0 || database.contention.beta > 0;
}

/** Requests per second with so many queries at once. */
function pace({ database }: Scenario, limits: Capacity, atOnce: number): number {
  const { vcpus } = resolveDatabasePlan(database.plan);
  return pacePerSecond(
    atOnce,
    limits.all.primaryQueryMs,
    limits.all.primaryCpuMs,
    vcpus,
    database.contention,
  );
}

/** How many queries at once bring the most requests through, of at most `most`. */
function bestAtOnce(scenario: Scenario, limits: Capacity, most: number): number {
  let best = 1;
  // The pace rises to one maximum and falls.
  while (best + 1 <= most && pace(scenario, limits, best + 1) > pace(scenario, limits, best)) best += 1;
  return best;
}

/** Lets clients share the pooler's connections, where each has one to itself; null where they share them already. */
export function shareServerConnections(scenario: Scenario): Suggestion | null {
  const changes = inTransactions(scenario);
  return changes.length === 0 ? null : { label: "Put the pooler into transaction mode", changes };
}

/** As many processes of the pooler as pass the traffic with room, as far as the rest serves it; null where it passes it already. */
export function morePoolers(scenario: Scenario, limits: Capacity): Suggestion | null {
  const wanted = Math.min(
    limits.demandInAllPerSecond,
    limits.poolerPerSecond,
    limits.databasePerSecond,
    limits.replicasPerSecond,
  );
  const processes = Math.ceil(wanted / limits.poolerPassesPerSecond / COMFORTABLE_SHARE);
  const value = processes * scenario.pooler.capacityPerSecond;
  if (processes < 2 || value > 1e9) return null;
  return {
    label: `Run ${exact(processes)} processes of the pooler, for ${exact(value)} queries a second`,
    changes: [{ path: "pooler.capacityPerSecond", value }],
  };
}

/** How many connections a server gives before it refuses one, or crashes for want of memory. */
export function safeConnections(scenario: Scenario, usable: number, memoryMb: number): number {
  const { crashOnMemory, memoryPerConnectionMb } = scenario.database;
  return crashOnMemory && memoryPerConnectionMb > 0
    ? Math.min(usable, Math.floor(memoryMb / memoryPerConnectionMb))
    : usable;
}

/**
 * What must change besides, so that the database gives `connections` to the pools and its replicas `reads`: nothing, the pooler (if its
 * connections serve the traffic), or a larger plan; null where none of it does.
 */
export function roomFor(
  connections: number,
  reads: number,
  scenario: Scenario,
  limits: Capacity,
): { readonly words: string; readonly changes: readonly Change[] } | null {
  const { pooler, database } = scenario;
  const { replicas } = database;
  if (pooler.enabled) return roomInPooler(Math.max(connections, reads), scenario);
  const { memoryMb } = resolveDatabasePlan(database.plan);
  const replica = resolveDatabasePlan(replicas.plan ?? database.plan);
  const readsFit =
    reads <= replicas.count * safeConnections(scenario, limits.usableReplicaConnections, replica.memoryMb);
  const safe = safeConnections(scenario, limits.usableConnections, memoryMb);
  if (readsFit && connections <= safe) return { words: "", changes: [] };
  const enable = { path: "pooler.enabled", value: true };
  if (COMFORTABLE_SHARE * limits.poolerPerSecond >= limits.demandInAllPerSecond && pooler.connections <= safe)
    return { words: ", with the pooler on", changes: [enable, ...inTransactions(scenario)] };
  const plan = cheapestPlan(
    database.plan,
    (other) =>
      safeConnections(scenario, other.connectionLimit - database.reservedConnections, other.memoryMb) >=
      connections,
  );
  if (!readsFit || plan === null) return null;
  return { words: ` on ${plan.title}`, changes: [{ path: "database.plan", value: plan.id }] };
}

function roomInPooler(
  clients: number,
  scenario: Scenario,
): { readonly words: string; readonly changes: readonly Change[] } | null {
  if (clients > MOST_POOLER_CLIENTS) return null;
  const { mode, connections, maxClients } = scenario.pooler;
  const isShort = mode === "session" && clients > connections;
  return {
    words: isShort ? ", with the pooler in transaction mode" : "",
    changes: [
      ...(isShort ? inTransactions(scenario) : []),
      ...(clients > maxClients ? [{ path: "pooler.maxClients", value: clients }] : []),
    ],
  };
}

/** The pooler with as few connections as bring the most queries through, where the many slow each other down; null where fewer don't help. */
export function fewerAtOnce(scenario: Scenario, limits: Capacity, active: number): Suggestion | null {
  const { pooler } = scenario;
  const best = bestAtOnce(scenario, limits, Math.min(active, limits.usableConnections));
  if (best >= active || pace(scenario, limits, best) < 1.05 * pace(scenario, limits, active)) return null;
  if (pooler.enabled) {
    if (best >= pooler.connections) return null;
    return {
      label: `Give the pooler ${counted(best, "connection")} only`,
      changes: [{ path: "pooler.connections", value: best }],
    };
  }
  return {
    label: `Turn the pooler on, with ${counted(best, "server connection")}`,
    changes: [
      { path: "pooler.enabled", value: true },
      ...inTransactions(scenario),
      ...(best === pooler.connections ? [] : [{ path: "pooler.connections", value: best }]),
    ],
  };
}
