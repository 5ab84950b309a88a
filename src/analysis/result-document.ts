import type { RunSummary, SeriesColumns } from "./result-types";

/**
 * The result document: the figures, where the time goes, and the series with null where there is nothing to show. Plain JSON.
 * Sampled requests stay out: they are pictures for the page, as long as a request has queries, and no figures.
 */
export function resultDocument(summary: RunSummary): object {
  const { figures, breakdown, scaling, series } = summary;
  return { ...figures, breakdown, scaling, series: seriesDocument(series) };
}

function seriesDocument(series: SeriesColumns): object {
  const buckets = series.atS.length;
  const {
    bucketS,
    failedByKind,
    failedElsewhere,
    busyThreadsPerDyno,
    queuedPerDyno,
    connectionsPerReplica,
    upPerReplica,
    statusPerDyno,
    fleets,
    ...columns
  } = series;
  const rows = (cells: Column): (number | null)[][] =>
    Array.from({ length: buckets === 0 ? 0 : cells.length / buckets }, (_, row) =>
      plain(cells.subarray(row * buckets, (row + 1) * buckets)),
    );
  const plainColumns = (named: Readonly<Record<string, Column>>): object =>
    Object.fromEntries(Object.entries(named).map(([name, column]) => [name, plain(column)]));
  return {
    bucketS,
    ...plainColumns(columns),
    failedByKind: plainColumns(failedByKind),
    failedElsewhere: plainColumns(failedElsewhere),
    busyThreadsPerDyno: rows(busyThreadsPerDyno),
    queuedPerDyno: rows(queuedPerDyno),
    statusPerDyno: rows(statusPerDyno),
    connectionsPerReplica: rows(connectionsPerReplica),
    upPerReplica: rows(upPerReplica),
    fleets: Object.fromEntries(
      fleets.map(({ name, rows: dynoRows, ...own }) => [name, { dynoRows, ...plainColumns(own) }]),
    ),
  };
}

type Column = Float64Array | Uint8Array;

function plain(column: Column): (number | null)[] {
  return Array.from(column, (value) => (Number.isNaN(value) ? null : value));
}
