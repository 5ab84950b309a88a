import { DATABASE_PLANS, resolveDatabasePlan } from "../scenario/catalogue";
import { formatSegment } from "../scenario/paths";
import type { DatabasePlan, Scenario } from "../scenario/types";
import type { Capacity } from "./capacity";
import type { Suggestion } from "./verdict-types";
import { counted } from "./words";

type CataloguePlan = (typeof DATABASE_PLANS)[number];

/** Anything busier than this makes requests wait noticeably. */
export const COMFORTABLE_SHARE = 0.75;
const MOST_REPLICAS = 10_000;
const MOST_VCPUS = 1e6;

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
