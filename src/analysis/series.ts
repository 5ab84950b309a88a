import type { ReplicationRecord } from "../engine";
import { binMiddle } from "../engine/kernel/histogram";
import { DYNO_STATUS } from "../engine/levels";
import { ELSEWHERE, FAILURE, type FleetRecord, GAUGE } from "../engine/record/replication-record";
import type { SizedScenario } from "../scenario/sizes";
import type { Scenario } from "../scenario/types";
import { type FilledBins, mergeBuckets } from "./merged-buckets";
import { total } from "./record-sums";
import { FAILURE_KINDS, type FailureKind, type SeriesColumns } from "./result-types";

/**
 * The series of a run, merged over the records of its replications in their order.
 * @param latencyOverTime each bucket's latencies, merged
 */
export function series(
  { scenario, database, replica }: SizedScenario,
  records: readonly ReplicationRecord[],
  latencyOverTime: readonly FilledBins[],
): SeriesColumns {
  const [first] = records;
  const buckets = first?.buckets ?? 0;
  const bucketMs = first?.bucketMs ?? 0;
  const covered = coveredMs(scenario, records, buckets, bucketMs);
  const meanCount = (of: (record: ReplicationRecord) => Float64Array, offset = 0): Float64Array =>
    column(buckets, (bucket) =>
      records.length === 0
        ? Number.NaN
        : records.reduce((sum, record) => sum + (of(record)[offset + bucket] ?? 0), 0) / records.length,
    );
  const overTime = (integral: (bucket: number) => number): Float64Array =>
    column(buckets, (bucket) => {
      const time = covered[bucket] ?? 0;
      return time > 0 ? integral(bucket) / time : Number.NaN;
    });
  const gauge = (index: number): Float64Array =>
    overTime((bucket) => total(records, (record) => record.gaugesOverTime[index * buckets + bucket] ?? 0));
  const replicas = gauge(GAUGE.replicas);
  const coveredOfFirst = coveredMs(scenario, records.slice(0, 1), buckets, bucketMs);
  const fleetsOfFirst = first?.fleets ?? [];
  const ofFleet = (number: number, of: (fleet: FleetRecord) => Float64Array): Float64Array =>
    overTime((bucket) =>
      total(records, ({ fleets }) => {
        const fleet = fleets[number];
        return fleet === undefined ? 0 : (of(fleet)[bucket] ?? 0);
      }),
    );
  const latency = bucketPercentiles(latencyOverTime);
  const queue = bucketPercentiles(
    mergeBuckets(
      records.map((record) => record.queueOverTime),
      buckets,
    ),
  );
  const failedByKind: Partial<Record<FailureKind, Float64Array>> = {};
  const failed = new Float64Array(buckets);
  for (const kind of FAILURE_KINDS) {
    const counts = meanCount((record) => record.failedOverTime, FAILURE[kind] * buckets);
    if (!counts.some((count) => count > 0)) continue;
    failedByKind[kind] = counts;
    counts.forEach((count, bucket) => {
      failed[bucket] = (failed[bucket] ?? 0) + count;
    });
  }
  const elsewhere = (place: number): Float64Array =>
    meanCount((record) => record.failedElsewhereOverTime, place * buckets);
  return {
    bucketS: bucketMs / 1000,
    atS: column(buckets, (bucket) => (bucket * bucketMs) / 1000),
    sent: meanCount((record) => record.sentOverTime),
    ok: meanCount((record) => record.okOverTime),
    failed,
    retries: meanCount((record) => record.retriesOverTime),
    staleReads: meanCount((record) => record.staleReadsOverTime),
    failedByKind,
    failedElsewhere: {
      refusedByReplica: elsewhere(ELSEWHERE.refusedByReplica),
      replicaDown: elsewhere(ELSEWHERE.replicaDown),
      poolerCannotLogIn: elsewhere(ELSEWHERE.poolerCannotLogIn),
    },
    p50: latency(0.5),
    p75: latency(0.75),
    p90: latency(0.9),
    p95: latency(0.95),
    p99: latency(0.99),
    max: largest(records, buckets),
    queueP50: queue(0.5),
    queueP95: queue(0.95),
    queueP99: queue(0.99),
    inFlight: gauge(GAUGE.inFlight),
    queued: gauge(GAUGE.queued),
    dynos: gauge(GAUGE.dynos),
    busyThreads: overTime((bucket) =>
      total(records, ({ fleets }) =>
        fleets.reduce((sum, { busyOverTime }) => sum + (busyOverTime[bucket] ?? 0), 0),
      ),
    ),
    databaseConnections: gauge(GAUGE.databaseConnections),
    databaseUp: gauge(GAUGE.databaseUp),
    databaseActive: gauge(GAUGE.databaseActive),
    poolerClients: gauge(GAUGE.poolerClients),
    poolerQueued: gauge(GAUGE.poolerQueued),
    balancerQueued: gauge(GAUGE.balancerQueued),
    cpu: shareOf(gauge(GAUGE.cpu), gauge(GAUGE.cpuCapacity)),
    databaseCpu: gauge(GAUGE.databaseCpu).map((busy) => busy / database.vcpus),
    replicaCpu: shareOf(gauge(GAUGE.replicaCpu), replicas).map((busy) => busy / replica.vcpus),
    replicas,
    replicaConnections: shareOf(gauge(GAUGE.replicaConnections), replicas),
    busyThreadsPerDyno: meansOfRows(
      fleetsOfFirst.map((fleet) => fleet.busyPerDynoOverTime),
      coveredOfFirst,
    ),
    queuedPerDyno: queuedPerDyno(fleetsOfFirst, buckets, coveredOfFirst),
    statusPerDyno: statusPerDyno(fleetsOfFirst, buckets),
    fleets: scenario.fleets.map(({ name }, number) => ({
      name,
      rows: rowsOf(fleetsOfFirst[number], buckets),
      dynos: ofFleet(number, (fleet) => fleet.upOverTime),
      booting: ofFleet(number, (fleet) => fleet.bootingOverTime),
      busyThreads: ofFleet(number, (fleet) => fleet.busyOverTime),
      taken: meanCount((record) => record.fleets[number]?.takenOverTime ?? NOTHING),
    })),
    booting: gauge(GAUGE.booting),
    checkedOut: gauge(GAUGE.checkedOut),
    poolSlots: gauge(GAUGE.poolSlots),
    checkoutQueued: gauge(GAUGE.checkoutQueued),
    poolerBusy: overTime((bucket) => total(records, (record) => record.poolersBusyOverTime[bucket] ?? 0)),
    poolerConnections: gauge(GAUGE.poolerConnections),
    queries: meanCount((record) => record.queriesOverTime),
    replicaQueries: meanCount((record) => record.replicaQueriesOverTime),
    connectionsPerReplica: meansOfRows([first?.connectionsPerReplicaOverTime ?? NOTHING], coveredOfFirst),
    upPerReplica: meansOfRows([first?.upPerReplicaOverTime ?? NOTHING], coveredOfFirst),
    monthlyUsd: gauge(GAUGE.monthlyUsd),
  };
}

const NOTHING = new Float64Array(0);

function column(buckets: number, at: (bucket: number) => number): Float64Array {
  return Float64Array.from({ length: buckets }, (_, bucket) => at(bucket));
}

/** How much of each bucket has been simulated, in ms over all replications. */
function coveredMs(
  scenario: Scenario,
  records: readonly ReplicationRecord[],
  buckets: number,
  bucketMs: number,
): Float64Array {
  const durationMs = scenario.run.durationS * 1000;
  return column(buckets, (bucket) =>
    records.reduce((sum, record) => {
      const end = Math.min((bucket + 1) * bucketMs, durationMs, record.nowMs);
      return sum + Math.max(0, end - bucket * bucketMs);
    }, 0),
  );
}

/** One column over another, 0 where the latter is 0. */
function shareOf(used: Float64Array, available: Float64Array): Float64Array {
  return used.map((value, i) => (available[i] === 0 ? 0 : value / (available[i] ?? Number.NaN)));
}

function largest(records: readonly ReplicationRecord[], buckets: number): Float64Array {
  return column(buckets, (bucket) => {
    const value = records.reduce(
      (most, record) => Math.max(most, record.largestLatencyOverTime[bucket] ?? 0),
      0,
    );
    return value > 0 ? value : Number.NaN;
  });
}

/** How many dynos a fleet has rows for in the matrices of the first replication. */
function rowsOf(fleet: FleetRecord | undefined, buckets: number): number {
  return fleet === undefined || buckets === 0 ? 0 : fleet.busyPerDynoOverTime.length / buckets;
}

/** Integrals of single dynos or replicas, table after table, as means over each bucket. Of the first replication, the only one that records them over time. */
function meansOfRows(integrals: readonly Float64Array[], covered: Float64Array): Float64Array {
  const means = new Float64Array(integrals.reduce((length, own) => length + own.length, 0));
  let at = 0;
  for (const own of integrals) {
    means.set(own, at);
    at += own.length;
  }
  return means.map((integral, i) => {
    const time = covered[i % covered.length] ?? 0;
    return time > 0 ? integral / time : Number.NaN;
  });
}

/** Empty where nobody ever waited in a dyno's line; a fleet without waiting stands as zeros beside one with. */
function queuedPerDyno(fleets: readonly FleetRecord[], buckets: number, covered: Float64Array): Float64Array {
  if (fleets.every((fleet) => fleet.queuedPerDynoOverTime.length === 0)) return new Float64Array(0);
  return meansOfRows(
    fleets.map((fleet) => padded(fleet.queuedPerDynoOverTime, rowsOf(fleet, buckets) * buckets)),
    covered,
  );
}

function padded(column: Float64Array, length: number): Float64Array {
  if (column.length === length) return column;
  const longer = new Float64Array(length);
  longer.set(column);
  return longer;
}

/** Empty where every dyno was up throughout. */
function statusPerDyno(fleets: readonly FleetRecord[], buckets: number): Uint8Array {
  if (fleets.every((fleet) => fleet.statusPerDynoOverTime.length === 0)) return new Uint8Array(0);
  const all = fleets.map((fleet) => {
    const cells = new Uint8Array(rowsOf(fleet, buckets) * buckets);
    if (fleet.statusPerDynoOverTime.length === 0) return cells.fill(DYNO_STATUS.up);
    cells.set(fleet.statusPerDynoOverTime);
    return cells;
  });
  const joined = new Uint8Array(all.reduce((length, cells) => length + cells.length, 0));
  let at = 0;
  for (const cells of all) {
    joined.set(cells, at);
    at += cells.length;
  }
  return joined;
}

/** A percentile of each bucket, as a function from the share to the column. */
function bucketPercentiles(merged: readonly FilledBins[]): (share: number) => Float64Array {
  return (share) => Float64Array.from(merged, (filled) => rankValue(filled, share));
}

function rankValue({ bins, counts, total }: FilledBins, share: number): number {
  const rank = Math.ceil(share * total - 1e-9);
  let below = 0;
  for (let i = 0; i < bins.length; i += 1) {
    below += counts[i] ?? 0;
    if (below >= rank) return binMiddle(bins[i] ?? 0);
  }
  return Number.NaN;
}
