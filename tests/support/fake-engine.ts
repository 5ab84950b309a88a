import type { RunSummary } from "../../src/analysis/result-types";
import type { SystemLevels } from "../../src/engine/levels";
import type { SizedChange } from "../../src/scenario/sizes";
import type { Scenario } from "../../src/scenario/types";
import type { EnginePort } from "../../src/workers/engine-port";
import type { WorkerClock } from "../../src/workers/worker-clock";

/** What the fake engine records: enough to see who simulated what, how far, and in which memory. */
export interface FakeRecord {
  readonly replication: number;
  readonly nowMs: number;
  readonly column: Float64Array<ArrayBuffer>;
}

/** A summary of fake records: the wall time, and in `series.atS` the replications in the order they were given. */
export function fakeSummary(scenario: Scenario, records: readonly FakeRecord[], wallMs: number): RunSummary {
  const summary = {
    figures: { scenario, replications: records.length, wallMs, requests: { ok: records.length, failed: 0 } },
    series: {
      bucketS: 1,
      atS: Float64Array.from(records, (record) => record.replication),
      sent: Float64Array.from(records, (record) => record.nowMs),
      ok: new Float64Array(0),
      failed: new Float64Array(0),
      retries: new Float64Array(0),
      staleReads: new Float64Array(0),
      queries: new Float64Array(0),
      replicaQueries: new Float64Array(0),
      failedByKind: { timeout: new Float64Array(1) },
      failedElsewhere: {},
      fleets: [],
    },
    distribution: { edgesMs: new Float64Array(1), counts: new Float64Array(1) },
    heatmap: { edgesMs: new Float64Array(1), density: new Float64Array(1) },
  };
  return summary as unknown as RunSummary;
}

/** Time that passes only where the fake engine says so; a turn is a real one, so that real messages get in. */
export class FakeWorkerClock implements WorkerClock {
  time = 0;
  turns = 0;
  now(): number {
    return this.time;
  }
  nextTurn(): Promise<void> {
    this.turns += 1;
    return new Promise((resolve) => setTimeout(resolve, 0));
  }
  /** Sleeps, by its own time, as long as it is told and `oversleepMs` longer. */
  oversleepMs = 0;
  sleep(forMs: number): Promise<void> {
    this.time += forMs + this.oversleepMs;
    return this.nextTurn();
  }
}

/** Levels of a system that does nothing but send a request every simulated millisecond. */
function fakeLevels(nowMs: number): SystemLevels {
  const server = { isUp: true, connections: 0, usableConnections: 0, activeQueries: 0, cpu: 0 };
  return {
    nowMs,
    sent: Math.floor(nowMs),
    ok: 0,
    failedByKind: new Float64Array(0),
    failedElsewhere: new Float64Array(0),
    inFlight: 0,
    edgeConnections: 0,
    fleets: [],
    pooler: null,
    primary: server,
    replicas: [],
    queries: 0,
    replicaQueries: 0,
    monthlyUsd: 0,
  };
}

export interface FakeEngineOptions {
  readonly clock?: FakeWorkerClock;
  /** Simulated time of one replication. */
  readonly durationMs?: number;
  /** One event is one simulated millisecond; each takes this much of the worker's time. */
  readonly eventCostMs?: number;
  /** Its simulations can begin only once the extras are there. */
  readonly needsExtras?: boolean;
  readonly onAdvance?: (replication: number, nowMs: number, maximumEvents: number) => void;
  readonly onSummarize?: () => void;
  readonly onStart?: (replication: number) => void;
  readonly onApply?: (change: SizedChange, nowMs: number) => void;
  /** The system breaks off here, with too many requests in it. */
  readonly overrunsAtMs?: number;
}

export function createFakeEngine(options: FakeEngineOptions = {}): EnginePort<FakeRecord> {
  const { eventCostMs = 0.001 } = options;
  let hasExtras = false;
  return {
    async loadExtras() {
      hasExtras = true;
    },
    prepare: () => ({
      durationMs: options.durationMs ?? 1_000,
      needsExtras: options.needsExtras ?? false,
      start(replication) {
        if (options.needsExtras === true && !hasExtras) throw new Error("begun without extras");
        options.onStart?.(replication);
        let nowMs = 0;
        return {
          get nowMs() {
            return nowMs;
          },
          advance(untilMs, maximumEvents) {
            options.onAdvance?.(replication, nowMs, maximumEvents);
            const endMs = Math.min(untilMs, options.overrunsAtMs ?? Number.POSITIVE_INFINITY);
            const events = Math.min(maximumEvents, endMs - nowMs);
            nowMs += events;
            if (options.clock) options.clock.time += events * eventCostMs;
            return nowMs >= endMs;
          },
          apply: (change) => options.onApply?.(change, nowMs),
          levels: () => fakeLevels(nowMs),
          record: () => ({ replication, nowMs, column: new Float64Array(4).fill(replication) }),
        };
      },
    }),
    transferables: (record) => [record.column.buffer],
    summarize(sized, records, wallMs) {
      options.onSummarize?.();
      return fakeSummary(sized.scenario, records, wallMs);
    },
  };
}
