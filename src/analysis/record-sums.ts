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
  if (values === undefined) return 0;
  let added = 0;
  // A loop of its own: columns are long, and `reduce` takes several times as long for each of their numbers.
  for (const value of values) added += value;
  return added;
}

/** How much of the measured window a record covers, in ms. */
export function measuredMs(record: ReplicationRecord, scenario: Scenario): number {
  return Math.max(0, record.nowMs - scenario.run.warmupS * 1000);
}

/** The mean of those that are known; null where none is. */
export function averageOf(values: readonly (number | null)[]): number | null {
  const known = values.filter((value): value is number => value !== null);
  return known.length === 0 ? null : known.reduce((a, b) => a + b, 0) / known.length;
}

/** Successful answers a second in the measured window; null before it. */
export function answersPerSecond(record: ReplicationRecord, scenario: Scenario): number | null {
  const window = measuredMs(record, scenario);
  return window === 0 ? null : record.answersInWindow / (window / 1000);
}

/** Failed ÷ (failed + ok); null where nothing has ended. */
export function failureShare(failed: number, ok: number): number | null {
  return failed + ok === 0 ? null : failed / (failed + ok);
}
