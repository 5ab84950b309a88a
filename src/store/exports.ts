import { resultDocument } from "../analysis/result-document";
import type { RunSummary, SeriesColumns } from "../analysis/result-types";
import type { Scenario } from "../scenario/types";

/** The scenario as a file: what importing reads back to the same scenario. */
export function scenarioJson(scenario: Scenario): string {
  return `${JSON.stringify(scenario, null, 2)}\n`;
}

/** The result document, as the command line prints it. */
export function resultsJson(summary: RunSummary): string {
  return `${JSON.stringify(resultDocument(summary), null, 2)}\n`;
}

/**
 * How the run went over time as CSV (RFC 4180): one row per bucket, one column per series with its unit. Counts are
 * means per replication; a cell is empty where there is nothing to show. The series per dyno are in the results' JSON.
 */
export function seriesCsv({ series }: RunSummary): string {
  const columns = csvColumns(series);
  const header = columns.map(([title]) => quoted(title)).join(",");
  const rows = Array.from(series.atS, (_, bucket) =>
    columns.map(([, values]) => cell(values[bucket])).join(","),
  );
  return [header, ...rows].map((line) => `${line}\r\n`).join("");
}

type CsvColumn = readonly [title: string, values: Float64Array];

function csvColumns(series: SeriesColumns): CsvColumn[] {
  const failures = Object.entries(series.failedByKind).map(
    ([kind, values]): CsvColumn => [`failed: ${kind} (requests)`, values],
  );
  return [
    ["from (s)", series.atS],
    ["sent (requests)", series.sent],
    ["ok (requests)", series.ok],
    ["failed (requests)", series.failed],
    ...failures,
    ["latency p50 (ms)", series.p50],
    ["latency p75 (ms)", series.p75],
    ["latency p90 (ms)", series.p90],
    ["latency p95 (ms)", series.p95],
    ["latency p99 (ms)", series.p99],
    ["latency max (ms)", series.max],
    ["queue time p50 (ms)", series.queueP50],
    ["queue time p95 (ms)", series.queueP95],
    ["queue time p99 (ms)", series.queueP99],
    ["in flight (requests)", series.inFlight],
    ["queued (requests)", series.queued],
    ["dynos", series.dynos],
    ["busy threads", series.busyThreads],
    ["database connections", series.databaseConnections],
    ["database connections running a query", series.databaseActive],
    ["pooler clients", series.poolerClients],
    ["pooler clients waiting", series.poolerQueued],
    ["processor use (fraction)", series.cpu],
    ["database processor use (fraction)", series.databaseCpu],
    ["replicas", series.replicas],
  ];
}

function cell(value: number | undefined): string {
  return value === undefined || !Number.isFinite(value) ? "" : String(value);
}

function quoted(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
