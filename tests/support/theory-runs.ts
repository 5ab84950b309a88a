import { expect, vi } from "vitest";
import { halfWidth, meanAndDeviation } from "../../src/analysis/intervals";
import { mean, percentile, totalCount } from "../../src/analysis/percentiles";
import type { FailureKind } from "../../src/analysis/result-types";
import type { ReplicationRecord } from "../../src/engine";
import { FAILURE, STAGE } from "../../src/engine/record/replication-record";
import { readScenario } from "../../src/scenario/read-scenario";
import { withSizes } from "../../src/scenario/sizes";
import type { Scenario } from "../../src/scenario/types";
import { builtEngine } from "./built-engine.mjs";

const { compile, Simulation, unsupportedFields } = await builtEngine();

// Millions of requests on a machine that does other things too: a test may take its time.
vi.setConfig({ testTimeout: 120_000 });

type Part = Readonly<Record<string, unknown>>;

/** What a theory test says about its scenario; everything else is out of the way (see `theoryScenario`). */
export interface TheoryScenario {
  readonly run: Part;
  readonly workload: Part;
  readonly steps: readonly Part[];
  readonly edge?: Part;
  readonly fleet?: Part;
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

/**
 * A queueing model as a scenario: the parts that are named, with limits that are never reached, connections that cost nothing, no timeout, and one dyno of
 * one thread unless said otherwise. Throws where it is not a valid scenario, or asks for what the engine does not simulate.
 */
export function theoryScenario(parts: TheoryScenario): Scenario {
  const { run, workload, steps, edge, fleet, pool, pooler, database } = parts;
  const result = readScenario({
    schema: 1,
    run: { seed: 1, ...run },
    workloads: [{ name: "load", mix: { page: 1 }, ...workload }],
    endpoints: [{ name: "page", steps }],
    edge: { ...OUT_OF_THE_WAY.edge, ...edge },
    fleets: [{ ...OUT_OF_THE_WAY.fleet, ...fleet, pool: { ...OUT_OF_THE_WAY.pool, ...pool } }],
    pooler: { ...OUT_OF_THE_WAY.pooler, ...pooler },
    database: { ...OUT_OF_THE_WAY.database, ...database },
  });
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.sentence).join("\n"));
  const unsupported = unsupportedFields(result.scenario);
  if (unsupported.length > 0) throw new Error(unsupported.map((problem) => problem.sentence).join("\n"));
  return result.scenario;
}

/** All replications of a scenario, run to their end. */
export function replications(scenario: Scenario): ReplicationRecord[] {
  const plan = compile(withSizes(scenario));
  return Array.from({ length: scenario.run.replications }, (_, replication) => {
    const simulation = new Simulation(plan, replication);
    simulation.advance(plan.durationMs);
    return simulation.record();
  });
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
): { durationS: number; warmupS: number; replications: number } {
  const relaxation = (lines * utilization) / (1 - Math.sqrt(utilization)) ** 2;
  const warmupS = (10 * relaxation) / requestsPerSecond;
  return { durationS: warmupS + requests / requestsPerSecond, warmupS, replications: 16 };
}

function known(value: number | null): number {
  if (value === null) throw new Error("Nothing was measured");
  return value;
}

/** What tests ask of one replication's record. */
export const of = {
  meanLatency: (record: ReplicationRecord): number => known(mean(record.latency)),
  meanWait: (record: ReplicationRecord): number => known(mean(record.queue)),
  latencyPercentile: (share: number) => (record: ReplicationRecord) =>
    known(percentile(record.latency, share)),
  waitPercentile: (share: number) => (record: ReplicationRecord) => known(percentile(record.queue, share)),
  /** Share of successful requests that waited for a thread: those outside the histogram's bin for less than a microsecond. */
  waitingShare: ({ queue }: ReplicationRecord): number =>
    1 - (queue.firstBin === 0 ? (queue.counts[0] ?? 0) : 0) / totalCount(queue),
  meanStage: (stage: keyof typeof STAGE) => (record: ReplicationRecord) =>
    (record.stageSumsMs[STAGE[stage]] ?? 0) / record.ok,
  failureShare: (kind: FailureKind) => (record: ReplicationRecord) => {
    const failed = record.failedByKind[FAILURE[kind]] ?? 0;
    const others = record.failedByKind.reduce((sum, count) => sum + count, 0) - failed;
    if (others > 0) throw new Error(`Failures of other kinds than ${kind}: ${others}`);
    return failed / (record.ok + failed);
  },
  /** Successful answers per second of the measured window. */
  throughput:
    ({ run }: Scenario) =>
    (record: ReplicationRecord) =>
      record.answersInWindow / (run.durationS - run.warmupS),
  /** Time-weighted mean number of busy threads. */
  busyThreads:
    ({ run }: Scenario) =>
    (record: ReplicationRecord) =>
      record.busyPerDynoMeasured.reduce((sum, busy) => sum + busy, 0) /
      ((run.durationS - run.warmupS) * 1000),
};

/** Percentiles come from bins: within 0.5 % of the exact one by the histogram's promise, whatever the number of requests. */
const BIN_ERROR = 0.005;

/**
 * Expects the exact value inside the replications' own 99 % interval (Student's t), and that interval to be narrower than ±`within` of the exact
 * value: the first alone could be passed by measuring nothing precisely.
 */
export function expectMean(
  records: readonly ReplicationRecord[],
  measure: (record: ReplicationRecord) => number,
  exact: number,
  within: number,
): void {
  agree(records.map(measure), exact, within, 0);
}

/** As `expectMean`, for percentiles: the interval is as much wider as the histogram's bins allow. */
export function expectPercentile(
  records: readonly ReplicationRecord[],
  measure: (record: ReplicationRecord) => number,
  exact: number,
  within: number,
): void {
  agree(records.map(measure), exact, within, BIN_ERROR * exact);
}

function agree(values: readonly number[], exact: number, within: number, resolution: number): void {
  const half = known(halfWidth(values, 0.99));
  const { mean: measured } = meanAndDeviation(values);
  const what = `measured ${measured} ± ${half} (99 %), exact ${exact}`;
  expect(Math.abs(measured - exact), what).toBeLessThanOrEqual(half + resolution);
  expect(half, `${what}: too vague`).toBeLessThanOrEqual(within * exact);
}
