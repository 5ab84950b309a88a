import type fc from "fast-check";
import type { Scenario } from "../../src/scenario/types";
import { simulableScenario } from "./arbitrary-scenario";

const PLENTY = 1e9;

/** The same system with every limit and timeout far off, so that nothing fails: what is left is waiting. Nothing is warm-up. */
export function withoutLimits(scenario: Scenario): Scenario {
  const { run, edge, pooler, database } = scenario;
  return {
    ...scenario,
    run: { ...run, warmupS: 0 },
    edge: { ...edge, maxConnections: null, timeoutMs: null },
    fleets: scenario.fleets.map((fleet) => ({
      ...fleet,
      backlog: PLENTY,
      pool: { ...fleet.pool, checkoutTimeoutMs: PLENTY, reapEveryS: 60 },
    })),
    pooler: { ...pooler, maxClients: 1e6, waitTimeoutMs: PLENTY },
    database: {
      ...database,
      plan: { vcpus: 1, memoryMb: PLENTY, monthlyUsd: 0, connectionLimit: 1e6 },
      crashOnMemory: false,
    },
  };
}

/**
 * Without warm-up, and with time enough for whatever is under way when the traffic stops: hours. Where the reaper would not come before the end of the
 * scenario, it never comes, so that it does not hide what pools hold.
 */
export function withTimeToDrain(scenario: Scenario): Scenario {
  const { run, fleets } = scenario;
  return {
    ...scenario,
    run: { ...run, durationS: 30_000, warmupS: 0 },
    fleets: fleets.map((fleet) => {
      const isReaped = fleet.pool.idleTimeoutS < run.durationS;
      return isReaped ? fleet : { ...fleet, pool: { ...fleet.pool, idleTimeoutS: 1e6 } };
    }),
  };
}

/** As `simulableScenario`, in which nothing fails. */
export const unlimitedScenario: fc.Arbitrary<Scenario> = simulableScenario.map(withoutLimits);
