import { type Capacity, capacity } from "../analysis/capacity";
import { resolveDynoType } from "../scenario/catalogue";
import { meanMs } from "../scenario/duration-mean";
import { dynoMemoryMb } from "../scenario/dyno-memory";
import type { ClosedWorkload, OpenWorkload, Scenario } from "../scenario/types";
import { commonCeiling } from "./bounds";

/** Bounds are on means, and limits on percentiles: a mean this much over the limit of a p95 leaves no room for a doubt that matters. */
const CLEARLY = 1.25;
/** Over so many times its memory a dyno is killed. */
const KILLED_OVER = 2;
/** By chance fewer requests come than are asked for: hardly ever by more than so many standard deviations. */
const BAD_LUCK = 4;

/** Why arithmetic alone says that a scenario misses its objective; null where it says nothing. */
export function ruledOutBy(scenario: Scenario): string | null {
  const { slo, fleets, database, timeline } = scenario;
  const limitMs = Math.min(slo.p95Ms ?? Infinity, slo.p99Ms ?? Infinity);
  // Without a limit on failures a system may shed what it cannot serve, and the rest be fast.
  if (slo.failureRate === null || limitMs === Infinity || timeline.length > 0) return null;
  if ([...fleets, database.replicas].some(({ autoscaler }) => autoscaler !== null)) return null;
  const limits = capacity(scenario);
  const used = limits.fleets.filter(({ demandPerSecond }) => demandPerSecond > 0);
  const isKilled = ({ fleet }: (typeof used)[number]): boolean =>
    dynoMemoryMb(fleet) > KILLED_OVER * resolveDynoType(fleet.dynoType).memoryMb;
  if (used.length > 0 && used.every(isKilled))
    return "processes and threads need more than twice the memory of a dyno, which is then killed";
  if (leastMeanMs(scenario, limits, slo.failureRate) > CLEARLY * limitMs)
    return "by the laws of queueing a request takes longer than the objective allows, however lucky its way";
  return null;
}

/** No mean latency can be below what the fullest resource makes requests wait, ms; 0 where that says nothing. @param failing the share that may fail */
function leastMeanMs(scenario: Scenario, limits: Capacity, failing: number): number {
  const { perSecond } = commonCeiling(scenario);
  const { workloads, run } = scenario;
  const closed = workloads.filter((one) => one.kind === "closed" && one.profile === undefined);
  if (closed.length === workloads.length) return closedMeanMs(closed as ClosedWorkload[], perSecond, failing);
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

/** N ÷ X − Z, the asymptotic bound of a closed network, where those who failed do nothing for as long as they pause. */
function closedMeanMs(workloads: readonly ClosedWorkload[], perSecond: number, failing: number): number {
  const clients = workloads.reduce((sum, one) => sum + one.clients, 0);
  if (clients === 0 || failing >= 1) return 0;
  const meanOf = (ms: (workload: ClosedWorkload) => number): number =>
    workloads.reduce((sum, one) => sum + (one.clients / clients) * ms(one), 0);
  const thinkMs = meanOf(({ thinkMs }) => meanMs(thinkMs));
  const afterFailureMs = meanOf(({ thinkMs, afterFailureMs }) => meanMs(afterFailureMs ?? thinkMs));
  return (clients * 1000) / perSecond - thinkMs - (failing / (1 - failing)) * afterFailureMs;
}
