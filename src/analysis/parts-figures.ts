import type { ReplicationRecord } from "../engine";
import { COUNT, FAILURE, type FleetRecord } from "../engine/record/replication-record";
import type { Scenario } from "../scenario/types";
import { latencyEstimates } from "./latency-estimates";
import { measuredMs, total } from "./record-sums";
import { FAILURE_KINDS, type FailureKind, type RequestCounts, type ResultFigures } from "./result-types";

/**
 * Counts of requests, summed over records.
 * @param failedOf how many failed in one way, `kind` being one of FAILURE
 */
export function requestCounts(
  sent: number,
  ok: number,
  failedOf: (kind: (typeof FAILURE)[FailureKind]) => number,
): RequestCounts {
  const failedByKind: Partial<Record<FailureKind, number>> = {};
  let failed = 0;
  for (const kind of FAILURE_KINDS) {
    const count = failedOf(FAILURE[kind]);
    if (count > 0) failedByKind[kind] = count;
    failed += count;
  }
  return { sent, ok, failed, inFlight: sent - ok - failed, failedByKind };
}

/** The counts of one endpoint or fleet, from its columns in each record. */
function countsOf(columns: readonly Float64Array[]): RequestCounts {
  const added = (column: number): number => columns.reduce((sum, counts) => sum + (counts[column] ?? 0), 0);
  return requestCounts(added(COUNT.sent), added(COUNT.ok), (kind) => added(COUNT.failed + kind));
}

/** What each record has of one item of a list; records without it are left out. */
function recorded<T>(
  records: readonly ReplicationRecord[],
  listOf: (record: ReplicationRecord) => readonly T[],
  index: number,
): T[] {
  return records.flatMap((record) => listOf(record)[index] ?? []);
}

/** Counts and latencies of each endpoint, in the scenario's order. */
export function byEndpoint(
  { endpoints }: Scenario,
  records: readonly ReplicationRecord[],
): ResultFigures["byEndpoint"] {
  return Object.fromEntries(
    endpoints.map(({ name }, index) => {
      const own = recorded(records, (record) => record.endpoints, index);
      return [
        name,
        {
          requests: countsOf(own.map(({ counts }) => counts)),
          latencyMs: latencyEstimates(own.map(({ latency }) => latency)),
        },
      ];
    }),
  );
}

/** Counts of each fleet, and what each of its dynos did, in the scenario's order. */
export function byFleet(scenario: Scenario, records: readonly ReplicationRecord[]): ResultFigures["byFleet"] {
  const windowMs = total(records, (record) => measuredMs(record, scenario));
  return Object.fromEntries(
    scenario.fleets.map(({ name }, index) => {
      const own = recorded(records, (record) => record.fleets, index);
      return [name, { requests: countsOf(own.map(({ counts }) => counts)), perDyno: perDyno(own, windowMs) }];
    }),
  );
}

function perDyno(
  records: readonly FleetRecord[],
  windowMs: number,
): { requests: number[]; busyThreads: number[] } {
  const dynos = records.reduce((most, { requestsPerDyno }) => Math.max(most, requestsPerDyno.length), 0);
  const requests: number[] = [];
  const busyThreads: number[] = [];
  for (let dyno = 0; dyno < dynos; dyno += 1) {
    const taken = records.reduce((sum, { requestsPerDyno }) => sum + (requestsPerDyno[dyno] ?? 0), 0);
    requests.push(taken / records.length);
    const busy = records.reduce((sum, { busyPerDynoMeasured }) => sum + (busyPerDynoMeasured[dyno] ?? 0), 0);
    busyThreads.push(windowMs > 0 ? busy / windowMs : 0);
  }
  return { requests, busyThreads };
}
