import { type Capacity, capacity } from "../analysis/capacity";
import { resolveDynoType } from "../scenario/catalogue";
import { meanMs } from "../scenario/duration-mean";
import { dynoMemoryMb } from "../scenario/dyno-memory";
import type { ClosedWorkload, OpenWorkload, Retries, Scenario } from "../scenario/types";
import { commonCeiling } from "./bounds";

/** Over so many times its memory a dyno is killed. */
const KILLED_OVER = 2;
/** By chance fewer requests come than are asked for: hardly ever by more than so many standard deviations. */
const BAD_LUCK = 4;

/** Why arithmetic alone says that a scenario misses its objective; null where it says nothing. */
export function ruledOutBy(scenario: Scenario): string | null {
  const { slo, fleets, database, timeline } = scenario;
  const allowedMs = largestMeanMs(scenario);
  // Without a limit on failures a system may shed what it cannot serve, and the rest be fast.
  if (slo.failureRate === null || allowedMs === Infinity || timeline.length > 0) return null;
  if ([...fleets, database.replicas].some(({ autoscaler }) => autoscaler !== null)) return null;
  const limits = capacity(scenario);
  const used = limits.fleets.filter(({ demandPerSecond }) => demandPerSecond > 0);
  const isKilled = ({ fleet }: (typeof used)[number]): boolean =>
    dynoMemoryMb(fleet) > KILLED_OVER * resolveDynoType(fleet.dynoType).memoryMb;
  if (used.length > 0 && used.every(isKilled))
    return "processes and threads need more than twice the memory of a dyno, which is then killed";
  if (leastMeanMs(scenario, limits, slo.failureRate) > allowedMs)
    return "by the laws of queueing a request takes longer than the objective allows, however lucky its way";
  return null;
}

/** No mean latency can be above this where the limits are met: all but the slowest 5 % (or 1 %) are within them, and those take the longest that there is. */
function largestMeanMs(scenario: Scenario): number {
  const { p95Ms, p99Ms } = scenario.slo;
  const longestMs = longestAnswerMs(scenario);
  const meanMsWith = (limitMs: number | null, slowest: number): number =>
    limitMs === null ? Infinity : (1 - slowest) * limitMs + slowest * Math.max(limitMs, longestMs);
  return Math.min(meanMsWith(p95Ms, 0.05), meanMsWith(p99Ms, 0.01));
}

/** How long a request can take at most, answered or failed, ms: in the balancer's own line, and then at a dyno until the edge's timeout; never longer than the run. */
function longestAnswerMs({ edge, fleets, run }: Scenario): number {
  const canWaitBefore = fleets.some(({ maxOutstandingPerDyno }) => maxOutstandingPerDyno !== null);
  const inLineMs = edge.queueTimeoutMs ?? (canWaitBefore ? Infinity : 0);
  return Math.min(run.durationS * 1000, inLineMs + (edge.timeoutMs ?? Infinity));
}

/** No mean latency can be below what the fullest resource makes requests wait, ms; 0 where that says nothing. @param failing the share that may fail */
function leastMeanMs(scenario: Scenario, limits: Capacity, failing: number): number {
  const { perSecond } = commonCeiling(scenario);
  const { workloads, run } = scenario;
  const closed = workloads.filter((one) => one.kind === "closed" && one.profile === undefined);
  if (closed.length === workloads.length)
    return closedMeanMs(closed as ClosedWorkload[], perSecond, failing, longestAnswerMs(scenario));
  if (!workloads.every((one) => one.kind === "open" && isSteady(one))) return 0;
  const measuredMs = (run.durationS - run.warmupS) * 1000;
  const asked = limits.demandInAllPerSecond;
  const luck = BAD_LUCK * Math.sqrt((asked * 1000) / measuredMs);
  // What fails may take nothing of the resource.
  const coming = (1 - failing) * asked - luck;
  // The line grows by what comes and is not served; a request that is answered within the run waited half of that on average.
  return coming > perSecond ? (measuredMs * (1 - perSecond / coming)) / 2 : 0;
}

/** Requests that come alone, and all the time as often. */
function isSteady({ profile, trace, journey }: OpenWorkload): boolean {
  return profile === undefined && trace === undefined && journey === undefined;
}

/**
 * N ÷ X − Z, the asymptotic bound of a closed network, less what clients lose by failures: as long as a request can take, and then their pause, or
 * the longest before they try again.
 */
function closedMeanMs(
  workloads: readonly ClosedWorkload[],
  perSecond: number,
  failing: number,
  longestMs: number,
): number {
  const clients = workloads.reduce((sum, one) => sum + one.clients, 0);
  if (clients === 0 || failing >= 1) return 0;
  const meanOf = (ms: (workload: ClosedWorkload) => number): number =>
    workloads.reduce((sum, one) => sum + (one.clients / clients) * ms(one), 0);
  const thinkMs = meanOf(({ thinkMs }) => meanMs(thinkMs));
  const failureMs =
    longestMs +
    meanOf(({ thinkMs, afterFailureMs, retries }) =>
      Math.max(meanMs(afterFailureMs ?? thinkMs), longestBackoffMs(retries)),
    );
  return (clients * 1000) / perSecond - thinkMs - (failing / (1 - failing)) * failureMs;
}

function longestBackoffMs({ attempts, backoffMs, backoffFactor }: Retries): number {
  return attempts === 0 ? 0 : backoffMs * Math.max(1, backoffFactor) ** (attempts - 1);
}
