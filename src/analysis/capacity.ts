import { resolveDatabasePlan, resolveDynoType } from "../scenario/catalogue";
import { meanMs } from "../scenario/duration-mean";
import { dynoMemoryMb } from "../scenario/dyno-memory";
import type { Fleet, Scenario } from "../scenario/types";
import { usableConnections } from "../scenario/usable-connections";
import { type Flow, flows, repeated } from "./traffic";

/** What a request does by itself, mean in ms: nothing of it is waiting for another. */
export interface Work {
  /** All of its steps; and those of them that compute, or query. */
  readonly workMs: number;
  readonly cpuMs: number;
  readonly queryMs: number;
  readonly queries: number;
  /** Of the queries, what is at the primary. */
  readonly primaryQueries: number;
  readonly primaryQueryMs: number;
  readonly primaryCpuMs: number;
  /** What is at the replicas; every one of them spends the processor time of every write as well. */
  readonly replicaQueries: number;
  readonly replicaQueryMs: number;
  readonly replicaCpuMs: number;
  readonly writeCpuMs: number;
}

/** What one fleet can hold and serve. The work is that of its own requests. Per second: Infinity where a request needs nothing of the kind. */
export interface FleetCapacity extends Work {
  readonly fleet: Fleet;
  /** How many of its requests the workloads ask for, were nothing to make them wait. */
  readonly demandPerSecond: number;
  /** Threads of one dyno, and of the fleet. */
  readonly threadsPerDyno: number;
  readonly threads: number;
  /** Requests per second that busy threads serve when nothing else makes them wait. */
  readonly threadsPerSecond: number;
  /** Processors of a dyno, and how many of them its processes can keep busy. */
  readonly vcpus: number;
  readonly processorsPerDyno: number;
  readonly memoryMb: number;
  /** What its processes and threads take of a dyno's memory; and how many times as long a computation lasts where that is too much. */
  readonly memoryShare: number;
  readonly slowdown: number;
  /** Requests per second that busy processors serve. */
  readonly processorsPerSecond: number;
  /** Connections that its pools open at most to the primary, and to the replicas. */
  readonly poolConnections: number;
  readonly readConnections: number;
}

/** What a scenario's parts can hold and serve, by arithmetic alone: the numbers behind a verdict. What is said of a fleet here is the first one's. */
export interface Capacity extends FleetCapacity {
  readonly fleets: readonly FleetCapacity[];
  /** The mean over all requests. */
  readonly all: Work;
  readonly demandInAllPerSecond: number;
  /** Connections of all fleets' pools at most: to the primary, and to the replicas. */
  readonly allPoolConnections: number;
  readonly allReadConnections: number;
  /** Connections that the primary gives at most, and one replica. */
  readonly usableConnections: number;
  readonly usableReplicaConnections: number;
  /** Requests per second that the poolers' server connections serve at most, and that the poolers' one thread passes. */
  readonly poolerPerSecond: number;
  readonly poolerPassesPerSecond: number;
  /** Requests per second that the primary's processors serve at most, and the replicas'. */
  readonly databasePerSecond: number;
  readonly replicasPerSecond: number;
}

const NO_WORK: Work = {
  workMs: 0,
  cpuMs: 0,
  queryMs: 0,
  queries: 0,
  primaryQueries: 0,
  primaryQueryMs: 0,
  primaryCpuMs: 0,
  replicaQueries: 0,
  replicaQueryMs: 0,
  replicaCpuMs: 0,
  writeCpuMs: 0,
};

/** The capacity of a scenario for the requests that its workloads ask for. */
export function capacity(scenario: Scenario): Capacity {
  const { pooler, database } = scenario;
  const { replicas } = database;
  const asked = flows(scenario);
  const fleets = scenario.fleets.map((fleet) =>
    fleetCapacity(
      fleet,
      asked.filter((flow) => flow.fleet === fleet),
      replicas.count,
    ),
  );
  const [first] = fleets;
  if (first === undefined) throw new Error("Defect: a scenario without fleet");
  const all = meanWork(asked, replicas.count);
  const { vcpus } = resolveDatabasePlan(database.plan);
  const replica = resolveDatabasePlan(replicas.plan ?? database.plan);
  // Reads are shared out between the replicas; writes are not.
  const cpuMsPerReplica = all.replicaCpuMs / Math.max(1, replicas.count) + all.writeCpuMs;
  const sum = (of: (fleet: FleetCapacity) => number): number =>
    fleets.reduce((total, fleet) => total + of(fleet), 0);
  return {
    ...first,
    fleets,
    all,
    demandInAllPerSecond: sum((fleet) => fleet.demandPerSecond),
    allPoolConnections: sum((fleet) => fleet.poolConnections),
    allReadConnections: sum((fleet) => fleet.readConnections),
    usableConnections: usableConnections(database),
    usableReplicaConnections: usableConnections({ ...database, plan: replicas.plan ?? database.plan }),
    poolerPerSecond: Math.min(
      perSecond(pooler.connections, all.primaryQueryMs),
      perSecond(replicas.count * pooler.connections, all.replicaQueryMs),
    ),
    poolerPassesPerSecond: Math.min(
      share(pooler.capacityPerSecond, all.primaryQueries),
      share(replicas.count * pooler.capacityPerSecond, all.replicaQueries),
    ),
    databasePerSecond: perSecond(vcpus, all.primaryCpuMs),
    replicasPerSecond: replicas.count === 0 ? Infinity : perSecond(replica.vcpus, cpuMsPerReplica),
  };
}

function fleetCapacity(fleet: Fleet, asked: readonly Flow[], replicas: number): FleetCapacity {
  const { dynos, processes, threads, pool } = fleet;
  const work = meanWork(asked, replicas);
  const { vcpus, memoryMb } = resolveDynoType(fleet.dynoType);
  const threadsPerDyno = processes * threads;
  const processorsPerDyno = Math.min(vcpus, fleet.runtime === "parallel" ? threadsPerDyno : processes);
  const needed = dynoMemoryMb(fleet);
  const memoryShare = needed === 0 ? 0 : share(needed, memoryMb);
  // Over twice its memory a dyno does not compute at all: it is killed.
  const slowdown = Math.max(1, Math.min(2, memoryShare));
  const connections = dynos * processes * Math.min(pool.size, threads);
  return {
    ...work,
    fleet,
    demandPerSecond: asked.reduce((sum, flow) => sum + flow.perSecond, 0),
    threadsPerDyno,
    threads: dynos * threadsPerDyno,
    threadsPerSecond: perSecond(dynos * threadsPerDyno, work.workMs),
    vcpus,
    processorsPerDyno,
    memoryMb,
    memoryShare,
    slowdown,
    processorsPerSecond: perSecond(dynos * processorsPerDyno, work.cpuMs * slowdown),
    poolConnections: work.primaryQueries > 0 ? connections : 0,
    readConnections: work.replicaQueries > 0 ? connections : 0,
  };
}

/** The mean over requests of these kinds, as often as they are asked for; where none is asked for, each kind alike. */
function meanWork(asked: readonly Flow[], replicas: number): Work {
  const inAll = asked.reduce((sum, flow) => sum + flow.perSecond, 0);
  const total: Record<keyof Work, number> = { ...NO_WORK };
  for (const flow of asked) {
    const share = inAll > 0 ? flow.perSecond / inAll : 1 / asked.length;
    const work = workOf(flow, replicas);
    for (const key of Object.keys(total) as (keyof Work)[]) total[key] += share * work[key];
  }
  return total;
}

function workOf({ endpoint, fleet, stepMs }: Flow, replicas: number): Work {
  const work: Record<keyof Work, number> = { ...NO_WORK };
  endpoint.steps.forEach((step, i) => {
    const ms = repeated(step, stepMs[i] ?? 0);
    work.workMs += ms;
    if (step.kind === "cpu") work.cpuMs += ms;
    if (step.kind !== "query") return;
    const cpuMs = Math.min(ms, repeated(step, meanMs(step.cpuMs)));
    const place =
      step.access === "read" && fleet.reads === "replicas" && replicas > 0 ? "replica" : "primary";
    work.queryMs += ms;
    work.queries += step.count;
    work[`${place}Queries`] += step.count;
    work[`${place}QueryMs`] += ms;
    work[`${place}CpuMs`] += cpuMs;
    if (step.access === "write") work.writeCpuMs += cpuMs;
  });
  return work;
}

function share(available: number, each: number): number {
  return each > 0 ? available / each : Infinity;
}

function perSecond(servers: number, holdMs: number): number {
  return share(servers, holdMs / 1000);
}
