import type { FailureKind, RunSummary, SeriesColumns } from "./result-types";

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
    busyThreadsPerDyno,
    queuedPerDyno,
    connectionsPerReplica,
    statusPerDyno,
    fleets,
    ...columns
  } = series;
  const rows = (cells: Column): (number | null)[][] =>
    Array.from({ length: buckets === 0 ? 0 : cells.length / buckets }, (_, row) =>
      plain(cells.subarray(row * buckets, (row + 1) * buckets)),
    );
  const kinds = Object.entries(failedByKind) as [FailureKind, Float64Array][];
  return {
    bucketS,
    ...Object.fromEntries(Object.entries(columns).map(([name, column]) => [name, plain(column)])),
    failedByKind: Object.fromEntries(kinds.map(([kind, column]) => [kind, plain(column)])),
    busyThreadsPerDyno: rows(busyThreadsPerDyno),
    queuedPerDyno: rows(queuedPerDyno),
    statusPerDyno: rows(statusPerDyno),
    connectionsPerReplica: rows(connectionsPerReplica),
    fleets: Object.fromEntries(
      fleets.map(({ name, rows: dynoRows, ...own }) => [
        name,
        {
          dynoRows,
          ...Object.fromEntries(Object.entries(own).map(([key, column]) => [key, plain(column)])),
        },
      ]),
    ),
  };
}

type Column = Float64Array | Uint8Array;

function plain(column: Column): (number | null)[] {
  return Array.from(column, (value) => (Number.isNaN(value) ? null : value));
}
