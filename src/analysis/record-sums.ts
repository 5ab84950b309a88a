import type { ReplicationRecord } from "../engine";
import type { Scenario } from "../scenario/types";

/** Something of every record, added up. */
export function total(
  records: readonly ReplicationRecord[],
  of: (record: ReplicationRecord) => number,
): number {
  return records.reduce((sumSoFar, record) => sumSoFar + of(record), 0);
}

/** The sum of a column; 0 of none at all. */
export function sum(values: Float64Array | undefined): number {
  return values === undefined ? 0 : values.reduce((sumSoFar, value) => sumSoFar + value, 0);
}

/** How much of the measured window a record covers, in ms. */
export function measuredMs(record: ReplicationRecord, scenario: Scenario): number {
  return Math.max(0, record.nowMs - scenario.run.warmupS * 1000);
}
