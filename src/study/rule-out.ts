import { capacity } from "../analysis/capacity";
import { resolveDynoType } from "../scenario/catalogue";
import { meanMs } from "../scenario/duration-mean";
import { dynoMemoryMb } from "../scenario/dyno-memory";
import type { Scenario } from "../scenario/types";
import { ceiling } from "./bounds";

/** Bounds are on means, and limits on percentiles: a mean this much over the limit of a p95 leaves no room for a doubt that matters. */
const CLEARLY = 1.25;
/** Over so many times its memory a dyno is killed. */
const KILLED_OVER = 2;

/** Why arithmetic alone says that a scenario misses its objective; null where it says nothing. */
export function ruledOutBy(scenario: Scenario): string | null {
  const { slo } = scenario;
  // Without a limit on failures a system may shed what it cannot serve, and the rest be fast.
  if (slo.failureRate === null || scenario.fleets.some(({ autoscaler }) => autoscaler !== null)) return null;
  const isKilled = scenario.fleets.some(
    (fleet) => dynoMemoryMb(fleet) > KILLED_OVER * resolveDynoType(fleet.dynoType).memoryMb,
  );
  if (isKilled)
    return "processes and threads need more than twice the memory of a dyno, which is then killed";
  const limitMs = Math.min(slo.p95Ms ?? Infinity, slo.p99Ms ?? Infinity);
  if (limitMs === Infinity || scenario.timeline.length > 0) return null;
  if (leastMeanMs(scenario) > CLEARLY * limitMs)
    return "by the laws of queueing a request takes longer than the objective allows, however lucky its way";
  return null;
}

/** No mean latency can be below this: its own work, and what the fullest resource makes it wait. ms. */
function leastMeanMs(scenario: Scenario): number {
  const { demandInAllPerSecond, all } = capacity(scenario);
  const { perSecond } = ceiling(scenario);
  const { workloads, run } = scenario;
  if (workloads.some((one) => one.kind === "replay" || one.profile !== undefined)) return all.workMs;
  if (workloads.every(({ kind }) => kind === "closed")) {
    const clients = workloads.reduce((sum, one) => sum + (one.kind === "closed" ? one.clients : 0), 0);
    const thinkMs = workloads.reduce(
      (sum, one) =>
        sum + (one.kind === "closed" && clients > 0 ? (one.clients / clients) * meanMs(one.thinkMs) : 0),
      0,
    );
    // N ÷ X − Z, the asymptotic bound of a closed network.
    return Math.max(all.workMs, (clients * 1000) / perSecond - thinkMs);
  }
  if (workloads.every(({ kind }) => kind === "open") && demandInAllPerSecond > perSecond) {
    // The line grows by what comes and is not served; a request that is answered within the run waited half of that on average.
    const measuredMs = (run.durationS - run.warmupS) * 1000;
    return all.workMs + (measuredMs * (1 - perSecond / demandInAllPerSecond)) / 2;
  }
  return all.workMs;
}
