import { findDatabasePlan } from "../catalogue";
import {
  catalogueId,
  either,
  flag,
  milliseconds,
  nullable,
  number,
  optional,
  record,
  seconds,
  whole,
  word,
} from "../shape";
import type { Database, DatabasePlan, Pooler } from "../types";
import { AUTOSCALER_SHAPE } from "./autoscaler-shape";

const MAXIMUM_CONNECTIONS = 1e6;

const plan = either(
  catalogueId({
    noun: "database plan",
    examples: ["standard-0", "premium-3", "db.r5.large"],
    knows: (id) => findDatabasePlan(id) !== undefined,
    initial: "standard-0",
  }),
  record<Exclude<DatabasePlan, string>>({
    vcpus: number(0, 1e6, 2, { above: true }),
    memoryMb: number(0, 1e9, 4096),
    monthlyUsd: number(0, 1e9, 0),
    connectionLimit: whole(0, MAXIMUM_CONNECTIONS, 120),
    enforcedConnectionLimit: optional(whole(0, MAXIMUM_CONNECTIONS, 0)),
  }),
  "standard-0",
);

/** What stands between the applications' pools and the database. */
export const POOLER_SHAPE = record<Pooler>({
  enabled: flag(false),
  kind: word(["pgbouncer"], "pgbouncer"),
  mode: word(["transaction", "session"], "transaction"),
  connections: whole(1, MAXIMUM_CONNECTIONS, 90),
  maxClients: whole(0, MAXIMUM_CONNECTIONS, 10_000),
  waitTimeoutMs: milliseconds(120_000),
  overheadMs: milliseconds(0.1),
  // Not 0: the pooler would take for ever over the first query.
  capacityPerSecond: number(0.001, 1e9, 20_000),
  loginRetryS: seconds(15),
});

/** The primary, its replicas, and what happens when it is lost. */
export const DATABASE_SHAPE = record<Database>({
  plan,
  reservedConnections: whole(0, MAXIMUM_CONNECTIONS, 0),
  contention: record<Database["contention"]>({ alpha: number(0, 1000, 0), beta: number(0, 1000, 0) }),
  memoryPerConnectionMb: number(0, 1e9, 10),
  crashOnMemory: flag(true),
  recoveryS: seconds(30),
  replicas: record<Database["replicas"]>({
    count: whole(0, 10_000, 0),
    plan: nullable(plan),
    routing: word(["dns", "per-query"], "dns"),
    dnsTtlS: seconds(5),
    lagMs: milliseconds(20),
    autoscaler: nullable(AUTOSCALER_SHAPE),
  }),
  failover: record<Database["failover"]>({
    detectS: seconds(10),
    promoteS: seconds(30),
    oldSessions: word(["reset", "hang"], "reset"),
    tcpTimeoutS: seconds(900),
  }),
});
