import { type Capacity, capacity } from "./capacity";
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

/** Waiting below this share of a request's latency is not worth a sentence. */
const NOTICEABLE_SHARE = 0.05;
/** Waiting below this share is not the cause of other waiting. */
const CAUSE_SHARE = 0.01;
/** Connections and threads busier than this are full; processors are sooner, since nobody keeps one busy all the time. */
const FULL = 0.95;
const FULL_PROCESSORS = 0.9;
/** Queries that slow each other down by this factor are too many at once. */
const CROWDED = 1.2;

/** The stages in which a request waits for others. */
const WAITS = ["queue", "cpuWait", "checkout", "pooler", "queryWait"] as const satisfies readonly Stage[];
type Wait = (typeof WAITS)[number];

/** What successful requests wait for most, where that is noticeable; else null. */
export function waitingFinding(figures: ResultFigures): Finding | null {
  const total = figures.latencyMs.mean.mean;
  if (total === null || total === 0) return null;
  const waits = waitsOf(figures);
  if (WAITS.reduce((sum, wait) => sum + waits[wait], 0) <= NOTICEABLE_SHARE * total) return null;
  const limits = capacity(figures.scenario);
  // What is full at the back makes requests wait in front of it too: it is the cause all the same.
  const full = fullPart(figures, limits, (wait) => waits[wait] > CAUSE_SHARE * total);
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
  return fullPart(figures, limits, () => true)?.limit ?? limitOf("queue", figures, limits);
}

/** The same of what stands behind the connection pools; null where nothing there is full. */
export function fullBehindPools(figures: ResultFigures, limits: Capacity): Limit | null {
  return fullPart(figures, limits, (wait) => wait === "queryWait" || wait === "pooler")?.limit ?? null;
}

function found({ waiting, arithmetic, suggestion }: Limit, ms: number): Finding {
  return { sentence: waiting(ms), arithmetic, suggestion };
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
  if (isWaitedIn("cpuWait")) {
    const load = fullest(fleetLoads(figures, limits), ({ processors }) => processors);
    if (load.processors > FULL_PROCESSORS)
      return { wait: "cpuWait", limit: dynoProcessors(figures, limits, load) };
  }
  return null;
}

function fullDatabase(figures: ResultFigures, limits: Capacity): Limit | null {
  const { databaseCpu, replicaCpu } = figures.utilization;
  if (contentionNow(figures) > CROWDED && limits.all.primaryCpuMs > 0) return contention(figures, limits);
  if (databaseCpu > FULL_PROCESSORS) return databaseProcessors(figures, limits);
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
    case "checkout": {
      const fewest = fullest(limits.fleets, ({ fleet, queries }) =>
        queries > 0 ? fleet.threads / fleet.pool.size : 0,
      );
      return checkouts(scenario, limits, fewest);
    }
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
