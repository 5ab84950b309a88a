import { DATABASE_PLANS, resolveDatabasePlan } from "../scenario/catalogue";
import { formatSegment } from "../scenario/paths";
import type { DatabasePlan, Scenario } from "../scenario/types";
import type { Capacity } from "./capacity";
import { contentionFactor, pacePerSecond } from "./contention";
import type { Suggestion } from "./verdict-types";
import { counted, exact } from "./words";

type Change = Suggestion["changes"][number];
type CataloguePlan = (typeof DATABASE_PLANS)[number];

/** Anything busier than this makes requests wait noticeably. */
export const COMFORTABLE_SHARE = 0.75;
/** The share of a plan's connections that Heroku leaves its pooler. */
const POOLER_SHARE = 0.75;
const MOST_REPLICAS = 10_000;
const MOST_VCPUS = 1e6;

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

/** The cheapest plan of the same family that `fits`; null where the present plan is one's own, or none fits. */
export function cheapestPlan(
  present: DatabasePlan,
  fits: (plan: CataloguePlan) => boolean,
): CataloguePlan | null {
  const current = DATABASE_PLANS.find((candidate) => candidate.id === present);
  const fitting = DATABASE_PLANS.filter(
    (candidate) => candidate.family === current?.family && fits(candidate),
  );
  return fitting.reduce<CataloguePlan | null>(
    (best, candidate) => (best === null || candidate.monthlyUsd < best.monthlyUsd ? candidate : best),
    null,
  );
}

/** More server connections for the pooler: up to its share of the present plan, else with the next plan; null where there is none. */
export function largerPooler(scenario: Scenario): Suggestion | null {
  const share = (limit: number): number =>
    Math.floor(POOLER_SHARE * (limit - scenario.database.reservedConnections));
  const { connectionLimit } = resolveDatabasePlan(scenario.database.plan);
  if (share(connectionLimit) > scenario.pooler.connections) {
    const connections = share(connectionLimit);
    return {
      label: `Give the pooler ${counted(connections, "connection")}`,
      changes: [{ path: "pooler.connections", value: connections }],
    };
  }
  const plan = cheapestPlan(
    scenario.database.plan,
    (other) =>
      other.connectionLimit > connectionLimit && share(other.connectionLimit) > scenario.pooler.connections,
  );
  if (plan === null) return null;
  const connections = share(plan.connectionLimit);
  return {
    label: `Take ${plan.title}, with ${counted(connections, "pooler connection")}`,
    changes: [
      { path: "database.plan", value: plan.id },
      { path: "pooler.connections", value: connections },
    ],
  };
}

/** Lets clients share the pooler's connections, where each has one to itself; null where they share them already. */
export function shareServerConnections(scenario: Scenario): Suggestion | null {
  const changes = inTransactions(scenario);
  return changes.length === 0 ? null : { label: "Put the pooler into transaction mode", changes };
}

/** As many processes of the pooler as pass the traffic with room; null where it passes it already. */
export function morePoolers(scenario: Scenario, limits: Capacity): Suggestion | null {
  const busy = limits.demandInAllPerSecond / limits.poolerPassesPerSecond;
  const processes = Math.ceil(busy / COMFORTABLE_SHARE);
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
  if (limits.poolerPerSecond >= limits.demandInAllPerSecond && pooler.connections <= safe)
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
): { readonly words: string; readonly changes: readonly Change[] } {
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

/** A database whose processors serve the traffic with room, else one that is larger at least; replicas for the reads; null where neither is to be had. */
export function moreDatabaseProcessors(scenario: Scenario, limits: Capacity): Suggestion | null {
  const { plan } = scenario.database;
  const { vcpus, usableLimit, memoryMb } = resolveDatabasePlan(plan);
  const wanted = processorsWanted(limits.demandInAllPerSecond, limits.all.primaryCpuMs);
  if (typeof plan !== "string") {
    const value = Math.min(MOST_VCPUS, Math.max(2 * vcpus, wanted));
    return value === vcpus
      ? null
      : {
          label: `Take a database with ${counted(value, "processor")}`,
          changes: [{ path: "database.plan.vcpus", value }],
        };
  }
  // A larger plan must not give fewer connections than are wanted now.
  const connections = Math.min(
    usableLimit,
    scenario.pooler.enabled ? scenario.pooler.connections : limits.allPoolConnections,
  );
  const isLarger = (other: CataloguePlan): boolean =>
    other.vcpus > vcpus && other.memoryMb >= memoryMb && other.connectionLimit >= connections;
  const next =
    cheapestPlan(plan, (other) => isLarger(other) && other.vcpus >= wanted) ?? cheapestPlan(plan, isLarger);
  if (next !== null)
    return {
      label: `Take ${next.title}, with ${counted(next.vcpus, "processor")}`,
      changes: [{ path: "database.plan", value: next.id }],
    };
  return readFromReplicas(scenario, limits);
}

function processorsWanted(perSecond: number, cpuMs: number): number {
  return Math.ceil((perSecond * cpuMs) / 1000 / COMFORTABLE_SHARE - 1e-9);
}

/** Replicas for what only reads; null where nothing does, or it goes to replicas already. */
function readFromReplicas(scenario: Scenario, limits: Capacity): Suggestion | null {
  const reading = scenario.fleets.filter((fleet) => fleet.reads === "primary");
  const readCpuMs = limits.all.primaryCpuMs - limits.all.writeCpuMs;
  if (reading.length === 0 || readCpuMs <= 0) return null;
  const { replicas } = scenario.database;
  const { vcpus } = resolveDatabasePlan(replicas.plan ?? scenario.database.plan);
  const wanted = Math.ceil(processorsWanted(limits.demandInAllPerSecond, readCpuMs) / vcpus);
  const count = Math.min(MOST_REPLICAS, Math.max(1, replicas.count, wanted));
  return {
    label: `Send reads to ${counted(count, "replica")}`,
    changes: [
      ...(count === replicas.count ? [] : [{ path: "database.replicas.count", value: count }]),
      // Otherwise what one look-up of the name says goes for all connections that are opened together.
      ...(count > 1 && replicas.routing === "dns"
        ? [{ path: "database.replicas.routing", value: "per-query" }]
        : []),
      ...reading.map((fleet) => ({ path: `fleets.${formatSegment(fleet.name)}.reads`, value: "replicas" })),
    ],
  };
}

/** As many replicas as serve the reads with room, beside the writes that all of them repeat; null where these alone are too much. */
export function moreReplicas(scenario: Scenario, limits: Capacity): Suggestion | null {
  const { replicas, plan } = scenario.database;
  const { vcpus } = resolveDatabasePlan(replicas.plan ?? plan);
  const perSecond = limits.demandInAllPerSecond;
  const left = COMFORTABLE_SHARE * vcpus - (perSecond * limits.all.writeCpuMs) / 1000;
  if (left <= 0) return null;
  const count = Math.max(replicas.count + 1, Math.ceil((perSecond * limits.all.replicaCpuMs) / 1000 / left));
  if (count > MOST_REPLICAS) return null;
  return {
    label: `Run ${counted(count, "replica")}`,
    changes: [{ path: "database.replicas.count", value: count }],
  };
}

/** The pooler with as few connections as bring the most queries through, where the many slow each other down; null where fewer don't help. */
export function fewerAtOnce(scenario: Scenario, limits: Capacity, active: number): Suggestion | null {
  const { database, pooler } = scenario;
  const { vcpus } = resolveDatabasePlan(database.plan);
  const { primaryQueryMs, primaryCpuMs } = limits.all;
  const pace = (atOnce: number): number =>
    pacePerSecond(atOnce, primaryQueryMs, primaryCpuMs, vcpus, database.contention);
  const most = Math.min(active, limits.usableConnections);
  let best = 1;
  // The pace rises to one maximum and falls.
  while (best + 1 <= most && pace(best + 1) > pace(best)) best += 1;
  if (
    pace(best) < 1.05 * pace(active) ||
    contentionFactor(best, database.contention) >= contentionFactor(active, database.contention)
  )
    return null;
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
