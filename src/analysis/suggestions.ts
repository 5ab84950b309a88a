import { DATABASE_PLANS, DYNO_TYPES, resolveDatabasePlan } from "../scenario/catalogue";
import { dynoMemoryMb } from "../scenario/dyno-memory";
import { formatSegment } from "../scenario/paths";
import type { Scenario } from "../scenario/types";
import type { Capacity } from "./capacity";
import type { Suggestion } from "./verdict-types";

type Change = Suggestion["changes"][number];

/** Threads busier than this make requests wait noticeably. */
const COMFORTABLE_SHARE = 0.75;
/** The share of a plan's connections that Heroku leaves its pooler. */
const POOLER_SHARE = 0.75;
/** The most dynos that a scenario may have. */
const MOST_DYNOS = 10_000;

/** Requests per second that the scenario's traffic asks for, were nothing to make it wait. */
function demandPerSecond(scenario: Scenario, { workMs }: Capacity): number {
  const [workload] = scenario.workloads;
  if (workload?.kind === "open") return workload.requestsPerSecond;
  if (workload?.kind === "closed" && workMs > 0) return workload.clients / (workMs / 1000);
  return 0;
}

/** Turns the pooler on, or gives it less, with no more server connections than `most`; null where none are to be had, or that is how it is already. */
export function turnPoolerOn(scenario: Scenario, most: number): Suggestion | null {
  if (most < 1) return null;
  if (scenario.pooler.enabled) {
    if (scenario.pooler.connections <= most) return null;
    return {
      label: `Give the pooler ${most} connections`,
      changes: [{ path: "pooler.connections", value: most }],
    };
  }
  const enable = { path: "pooler.enabled", value: true };
  if (scenario.pooler.connections <= most) return { label: "Turn the pooler on", changes: [enable] };
  return {
    label: `Turn the pooler on, with ${most} server connections`,
    changes: [enable, { path: "pooler.connections", value: most }],
  };
}

/** The cheapest plan of the same family that `fits`; null where the present plan is one's own, or none fits. */
function cheapestPlan(
  scenario: Scenario,
  fits: (connectionLimit: number) => boolean,
): (typeof DATABASE_PLANS)[number] | null {
  const current = DATABASE_PLANS.find((candidate) => candidate.id === scenario.database.plan);
  const fitting = DATABASE_PLANS.filter(
    (candidate) => candidate.family === current?.family && fits(candidate.connectionLimit),
  );
  return fitting.reduce<(typeof DATABASE_PLANS)[number] | null>(
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
      label: `Give the pooler ${connections} connections`,
      changes: [{ path: "pooler.connections", value: connections }],
    };
  }
  const plan = cheapestPlan(
    scenario,
    (limit) => limit > connectionLimit && share(limit) > scenario.pooler.connections,
  );
  if (plan === null) return null;
  const connections = share(plan.connectionLimit);
  return {
    label: `Take ${plan.title}, with ${connections} pooler connections`,
    changes: [
      { path: "database.plan", value: plan.id },
      { path: "pooler.connections", value: connections },
    ],
  };
}

/**
 * What must change besides, so that the database gives `connections` to the pools: nothing, the pooler (if its connections serve the traffic), or a
 * larger plan; null where none of it does.
 */
function roomFor(
  connections: number,
  scenario: Scenario,
  limits: Capacity,
): { readonly words: string; readonly changes: readonly Change[] } | null {
  if (connections <= limits.usableConnections || scenario.pooler.enabled || limits.poolConnections === 0) {
    return { words: "", changes: [] };
  }
  const poolerServes = limits.poolerPerSecond >= demandPerSecond(scenario, limits);
  if (poolerServes && scenario.pooler.connections <= limits.usableConnections) {
    return { words: ", with the pooler on", changes: [{ path: "pooler.enabled", value: true }] };
  }
  const plan = cheapestPlan(
    scenario,
    (limit) => limit - scenario.database.reservedConnections >= connections,
  );
  if (plan === null) return null;
  return { words: ` on ${plan.title}`, changes: [{ path: "database.plan", value: plan.id }] };
}

/**
 * As many dynos as hold the traffic with room: a thread for each closed client, or threads busy for 75 % by an open rate; never fewer than one
 * more than now. null where their connections would find no room, or a fleet can't be that large.
 */
export function moreDynos(scenario: Scenario, limits: Capacity): Suggestion | null {
  const { fleet, threadsPerDyno, workMs } = limits;
  const [workload] = scenario.workloads;
  let threads = limits.threads;
  if (workload?.kind === "closed") threads = workload.clients;
  if (workload?.kind === "open") threads = (workload.requestsPerSecond * workMs) / 1000 / COMFORTABLE_SHARE;
  const dynos = Math.max(fleet.dynos + 1, Math.ceil(threads / threadsPerDyno));
  if (dynos > MOST_DYNOS) return null;
  const room = roomFor(dynos * fleet.processes * Math.min(fleet.pool.size, fleet.threads), scenario, limits);
  if (room === null) return null;
  return {
    label: `Run ${dynos} dynos${room.words}`,
    changes: [{ path: `fleets.${formatSegment(fleet.name)}.dynos`, value: dynos }, ...room.changes],
  };
}

/** A connection for every thread of a process; null where it has them already, or the database has no room. */
export function poolForEveryThread(scenario: Scenario, limits: Capacity): Suggestion | null {
  const { fleet } = limits;
  if (fleet.pool.size >= fleet.threads) return null;
  const room = roomFor(limits.threads, scenario, limits);
  if (room === null) return null;
  return {
    label: `Make the pool as large as the threads: ${fleet.threads}${room.words}`,
    changes: [
      { path: `fleets.${formatSegment(fleet.name)}.pool.size`, value: fleet.threads },
      ...room.changes,
    ],
  };
}

/** What brings a dyno's memory under twice its quota: one process, or the cheapest larger dyno of the same family. */
export function fitMemory(limits: Capacity, memoryMb: number): Suggestion | null {
  const { fleet } = limits;
  const at = `fleets.${formatSegment(fleet.name)}`;
  if (fleet.processes > 1 && dynoMemoryMb({ ...fleet, processes: 1 }) <= memoryMb) {
    return { label: "Run one process in each dyno", changes: [{ path: `${at}.processes`, value: 1 }] };
  }
  const current = DYNO_TYPES.find((candidate) => candidate.id === fleet.dynoType);
  const needed = dynoMemoryMb(fleet);
  const larger = DYNO_TYPES.filter(
    (candidate) => candidate.family === current?.family && candidate.memoryMb >= needed,
  ).reduce<(typeof DYNO_TYPES)[number] | null>(
    (best, candidate) => (best === null || candidate.monthlyUsd < best.monthlyUsd ? candidate : best),
    null,
  );
  return larger === null
    ? null
    : { label: `Take ${larger.title} dynos`, changes: [{ path: `${at}.dynoType`, value: larger.id }] };
}
