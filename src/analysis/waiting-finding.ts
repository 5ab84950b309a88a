import { formatMs } from "../base/format";
import { type Capacity, capacity, type FleetCapacity } from "./capacity";
import {
  contention,
  contentionNow,
  databaseProcessors,
  replicaProcessors,
  unevenReplicas,
} from "./database-limits";
import { checkouts, dynoProcessors, dynoThreads } from "./dyno-limits";
import type { Limit } from "./limit-types";
import { fleetLoads, fullest } from "./loads";
import { poolerConnections, poolerPassage, poolerProcess, poolerSessions } from "./pooler-limits";
import type { ResultFigures, Stage } from "./result-types";
import type { Finding } from "./verdict-types";

/** Waiting in lines below this share of a request's latency is not worth a sentence. */
const NOTICEABLE_SHARE = 0.05;
/** The same of waiting for processors, which those who share one do long before it is full. */
const NOTICEABLE_SLOWNESS = 0.2;
/** Waiting below this share is not the cause of other waiting. */
const CAUSE_SHARE = 0.01;
/** Connections and threads busier than this are full; processors are sooner, since nobody keeps one busy all the time. */
const FULL = 0.95;
const FULL_PROCESSORS = 0.9;
/** Below this, processors hardly make anybody wait. */
const BUSY_PROCESSORS = 0.5;
/** So few failures that the successful speak for all. */
const FEW_FAILURES = 0.1;
/** Queries that slow each other down by this factor are too many at once. */
const CROWDED = 1.2;

/** The stages in which a request waits for others. */
const WAITS = ["queue", "cpuWait", "checkout", "pooler", "queryWait"] as const satisfies readonly Stage[];
type Wait = (typeof WAITS)[number];

/** What successful requests wait for most, where that is noticeable; else null. */
export function waitingFinding(figures: ResultFigures): Finding | null {
  if (!requestsWait(figures)) return null;
  const waits = waitsOf(figures);
  const limits = capacity(figures.scenario);
  // What is full at the back makes requests wait in front of it too: it is the cause all the same.
  const full = fullPart(figures, limits, isCause(figures));
  if (full !== null) return found(full.limit, waits[full.wait]);
  const largest = fullest(WAITS, (wait) => waits[wait]);
  return found(limitOf(largest, figures, limits), waits[largest]);
}

/** What requests wait for a thread for, however little it is; null where none succeeded. */
export function queueFinding(figures: ResultFigures): Finding | null {
  const { queue } = figures.stagesMs;
  return queue === null ? null : found(limitOf("queue", figures, capacity(figures.scenario)), queue);
}

/** The part that is full, by how busy it was alone: what requests that fail for waiting too long wait for. */
export function overloadedPart(figures: ResultFigures, limits: Capacity): Limit {
  const full = fullPart(figures, limits, isCause(figures));
  if (full !== null) return full.limit;
  const threads = fullest(fleetLoads(figures, limits), (load) => load.threads).threads;
  const waits = waitsOf(figures);
  const largest = fullest(WAITS, (wait) => waits[wait]);
  return limitOf(threads > FULL ? "queue" : largest, figures, limits);
}

/** Whether few fail, and the others hardly wait: those that fail for taking too long have more work than most. */
export function nothingIsFull(figures: ResultFigures, limits: Capacity): boolean {
  const areFew = (figures.failureRate.mean ?? 0) < FEW_FAILURES && figures.requests.ok > 0;
  return areFew && !requestsWait(figures) && fullPart(figures, limits, isCause(figures)) === null;
}

/** Whether the successful wait noticeably, in lines or for processors. */
export function requestsWait(figures: ResultFigures): boolean {
  const total = figures.latencyMs.mean.mean;
  if (total === null || total === 0) return false;
  const { queue, checkout, pooler, cpuWait, queryWait } = waitsOf(figures);
  return (
    queue + checkout + pooler > NOTICEABLE_SHARE * total || cpuWait + queryWait > NOTICEABLE_SLOWNESS * total
  );
}

/** Which waits count as causes: those of the successful that are more than nothing; all where none succeeded. */
function isCause(figures: ResultFigures): (wait: Wait) => boolean {
  const total = figures.latencyMs.mean.mean;
  const waits = waitsOf(figures);
  return (wait) => total === null || waits[wait] > CAUSE_SHARE * total;
}

/** What is full of what stands behind the connection pools; null where nothing is. */
export function fullBehindPools(figures: ResultFigures, limits: Capacity): Limit | null {
  return fullPart(figures, limits, (wait) => wait === "queryWait" || wait === "pooler")?.limit ?? null;
}

function found({ waiting, limit, arithmetic, suggestion }: Limit, ms: number): Finding {
  return { sentence: waiting(ms), limit, arithmetic, suggestion };
}

function waitsOf({ stagesMs }: ResultFigures): Record<Wait, number> {
  return Object.fromEntries(WAITS.map((wait) => [wait, stagesMs[wait] ?? 0])) as Record<Wait, number>;
}

/** The rearmost part that is full, with the stage in which requests wait for it. @param isWaitedIn whether waiting in a stage counts */
function fullPart(
  figures: ResultFigures,
  limits: Capacity,
  isWaitedIn: (wait: Wait) => boolean,
): { readonly wait: Wait; readonly limit: Limit } | null {
  const { utilization, scenario } = figures;
  if (isWaitedIn("queryWait")) {
    const limit = fullDatabase(figures, limits);
    if (limit !== null) return { wait: "queryWait", limit };
  }
  if (isWaitedIn("pooler") && scenario.pooler.enabled) {
    const passes = (figures.throughputPerSecond.mean ?? 0) / limits.poolerPassesPerSecond;
    if (passes > FULL) return { wait: "pooler", limit: poolerProcess(figures, limits) };
    if (utilization.pooler > FULL) return { wait: "pooler", limit: fullPooler(figures, limits) };
  }
  if (lacksSessions(figures, limits)) {
    const why = "a server connection of the pooler, each of which belongs to one client in session mode";
    return heldUp("pooler", why, poolerSessions(figures, limits), figures);
  }
  if (isWaitedIn("cpuWait")) {
    const load = fullest(fleetLoads(figures, limits), ({ processors }) => processors);
    if (load.processors > FULL_PROCESSORS)
      return { wait: "cpuWait", limit: dynoProcessors(figures, limits, load) };
  }
  // Threads that wait for a connection are busy too: the pool holds them up, and not their number.
  const fewest = scarcestPool(limits);
  if (isWaitedIn("checkout") && utilization.pool > FULL && fewest.fleet.threads > fewest.fleet.pool.size)
    return heldUp(
      "checkout",
      "a connection of their process's pool",
      checkouts(scenario, limits, fewest),
      figures,
    );
  return null;
}

/** A part that threads wait for: where requests wait longer for these threads, that is what is said. */
function heldUp(
  wait: Wait,
  what: string,
  limit: Limit,
  figures: ResultFigures,
): { readonly wait: Wait; readonly limit: Limit } {
  const waits = waitsOf(figures);
  if (waits.queue <= waits[wait]) return { wait, limit };
  const waiting = (ms: number): string =>
    `A request waits ${formatMs(ms)} for a thread, since threads wait for ${what}.`;
  return { wait: "queue", limit: { ...limit, waiting } };
}

/** Whether pools want more sessions of the pooler than it has: who has none waits, and is none of those who succeed. */
function lacksSessions({ utilization, scenario }: ResultFigures, limits: Capacity): boolean {
  const { enabled, mode, connections } = scenario.pooler;
  return (
    enabled && mode === "session" && utilization.pooler > FULL && limits.allPoolConnections > connections
  );
}

/** The fleet whose pools have the fewest connections for a thread, of those that query. */
function scarcestPool(limits: Capacity): FleetCapacity {
  return fullest(limits.fleets, ({ fleet, queries }) => (queries > 0 ? fleet.threads / fleet.pool.size : 0));
}

function fullDatabase(figures: ResultFigures, limits: Capacity): Limit | null {
  const { databaseCpu, replicaCpu } = figures.utilization;
  if (contentionNow(figures) > CROWDED && databaseCpu > BUSY_PROCESSORS) {
    const crowd = contention(figures, limits);
    // Where fewer at once bring no more through, what stands in front may be the nearer limit.
    if (crowd.suggestion !== null || databaseCpu > FULL_PROCESSORS) return crowd;
  }
  if (databaseCpu > FULL_PROCESSORS) return databaseProcessors(figures, limits);
  const { count } = figures.scenario.database.replicas;
  if (isUneven(figures, limits) && count * replicaCpu > FULL_PROCESSORS) return unevenReplicas(figures);
  if (replicaCpu > FULL_PROCESSORS) return replicaProcessors(figures, limits);
  return null;
}

function fullPooler(figures: ResultFigures, limits: Capacity): Limit {
  return figures.scenario.pooler.mode === "session"
    ? poolerSessions(figures, limits)
    : poolerConnections(figures, limits);
}

/** What stands behind the waiting in a stage when nothing is full. */
function limitOf(wait: Wait, figures: ResultFigures, limits: Capacity): Limit {
  const { scenario, utilization } = figures;
  const loads = fleetLoads(figures, limits);
  switch (wait) {
    case "queue":
      return dynoThreads(
        figures,
        limits,
        fullest(loads, ({ threads }) => threads),
      );
    case "cpuWait":
      return dynoProcessors(
        figures,
        limits,
        fullest(loads, ({ processors }) => processors),
      );
    case "checkout":
      return checkouts(scenario, limits, scarcestPool(limits));
    case "pooler":
      return scenario.pooler.mode === "session" ? poolerSessions(figures, limits) : poolerPassage(figures);
    case "queryWait":
      if (utilization.databaseCpu >= utilization.replicaCpu) return databaseProcessors(figures, limits);
      return isUneven(figures, limits) ? unevenReplicas(figures) : replicaProcessors(figures, limits);
  }
}

/** Whether reads wait much longer than replicas that shared them evenly would make them: twice ρ ÷ (1 − ρ) of what they compute, as one processor would. */
function isUneven({ scenario, utilization, stagesMs }: ResultFigures, limits: Capacity): boolean {
  const { count, routing } = scenario.database.replicas;
  const busy = utilization.replicaCpu;
  const even = (limits.all.replicaCpuMs * busy) / (1 - busy);
  return count > 1 && routing === "dns" && (stagesMs.queryWait ?? 0) > 2 * even;
}
