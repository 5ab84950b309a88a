import { readScenario } from "../../src/scenario/read-scenario";
import type { Scenario } from "../../src/scenario/types";

/** A part of a scenario document. */
export type Part = Readonly<Record<string, unknown>>;

/** What a theory test says about its scenario; everything else is out of the way (see `theoryScenario`). */
export interface TheoryScenario {
  readonly run: RunLength & { readonly seed?: number };
  /** One workload, or several. */
  readonly workload?: Part;
  readonly workloads?: readonly Part[];
  /** The steps of the one endpoint, or several endpoints. */
  readonly steps?: readonly Part[];
  readonly endpoints?: readonly Part[];
  readonly edge?: Part;
  /** One fleet, or several; `pool` is of every fleet. */
  readonly fleet?: Part;
  readonly fleets?: readonly Part[];
  readonly pool?: Part;
  readonly pooler?: Part;
  readonly database?: Part;
}

/** Limits that are never reached, and no time taken by anything but the steps. */
const OUT_OF_THE_WAY = {
  edge: { maxConnections: null, timeoutMs: null },
  fleet: {
    name: "web",
    dynos: 1,
    threads: 1,
    backlog: 1e9,
    dynoType: { vcpus: 1, memoryMb: 1e9, monthlyUsd: 0 },
  },
  pool: { size: 100_000, connectMs: 0, checkoutTimeoutMs: 1e9, idleTimeoutS: 1e6 },
  pooler: { enabled: false, overheadMs: 0, capacityPerSecond: 1e9, maxClients: 1e6, waitTimeoutMs: 1e9 },
  database: { plan: { vcpus: 1, memoryMb: 1e9, monthlyUsd: 0, connectionLimit: 1e6 }, crashOnMemory: false },
};

/** As many processors, and memory for everything: a dyno's type. */
export function dynoOf(vcpus: number): Part {
  return { dynoType: { ...OUT_OF_THE_WAY.fleet.dynoType, vcpus } };
}

/** As many processors, and room for every connection: a database's plan. */
export function planOf(vcpus: number): Part {
  return { plan: { ...OUT_OF_THE_WAY.database.plan, vcpus } };
}

/** Room in line and threads for everybody: what remains is the processor. */
export const AMPLE_THREADS = { threads: 100_000 } as const;

/**
 * A queueing model as a scenario: the parts that are named, with limits that are never reached, connections that cost nothing, no timeout, and one dyno of
 * one thread unless said otherwise. Throws where it is not a valid scenario.
 */
export function theoryScenario(parts: TheoryScenario): Scenario {
  const { run, workload = {}, steps = [], edge, fleet = {}, pool, pooler, database } = parts;
  const { workloads = [workload], endpoints = [{ steps }], fleets = [fleet] } = parts;
  const result = readScenario({
    schema: 1,
    run: { seed: 1, ...run },
    workloads: workloads.map((own) => ({
      name: "load",
      ...("journey" in own ? {} : { mix: { page: 1 } }),
      ...own,
    })),
    endpoints: endpoints.map((own) => ({ name: "page", ...own })),
    edge: { ...OUT_OF_THE_WAY.edge, ...edge },
    fleets: fleets.map((own) => ({
      ...OUT_OF_THE_WAY.fleet,
      ...own,
      pool: { ...OUT_OF_THE_WAY.pool, ...pool },
    })),
    pooler: { ...OUT_OF_THE_WAY.pooler, ...pooler },
    database: { ...OUT_OF_THE_WAY.database, ...database },
  });
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.sentence).join("\n"));
  return result.scenario;
}

/** How long to run, and how often. */
export interface RunLength {
  readonly durationS: number;
  readonly warmupS: number;
  readonly replications: number;
}

/**
 * How long to run for so many measured requests per replication, after a warm-up of ten relaxation times of an M/M/1 line, each
 * ρ / (1 − √ρ)² arrivals: a queue that began empty has forgotten it by then.
 * @param lines how many lines the arrivals spread over
 */
export function runFor(
  requestsPerSecond: number,
  requests: number,
  utilization: number,
  lines = 1,
): RunLength {
  const relaxation = (lines * utilization) / (1 - Math.sqrt(utilization)) ** 2;
  const warmupS = (10 * relaxation) / requestsPerSecond;
  return { durationS: warmupS + requests / requestsPerSecond, warmupS, replications: 12 };
}
