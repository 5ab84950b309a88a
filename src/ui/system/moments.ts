import type { RunSummary, SeriesColumns } from "../../analysis/result-types";

/**
 * The moments of a run are as long as the points of its charts: at least a second in all but short runs, since clients
 * that started together come in waves shorter than that.
 */
const CALM_S = 1;
const CALM_FROM_S = 30;

/** How many buckets a moment has. */
export function bucketsPerMoment({ atS, bucketS }: SeriesColumns): number {
  return atS.length * bucketS < CALM_FROM_S ? 1 : Math.max(1, Math.round(CALM_S / bucketS));
}

export function momentCount(series: SeriesColumns): number {
  return Math.ceil(series.atS.length / bucketsPerMoment(series));
}

/** The mean over the buckets of a moment that have been simulated; NaN where none has. */
function meanAt(column: Float64Array, moment: number, size: number): number {
  let sum = 0;
  let count = 0;
  for (let bucket = moment * size; bucket < Math.min(column.length, (moment + 1) * size); bucket += 1) {
    const value = column[bucket] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? Number.NaN : sum / count;
}

/** A run as if it had one bucket only: one of its moments, with the mean of every column over it. */
export function runAtMoment(summary: RunSummary, moment: number): RunSummary {
  const { series } = summary;
  const size = bucketsPerMoment(series);
  const buckets = series.atS.length;
  const last = lastSimulated(series, (moment + 1) * size);
  function cut(column: unknown): unknown {
    if (column instanceof Uint8Array) return column.filter((_, cell) => cell % buckets === last);
    if (!(column instanceof Float64Array)) return column;
    return Float64Array.from({ length: column.length / buckets }, (_, row) =>
      meanAt(column.subarray(row * buckets, (row + 1) * buckets), moment, size),
    );
  }
  const cutAll = <Columns extends object>(columns: Columns): Columns =>
    Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, cut(column)])) as Columns;
  return {
    ...summary,
    series: {
      ...cutAll(series),
      failedByKind: cutAll(series.failedByKind),
      fleets: series.fleets.map(cutAll),
    },
  };
}

/** The moment of a run that is worth looking at first. */
export interface WorstMoment {
  /** −1 where nothing has been simulated. */
  readonly moment: number;
  readonly of: "Most failures" | "Longest lines" | "End of the run";
}

/** Fewer requests in line than this on average are none to speak of. */
const WORTH_NAMING = 0.1;

/** Where most failures happen; without any, where most requests wait; else the end of what has been simulated. */
export function worstMoment({ figures, series }: RunSummary): WorstMoment {
  const size = bucketsPerMoment(series);
  const warmupS = figures.scenario.run.warmupS;
  function most(columns: readonly Float64Array[], worthNaming: number): number {
    let best = -1;
    let bestValue = worthNaming;
    for (let moment = 0; moment < momentCount(series); moment += 1) {
      const value = columns.reduce((sum, column) => sum + meanAt(column, moment, size), 0);
      if (!(value > bestValue) || (series.atS[moment * size] ?? 0) < warmupS) continue;
      best = moment;
      bestValue = value;
    }
    return best;
  }
  const failures = most([series.failed], 0);
  if (failures >= 0) return { moment: failures, of: "Most failures" };
  const lines = most([series.queued, series.checkoutQueued, series.poolerQueued], WORTH_NAMING);
  if (lines >= 0) return { moment: lines, of: "Longest lines" };
  return { moment: momentAt(1, series), of: "End of the run" };
}

/** The moment at a share of the run, or the last before it that has been simulated; −1 where none has. */
export function momentAt(share: number, series: SeriesColumns): number {
  const size = bucketsPerMoment(series);
  const moment = Math.min(momentCount(series) - 1, Math.floor(share * momentCount(series)));
  return Math.floor(lastSimulated(series, (moment + 1) * size) / size);
}

/** The last bucket before a bound that has been simulated; −1 where none has. */
function lastSimulated({ inFlight }: SeriesColumns, bound: number): number {
  return inFlight.subarray(0, bound).findLastIndex((level) => level >= 0);
}

/** A time of the run in words: "12.4 s", "12 min 30 s", "13 h 20 min". */
export function timeText(atS: number): string {
  if (atS < 100) return `${Number(atS.toFixed(1))} s`;
  const seconds = Math.round(atS);
  if (seconds < 7200) return `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
  return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
}
