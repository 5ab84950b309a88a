import type fc from "fast-check";
import type { Fleet, Scenario, Workload } from "../../src/scenario/types";
import { simulableScenario } from "./simulable-scenario";

const PLENTY = 1e9;

/** The same system with every limit and timeout far off, so that nothing fails: what is left is waiting. Nothing is warm-up. */
export function withoutLimits(scenario: Scenario): Scenario {
  const { run, edge, pooler, database, workloads } = scenario;
  return {
    ...scenario,
    run: { ...run, warmupS: 0 },
    workloads: workloads.map((workload): Workload => ({ ...workload, giveUpAfterMs: null })),
    edge: { ...edge, maxConnections: null, timeoutMs: null, queueTimeoutMs: null },
    fleets: scenario.fleets.map(withoutFleetLimits),
    pooler: {
      ...pooler,
      maxClients: 1e6,
      waitTimeoutMs: PLENTY,
      // In session mode who comes too late waits for as long as the others' pools keep their connections.
      connections: pooler.mode === "session" ? 1e6 : pooler.connections,
    },
    database: {
      ...database,
      plan: { vcpus: 2, memoryMb: PLENTY, monthlyUsd: 0, connectionLimit: 1e6 },
      crashOnMemory: false,
      replicas: { ...database.replicas, plan: null },
    },
  };
}

function withoutFleetLimits(fleet: Fleet): Fleet {
  const { dynoType } = fleet;
  return {
    ...fleet,
    dynos: Math.max(1, fleet.dynos),
    // Nobody is killed, though some may swap still: twice the memory is what they take at most.
    dynoType:
      typeof dynoType === "string" ? dynoType : { ...dynoType, memoryMb: Math.max(512, dynoType.memoryMb) },
    backlog: PLENTY,
    pool: {
      ...fleet.pool,
      checkoutTimeoutMs: PLENTY,
      reapEveryS: 60,
      // Requests that keep a connection of one role and wait for one of the other can wait for each other: only a timeout ends that.
      hold: fleet.reads === "replicas" ? "query" : fleet.pool.hold,
    },
  };
}

/**
 * Without warm-up, with traffic that ends, and with time enough for whatever is under way then: hours. Where the reaper would not come before the end
 * of the scenario, it never comes, so that it does not hide what pools hold.
 */
export function withTimeToDrain(scenario: Scenario): Scenario {
  const { run, fleets, workloads } = scenario;
  return {
    ...scenario,
    run: { ...run, durationS: 30_000, warmupS: 0 },
    workloads: workloads.map(withEnd),
    fleets: fleets.map((fleet) => {
      const isReaped = fleet.pool.idleTimeoutS < run.durationS;
      return isReaped ? fleet : { ...fleet, pool: { ...fleet.pool, idleTimeoutS: 1e6 } };
    }),
  };
}

/** Traffic that no change can stop ends by itself: there is one burst, and a curve comes down to nothing. */
function withEnd(workload: Workload): Workload {
  if (workload.kind === "burst") return { ...workload, everyMs: 1e9 };
  if (workload.kind !== "open" || workload.trace === undefined) return workload;
  const last = workload.trace.at(-1)?.[0] ?? 0;
  return { ...workload, trace: [...workload.trace, [last + 0.5, 0]] };
}

/** As `simulableScenario`, in which nothing fails. */
export const unlimitedScenario: fc.Arbitrary<Scenario> = simulableScenario.map(withoutLimits);
