import { ENGINE_VERSION, type ReplicationRecord } from "../engine";
import { FAILURE, GAUGE, type HistogramRecord, STAGE } from "../engine/record/replication-record";
import type { SizedScenario } from "../scenario/sizes";
import type { Objective, Scenario } from "../scenario/types";
import { estimate } from "./intervals";
import { mean, mergeHistograms, percentile } from "./percentiles";
import {
  FAILURE_KINDS,
  type FailureKind,
  type LatencyEstimates,
  type ObjectiveMiss,
  type RequestCounts,
  type ResultFigures,
  STAGES,
  type Stage,
} from "./result-types";

const MONTH_S = 730 * 3600;

/** The figures of a run, from the records of its replications in their order; records of a run still under way give figures up to now. */
export function figures(
  sized: SizedScenario,
  records: readonly ReplicationRecord[],
  wallMs: number,
): ResultFigures {
  const { scenario, monthlyUsd } = sized;
  const requests = requestCounts(records);
  const throughput = estimate(
    averageOf(records.map((record) => rateOf(record, scenario))),
    records.map((record) => rateOf(record, scenario)),
  );
  const failureRate = estimate(
    failureShare(requests.failed, requests.ok),
    records.map((record) => failureShare(sum(record.failedByKind), record.ok)),
    1,
  );
  const latencyMs = latencyEstimates(records.map((record) => record.latency));
  const queueMs = latencyEstimates(records.map((record) => record.queue));
  const [endpoint] = scenario.endpoints;
  const [fleet] = scenario.fleets;
  return {
    schema: 1,
    engine: ENGINE_VERSION,
    scenario,
    replications: records.length,
    measuredS: scenario.run.durationS - scenario.run.warmupS,
    simulatedRequests: total(records, (record) => record.simulatedRequests),
    wallMs,
    requests,
    throughputPerSecond: throughput,
    failureRate,
    latencyMs,
    queueMs,
    appMs: latencyEstimates(records.map((record) => record.app)),
    failedLatencyMs: latencyEstimates(records.map((record) => record.failedLatency)),
    stagesMs: stageMeans(records),
    utilization: utilization(sized, records),
    peaks: peaks(records),
    staleReads: 0,
    byEndpoint: endpoint === undefined ? {} : { [endpoint.name]: { requests, latencyMs } },
    byFleet: fleet === undefined ? {} : { [fleet.name]: { requests, perDyno: perDyno(scenario, records) } },
    cost: { monthlyUsd, perMillionRequestsUsd: costPerMillion(monthlyUsd, throughput.mean) },
    slo: judge(scenario.slo, { latencyMs, queueMs, failureRate }),
  };
}

function total(records: readonly ReplicationRecord[], of: (record: ReplicationRecord) => number): number {
  return records.reduce((sumSoFar, record) => sumSoFar + of(record), 0);
}

function sum(values: Float64Array): number {
  return values.reduce((sumSoFar, value) => sumSoFar + value, 0);
}

function averageOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value): value is number => value !== null);
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
}

/** How much of the measured window a record covers, in ms. */
function measuredMs(record: ReplicationRecord, scenario: Scenario): number {
  return Math.max(0, record.nowMs - scenario.run.warmupS * 1000);
}

function rateOf(record: ReplicationRecord, scenario: Scenario): number | null {
  const window = measuredMs(record, scenario);
  return window === 0 ? null : record.answersInWindow / (window / 1000);
}

function failureShare(failed: number, ok: number): number | null {
  return failed + ok === 0 ? null : failed / (failed + ok);
}

function requestCounts(records: readonly ReplicationRecord[]): RequestCounts {
  const sent = total(records, (record) => record.sent);
  const ok = total(records, (record) => record.ok);
  const failedByKind: Partial<Record<FailureKind, number>> = {};
  let failed = 0;
  for (const kind of FAILURE_KINDS) {
    const count = total(records, (record) => record.failedByKind[FAILURE[kind]] ?? 0);
    if (count > 0) failedByKind[kind] = count;
    failed += count;
  }
  return { sent, ok, failed, inFlight: sent - ok - failed, failedByKind };
}

function latencyEstimates(histograms: readonly HistogramRecord[]): LatencyEstimates {
  const merged = mergeHistograms(histograms);
  const at = (share: number) =>
    estimate(
      percentile(merged, share),
      histograms.map((histogram) => percentile(histogram, share)),
    );
  return {
    mean: estimate(mean(merged), histograms.map(mean)),
    p50: at(0.5),
    p75: at(0.75),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    max: estimate(
      merged.counts.length === 0 ? null : merged.largest,
      histograms.map((histogram) => (histogram.counts.length === 0 ? null : histogram.largest)),
    ),
  };
}

function stageMeans(records: readonly ReplicationRecord[]): Record<Stage, number | null> {
  const ok = total(records, (record) => record.ok);
  const meanOf = (stage: Stage): number | null =>
    ok === 0 ? null : total(records, (record) => record.stageSumsMs[STAGE[stage]] ?? 0) / ok;
  return Object.fromEntries(STAGES.map((stage) => [stage, meanOf(stage)])) as Record<Stage, number | null>;
}

/** Time-weighted means over the measured window, as fractions of what there was; 0 where there was nothing. */
function utilization(
  { scenario, usableConnections }: SizedScenario,
  records: readonly ReplicationRecord[],
): ResultFigures["utilization"] {
  const integral = (gauge: number): number => total(records, (record) => record.gaugesMeasured[gauge] ?? 0);
  const window = total(records, (record) => measuredMs(record, scenario));
  const share = (used: number, available: number): number =>
    available > 0 ? Math.min(1, used / available) : 0;
  const { pooler } = scenario;
  return {
    threads: share(
      total(records, (record) => sum(record.busyPerDynoMeasured)),
      integral(GAUGE.threads),
    ),
    cpu: 0,
    pool: share(integral(GAUGE.checkedOut), integral(GAUGE.poolSlots)),
    pooler: pooler.enabled ? share(integral(GAUGE.databaseActive), pooler.connections * window) : 0,
    databaseConnections: share(integral(GAUGE.databaseConnections), usableConnections * window),
    databaseCpu: 0,
  };
}

function peaks(records: readonly ReplicationRecord[]): ResultFigures["peaks"] {
  const highest = (gauge: number): number =>
    records.reduce((peak, record) => Math.max(peak, record.gaugesHighest[gauge] ?? 0), 0);
  return {
    queued: highest(GAUGE.queued),
    databaseConnections: highest(GAUGE.databaseConnections),
    poolerClients: highest(GAUGE.poolerClients),
    poolerQueued: highest(GAUGE.poolerQueued),
    dynos: highest(GAUGE.dynos),
  };
}

function perDyno(
  scenario: Scenario,
  records: readonly ReplicationRecord[],
): { requests: number[]; busyThreads: number[] } {
  const dynos = records.reduce((most, record) => Math.max(most, record.requestsPerDyno.length), 0);
  const window = total(records, (record) => measuredMs(record, scenario));
  const requests: number[] = [];
  const busyThreads: number[] = [];
  for (let dyno = 0; dyno < dynos; dyno += 1) {
    requests.push(total(records, (record) => record.requestsPerDyno[dyno] ?? 0) / records.length);
    const busy = total(records, (record) => record.busyPerDynoMeasured[dyno] ?? 0);
    busyThreads.push(window > 0 ? busy / window : 0);
  }
  return { requests, busyThreads };
}

function costPerMillion(monthlyUsd: number, throughputPerSecond: number | null): number | null {
  if (throughputPerSecond === null || throughputPerSecond === 0) return null;
  return (monthlyUsd / (throughputPerSecond * MONTH_S)) * 1e6;
}

/** Which limits of the objective are missed. A latency that nobody measured, since nothing succeeded, misses its limit. */
function judge(
  slo: Objective,
  measured: Pick<ResultFigures, "latencyMs" | "queueMs" | "failureRate">,
): ResultFigures["slo"] {
  const misses: ObjectiveMiss[] = [];
  const check = (objective: ObjectiveMiss["objective"], limit: number | null, value: number | null): void => {
    if (limit !== null && (value === null || value > limit)) misses.push({ objective, limit, value });
  };
  check("p95Ms", slo.p95Ms, measured.latencyMs.p95.mean);
  check("p99Ms", slo.p99Ms, measured.latencyMs.p99.mean);
  check("queueP95Ms", slo.queueP95Ms, measured.queueMs.p95.mean);
  // With no request ended there is no failure either.
  check("failureRate", slo.failureRate, measured.failureRate.mean ?? 0);
  return { met: misses.length === 0, misses };
}
