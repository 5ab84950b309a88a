import { MONTH_S } from "../base/run-time";
import type { ReplicationRecord } from "../engine";
import { GAUGE } from "../engine/record/replication-record";
import { sum, total } from "./record-sums";
import type { ResultFigures } from "./result-types";

/** Means over the run that are this near to the scenario's own price differ from it by rounding alone. */
const SAME_PRICE = 1e-9;

/** What the system cost, from what it cost at each moment. @param asBegun the scenario's price, which a system that stays as it is costs throughout */
export function cost(
  asBegun: number,
  records: readonly ReplicationRecord[],
  throughputPerSecond: number | null,
): ResultFigures["cost"] {
  const simulatedMs = total(records, (record) => record.nowMs);
  const paid = total(records, ({ gaugesOverTime, buckets }) =>
    sum(gaugesOverTime.subarray(GAUGE.monthlyUsd * buckets, (GAUGE.monthlyUsd + 1) * buckets)),
  );
  const mean = simulatedMs > 0 ? paid / simulatedMs : asBegun;
  const monthlyUsd = Math.abs(mean - asBegun) <= SAME_PRICE * asBegun ? asBegun : mean;
  const meanRunS = records.length === 0 ? 0 : simulatedMs / 1000 / records.length;
  return {
    monthlyUsd,
    perMillionRequestsUsd: costPerMillion(monthlyUsd, throughputPerSecond),
    runUsd: (monthlyUsd * meanRunS) / MONTH_S,
  };
}

function costPerMillion(monthlyUsd: number, throughputPerSecond: number | null): number | null {
  if (throughputPerSecond === null || throughputPerSecond === 0) return null;
  return (monthlyUsd / (throughputPerSecond * MONTH_S)) * 1e6;
}
