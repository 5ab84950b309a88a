import { assert } from "../base/assert";
import { EC2_SOURCE, EC2_TYPES } from "./catalogue/ec2";
import { type CatalogueDatabasePlan, type CatalogueDynoType, mebibytes, monthly } from "./catalogue/entry";
import { FARGATE_TASKS } from "./catalogue/fargate";
import { HEROKU_DYNOS } from "./catalogue/heroku-dynos";
import { HEROKU_POSTGRES } from "./catalogue/heroku-postgres";
import { AURORA_SOURCE, RDS_CLASSES, RDS_MYSQL_SOURCE, RDS_POSTGRESQL_SOURCE } from "./catalogue/rds";
import type { DatabasePlan, DynoType } from "./types";

export type { CatalogueDatabasePlan, CatalogueDynoType, Source } from "./catalogue/entry";

/** Every dyno size a scenario can name, each with its source and date. */
export const DYNO_TYPES: readonly CatalogueDynoType[] = [
  ...HEROKU_DYNOS,
  ...FARGATE_TASKS,
  ...EC2_TYPES.map(([id, vcpus, gibibytes, usdPerHour]) => ({
    id,
    title: `AWS EC2 ${id}`,
    family: "AWS EC2",
    vcpus,
    memoryMb: mebibytes(gibibytes),
    monthlyUsd: monthly(usdPerHour),
    ...EC2_SOURCE,
  })),
];

const RDS_ENGINES = [
  {
    prefix: "",
    family: "Amazon RDS for PostgreSQL",
    priceColumn: 3,
    limitColumn: 4,
    source: RDS_POSTGRESQL_SOURCE,
  },
  {
    prefix: "mysql.",
    family: "Amazon RDS for MySQL",
    priceColumn: 5,
    limitColumn: 6,
    source: RDS_MYSQL_SOURCE,
  },
  {
    prefix: "aurora-mysql.",
    family: "Amazon Aurora MySQL",
    priceColumn: 7,
    limitColumn: 8,
    source: AURORA_SOURCE,
  },
  {
    prefix: "aurora-postgresql.",
    family: "Amazon Aurora PostgreSQL",
    priceColumn: 9,
    limitColumn: 10,
    source: AURORA_SOURCE,
  },
] as const;

/** Every database plan a scenario can name, each with its source and date. */
export const DATABASE_PLANS: readonly CatalogueDatabasePlan[] = [
  ...HEROKU_POSTGRES,
  ...RDS_ENGINES.flatMap(({ prefix, family, priceColumn, limitColumn, source }) =>
    RDS_CLASSES.filter((row) => row[priceColumn] > 0).map((row) => ({
      id: `${prefix}${row[0]}`,
      title: `${family} ${row[0]}`,
      family,
      vcpus: row[1],
      memoryMb: mebibytes(row[2]),
      monthlyUsd: monthly(row[priceColumn]),
      connectionLimit: row[limitColumn],
      ...source,
    })),
  ),
];

const dynoTypesById = new Map(DYNO_TYPES.map((entry) => [entry.id, entry]));
const databasePlansById = new Map(DATABASE_PLANS.map((entry) => [entry.id, entry]));

/** The catalogue's dyno size with this id, or undefined. */
export function findDynoType(id: string): CatalogueDynoType | undefined {
  return dynoTypesById.get(id);
}

/** The catalogue's database plan with this id, or undefined. */
export function findDatabasePlan(id: string): CatalogueDatabasePlan | undefined {
  return databasePlansById.get(id);
}

/** A dyno's size in numbers, whether it came from the catalogue or is the scenario's own. */
export interface ResolvedDynoType {
  readonly title: string;
  readonly vcpus: number;
  readonly memoryMb: number;
  readonly monthlyUsd: number;
}

/** The size that a scenario's `dynoType` means. Throws for an id that no valid scenario can hold. */
export function resolveDynoType(dynoType: DynoType): ResolvedDynoType {
  if (typeof dynoType !== "string") return { title: "your own size", ...dynoType };
  const entry = dynoTypesById.get(dynoType);
  assert(entry !== undefined, `no dyno type ${dynoType} in the catalogue`);
  return { title: entry.title, vcpus: entry.vcpus, memoryMb: entry.memoryMb, monthlyUsd: entry.monthlyUsd };
}

/** A database plan in numbers, whether it came from the catalogue or is the scenario's own. */
export interface ResolvedDatabasePlan {
  readonly title: string;
  readonly vcpus: number;
  readonly memoryMb: number;
  readonly monthlyUsd: number;
  /** Advertised. */
  readonly connectionLimit: number;
  /** The limit that refuses, where it differs from the advertised one; else null. */
  readonly enforcedConnectionLimit: number | null;
  /** The limit that refuses. */
  readonly usableLimit: number;
}

/** The plan that a scenario's `plan` means. Throws for an id that no valid scenario can hold. */
export function resolveDatabasePlan(plan: DatabasePlan): ResolvedDatabasePlan {
  const entry = typeof plan === "string" ? databasePlansById.get(plan) : { title: "your own plan", ...plan };
  assert(entry !== undefined, `no database plan ${String(plan)} in the catalogue`);
  return {
    title: entry.title,
    vcpus: entry.vcpus,
    memoryMb: entry.memoryMb,
    monthlyUsd: entry.monthlyUsd,
    connectionLimit: entry.connectionLimit,
    enforcedConnectionLimit: entry.enforcedConnectionLimit ?? null,
    usableLimit: entry.enforcedConnectionLimit ?? entry.connectionLimit,
  };
}
