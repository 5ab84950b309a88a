import {
  BREAKDOWN_ROWS,
  type Estimate,
  type FailureKind,
  type LatencyEstimates,
  type RunSummary,
  type SampledRequest,
  STAGES,
  type Stage,
  type StageBreakdown,
} from "../../src/analysis/result-types";
import { DEFAULT_SCENARIO } from "../../src/scenario/defaults";
import type { Scenario } from "../../src/scenario/types";

/** What a made-up run looks like. */
interface FixtureOptions {
  readonly buckets?: number;
  readonly bucketS?: number;
  readonly dynos?: number;
  readonly threads?: number;
  /** Answers per second; 0: nothing was sent. */
  readonly ratePerSecond?: number;
  readonly latencyMs?: number;
  readonly queueMs?: number;
  /** Shares of the requests that fail. */
  readonly failures?: Readonly<Partial<Record<FailureKind, number>>>;
  readonly connections?: number;
  readonly seed?: number;
  readonly scenario?: Partial<Scenario>;
  /** Single requests; by themselves a typical and a slow one, and one for each kind of failure. */
  readonly samples?: readonly SampledRequest[];
}

/** Even numbers from 0 to 1, the same for the same seed (a linear congruence: good enough to look at). */
function evenNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

/** What is so rare that no request of such a run would have met it. */
function withoutTail(share: number): number {
  return share < 1e-3 ? 0 : share;
}

function estimate(mean: number | null): Estimate {
  return { mean, ci95: mean === null ? null : [mean * 0.97, mean * 1.03] };
}

function latencies(p50: number | null): LatencyEstimates {
  const times = (factor: number) => estimate(p50 === null ? null : p50 * factor);
  return {
    mean: times(1.1),
    p50: times(1),
    p75: times(1.2),
    p90: times(1.5),
    p95: times(1.8),
    p99: times(2.6),
    max: times(4),
  };
}

/** Milliseconds of every stage, with 0 where none are given. */
function stages(ms: Partial<Record<Stage, number>>): Record<Stage, number> {
  const all = STAGES.map((stage) => [stage, ms[stage] ?? 0]);
  return Object.fromEntries(all) as Record<Stage, number>;
}

/** Slower requests wait longer for a thread; the rest of them is alike. */
function breakdownOf(latencyMs: number, queueMs: number): StageBreakdown[] {
  const queueFactor = { mean: 1, p50: 0.5, p95: 6, p99: 12 };
  return BREAKDOWN_ROWS.map((of) => {
    const queue = queueMs * queueFactor[of];
    const stagesMs = stages({ queue, connect: 4, wait: latencyMs / 2, query: latencyMs / 2 - 4 });
    return { of, totalMs: queue + latencyMs, stagesMs };
  });
}

/** A request that passes through these stages, one after the other. */
export function sampledRequest(
  passed: readonly (readonly [Stage, number])[],
  rest: Partial<SampledRequest> = {},
): SampledRequest {
  let startMs = 0;
  const segments = passed.map(([stage, durationMs]) => {
    const segment = { stage, startMs, durationMs };
    startMs += durationMs;
    return segment;
  });
  return {
    why: "typical",
    workload: "clients",
    endpoint: "page",
    fleet: "web",
    dyno: 3,
    attempt: 0,
    sentAtMs: 12_345,
    latencyMs: startMs,
    failure: null,
    segments,
    ...rest,
  };
}

function samplesOf(
  latencyMs: number,
  queueMs: number,
  hasAnswers: boolean,
  kinds: readonly FailureKind[],
): SampledRequest[] {
  const answered: SampledRequest[] = [
    sampledRequest([
      ["queue", queueMs],
      ["wait", latencyMs / 2],
      ["query", latencyMs / 2],
    ]),
    sampledRequest(
      [
        ["queue", queueMs * 12],
        ["connect", 4],
        ["wait", latencyMs / 2],
        ["query", latencyMs],
      ],
      { why: "slowest", attempt: 1 },
    ),
  ];
  const failed = kinds.map((kind) =>
    sampledRequest([["queue", 3 * queueMs]], { why: kind, failure: kind, dyno: null, sentAtMs: 1000 }),
  );
  return [...(hasAnswers ? answered : []), ...failed];
}

/** A plausible run without a simulation: as charts are given it, with what the options say. */
export function chartSummary(options: FixtureOptions = {}): RunSummary {
  const { buckets = 225, bucketS = 0.2, dynos = 25, threads = 10, ratePerSecond = 200 } = options;
  const { latencyMs = 1000, queueMs = 120, failures = {}, connections = 90, seed = 1 } = options;
  const random = evenNumbers(seed);
  const failedShare = Object.values(failures).reduce((sum, share) => sum + share, 0);
  const hasAnswers = ratePerSecond > 0 && failedShare < 1;
  const perBucket = ratePerSecond * bucketS;
  const column = (value: (bucket: number) => number) =>
    Float64Array.from({ length: buckets }, (_, i) => value(i));
  const noisy = (mean: number, spread = 0.2) => column(() => mean * (1 + (random() - 0.5) * spread));
  const latency = (factor: number) => (hasAnswers ? noisy(latencyMs * factor) : column(() => Number.NaN));
  const waiting = (factor: number) => (hasAnswers ? noisy(queueMs * factor, 0.5) : column(() => Number.NaN));
  const durationS = buckets * bucketS;
  const sentCount = Math.round(ratePerSecond * durationS);
  const kinds = Object.entries(failures) as [FailureKind, number][];
  const failedCount = Math.round(sentCount * failedShare);
  const base = DEFAULT_SCENARIO;
  const scenario: Scenario = {
    ...base,
    run: { ...base.run, durationS, warmupS: durationS / 9 },
    fleets: base.fleets.map((fleet) => ({ ...fleet, dynos, processes: 1, threads })),
    ...options.scenario,
  };
  const edgesMs = Float64Array.from({ length: 81 }, (_, i) => 10 ** (1 + i / 20));
  const shareOfBin = (bin: number, hump: number, width: number) => {
    const distance = Math.log10((edgesMs[bin] ?? 1) / hump) / width;
    return Math.exp((-distance * distance) / 2);
  };
  const bins = Array.from({ length: 80 }, (_, bin) =>
    hasAnswers
      ? withoutTail(shareOfBin(bin, latencyMs, 0.12) + 0.08 * shareOfBin(bin, latencyMs * 4, 0.06))
      : 0,
  );
  const luck = Array.from({ length: dynos }, () => 0.3 + 0.7 * random());
  return {
    figures: {
      schema: 1,
      engine: "1",
      scenario,
      replications: 8,
      measuredS: durationS - scenario.run.warmupS,
      simulatedRequests: sentCount,
      wallMs: 40,
      retries: 0,
      requests: {
        sent: sentCount,
        ok: sentCount - failedCount,
        failed: failedCount,
        inFlight: 0,
        failedByKind: Object.fromEntries(kinds.map(([kind, share]) => [kind, Math.round(sentCount * share)])),
      },
      throughputPerSecond: estimate(ratePerSecond * (1 - failedShare)),
      failureRate: estimate(ratePerSecond === 0 ? null : failedShare),
      latencyMs: latencies(hasAnswers ? latencyMs : null),
      queueMs: latencies(hasAnswers ? queueMs : null),
      appMs: latencies(hasAnswers ? latencyMs - queueMs : null),
      failedLatencyMs: latencies(5),
      stagesMs: {
        queue: queueMs,
        cpu: 0,
        cpuWait: 0,
        wait: latencyMs / 2,
        checkout: 0,
        connect: 0,
        pooler: 0,
        query: latencyMs / 2,
        queryWait: 0,
      },
      utilization: {
        threads: 0.6,
        cpu: 0.2,
        pool: 0.4,
        pooler: 0,
        databaseConnections: 0.7,
        databaseCpu: 0.2,
        replicaConnections: 0.3,
        replicaCpu: 0.1,
      },
      peaks: {
        queued: 38,
        balancerQueued: 15,
        databaseConnections: connections,
        poolerClients: 200,
        poolerQueued: 12,
        dynos,
      },
      staleReads: 0,
      byEndpoint: {},
      byFleet: {},
      cost: { monthlyUsd: 1300, perMillionRequestsUsd: 2.5, runUsd: 0.02 },
      slo: { met: true, misses: [] },
      stoppedAtS: null,
    },
    series: {
      bucketS,
      atS: column((bucket) => Number((bucket * bucketS).toFixed(6))),
      sent: noisy(perBucket),
      ok: noisy(perBucket * (1 - failedShare)),
      failed: noisy(perBucket * failedShare),
      failedByKind: Object.fromEntries(kinds.map(([kind, share]) => [kind, noisy(perBucket * share, 1)])),
      failedElsewhere: {
        refusedByReplica: new Float64Array(buckets),
        replicaDown: new Float64Array(buckets),
        poolerCannotLogIn: new Float64Array(buckets),
      },
      retries: column(() => 0),
      staleReads: column(() => 0),
      p50: latency(1),
      p75: latency(1.2),
      p90: latency(1.5),
      p95: latency(1.8),
      p99: latency(2.6),
      max: latency(4),
      queueP50: waiting(0.3),
      queueP95: waiting(1.8),
      queueP99: waiting(2.6),
      inFlight: noisy(180),
      queued: noisy(20),
      dynos: column(() => dynos),
      busyThreads: noisy(dynos * threads * 0.6),
      databaseConnections: column((bucket) => connections * Math.min(1, 0.4 + bucket / 30)),
      databaseActive: noisy(connections * 0.4),
      poolerClients: noisy(200),
      poolerQueued: noisy(6),
      cpu: noisy(0.2),
      databaseCpu: noisy(0.2),
      replicaCpu: noisy(0.1),
      balancerQueued: noisy(8),
      replicas: column(() => scenario.database.replicas.count),
      replicaConnections: column((bucket) => 40 * Math.min(1, 0.4 + bucket / 30)),
      busyThreadsPerDyno: Float64Array.from({ length: dynos * buckets }, (_, cell) => {
        const usual = (luck[Math.floor(cell / buckets)] ?? 0.5) * threads;
        return ratePerSecond === 0 ? 0 : Math.min(threads, usual * (0.8 + 0.4 * random()));
      }),
      queuedPerDyno: new Float64Array(0),
      statusPerDyno: new Uint8Array(0),
      fleets: scenario.fleets.map((fleet, number) => ({
        name: fleet.name,
        // The dynos of the run, beyond those of the first fleets, are the last one's.
        rows:
          number === scenario.fleets.length - 1
            ? dynos - scenario.fleets.slice(0, -1).reduce((sum, other) => sum + other.dynos, 0)
            : fleet.dynos,
        dynos: column(() => fleet.dynos),
        booting: column(() => 0),
        busyThreads: noisy(fleet.dynos * threads * 0.6),
        taken: noisy(perBucket),
      })),
      databaseUp: column(() => 1),
      booting: column(() => 0),
      checkedOut: noisy(dynos * threads * 0.6),
      poolSlots: column(() => dynos * threads),
      checkoutQueued: column(() => 0),
      poolerBusy: column(() => 0),
      poolerConnections: column(() => 0),
      queries: noisy(perBucket),
      replicaQueries: column(() => 0),
      connectionsPerReplica: new Float64Array(0),
      upPerReplica: new Float64Array(0),
      monthlyUsd: column(() => 1300),
    },
    scaling: [],
    distribution: {
      edgesMs,
      counts: Float64Array.from(bins, (share) => Math.round(share * sentCount * 0.06)),
    },
    heatmap: {
      edgesMs,
      density: Float64Array.from({ length: 80 * buckets }, (_, cell) => {
        const share = bins[Math.floor(cell / buckets)] ?? 0;
        return share * perBucket * 0.06 * random() * 2;
      }),
    },
    breakdown: hasAnswers ? breakdownOf(latencyMs, queueMs) : [],
    samples:
      options.samples ??
      samplesOf(
        latencyMs,
        queueMs,
        hasAnswers,
        kinds.map(([kind]) => kind),
      ),
  };
}
