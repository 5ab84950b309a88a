import type { ReplicationRecord } from "../engine";
import { PROFILE_BINS, PROFILE_COLUMNS, STAGE } from "../engine/record/replication-record";
import { mean, mergeHistograms, percentileAt } from "./percentiles";
import { total } from "./record-sums";
import { BREAKDOWN_ROWS, type BreakdownRow, STAGES, type Stage, type StageBreakdown } from "./result-types";

const SHARES = { p50: 0.5, p95: 0.95, p99: 0.99 } as const;

/**
 * Where the time of a request goes: of the average one, and of those whose latency is near a percentile. The latter is the average over
 * the requests within about 4 % of that latency, scaled so that its stages add up to the percentile itself. Empty where none succeeded.
 */
export function breakdown(records: readonly ReplicationRecord[]): StageBreakdown[] {
  const latency = mergeHistograms(records.map((record) => record.latency));
  const rowOf = (of: BreakdownRow): StageBreakdown | null => {
    if (of === "mean") {
      const totalMs = mean(latency);
      const sumOf = (stage: Stage): number =>
        total(records, (record) => record.stageSumsMs[STAGE[stage]] ?? 0);
      return totalMs === null ? null : scaled(of, totalMs, sumOf);
    }
    const near = percentileAt(latency, SHARES[of]);
    if (near === null) return null;
    const row = Math.ceil(near.bin / PROFILE_BINS) * PROFILE_COLUMNS;
    const sumOf = (stage: Stage): number =>
      total(records, (record) => record.stageProfile[row + 1 + STAGE[stage]] ?? 0);
    return scaled(of, near.value, sumOf);
  };
  return BREAKDOWN_ROWS.flatMap((of) => rowOf(of) ?? []);
}

/** Stages in the proportions of their sums, adding up to `totalMs`. */
function scaled(of: BreakdownRow, totalMs: number, sumOf: (stage: Stage) => number): StageBreakdown {
  const sums = STAGES.map((stage) => [stage, sumOf(stage)] as const);
  const all = sums.reduce((sum, [, ms]) => sum + ms, 0);
  const factor = all > 0 ? totalMs / all : 0;
  const stagesMs = Object.fromEntries(sums.map(([stage, ms]) => [stage, ms * factor]));
  return { of, totalMs, stagesMs: stagesMs as Record<Stage, number> };
}
