import { FAILURE_KINDS, type FailureKind } from "../../src/analysis/result-types";
import { compile, type ReplicationRecord, Simulation } from "../../src/engine";
import type { Answer } from "../../src/engine/record/answer-observer";
import {
  COUNT,
  FAILURE,
  type HistogramRecord,
  type RequestSample,
  STAGE,
} from "../../src/engine/record/replication-record";
import { readScenario } from "../../src/scenario/read-scenario";
import { withSizes } from "../../src/scenario/sizes";
import type { Scenario } from "../../src/scenario/types";

/** What a tiny scenario says in a few words; everything else is out of the way: no timeout, no warm-up, a database without a limit. */
export interface TinyScenario {
  readonly durationS?: number;
  readonly run?: object;
  readonly slo?: object;
  /** A closed workload's fields; or, instead, those of an open one. */
  readonly closed?: object;
  readonly open?: object;
  /** Several workloads, each whole. */
  readonly workloads?: readonly object[];
  readonly steps?: readonly object[];
  /** Several endpoints, each whole. */
  readonly endpoints?: readonly object[];
  readonly edge?: object;
  readonly fleet?: object;
  /** Several fleets: what each has beside `fleet`. */
  readonly fleets?: readonly object[];
  readonly pool?: object;
  readonly pooler?: object;
  readonly database?: object;
  readonly timeline?: readonly object[];
}

/** A database that never refuses and never crashes. */
export const BOUNDLESS_PLAN = { vcpus: 1, memoryMb: 1e9, monthlyUsd: 0, connectionLimit: 1_000_000 };

/** A valid scenario. Throws where it is not one. */
export function scenarioOf(document: object): Scenario {
  const result = readScenario({ schema: 1, ...document });
  if (!result.ok) throw new Error(JSON.stringify(result.problems));
  return result.scenario;
}

/**
 * One replication of 4 s without warm-up: its record has a bucket for every 10 ms, so that a scenario on that lattice can be read off to
 * the millisecond with `moments`. One closed client, one dyno of one thread, a pool that connects at once.
 */
export function tiny(parts: TinyScenario): Scenario {
  return scenarioOf({
    run: { durationS: parts.durationS ?? 4, warmupS: 0, replications: 1, ...parts.run },
    slo: parts.slo ?? {},
    workloads: parts.workloads ?? [
      parts.open === undefined
        ? { name: "users", kind: "closed", clients: 1, ...parts.closed }
        : { name: "users", kind: "open", ...parts.open },
    ],
    endpoints: parts.endpoints ?? [{ name: "page", steps: parts.steps ?? [{ kind: "wait", ms: 100 }] }],
    edge: { timeoutMs: null, ...parts.edge },
    fleets: (parts.fleets ?? [{}]).map((fleet) => ({
      name: "web",
      balancer: "round-robin",
      dynos: 1,
      dynoType: { vcpus: 1, memoryMb: 1e9, monthlyUsd: 0 },
      threads: 1,
      ...parts.fleet,
      pool: { connectMs: 0, ...parts.pool },
      ...fleet,
    })),
    pooler:
      parts.pooler === undefined
        ? {}
        : { enabled: true, overheadMs: 0, capacityPerSecond: 1e9, ...parts.pooler },
    database: { plan: BOUNDLESS_PLAN, ...parts.database },
    timeline: parts.timeline ?? [],
  });
}

/** A simulation of a tiny scenario, at its beginning. */
export function begin(parts: TinyScenario, replication = 0): Simulation {
  return new Simulation(compile(withSizes(tiny(parts))), replication);
}

/** What a tiny scenario recorded up to its end. */
export function recordOf(parts: TinyScenario): ReplicationRecord {
  const simulation = begin(parts);
  simulation.advance(Number.POSITIVE_INFINITY);
  return simulation.record();
}

/** Every request of a tiny scenario, in the order of answers and failures. */
export function answersOf(parts: TinyScenario, replication = 0): Answer[] {
  const answers: Answer[] = [];
  const observer = { answered: (answer: Answer): number => answers.push(answer) };
  new Simulation(compile(withSizes(tiny(parts))), replication, observer).advance(Number.POSITIVE_INFINITY);
  return answers;
}

/** Rounds away what the clock's floating point adds, and the little that a tiny scenario's pooler takes: to a microsecond. */
const rounded = (ms: number): number => Math.round(ms * 1000) / 1000;

/** When requests were answered, or failed, to the microsecond. */
export const endMoments = (answers: readonly Answer[]): number[] =>
  answers.map(({ sentAtMs, latencyMs }) => rounded(sentAtMs + latencyMs));

/** When something happened, from its counts per bucket: the beginning of the bucket in ms, once for each time. */
function moments(record: ReplicationRecord, counts: Float64Array): number[] {
  return Array.from(counts.subarray(0, record.buckets)).flatMap((count, bucket) =>
    Array.from({ length: count }, () => bucket * record.bucketMs),
  );
}

/** When requests were sent, answered, and when they failed in one way. */
export const sendMoments = (record: ReplicationRecord): number[] => moments(record, record.sentOverTime);
export const answerMoments = (record: ReplicationRecord): number[] => moments(record, record.okOverTime);
export function failureMoments(record: ReplicationRecord, kind: FailureKind): number[] {
  return moments(record, record.failedOverTime.subarray(FAILURE[kind] * record.buckets));
}

/** How many requests failed in each way that happened at all. */
export function failures(record: ReplicationRecord): Partial<Record<FailureKind, number>> {
  return Object.fromEntries(
    FAILURE_KINDS.map((kind) => [kind, record.failedByKind[FAILURE[kind]] ?? 0] as const).filter(
      ([, count]) => count > 0,
    ),
  );
}

/** The values that a histogram holds in ascending order, where no two different ones share a bin; rounded to a nanosecond. */
export function valuesOf(histogram: HistogramRecord): number[] {
  return Array.from(histogram.counts).flatMap((count, i) =>
    Array.from({ length: count }, () => Math.round(((histogram.sums[i] ?? 0) / count) * 1e6) / 1e6),
  );
}

/** Sums of the successful requests' stages, of those that took any time, to the microsecond. */
export function stages({ stageSumsMs }: ReplicationRecord): Partial<Record<keyof typeof STAGE, number>> {
  return Object.fromEntries(
    Object.entries(STAGE)
      .map(([name, stage]) => [name, rounded(stageSumsMs[stage] ?? 0)] as const)
      .filter(([, ms]) => ms > 0),
  );
}

/** A sampled request's segments by name, to the microsecond. */
export function segmentsOf({ segments }: RequestSample): [stage: string, ms: number][] {
  const names = Object.keys(STAGE);
  return Array.from({ length: segments.length / 2 }, (_, i): [string, number] => [
    names[segments[2 * i] ?? -1] ?? "",
    rounded(segments[2 * i + 1] ?? Number.NaN),
  ]).filter(([, ms]) => ms > 0);
}

/** Of an endpoint or a fleet: requests sent, answered and failed. */
export function countsOf({ counts }: { readonly counts: Float64Array }): {
  sent: number;
  ok: number;
  failed: number;
} {
  return {
    sent: counts[COUNT.sent] ?? 0,
    ok: counts[COUNT.ok] ?? 0,
    failed: counts.subarray(COUNT.failed).reduce((sum, count) => sum + count, 0),
  };
}
