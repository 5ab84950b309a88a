import {
  type ResolvedDatabasePlan,
  type ResolvedDynoType,
  resolveDatabasePlan,
  resolveDynoType,
} from "./catalogue";
import { dynoMemoryMb } from "./dyno-memory";
import type { Scenario } from "./types";
import { usableConnections } from "./usable-connections";

/**
 * A scenario with what its ids mean in the catalogue, so that engine and workers need no catalogue. Plain data.
 */
export interface SizedScenario {
  readonly scenario: Scenario;
  /** Of the first fleet. */
  readonly dyno: ResolvedDynoType;
  /** What its processes and threads take of a dyno's memory, as a fraction: over 2 the dyno is killed. */
  readonly dynoMemoryShare: number;
  readonly database: ResolvedDatabasePlan;
  /** How many connections the database gives. */
  readonly usableConnections: number;
  /** What dynos, database and replicas cost in a month of 730 h. */
  readonly monthlyUsd: number;
}

/** Looks up the sizes that a valid scenario names. */
export function withSizes(scenario: Scenario): SizedScenario {
  const [fleet] = scenario.fleets;
  if (fleet === undefined) throw new Error("Defect: a scenario without fleet");
  const dyno = resolveDynoType(fleet.dynoType);
  return {
    scenario,
    dyno,
    dynoMemoryShare: dynoMemoryMb(fleet) / dyno.memoryMb,
    database: resolveDatabasePlan(scenario.database.plan),
    usableConnections: usableConnections(scenario.database),
    monthlyUsd: monthlyCost(scenario),
  };
}

function monthlyCost(scenario: Scenario): number {
  const dynos = scenario.fleets.reduce(
    (usd, fleet) => usd + fleet.dynos * resolveDynoType(fleet.dynoType).monthlyUsd,
    0,
  );
  const { plan, replicas } = scenario.database;
  const replicaUsd = replicas.count * resolveDatabasePlan(replicas.plan ?? plan).monthlyUsd;
  return dynos + resolveDatabasePlan(plan).monthlyUsd + replicaUsd;
}
