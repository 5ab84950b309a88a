import type { ResolvedDatabasePlan } from "../scenario/catalogue";
import type { SizedChange, SizedScenario } from "../scenario/sizes";
import type {
  Autoscaler,
  Curve,
  Endpoint,
  Fleet,
  Mix,
  ReplayWorkload,
  Scenario,
  Step,
  Workload,
} from "../scenario/types";
import { DurationDistribution } from "./kernel/distribution";
import type {
  Change,
  DatabasePlan,
  Detail,
  EndpointPlan,
  FailoverPlan,
  FleetPlan,
  Plan,
  PoolerPlan,
  ReplayWorkloadPlan,
  ScalerPlan,
  Shares,
  StepPlan,
  WorkloadPlan,
} from "./plan";

/** Compiles a valid scenario. */
export function compile(sized: SizedScenario, detail: Detail = "series"): Plan {
  const { scenario } = sized;
  const endpointNumbers = numbers(scenario.endpoints);
  const fleetNumbers = numbers(scenario.fleets);
  const { replicas } = scenario.database;
  return {
    detail,
    seed: scenario.run.seed,
    durationMs: scenario.run.durationS * 1000,
    warmupMs: scenario.run.warmupS * 1000,
    workloads: scenario.workloads.map((workload) => compileWorkload(workload, scenario, endpointNumbers)),
    endpoints: scenario.endpoints.map((endpoint) => compileEndpoint(endpoint, fleetNumbers)),
    edge: {
      maxConnections: scenario.edge.maxConnections ?? Infinity,
      timeoutMs: scenario.edge.timeoutMs ?? Infinity,
      queueTimeoutMs: scenario.edge.queueTimeoutMs ?? Infinity,
    },
    fleets: scenario.fleets.map((fleet, number) => compileFleet(fleet, sized, number)),
    pooler: compilePooler(scenario),
    database: compileServer(scenario, sized.database, sized.usableConnections),
    replicas: {
      count: replicas.count,
      server: compileServer(scenario, sized.replica, sized.usableReplicaConnections),
      isPerQuery: replicas.routing === "per-query",
      dnsTtlMs: replicas.dnsTtlS * 1000,
      lagMs: replicas.lagMs,
      autoscaler: compileScaler(replicas.autoscaler),
    },
    failover: compileFailover(scenario),
    timeline: sized.changes
      .filter(({ atS }) => atS < scenario.run.durationS)
      .map((change) => ({ atMs: momentMs(change.atS), change: compileChange(change, sized) })),
  };
}

/** A moment that is written in seconds, to the microsecond: so that whole milliseconds come back as they were, whatever a division left in the last digit. */
function momentMs(atS: number): number {
  return Math.round(atS * 1e6) / 1e3;
}

/** What an entry of a timeline does to a running system. @param sized the scenario that runs */
export function compileChange(change: SizedChange, { scenario }: SizedScenario): Change {
  const fleetOf = (name: string): number => numberOf(numbers(scenario.fleets), name);
  switch (change.do) {
    case "set":
      return { kind: "plan", plan: compile(change.after), resized: change.resized };
    case "deploy":
      return { kind: "deploy", fleet: fleetOf(change.fleet) };
    case "killDyno": {
      const { count, graceful, backAfterS } = change;
      const backAfterMs = backAfterS === null ? Infinity : backAfterS * 1000;
      return { kind: "killDyno", fleet: fleetOf(change.fleet), count, graceful, backAfterMs };
    }
    case "slowDyno": {
      const { count, factor, forS } = change;
      return { kind: "slowDyno", fleet: fleetOf(change.fleet), count, factor, forMs: forS * 1000 };
    }
    case "failover":
      return { kind: "failover" };
    case "restartDatabase":
      return { kind: "restartDatabase", downMs: change.downS * 1000 };
  }
}

function compileScaler(autoscaler: Autoscaler | null): ScalerPlan | null {
  if (autoscaler === null) return null;
  const { min, max, bootS, policies } = autoscaler;
  return { min, max, bootMs: bootS * 1000, policies };
}

function compileFailover({ database: { failover } }: Scenario): FailoverPlan {
  return {
    downMs: (failover.detectS + failover.promoteS) * 1000,
    hangs: failover.oldSessions === "hang",
    tcpTimeoutMs: failover.tcpTimeoutS * 1000,
  };
}

type Numbers = ReadonlyMap<string, number>;

function numbers(items: readonly { readonly name: string }[]): Numbers {
  return new Map(items.map(({ name }, number) => [name, number]));
}

function numberOf(known: Numbers, name: string): number {
  const number = known.get(name);
  if (number === undefined) throw new Error(`Defect: ${name} is named but not there`);
  return number;
}

function shares(mix: Mix, known: Numbers): Shares {
  const entries = Object.entries(mix).filter(([, weight]) => weight > 0);
  return {
    items: entries.map(([name]) => numberOf(known, name)),
    weights: entries.map(([, weight]) => weight),
  };
}

function compileWorkload(workload: Workload, scenario: Scenario, endpoints: Numbers): WorkloadPlan {
  const { name, retries } = workload;
  const giveUpAfterMs = workload.giveUpAfterMs ?? Infinity;
  if (workload.kind === "replay") {
    const number = numberOf(endpoints, workload.endpoint);
    const mix = { items: [number], weights: [1] };
    const steps = scenario.endpoints[number]?.steps.length ?? 0;
    return { ...recorded(workload, steps), name, journey: null, mix, retries, giveUpAfterMs };
  }
  const journey = workload.journey?.map((endpoint) => numberOf(endpoints, endpoint)) ?? null;
  const mix = shares(workload.mix ?? {}, endpoints);
  // Written out, not spread: V8 gives every object that was spread a shape of its own, and the hot loop reads these.
  switch (workload.kind) {
    case "closed": {
      const think = DurationDistribution.from(workload.thinkMs);
      return {
        name,
        journey,
        mix,
        retries,
        giveUpAfterMs,
        kind: "closed",
        clients: workload.clients,
        think,
        afterFailure:
          workload.afterFailureMs === null ? think : DurationDistribution.from(workload.afterFailureMs),
        startSpreadMs: workload.startSpreadMs,
        profile: profileOf(workload),
      };
    }
    case "open": {
      const { requestsPerSecond, arrivals, trace } = workload;
      const think = DurationDistribution.from(workload.thinkMs);
      return {
        name,
        journey,
        mix,
        retries,
        giveUpAfterMs,
        kind: "open",
        requestsPerSecond,
        arrivals,
        think,
        trace: trace ?? null,
        profile: profileOf(workload),
      };
    }
    case "burst": {
      const { clients, everyMs, spreadMs } = workload;
      return {
        name,
        journey,
        mix,
        retries,
        giveUpAfterMs,
        kind: "burst",
        clients,
        everyMs,
        spreadMs,
        profile: profileOf(workload),
      };
    }
  }
}

/** A workload's profile; null where it multiplies by 1 throughout. */
function profileOf({ profile }: { readonly profile?: Curve }): Curve | null {
  return profile?.some(([, factor]) => factor !== 1) ? profile : null;
}

function recorded(
  { requests }: ReplayWorkload,
  stepsPerRequest: number,
): Pick<ReplayWorkloadPlan, "kind" | "atMs" | "row" | "durationsMs" | "stepsPerRequest"> {
  // Sorting keeps the order of equal times, so that a record's own order decides.
  const rows = Int32Array.from(requests.keys()).sort(
    (a, b) => (requests[a]?.[0] ?? 0) - (requests[b]?.[0] ?? 0) || a - b,
  );
  const durationsMs = new Float64Array(stepsPerRequest * requests.length);
  requests.forEach(([, durations], row) => {
    durationsMs.set(durations.slice(0, stepsPerRequest), stepsPerRequest * row);
  });
  const atMs = Float64Array.from(rows, (row) => requests[row]?.[0] ?? 0);
  return { kind: "replay", atMs, row: rows, durationsMs, stepsPerRequest };
}

function compileEndpoint({ name, fleet, steps }: Endpoint, fleets: Numbers): EndpointPlan {
  return {
    name,
    fleets: typeof fleet === "string" ? shares({ [fleet]: 1 }, fleets) : shares(fleet, fleets),
    steps: steps.map(compileStep),
  };
}

function compileStep(step: Step): StepPlan {
  return {
    kind: step.kind,
    duration: DurationDistribution.from(step.ms),
    processor: DurationDistribution.from(step.kind === "query" ? step.cpuMs : 0),
    count: step.kind === "query" ? step.count : 1,
    isWrite: step.kind === "query" && step.access === "write",
    overheadMs: 0,
  };
}

function compileFleet(fleet: Fleet, { fleets }: SizedScenario, number: number): FleetPlan {
  const size = fleets[number];
  if (size === undefined) throw new Error(`Defect: no size for fleet ${fleet.name}`);
  const { pool, boot, connect, healthCheck } = fleet;
  return {
    name: fleet.name,
    balancer: fleet.balancer,
    dynos: fleet.dynos,
    processes: fleet.processes,
    threads: fleet.threads,
    runtime: fleet.runtime,
    vcpus: size.dyno.vcpus,
    processorSpeed: 1 / Math.max(1, size.memoryShare),
    backlog: fleet.backlog,
    skipsAbandoned: fleet.skipsAbandoned,
    maxOutstandingPerDyno: fleet.maxOutstandingPerDyno ?? Infinity,
    connect: {
      attempts: connect.attempts,
      redispatch: connect.redispatch,
      retryDelayMs: connect.retryDelayMs,
      quarantineMs: connect.quarantineS * 1000,
    },
    healthCheck,
    bootMs: boot.bootS * 1000,
    preboot: boot.preboot,
    prebootOverlapMs: boot.prebootOverlapS * 1000,
    autoscaler: compileScaler(fleet.autoscaler),
    monthlyUsd: size.dyno.monthlyUsd,
    killedByMemory: size.memoryShare > 2,
    readsReplicas: fleet.reads === "replicas",
    pool: {
      size: pool.size,
      checkoutTimeoutMs: pool.checkoutTimeoutMs,
      holdForRequest: pool.hold === "request",
      idleTimeoutMs: pool.idleTimeoutS * 1000,
      reapEveryMs: pool.reapEveryS * 1000,
      connectMs: pool.connectMs,
      verify: pool.verify,
      maxLifetimeMs: pool.maxLifetimeS === null ? Infinity : pool.maxLifetimeS * 1000,
    },
  };
}

function compilePooler(scenario: Scenario): PoolerPlan | null {
  const { pooler } = scenario;
  if (!pooler.enabled) return null;
  return {
    isSession: pooler.mode === "session",
    connections: pooler.connections,
    maxClients: pooler.maxClients,
    waitTimeoutMs: pooler.waitTimeoutMs,
    overheadMs: pooler.overheadMs,
    capacityPerSecond: pooler.capacityPerSecond,
    loginRetryMs: pooler.loginRetryS * 1000,
  };
}

function compileServer(
  { database }: Scenario,
  server: ResolvedDatabasePlan,
  usableConnections: number,
): DatabasePlan {
  const { memoryPerConnectionMb, crashOnMemory, recoveryS, contention } = database;
  const canCrash = crashOnMemory && memoryPerConnectionMb > 0;
  return {
    usableConnections,
    crashAboveConnections: canCrash ? server.memoryMb / memoryPerConnectionMb : Infinity,
    recoveryMs: recoveryS * 1000,
    vcpus: server.vcpus,
    alpha: contention.alpha,
    beta: contention.beta,
    monthlyUsd: server.monthlyUsd,
  };
}
