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
  /** In the order of the scenario's fleets. */
  readonly fleets: readonly FleetSize[];
  readonly database: ResolvedDatabasePlan;
  /** The server of each replica. */
  readonly replica: ResolvedDatabasePlan;
  /** How many connections the database gives. */
  readonly usableConnections: number;
  /** How many connections a replica gives. */
  readonly usableReplicaConnections: number;
  /** What dynos, database and replicas cost in a month of 730 h. */
  readonly monthlyUsd: number;
}

/** What a fleet's dynos are. */
export interface FleetSize {
  readonly dyno: ResolvedDynoType;
  /** What its processes and threads take of a dyno's memory, as a fraction: over 1 the processor slows, over 2 the dyno is killed. */
  readonly memoryShare: number;
}

/** Looks up the sizes that a valid scenario names. */
export function withSizes(scenario: Scenario): SizedScenario {
  const { plan, replicas, reservedConnections } = scenario.database;
  return {
    scenario,
    fleets: scenario.fleets.map((fleet) => {
      const dyno = resolveDynoType(fleet.dynoType);
      const takenMb = dynoMemoryMb(fleet);
      return { dyno, memoryShare: takenMb === 0 ? 0 : takenMb / dyno.memoryMb };
    }),
    database: resolveDatabasePlan(plan),
    replica: resolveDatabasePlan(replicas.plan ?? plan),
    usableConnections: usableConnections(scenario.database),
    usableReplicaConnections: usableConnections({ plan: replicas.plan ?? plan, reservedConnections }),
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
