import { formatMs, formatPercent } from "../base/format";
import { dynoMemoryMb } from "../scenario/dyno-memory";
import type { Fleet, Scenario } from "../scenario/types";
import type { Capacity, FleetCapacity } from "./capacity";
import { erlangC } from "./erlang";
import type { Limit } from "./limit-types";
import type { FleetLoad } from "./loads";
import type { ResultFigures } from "./result-types";
import {
  fillThreads,
  fleetPath,
  largerPool,
  moreDynos,
  moreProcessors,
  ofFleet,
  spreadBursts,
} from "./suggestions-dynos";
import type { LimitName, Suggestion } from "./verdict-types";
import { atMost, counted, exact } from "./words";

/** Threads less busy than this should not make anybody wait, were the requests spread well. */
const IDLE_ENOUGH = 0.9;
/** More threads than this are full, or nobody waits. */
const MANY_THREADS = 10_000;
/** So few requests that wait are few. */
const FEW_WAIT = 0.25;
/** Less than this is no wait for a thread. */
const NO_WAIT_MS = 1;

/** The dynos' processors, and where a runtime lets one thread compute at a time, that. */
export function dynoProcessors(
  figures: ResultFigures,
  limits: Capacity,
  { own, processors }: FleetLoad,
): Limit {
  const { scenario } = figures;
  const several = scenario.fleets.length > 1;
  const parts = (noun: string): string =>
    several ? `the ${noun} of ${own.fleet.name}` : `the dynos' ${noun}`;
  const busy = isByProcess(own)
    ? `${parts("processes")} compute for ${formatPercent(processors)} of the time`
    : `${formatPercent(processors)} of ${parts("processors")} are busy`;
  return {
    limit: computeLimit(own),
    waiting: (ms) => `A request waits ${formatMs(ms)} for its turn to compute: ${busy}.`,
    arithmetic: `${processorSum(own)}.${partNote(own)}${memoryNote(own)}`,
    suggestion: moreProcessors(scenario, limits, own, processors),
  };
}

/** What of a dyno limits how much is computed. */
function computeLimit(own: FleetCapacity): LimitName {
  if (own.slowdown > 1) return "memory";
  return isByProcess(own) ? "gvl" : "dyno processors";
}

/** Whether it is the processes that limit how many compute at once: fewer than processors, each with one thread computing. */
function isByProcess({ fleet, processorsPerDyno }: FleetCapacity): boolean {
  return fleet.runtime !== "parallel" && processorsPerDyno === fleet.processes;
}

/** "25 dynos × 1 process ÷ 40 ms of computing = at most 625 requests a second", or with processors where they are fewer than processes. */
function processorSum(own: FleetCapacity): string {
  const { fleet, processorsPerDyno, processorsPerSecond } = own;
  const who = fleet.runtime === "gvl" ? "thread" : "request";
  const each = isByProcess(own)
    ? counted(fleet.processes, "process", "processes")
    : counted(processorsPerDyno, "processor");
  const slower = own.slowdown > 1 ? ` × ${exact(Math.round(100 * own.slowdown) / 100)}` : "";
  const sum = `${counted(fleet.dynos, "dyno")} × ${each} ÷ ${formatMs(own.cpuMs)} of computing${slower} = ${atMost(processorsPerSecond)}`;
  return isByProcess(own) ? `One ${who} of a process computes at a time: ${sum}` : sum;
}

/** How long a computation takes where a dyno has not even one processor. */
function partNote({ processorsPerDyno, cpuMs }: FleetCapacity): string {
  if (processorsPerDyno >= 1 || cpuMs === 0) return "";
  const took = cpuMs / processorsPerDyno;
  const takes = took < Infinity ? `take ${formatMs(took)}` : "never end";
  return ` On ${exact(processorsPerDyno)} of a processor ${formatMs(cpuMs)} of computing ${takes}.`;
}

/** That a dyno's memory is over its quota, where it is. */
function memoryNote(own: FleetCapacity): string {
  if (own.slowdown <= 1) return "";
  const needed = dynoMemoryMb(own.fleet);
  return ` ${exact(needed)} MB in ${exact(own.memoryMb)} MB of memory: it swaps, and computes at ${formatPercent(1 / own.slowdown)} of its speed.`;
}

/** The connections of a process's pool. */
export function checkouts(scenario: Scenario, limits: Capacity, own: FleetCapacity): Limit {
  const { fleet } = own;
  const holdsLong = fleet.pool.hold === "request";
  let suggestion: Suggestion | null = largerPool(scenario, limits, own);
  if (suggestion === null && holdsLong) {
    suggestion = {
      label: "Hold connections only for each query",
      changes: [{ path: `${fleetPath(fleet)}.pool.hold`, value: "query" }],
    };
  }
  return {
    limit: "pool",
    waiting: (ms) => `A request waits ${formatMs(ms)} for a connection of its process's pool.`,
    arithmetic: `${poolSum(scenario, fleet)}, held for ${holdsLong ? "the whole request" : "each query"}${scenario.pooler.enabled ? ", in front of the pooler" : ""}.`,
    suggestion,
  };
}

/** "10 threads share 5 connections in each process". */
export function poolSum(scenario: Scenario, fleet: Fleet): string {
  const verb = fleet.threads === 1 ? "shares" : "share";
  return `${counted(fleet.threads, "thread")} ${verb} ${counted(fleet.pool.size, "connection")} in each process${ofFleet(scenario, fleet)}`;
}

/** What threads serve at most: "20 threads ÷ 1.00 s of work = at most 20 requests a second". */
export function threadSum(scenario: Scenario, own: FleetCapacity): string {
  return `${counted(own.threads, "thread")}${ofFleet(scenario, own.fleet)} ÷ ${formatMs(own.workMs)} of work = ${atMost(own.threadsPerSecond)}`;
}

/** Whether the balancer leaves threads idle, since it sends a dyno fewer requests than it has threads. */
export function leavesThreadsIdle({ fleet, threadsPerDyno }: FleetCapacity): boolean {
  return fleet.maxOutstandingPerDyno !== null && fleet.maxOutstandingPerDyno < threadsPerDyno;
}

/** What the balancer lets through at most. */
export function balancerSum(scenario: Scenario, { fleet, threadsPerDyno, workMs }: FleetCapacity): string {
  const atOnce = Math.min(fleet.maxOutstandingPerDyno ?? threadsPerDyno, threadsPerDyno);
  const perSecond = workMs > 0 ? (fleet.dynos * atOnce * 1000) / workMs : Infinity;
  return `${counted(fleet.dynos, "dyno")}${ofFleet(scenario, fleet)} × ${exact(atOnce)} at once ÷ ${formatMs(workMs)} of work = ${atMost(perSecond)}`;
}

/** The balancer's own line. */
function balancerLine({ scenario }: ResultFigures, limits: Capacity, own: FleetCapacity): Limit {
  const { fleet, threadsPerDyno } = own;
  return {
    limit: "balancer",
    waiting: (ms) =>
      `A request waits ${formatMs(ms)} in the balancer's own line, which sends a dyno at most ${exact(fleet.maxOutstandingPerDyno ?? 0)} at once, although it has ${exact(threadsPerDyno)} threads.`,
    arithmetic: `${balancerSum(scenario, own)}.`,
    suggestion: fillThreads(scenario, limits, own) ?? moreDynos(scenario, limits, own),
  };
}

/** Whether one line before all threads would make few wait: by Erlang's formula, where requests come one by one. */
function wouldHardlyWaitInOneLine({ workloads }: Scenario, own: FleetCapacity): boolean {
  if (workloads.some(({ kind }) => kind !== "open")) return false;
  if (own.threads > MANY_THREADS) return own.demandPerSecond < IDLE_ENOUGH * own.threadsPerSecond;
  const station = { servers: own.threads, serviceMs: own.workMs, arrivalsPerSecond: own.demandPerSecond };
  return erlangC(station) < FEW_WAIT;
}

/** The dynos' threads: too few of them, or unevenly used, or kept idle by the balancer. */
export function dynoThreads(figures: ResultFigures, limits: Capacity, { own, threads }: FleetLoad): Limit {
  const { scenario, queueMs, peaks } = figures;
  const { fleet } = own;
  const p95 = queueMs.p95.mean === null ? "" : ` (p95 ${formatMs(queueMs.p95.mean)})`;
  if (peaks.balancerQueued > 0 && leavesThreadsIdle(own)) return balancerLine(figures, limits, own);
  const hasOneLine =
    fleet.maxOutstandingPerDyno !== null && fleet.maxOutstandingPerDyno <= own.threadsPerDyno;
  const areIdle = threads < IDLE_ENOUGH;
  // Bad luck meets some: where most requests wait, all dynos are full at the time, unless one line for all would hardly make anybody wait.
  const doMostWait = (queueMs.p50.mean ?? 0) > NO_WAIT_MS && !wouldHardlyWaitInOneLine(scenario, own);
  const isLuck =
    areIdle && !doMostWait && fleet.balancer !== "least-outstanding" && fleet.dynos > 1 && !hasOneLine;
  if (isLuck) {
    const isSlowed = scenario.timeline.some((entry) => entry.do === "slowDyno" && entry.fleet === fleet.name);
    const why = isSlowed
      ? "a dyno is slowed down for a while"
      : `${fleet.balancer} routing fills one dyno while another is idle`;
    return {
      limit: "routing",
      waiting: (ms) =>
        `A request waits ${formatMs(ms)}${p95} for a thread although only ${formatPercent(threads)} of the threads${ofFleet(scenario, fleet)} are busy: ${why}.`,
      arithmetic: `${counted(fleet.dynos, "dyno")} × ${counted(own.threadsPerDyno, "thread")} = ${exact(own.threads)}; one line for each dyno, not one for all.`,
      suggestion: {
        label: "Send requests to the dyno with the fewest outstanding",
        changes: [{ path: `${fleetPath(fleet)}.balancer`, value: "least-outstanding" }],
      },
    };
  }
  const busyText = `${formatPercent(threads)} of the threads${ofFleet(scenario, fleet)} are busy`;
  const isForATime = areIdle && doMostWait && fleet.dynos > 1;
  const spread = isForATime ? spreadBursts(scenario, own) : null;
  return {
    limit: spread === null ? "threads" : "bursts",
    waiting: (ms) =>
      `A request waits ${formatMs(ms)}${p95} for a thread: ${isForATime ? `all are taken for a time, though on average ${busyText}` : busyText}.`,
    arithmetic: `${threadSum(scenario, own)}.`,
    suggestion: spread ?? moreDynos(scenario, limits, own),
  };
}
