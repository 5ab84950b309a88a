import type { FailureKind, RunSummary, SeriesColumns } from "./result-types";

/**
 * The result document: the figures, where the time goes, and the series with null where there is nothing to show. Plain JSON.
 * Sampled requests stay out: they are pictures for the page, as long as a request has queries, and no figures.
 */
export function resultDocument(summary: RunSummary): object {
  const { figures, breakdown, series } = summary;
  return { ...figures, breakdown, series: seriesDocument(series) };
}

function seriesDocument(series: SeriesColumns): object {
  const buckets = series.atS.length;
  const { bucketS, failedByKind, busyThreadsPerDyno, ...columns } = series;
  const rows = Array.from({ length: buckets === 0 ? 0 : busyThreadsPerDyno.length / buckets }, (_, dyno) =>
    plain(busyThreadsPerDyno.subarray(dyno * buckets, (dyno + 1) * buckets)),
  );
  const kinds = Object.entries(failedByKind) as [FailureKind, Float64Array][];
  return {
    bucketS,
    ...Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, plain(column)])),
    failedByKind: Object.fromEntries(kinds.map(([kind, column]) => [kind, plain(column)])),
    busyThreadsPerDyno: rows,
  };
}

function plain(column: Float64Array): (number | null)[] {
  return Array.from(column, (value) => (Number.isNaN(value) ? null : value));
}
