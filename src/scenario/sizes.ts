import {
  type ResolvedDatabasePlan,
  type ResolvedDynoType,
  resolveDatabasePlan,
  resolveDynoType,
} from "./catalogue";
import { dynoMemoryMb } from "./dyno-memory";
import { applyChanges, formatPath, parsePath } from "./paths";
import { itemIndex } from "./reading/walk";
import type { Scenario, TimelineEntry } from "./types";
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
  /** The timeline, in order of time. */
  readonly changes: readonly SizedChange[];
}

/** An entry of a timeline; one that sets a value, with everything as it is from then on (`after.changes` is empty). */
export type SizedChange =
  | {
      readonly do: "set";
      readonly atS: number;
      readonly after: SizedScenario;
      /** The number of the fleet whose size was set, or "replicas"; null: no size was. */
      readonly resized: number | "replicas" | null;
    }
  | Exclude<TimelineEntry, { do: "set" }>;

/** What a fleet's dynos are. */
export interface FleetSize {
  readonly dyno: ResolvedDynoType;
  /** What its processes and threads take of a dyno's memory, as a fraction: over 1 the processor slows, over 2 the dyno is killed. */
  readonly memoryShare: number;
}

/** Looks up the sizes that a valid scenario names, for each value that its timeline sets as well. */
export function withSizes(scenario: Scenario): SizedScenario {
  const entries = scenario.timeline.toSorted((one, other) => one.atS - other.atS);
  let present = { ...scenario, timeline: [] } as Scenario;
  const changes = entries.map((entry): SizedChange => {
    if (entry.do !== "set") return entry;
    present = afterSetting(present, entry);
    return { do: "set", atS: entry.atS, after: sized(present), resized: resizedBy(entry.path, scenario) };
  });
  return { ...sized(scenario), changes };
}

/** What a path is the size of. */
function resizedBy(path: string, { fleets }: Scenario): number | "replicas" | null {
  const segments = parsePath(path) ?? [];
  if (formatPath(segments) === "database.replicas.count") return "replicas";
  const [list, fleet = "", field, ...rest] = segments;
  return list === "fleets" && field === "dynos" && rest.length === 0 ? itemIndex(fleets, fleet) : null;
}

/** A running scenario with one more value set, as a timeline's entry sets it. One that cannot stand any more, after what was set before it, changes nothing. */
export function afterSetting(
  present: Scenario,
  { path, value }: Extract<TimelineEntry, { do: "set" }>,
): Scenario {
  const result = applyChanges(present, [{ path, value }]);
  return result.ok ? result.scenario : present;
}

function sized(scenario: Scenario): SizedScenario {
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
    changes: [],
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
