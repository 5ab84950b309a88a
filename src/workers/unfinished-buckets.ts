import type { RunSummary } from "../analysis/result-types";

/**
 * Takes what is counted in buckets that time has not come to the end of out of the series of a run under way: a part of
 * a bucket's requests would look like a collapse. Changes the series' own memory.
 */
export function leaveOutUnfinished({ series }: RunSummary, nowMs: number): void {
  const { atS, bucketS, failedByKind, failedElsewhere, fleets } = series;
  const first = Math.min(atS.length, Math.floor((nowMs / 1000 + 1e-9) / bucketS));
  const { sent, ok, failed, retries, staleReads, queries, replicaQueries } = series;
  const counts = [
    ...[sent, ok, failed, retries, staleReads, queries, replicaQueries],
    ...Object.values(failedByKind),
    ...Object.values(failedElsewhere),
    ...fleets.map(({ taken }) => taken),
  ];
  for (const column of counts) column.fill(Number.NaN, first);
}
