import { findDynoType } from "../catalogue";
import {
  catalogueId,
  either,
  flag,
  itemName,
  list,
  milliseconds,
  nullable,
  number,
  record,
  seconds,
  whole,
  word,
} from "../shape";
import type { DynoType, Fleet, HealthCheck } from "../types";
import { AUTOSCALER_SHAPE } from "./autoscaler-shape";

const dynoType = either(
  catalogueId({
    noun: "dyno type",
    examples: ["standard-2x", "performance-m", "fargate-1vcpu-2gb"],
    knows: (id) => findDynoType(id) !== undefined,
    initial: "standard-2x",
  }),
  record<Exclude<DynoType, string>>({
    vcpus: number(0, 1e6, 0.5, { above: true }),
    memoryMb: number(0, 1e9, 1024),
    monthlyUsd: number(0, 1e9, 0),
  }),
  "standard-2x",
);

const healthCheck = record<HealthCheck>({
  everyMs: number(0.001, 1e9, 1000),
  fall: whole(1, 1000, 2),
  rise: whole(1, 1000, 2),
  throughApp: flag(false),
  timeoutMs: milliseconds(1000),
});

const fleet = record<Fleet>({
  name: itemName("web"),
  balancer: word(["random", "round-robin", "least-outstanding", "power-of-two"], "random"),
  dynos: whole(0, 10_000, 25),
  dynoType,
  processes: whole(1, 1000, 1),
  threads: whole(1, 100_000, 10),
  runtime: word(["gvl", "event-loop", "parallel"], "gvl"),
  backlog: whole(0, 1e9, 1024),
  skipsAbandoned: flag(false),
  maxOutstandingPerDyno: nullable(whole(1, 1e9, 1)),
  connect: record<Fleet["connect"]>({
    attempts: whole(1, 1000, 10),
    redispatch: flag(true),
    retryDelayMs: milliseconds(0),
    quarantineS: seconds(5),
  }),
  healthCheck: nullable(healthCheck),
  memory: record<Fleet["memory"]>({ perProcessMb: number(0, 1e9, 250), perThreadMb: number(0, 1e9, 10) }),
  pool: record<Fleet["pool"]>({
    size: whole(1, 100_000, 10),
    checkoutTimeoutMs: milliseconds(5000),
    hold: word(["request", "query"], "request"),
    idleTimeoutS: seconds(300),
    reapEveryS: seconds(60),
    connectMs: milliseconds(5),
    verify: flag(false),
    maxLifetimeS: nullable(seconds(0)),
  }),
  reads: word(["primary", "replicas"], "primary"),
  boot: record<Fleet["boot"]>({
    bootS: seconds(20),
    preboot: flag(false),
    prebootOverlapS: seconds(180),
  }),
  autoscaler: nullable(AUTOSCALER_SHAPE),
});

/** The dynos, and what runs on each. */
export const FLEETS_SHAPE = list(fleet, { minimum: 1, maximum: 100, named: true });
