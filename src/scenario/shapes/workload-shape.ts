import {
  itemName,
  type ListShape,
  list,
  milliseconds,
  nullable,
  number,
  optional,
  pair,
  record,
  reference,
  shares,
  variant,
  whole,
  word,
} from "../shape";
import type {
  BurstWorkload,
  ClosedWorkload,
  OpenWorkload,
  ReplayWorkload,
  Retries,
  Workload,
} from "../types";
import { duration } from "./duration-shape";

const MAXIMUM_CLIENTS = 1e6;
/** The most requests a second. */
export const MAXIMUM_RATE = 1e6;
/** The most points a curve of traffic can have. */
export const MAXIMUM_CURVE_POINTS = 20_000;
/** The most requests a recording can have. */
export const MAXIMUM_REPLAYED_REQUESTS = 1_000_000;
const MAXIMUM_STEPS = 100;

/** Two points at the same time are a jump; one before the one that it follows is a mistake. */
function rising(points: readonly unknown[]): string | null {
  let previous = 0;
  for (const [index, point] of points.entries()) {
    const at = Array.isArray(point) ? Number(point[0]) : 0;
    if (at < previous)
      return `points in order of time (point ${index} is at ${at} s, after one at ${previous} s)`;
    previous = at;
  }
  return null;
}

function curve(maximum: number): ListShape & ReturnType<typeof list<readonly [number, number]>> {
  return list(pair(number(0, 1e6, 0), number(0, maximum, 0)), {
    minimum: 1,
    maximum: MAXIMUM_CURVE_POINTS,
    indivisible: true,
    check: rising,
  });
}

const journey = optional(list(reference("endpoints"), { minimum: 1, maximum: 1000, indivisible: true }));
const profile = optional(curve(1e6));
const mixOrJourney = ["mix", "journey"];

const retries = record<Retries>({
  attempts: whole(0, 1000, 0),
  backoffMs: milliseconds(100),
  backoffFactor: number(0, 1000, 2),
  jitter: { kind: "flag", initial: true },
});

const closed = record<ClosedWorkload>(
  {
    name: itemName("hey"),
    kind: word(["closed"], "closed"),
    clients: whole(0, MAXIMUM_CLIENTS, 250),
    thinkMs: duration(0),
    afterFailureMs: nullable(duration(0)),
    startSpreadMs: milliseconds(0),
    mix: optional(shares("endpoints")),
    journey,
    profile,
    retries,
    giveUpAfterMs: nullable(milliseconds(0)),
  },
  { alternatives: [mixOrJourney] },
);

const open = record<OpenWorkload>(
  {
    name: itemName("site"),
    kind: word(["open"], "open"),
    requestsPerSecond: number(0, MAXIMUM_RATE, 75),
    arrivals: word(["poisson", "paced"], "poisson"),
    thinkMs: duration(0),
    mix: optional(shares("endpoints")),
    journey,
    profile,
    trace: optional(curve(MAXIMUM_RATE)),
    retries,
    giveUpAfterMs: nullable(milliseconds(0)),
  },
  { alternatives: [mixOrJourney, ["profile", "trace"]] },
);

const burst = record<BurstWorkload>(
  {
    name: itemName("heartbeat"),
    kind: word(["burst"], "burst"),
    clients: whole(0, MAXIMUM_CLIENTS, 3000),
    // Not 0: bursts without end would all fall on the same moment.
    everyMs: number(0.001, 1e9, 30_000),
    spreadMs: milliseconds(500),
    mix: optional(shares("endpoints")),
    journey,
    profile,
    retries,
    giveUpAfterMs: nullable(milliseconds(0)),
  },
  { alternatives: [mixOrJourney] },
);

const recordedRequest = pair(
  number(0, 1e9, 0),
  list(number(0, 1e9, 0), { maximum: MAXIMUM_STEPS, indivisible: true }),
);

const replay = record<ReplayWorkload>({
  name: itemName("log"),
  kind: word(["replay"], "replay"),
  endpoint: reference("endpoints"),
  requests: list(recordedRequest, { maximum: MAXIMUM_REPLAYED_REQUESTS }),
  retries,
  giveUpAfterMs: nullable(milliseconds(0)),
});

/** One source of requests. */
export const WORKLOAD_SHAPE = variant<Workload>("kind", [
  ["closed", closed],
  ["open", open],
  ["burst", burst],
  ["replay", replay],
]);

/** What sends requests. */
export const WORKLOADS_SHAPE = list(WORKLOAD_SHAPE, { minimum: 1, maximum: 100, named: true });
