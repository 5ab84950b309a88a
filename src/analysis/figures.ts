import type { ReplicationRecord } from "../engine";
import { STAGE } from "../engine/record/replication-record";
import { ENGINE_VERSION } from "../engine/version";
import type { SizedScenario } from "../scenario/sizes";
import type { Objective } from "../scenario/types";
import { estimate } from "./intervals";
import { latencyEstimates } from "./latency-estimates";
import { judge } from "./objective";
import { byEndpoint, byFleet, requestCounts } from "./parts-figures";
import { cost } from "./price";
import { answersPerSecond, averageOf, failureShare, measuredMs, sum, total } from "./record-sums";
import { type ResultFigures, STAGES, type Stage } from "./result-types";
import { peaks, utilization } from "./usage";

/** The figures of a run, from the records of its replications in their order; records of a run still under way give figures up to now. */
export function figures(
  sized: SizedScenario,
  records: readonly ReplicationRecord[],
  wallMs: number,
): ResultFigures {
  const { scenario, monthlyUsd } = sized;
  const requests = requestCounts(
    total(records, (record) => record.sent),
    total(records, (record) => record.ok),
    (kind) => total(records, (record) => record.failedByKind[kind] ?? 0),
  );
  const throughput = estimate(
    averageOf(records.map((record) => answersPerSecond(record, scenario))),
    records.map((record) => answersPerSecond(record, scenario)),
  );
  const failureRate = estimate(
    failureShare(requests.failed, requests.ok),
    records.map((record) => failureShare(sum(record.failedByKind), record.ok)),
    1,
  );
  const { durationS, warmupS } = scenario.run;
  const measured = averageOf(records.map((record) => measuredMs(record, scenario) / 1000)) ?? 0;
  const measuredS = Math.min(durationS - warmupS, measured);
  const stoppedAtS = firstStop(records);
  const latencyMs = latencyEstimates(records.map((record) => record.latency));
  const queueMs = latencyEstimates(records.map((record) => record.queue));
  return {
    schema: 1,
    engine: ENGINE_VERSION,
    scenario,
    replications: records.length,
    measuredS,
    simulatedRequests: total(records, (record) => record.simulatedRequests),
    wallMs,
    requests,
    retries: total(records, (record) => record.retries),
    throughputPerSecond: throughput,
    failureRate,
    latencyMs,
    queueMs,
    appMs: latencyEstimates(records.map((record) => record.app)),
    failedLatencyMs: latencyEstimates(records.map((record) => record.failedLatency)),
    stagesMs: stageMeans(records),
    utilization: utilization(sized, records),
    peaks: peaks(records),
    staleReads: total(records, (record) => record.staleReads),
    byEndpoint: byEndpoint(scenario, records),
    byFleet: byFleet(scenario, records),
    cost: cost(monthlyUsd, records, throughput.mean),
    slo: objective(scenario.slo, { latencyMs, queueMs, failureRate, measuredS, stoppedAtS }),
    stoppedAtS,
  };
}

/** A run that was broken off meets no objective, and one that has not measured anything yet misses none. */
function objective(
  slo: Objective,
  figures: Pick<ResultFigures, "latencyMs" | "queueMs" | "failureRate" | "measuredS" | "stoppedAtS">,
): ResultFigures["slo"] {
  if (figures.measuredS === 0) return { met: figures.stoppedAtS === null, misses: [] };
  const judged = judge(slo, figures);
  return { ...judged, met: judged.met && figures.stoppedAtS === null };
}

function stageMeans(records: readonly ReplicationRecord[]): Record<Stage, number | null> {
  const ok = total(records, (record) => record.ok);
  const meanOf = (stage: Stage): number | null =>
    ok === 0 ? null : total(records, (record) => record.stageSumsMs[STAGE[stage]] ?? 0) / ok;
  return Object.fromEntries(STAGES.map((stage) => [stage, meanOf(stage)])) as Record<Stage, number | null>;
}

function firstStop(records: readonly ReplicationRecord[]): number | null {
  const stops = records.flatMap(({ stoppedAtMs }) => (stoppedAtMs === null ? [] : [stoppedAtMs / 1000]));
  return stops.length === 0 ? null : Math.min(...stops);
}
