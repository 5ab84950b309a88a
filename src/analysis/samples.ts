import type { ReplicationRecord } from "../engine";
import { FAILURE, type RequestSample, SUCCESS } from "../engine/record/replication-record";
import type { Scenario } from "../scenario/types";
import { mergeHistograms, percentile } from "./percentiles";
import { FAILURE_KINDS, type SampledRequest, STAGES } from "./result-types";

/**
 * Whole requests worth looking at, of the first replication: the typical success, the slowest, and for each way of failing the typical
 * failure of that kind. Only what happened is there.
 */
export function samples(scenario: Scenario, records: readonly ReplicationRecord[]): SampledRequest[] {
  const recorded = records.find((record) => record.replication === 0)?.samples ?? [];
  const drawn = recorded.filter(({ reason }) => reason === "drawn");
  const median = percentile(mergeHistograms(records.map((record) => record.latency)), 0.5);
  const successes = drawn.filter(({ failure }) => failure === SUCCESS);
  const chosen: [SampledRequest["why"], RequestSample | undefined][] = [
    ["typical", median === null ? undefined : nearest(successes, median)],
    ["slowest", slowest(recorded.filter(({ failure }) => failure === SUCCESS))],
    ...FAILURE_KINDS.map((kind): [SampledRequest["why"], RequestSample | undefined] => {
      const failed = drawn.filter(({ failure }) => failure === FAILURE[kind]);
      return [kind, nearest(failed, middleLatency(failed))];
    }),
  ];
  return chosen.flatMap(([why, sample]) =>
    sample === undefined ? [] : sampledRequest(scenario, why, sample),
  );
}

/** The one whose latency is nearest; the first of equals. */
function nearest(from: readonly RequestSample[], latencyMs: number): RequestSample | undefined {
  const distance = (sample: RequestSample): number => Math.abs(sample.latencyMs - latencyMs);
  return from.reduce<RequestSample | undefined>(
    (best, sample) => (best === undefined || distance(sample) < distance(best) ? sample : best),
    undefined,
  );
}

function slowest(from: readonly RequestSample[]): RequestSample | undefined {
  return from.reduce<RequestSample | undefined>(
    (worst, sample) => (worst === undefined || sample.latencyMs > worst.latencyMs ? sample : worst),
    undefined,
  );
}

/** The median of a few latencies; of an even number the lower of the middle ones. */
function middleLatency(from: readonly RequestSample[]): number {
  const sorted = from.map(({ latencyMs }) => latencyMs).sort((a, b) => a - b);
  return sorted[Math.ceil(sorted.length / 2) - 1] ?? 0;
}

function sampledRequest(
  { workloads, endpoints, fleets }: Scenario,
  why: SampledRequest["why"],
  sample: RequestSample,
): SampledRequest {
  const { attempt, sentAtMs, latencyMs, failure } = sample;
  return {
    why,
    workload: workloads[sample.workload]?.name ?? "",
    endpoint: endpoints[sample.endpoint]?.name ?? "",
    fleet: fleets[sample.fleet]?.name ?? "",
    dyno: sample.dyno < 0 ? null : sample.dyno,
    attempt,
    sentAtMs,
    latencyMs,
    failure: FAILURE_KINDS.find((kind) => FAILURE[kind] === failure) ?? null,
    segments: segmentsOf(sample.segments),
  };
}

/** One after the other from 0; those of no length are left out, and neighbours of one stage become one. */
function segmentsOf(pairs: Float64Array): SampledRequest["segments"] {
  const segments: { stage: (typeof STAGES)[number]; startMs: number; durationMs: number }[] = [];
  let startMs = 0;
  for (let i = 0; i + 1 < pairs.length; i += 2) {
    const stage = STAGES[pairs[i] ?? -1];
    const durationMs = pairs[i + 1] ?? 0;
    if (stage === undefined || durationMs <= 0) continue;
    const last = segments.at(-1);
    if (last?.stage === stage) last.durationMs += durationMs;
    else segments.push({ stage, startMs, durationMs });
    startMs += durationMs;
  }
  return segments;
}
