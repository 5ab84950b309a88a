import {
  BREAKDOWN_ROWS,
  type Estimate,
  type LatencyEstimates,
  type ResultFigures,
  type RunSummary,
} from "../../src/analysis/result-types";
import { DEFAULT_SCENARIO } from "../../src/scenario/defaults";
import type { Scenario } from "../../src/scenario/types";

const BUCKETS = 225;
const BUCKET_S = 0.2;
const LATENCY_BINS = 60;

/** An estimate with a symmetric interval; without a half-width it has none, as with one replication. */
export function estimate(mean: number | null, half?: number): Estimate {
  return { mean, ci95: mean === null || half === undefined ? null : [mean - half, mean + half] };
}

function latencies(p50: number, p95: number, p99: number, half: number): LatencyEstimates {
  return {
    mean: estimate(p50, half),
    p50: estimate(p50, half),
    p75: estimate((p50 + p95) / 2, half),
    p90: estimate(p95 * 0.95, half),
    p95: estimate(p95, half),
    p99: estimate(p99, half),
    max: estimate(p99 * 1.2, half),
  };
}

/** The article's turning point: 25 dynos without a pooler, some connections refused. */
export const TURNING_POINT: Scenario = {
  ...DEFAULT_SCENARIO,
  name: "25 dynos, no pooler",
  slo: { p95Ms: 1500, p99Ms: null, queueP95Ms: 100, failureRate: 0.001 },
};

/** Figures of a plausible run; `overrides` replaces whole parts. */
export function figuresFixture(overrides: Partial<ResultFigures> = {}): ResultFigures {
  return {
    schema: 1,
    engine: "1.0.0",
    scenario: TURNING_POINT,
    replications: 8,
    measuredS: 40,
    simulatedRequests: 72_000,
    wallMs: 95,
    retries: 0,
    requests: {
      sent: 64_320,
      ok: 61_204,
      failed: 1_516,
      inFlight: 1_600,
      failedByKind: { "connection-refused": 1_516 },
    },
    throughputPerSecond: estimate(191.3, 0.8),
    failureRate: estimate(0.02417, 0.0011),
    latencyMs: latencies(1002, 1010, 1260, 4),
    queueMs: latencies(0, 240, 510, 6),
    appMs: latencies(1000, 1005, 1010, 1),
    failedLatencyMs: latencies(5, 6, 7, 1),
    stagesMs: {
      queue: 31,
      cpu: 0,
      cpuWait: 0,
      wait: 500,
      checkout: 0,
      connect: 0.1,
      pooler: 0,
      query: 500,
      queryWait: 0,
    },
    utilization: {
      threads: 0.77,
      cpu: 0.03,
      pool: 0.77,
      pooler: 0,
      databaseConnections: 0.98,
      databaseCpu: 0.01,
      replicaConnections: 0,
      replicaCpu: 0,
    },
    peaks: {
      queued: 14,
      balancerQueued: 0,
      databaseConnections: 240,
      poolerClients: 0,
      poolerQueued: 0,
      dynos: 25,
    },
    staleReads: 0,
    byEndpoint: {},
    byFleet: {},
    cost: { monthlyUsd: 1300, perMillionRequestsUsd: 2.58, runUsd: 0.02 },
    slo: {
      met: false,
      misses: [
        { objective: "queueP95Ms", limit: 100, value: 240 },
        { objective: "failureRate", limit: 0.001, value: 0.02417 },
      ],
    },
    stoppedAtS: null,
    ...overrides,
  };
}

function column(value: (bucket: number) => number): Float64Array {
  return Float64Array.from({ length: BUCKETS }, (_, bucket) => value(bucket));
}

/** A wave that looks measured and is the same each time. */
function wave(bucket: number, size: number): number {
  return size * (Math.sin(bucket / 7) + 0.6 * Math.sin(bucket / 2.3) + 0.4 * Math.sin(bucket * 1.7));
}

/** A whole run, columns included, for anything that draws. */
export function summaryFixture(figures: ResultFigures = figuresFixture()): RunSummary {
  const dynos = 25;
  const edgesMs = Float64Array.from({ length: LATENCY_BINS + 1 }, (_, bin) => 500 * 1.04 ** bin);
  const refused = column((bucket) => Math.max(0, 1 + wave(bucket, 0.7)));
  const bins = Array.from(
    { length: LATENCY_BINS },
    (_, bin) => 9000 * Math.exp(-((bin - 18) ** 2) / 6) + 60 / (1 + bin),
  );
  return {
    figures,
    series: {
      bucketS: BUCKET_S,
      atS: column((bucket) => bucket * BUCKET_S),
      sent: column((bucket) => 39 + wave(bucket, 2)),
      ok: column((bucket) => 38 + wave(bucket, 2)),
      failed: refused,
      failedByKind: { "connection-refused": refused },
      failedElsewhere: {
        refusedByReplica: new Float64Array(BUCKETS),
        replicaDown: new Float64Array(BUCKETS),
        poolerCannotLogIn: new Float64Array(BUCKETS),
      },
      retries: column(() => 0),
      staleReads: column(() => 0),
      p50: column((bucket) => 1002 + wave(bucket, 1)),
      p75: column((bucket) => 1010 + wave(bucket, 4)),
      p90: column((bucket) => 1080 + wave(bucket, 20)),
      p95: column((bucket) => 1150 + wave(bucket, 40)),
      p99: column((bucket) => 1400 + wave(bucket, 90)),
      max: column((bucket) => 1700 + wave(bucket, 120)),
      queueP50: column(() => 0),
      queueP95: column((bucket) => Math.max(0, 180 + wave(bucket, 60))),
      queueP99: column((bucket) => Math.max(0, 420 + wave(bucket, 90))),
      inFlight: column(() => 200),
      queued: column((bucket) => Math.max(0, 6 + wave(bucket, 2))),
      dynos: column(() => dynos),
      busyThreads: column((bucket) => 192 + wave(bucket, 3)),
      databaseConnections: column((bucket) => Math.min(240, 120 + bucket * 4)),
      databaseActive: column((bucket) => 96 + wave(bucket, 4)),
      poolerClients: column(() => 0),
      poolerQueued: column(() => 0),
      cpu: column(() => 0.03),
      databaseCpu: column(() => 0.01),
      replicaCpu: column(() => 0),
      balancerQueued: column(() => 0),
      replicas: column(() => 0),
      replicaConnections: column(() => 0),
      busyThreadsPerDyno: Float64Array.from({ length: dynos * BUCKETS }, (_, cell) =>
        Math.min(10, Math.max(0, 7.7 + wave((cell * 37) % 211, 1.6))),
      ),
      queuedPerDyno: new Float64Array(0),
      statusPerDyno: new Uint8Array(0),
      fleets: [
        {
          name: "web",
          rows: dynos,
          dynos: column(() => dynos),
          booting: column(() => 0),
          busyThreads: column((bucket) => 190 + wave(bucket, 5)),
          taken: column((bucket) => 38 + wave(bucket, 2)),
        },
      ],
      databaseUp: column(() => 1),
      booting: column(() => 0),
      checkedOut: column((bucket) => 190 + wave(bucket, 5)),
      poolSlots: column(() => 10 * dynos),
      checkoutQueued: column(() => 0),
      poolerBusy: column(() => 0),
      poolerConnections: column(() => 0),
      queries: column((bucket) => 38 + wave(bucket, 2)),
      replicaQueries: column(() => 0),
      connectionsPerReplica: new Float64Array(0),
      upPerReplica: new Float64Array(0),
      monthlyUsd: column(() => 1300),
    },
    scaling: [],
    distribution: { edgesMs, counts: Float64Array.from(bins) },
    heatmap: {
      edgesMs,
      density: Float64Array.from(
        { length: LATENCY_BINS * BUCKETS },
        (_, cell) => (bins[Math.floor(cell / BUCKETS)] ?? 0) / 300,
      ),
    },
    breakdown: BREAKDOWN_ROWS.map((of) => {
      const queue = { mean: 31, p50: 0, p95: 240, p99: 510 }[of];
      const rest = { cpu: 0, cpuWait: 0, checkout: 0, connect: 0, pooler: 0, queryWait: 0 };
      return { of, totalMs: queue + 1000, stagesMs: { ...rest, queue, wait: 500, query: 500 } };
    }),
    samples: [
      {
        why: "typical",
        workload: "clients",
        endpoint: "page",
        fleet: "web",
        dyno: 4,
        attempt: 0,
        sentAtMs: 20_000,
        latencyMs: 1000,
        failure: null,
        segments: [
          { stage: "wait", startMs: 0, durationMs: 500 },
          { stage: "query", startMs: 500, durationMs: 500 },
        ],
      },
    ],
  };
}
