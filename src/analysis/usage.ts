import type { ReplicationRecord } from "../engine";
import { GAUGE } from "../engine/record/replication-record";
import type { SizedScenario } from "../scenario/sizes";
import { measuredMs, sum, total } from "./record-sums";
import type { ResultFigures } from "./result-types";

/** Time-weighted means over the measured window, as fractions of what there was; 0 where there was nothing. */
export function utilization(
  { scenario, database, replica, usableConnections, usableReplicaConnections }: SizedScenario,
  records: readonly ReplicationRecord[],
): ResultFigures["utilization"] {
  const integral = (gauge: number): number => total(records, (record) => record.gaugesMeasured[gauge] ?? 0);
  const window = total(records, (record) => measuredMs(record, scenario));
  const share = (used: number, available: number): number =>
    available > 0 ? Math.min(1, used / available) : 0;
  const busyThreads = total(records, (record) =>
    record.fleets.reduce((busy, fleet) => busy + sum(fleet.busyPerDynoMeasured), 0),
  );
  const { pooler } = scenario;
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
    pooler: share(busiestPooler, pooler.connections * window),
    databaseConnections: share(integral(GAUGE.databaseConnections), usableConnections * window),
    databaseCpu: share(integral(GAUGE.databaseCpu), database.vcpus * window),
    replicaConnections: share(integral(GAUGE.replicaConnections), usableReplicaConnections * replicaTime),
    replicaCpu: share(integral(GAUGE.replicaCpu), replica.vcpus * replicaTime),
  };
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
