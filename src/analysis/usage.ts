import type { ReplicationRecord } from "../engine";
import { GAUGE } from "../engine/record/replication-record";
import type { SizedScenario } from "../scenario/sizes";
import { measuredMs, sum, total } from "./record-sums";
import type { ResultFigures } from "./result-types";

/**
 * Time-weighted means over the measured window, as fractions of what there was; 0 where there was nothing. Limits are those in force at each moment;
 * where a timeline changes what one replica can do and their number as well, the two means are multiplied.
 */
export function utilization(
  sized: SizedScenario,
  records: readonly ReplicationRecord[],
): ResultFigures["utilization"] {
  const { scenario } = sized;
  const integral = (gauge: number): number => total(records, (record) => record.gaugesMeasured[gauge] ?? 0);
  const window = total(records, (record) => measuredMs(record, scenario));
  const share = (used: number, available: number): number =>
    available > 0 ? Math.min(1, used / available) : 0;
  const busyThreads = total(records, (record) =>
    record.fleets.reduce((busy, fleet) => busy + sum(fleet.busyPerDynoMeasured), 0),
  );
  const limitTime = (limitOf: (present: SizedScenario) => number): number =>
    total(records, (record) => limitIntegral(sized, measuredMs(record, scenario), limitOf));
  const perReplica = (limitOf: (present: SizedScenario) => number): number =>
    window > 0 ? (limitTime(limitOf) / window) * replicaTime : 0;
  const replicaTime = integral(GAUGE.replicas);
  const forReading = integral(GAUGE.readCheckedOut);
  const slotsForReading = integral(GAUGE.readPoolSlots);
  const poolers = records[0]?.poolersBusyMeasured.length ?? 0;
  const busyAt = (server: number): number =>
    total(records, (record) => record.poolersBusyMeasured[server] ?? 0);
  const busiestPooler = Math.max(0, ...Array.from({ length: poolers }, (_, server) => busyAt(server)));
  return {
    threads: share(busyThreads, integral(GAUGE.threads)),
    cpu: share(integral(GAUGE.cpu), integral(GAUGE.cpuCapacity)),
    // Pools of two roles, and the poolers of several servers, do not help each other: the fullest is what counts.
    pool: Math.max(
      share(integral(GAUGE.checkedOut) - forReading, integral(GAUGE.poolSlots) - slotsForReading),
      share(forReading, slotsForReading),
    ),
    pooler: share(busiestPooler, limitTime(poolerConnections)),
    databaseConnections: share(
      integral(GAUGE.databaseConnections),
      limitTime(({ usableConnections }) => usableConnections),
    ),
    databaseCpu: share(
      integral(GAUGE.databaseCpu),
      limitTime(({ database }) => database.vcpus),
    ),
    replicaConnections: share(
      integral(GAUGE.replicaConnections),
      perReplica(({ usableReplicaConnections }) => usableReplicaConnections),
    ),
    replicaCpu: share(
      integral(GAUGE.replicaCpu),
      perReplica(({ replica }) => replica.vcpus),
    ),
  };
}

/** What a pooler holds to one server; nothing while it is off. */
function poolerConnections({ scenario: { pooler } }: SizedScenario): number {
  return pooler.enabled ? pooler.connections : 0;
}

/** A limit over the measured window, of a length in ms, as the timeline changes it: its mean times the length. */
function limitIntegral(
  sized: SizedScenario,
  measuredMs: number,
  limitOf: (present: SizedScenario) => number,
): number {
  const startMs = sized.scenario.run.warmupS * 1000;
  const endMs = startMs + measuredMs;
  let fromMs = startMs;
  let limit = limitOf(sized);
  let integral = 0;
  for (const change of sized.changes) {
    if (change.do !== "set") continue;
    const atMs = Math.min(Math.max(change.atS * 1000, fromMs), endMs);
    integral += limit * (atMs - fromMs);
    fromMs = atMs;
    limit = limitOf(change.after);
  }
  return integral + limit * (endMs - fromMs);
}

/** The largest values at any moment of any replication. */
export function peaks(records: readonly ReplicationRecord[]): ResultFigures["peaks"] {
  const highest = (gauge: number): number =>
    records.reduce((peak, record) => Math.max(peak, record.gaugesHighest[gauge] ?? 0), 0);
  return {
    queued: highest(GAUGE.queued),
    balancerQueued: highest(GAUGE.balancerQueued),
    databaseConnections: highest(GAUGE.databaseConnections),
    poolerClients: highest(GAUGE.poolerClients),
    poolerQueued: highest(GAUGE.poolerQueued),
    dynos: highest(GAUGE.dynos),
  };
}
