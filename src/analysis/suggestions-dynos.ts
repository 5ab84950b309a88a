import { spanText } from "../base/run-time";
import { DYNO_TYPES } from "../scenario/catalogue";
import { dynoMemoryMb } from "../scenario/dyno-memory";
import { formatSegment } from "../scenario/paths";
import type { Fleet, Scenario } from "../scenario/types";
import type { Capacity, FleetCapacity } from "./capacity";
import { COMFORTABLE_SHARE } from "./suggestions-database";
import { roomFor } from "./suggestions-pooler";
import { flows, repeated } from "./traffic";
import type { Suggestion } from "./verdict-types";
import { counted, exact } from "./words";

/** The most dynos that a scenario may have. */
const MOST_DYNOS = 10_000;
/** The most memory that a dyno may have. */
const MOST_MEMORY_MB = 1e9;

type DynoSize = (typeof DYNO_TYPES)[number];

/** Where a fleet's fields stand. */
export function fleetPath(fleet: Fleet): string {
  return `fleets.${formatSegment(fleet.name)}`;
}

/** " of web", where there are several fleets. */
export function ofFleet(scenario: Scenario, fleet: Fleet): string {
  return scenario.fleets.length > 1 ? ` of ${fleet.name}` : "";
}

/** What else must change so that the fleet's pools may open so many connections for each of its processes. */
function roomForPools(
  scenario: Scenario,
  limits: Capacity,
  own: FleetCapacity,
  dynos: number,
  processes: number,
  perProcess: number,
) {
  const pools = dynos * processes * perProcess;
  const connections = limits.allPoolConnections - own.poolConnections + (own.poolConnections > 0 ? pools : 0);
  const reads = limits.allReadConnections - own.readConnections + (own.readConnections > 0 ? pools : 0);
  return roomFor(connections, reads, scenario, limits);
}

/** Threads of a fleet that hold the traffic with room: one for each closed client at most, all of a burst, else busy for 75 % of the time. */
function threadsWanted(scenario: Scenario, { fleet }: FleetCapacity): number {
  const perWorkload = new Map<string, number>();
  for (const flow of flows(scenario)) {
    if (flow.fleet !== fleet) continue;
    const { workload, endpoint, stepMs, perSecond } = flow;
    const workMs = endpoint.steps.reduce((sum, step, i) => sum + repeated(step, stepMs[i] ?? 0), 0);
    const underWay =
      workload.kind === "burst"
        ? ((perSecond * workload.everyMs) / 1000) * Math.min(1, workMs / Math.max(1, workload.spreadMs))
        : (perSecond * workMs) / 1000 / COMFORTABLE_SHARE;
    perWorkload.set(workload.name, (perWorkload.get(workload.name) ?? 0) + underWay);
  }
  return scenario.workloads.reduce((sum, workload) => {
    const threads = perWorkload.get(workload.name) ?? 0;
    return sum + (workload.kind === "closed" ? Math.min(workload.clients, threads) : threads);
  }, 0);
}

/** As many dynos as have threads and processors for the traffic; never fewer than one more than now. null where their connections would find no room, or a fleet can't be that large. */
export function moreDynos(scenario: Scenario, limits: Capacity, own: FleetCapacity): Suggestion | null {
  const { fleet } = own;
  const atOnce = Math.min(own.threadsPerDyno, fleet.maxOutstandingPerDyno ?? Infinity);
  const byThreads = threadsWanted(scenario, own) / atOnce;
  const computing = (own.demandPerSecond * own.cpuMs * own.slowdown) / 1000;
  const byProcessors = computing / own.processorsPerDyno / COMFORTABLE_SHARE;
  const dynos = Math.max(fleet.dynos + 1, Math.ceil(Math.max(byThreads, byProcessors) - 1e-9));
  if (dynos > MOST_DYNOS) return null;
  const room = roomForPools(
    scenario,
    limits,
    own,
    dynos,
    fleet.processes,
    Math.min(fleet.pool.size, fleet.threads),
  );
  if (room === null) return null;
  return {
    label: `Run ${counted(dynos, "dyno")}${ofFleet(scenario, fleet)}${room.words}`,
    changes: [{ path: `${fleetPath(fleet)}.dynos`, value: dynos }, ...room.changes],
  };
}

/**
 * How many connections a process should have: one for every thread; where what threads stand for has hardly a limit (an event loop), as many
 * as the traffic keeps busy for 75 % of the time.
 */
function connectionsWanted({ fleet, demandPerSecond, queryMs, workMs }: FleetCapacity): number {
  if (fleet.runtime !== "event-loop") return fleet.threads;
  const heldMs = fleet.pool.hold === "query" ? queryMs : workMs;
  const busy = (demandPerSecond * heldMs) / 1000 / (fleet.dynos * fleet.processes);
  return Math.min(fleet.threads, Math.max(fleet.pool.size + 1, Math.ceil(busy / COMFORTABLE_SHARE)));
}

/** As many connections for a process as it should have; null where it has them already, or the database has no room. */
export function largerPool(scenario: Scenario, limits: Capacity, own: FleetCapacity): Suggestion | null {
  const { fleet } = own;
  if (fleet.pool.size >= fleet.threads) return null;
  const size = connectionsWanted(own);
  const room = roomForPools(scenario, limits, own, fleet.dynos, fleet.processes, size);
  if (room === null) return null;
  const what =
    size === fleet.threads ? "Make the pool as large as the threads:" : "Give each process a pool of";
  return {
    label: `${what} ${exact(size)}${room.words}`,
    changes: [{ path: `${fleetPath(fleet)}.pool.size`, value: size }, ...room.changes],
  };
}

/** Lets clients that all send at the same moment, again and again, send one after the other; null where there are none such on the fleet. */
export function spreadBursts(scenario: Scenario, { fleet }: FleetCapacity): Suggestion | null {
  const bursts = scenario.workloads.filter(
    (workload) =>
      workload.kind === "burst" &&
      workload.everyMs < 1000 * scenario.run.durationS &&
      workload.spreadMs < workload.everyMs / 2 &&
      flows(scenario).some((flow) => flow.workload === workload && flow.fleet === fleet),
  );
  const [first] = bursts;
  if (first?.kind !== "burst") return null;
  return {
    label: `Spread ${bursts.length > 1 ? "the bursts" : `the ${exact(first.clients)} requests of ${first.name}`} over ${spanText(first.everyMs / 1000)}`,
    changes: bursts.flatMap((workload) =>
      workload.kind === "burst"
        ? [{ path: `workloads.${formatSegment(workload.name)}.spreadMs`, value: workload.everyMs }]
        : [],
    ),
  };
}

/** Lets the balancer send a dyno as many requests as it has threads; null where these would only wait for a processor. */
export function fillThreads(scenario: Scenario, limits: Capacity, own: FleetCapacity): Suggestion | null {
  const { fleet, threadsPerDyno } = own;
  if (own.demandPerSecond > COMFORTABLE_SHARE * own.processorsPerSecond) return null;
  const room = roomForPools(
    scenario,
    limits,
    own,
    fleet.dynos,
    fleet.processes,
    Math.min(fleet.pool.size, fleet.threads),
  );
  if (room === null) return null;
  return {
    label: `Send a dyno up to ${exact(threadsPerDyno)} requests at once${room.words}`,
    changes: [{ path: `${fleetPath(fleet)}.maxOutstandingPerDyno`, value: threadsPerDyno }, ...room.changes],
  };
}

/**
 * More computing for a fleet: memory that fits, processes for idle processors, more dynos, or larger ones; null where none is to be had.
 * @param load how busy its processors are: where they are not, it is each dyno that is too slow, and not the number of dynos
 */
export function moreProcessors(
  scenario: Scenario,
  limits: Capacity,
  own: FleetCapacity,
  load: number,
): Suggestion | null {
  const { fleet, memoryShare } = own;
  const larger = largerDynos(
    own,
    scenario,
    ({ vcpus }) => Math.min(vcpus, busyAtOnce(fleet)) > own.processorsPerDyno,
  );
  return (
    (memoryShare > 1 ? fitMemory(own, scenario) : null) ??
    moreProcesses(scenario, limits, own) ??
    (load < COMFORTABLE_SHARE ? larger : null) ??
    moreDynos(scenario, limits, own) ??
    larger
  );
}

/** Processors that the processes of a dyno can keep busy, were there enough. */
function busyAtOnce({ runtime, processes, threads }: Fleet): number {
  return runtime === "parallel" ? processes * threads : processes;
}

/** A process for each whole processor of a dyno, as far as memory and connections go; null where there is none to add. */
function moreProcesses(scenario: Scenario, limits: Capacity, own: FleetCapacity): Suggestion | null {
  const { fleet, vcpus, memoryMb } = own;
  if (fleet.runtime === "parallel") return null;
  let processes = Math.min(1000, Math.floor(vcpus));
  while (processes > fleet.processes && dynoMemoryMb({ ...fleet, processes }) > memoryMb) processes -= 1;
  if (processes <= fleet.processes) return null;
  const room = roomForPools(
    scenario,
    limits,
    own,
    fleet.dynos,
    processes,
    Math.min(fleet.pool.size, fleet.threads),
  );
  if (room === null) return null;
  return {
    label: `Run ${counted(processes, "process", "processes")} in each dyno${ofFleet(scenario, fleet)}${room.words}`,
    changes: [{ path: `${fleetPath(fleet)}.processes`, value: processes }, ...room.changes],
  };
}

/** The cheapest dyno of the same family that has the memory and `fits`; null where the present one is one's own, or none does. */
function largerDynos(
  { fleet }: FleetCapacity,
  scenario: Scenario,
  fits: (size: DynoSize) => boolean,
): Suggestion | null {
  const current = DYNO_TYPES.find((candidate) => candidate.id === fleet.dynoType);
  const needed = dynoMemoryMb(fleet);
  const larger = DYNO_TYPES.filter(
    (candidate) => candidate.family === current?.family && candidate.memoryMb >= needed && fits(candidate),
  ).reduce<DynoSize | null>(
    (best, candidate) => (best === null || candidate.monthlyUsd < best.monthlyUsd ? candidate : best),
    null,
  );
  if (larger === null) return null;
  return {
    label: `Take ${larger.title} dynos${scenario.fleets.length > 1 ? ` for ${fleet.name}` : ""}`,
    changes: [{ path: `${fleetPath(fleet)}.dynoType`, value: larger.id }],
  };
}

/** What brings a dyno's memory under its quota: one process, or the cheapest larger dyno of the same family. */
export function fitMemory(own: FleetCapacity, scenario: Scenario): Suggestion | null {
  const { fleet, memoryShare, memoryMb, vcpus } = own;
  // One process computes less than several, but one that swaps, or is killed, less still.
  if (fleet.processes > 1 && memoryShare > 2 && dynoMemoryMb({ ...fleet, processes: 1 }) <= memoryMb) {
    return {
      label: "Run one process in each dyno",
      changes: [{ path: `${fleetPath(fleet)}.processes`, value: 1 }],
    };
  }
  if (typeof fleet.dynoType !== "string") {
    const value = Math.ceil(dynoMemoryMb(fleet));
    if (value > MOST_MEMORY_MB) return null;
    return {
      label: `Give each dyno ${exact(value)} MB`,
      changes: [{ path: `${fleetPath(fleet)}.dynoType.memoryMb`, value }],
    };
  }
  return largerDynos(own, scenario, (size) => size.vcpus >= vcpus);
}
