import type { AlarmSpan, RunSummary } from "../../analysis/result-types";
import { timeText } from "../../base/run-time";
import { eventsBetween, runEvents } from "./chart-events";
import type { Quantity, TimeModel } from "./chart-types";
import type { DistributionModel } from "./models/distribution-model";
import type { HeatModel } from "./models/heat-types";
import { valueText } from "./value-text";

/** A chart's numbers as a table: exact ones for a file, and short ones to read. */
export interface ChartTable {
  readonly head: readonly string[];
  /** The same columns with their units, for a file. */
  readonly fileHead: readonly string[];
  readonly rows: readonly (readonly number[])[];
  /** What each column measures; the first one is what the rows stand for. */
  readonly quantities: readonly Quantity[];
  /** How the first column is said. */
  readonly rowTitle: (row: number) => string;
  /** The first column in a file, where it is no number. */
  readonly names?: readonly string[];
  /** A last column of words, "" where there is nothing to say. */
  readonly notes?: { readonly head: string; readonly texts: readonly string[] };
}

const FILE_UNITS: Readonly<Record<Quantity, string>> = {
  perSecond: "_per_s",
  ms: "_ms",
  count: "",
  share: "_share",
  usd: "_usd",
};

/** A column's name in a file, with its unit. */
export function fileName(label: string, quantity: Quantity): string {
  return `${label.replaceAll(/[^a-z0-9]+/gi, "_").toLowerCase()}${FILE_UNITS[quantity]}`;
}

/** The rows of a table with time downwards: how they are called, and what the timeline did in each. */
function timeRows({ figures, series }: RunSummary): Pick<ChartTable, "rowTitle" | "notes"> {
  const { atS, bucketS } = series;
  const { durationS } = figures.scenario.run;
  const events = runEvents(figures.scenario);
  const rowTitle = (row: number) => timeText(atS[row] ?? 0, durationS);
  if (events.length === 0) return { rowTitle };
  const texts = Array.from(atS, (at) => eventsBetween(events, at, at + bucketS) ?? "");
  return { rowTitle, notes: { head: "event", texts } };
}

/** All series, also those switched off, in every bucket. */
export function timeTable({ series, quantity, bands = [] }: TimeModel, summary: RunSummary): ChartTable {
  const { atS } = summary.series;
  return {
    head: ["from", ...series.map(({ label }) => label), ...bands.map(({ label }) => `alarm ${label}`)],
    fileHead: [
      "time_s",
      ...series.map(({ label }) => fileName(label, quantity)),
      ...bands.map(({ label }) => fileName(`alarm ${label}`, "count")),
    ],
    rows: Array.from(atS, (at, bucket) => [
      at,
      ...series.map(({ every }) => every[bucket] ?? Number.NaN),
      ...bands.map(({ spans }) => alarmAt(spans, at)),
    ]),
    quantities: ["count", ...series.map(() => quantity), ...bands.map(() => "count" as const)],
    ...timeRows(summary),
  };
}

/** 1 where the alarm is on, 0 where it is not, nothing where there are no data. */
function alarmAt(spans: readonly AlarmSpan[], atS: number): number {
  const state = spans.find(({ fromS, toS }) => fromS <= atS && atS < toS)?.state;
  return state === "alarm" ? 1 : state === "ok" ? 0 : Number.NaN;
}

/** A heat map with time downwards and its rows across. */
export function heatTable({ rows, every, rowTitle }: HeatModel, summary: RunSummary): ChartTable {
  const { atS } = summary.series;
  const titles = Array.from({ length: rows }, (_, row) => rowTitle(row));
  return {
    head: ["from", ...titles],
    fileHead: ["time_s", ...titles.map((title) => title.replaceAll("\u00a0", " "))],
    rows: Array.from(atS, (at, bucket) => [
      at,
      ...titles.map((_, row) => every[row * atS.length + bucket] ?? Number.NaN),
    ]),
    quantities: ["count", ...titles.map(() => "count" as const)],
    ...timeRows(summary),
  };
}

/** The bins of a distribution. */
export function distributionTable({ edgesMs, counts, shares, below }: DistributionModel): ChartTable {
  const quantities = ["ms", "ms", "count", "share", "share"] as const;
  const head = ["from", "to", "answers", "of all", "this fast or faster"];
  return {
    head,
    fileHead: head.map((label, column) => fileName(label, quantities[column] ?? "count")),
    rows: Array.from(counts, (count, bin) => [
      edgesMs[bin] ?? 0,
      edgesMs[bin + 1] ?? 0,
      count,
      shares[bin] ?? 0,
      below[bin] ?? 0,
    ]),
    quantities,
    rowTitle: (row) => valueText("ms", edgesMs[row] ?? 0),
  };
}

/** The table as comma-separated values (RFC 4180), numbers unrounded, nothing where there is nothing. */
export function tableCsv({ fileHead, rows, names, notes }: ChartTable): string {
  return csvText([
    [...fileHead, ...(notes === undefined ? [] : [notes.head])],
    ...rows.map((row, index) => {
      const fields = row.map((value) => (Number.isNaN(value) ? "" : String(value)));
      const named = names === undefined ? fields : [names[index] ?? "", ...fields.slice(1)];
      return notes === undefined ? named : [...named, notes.texts[index] ?? ""];
    }),
  ]);
}

/** Lines of comma-separated fields. */
export function csvText(lines: readonly (readonly string[])[]): string {
  return lines.map((fields) => `${fields.map(csvField).join(",")}\r\n`).join("");
}

function csvField(text: string): string {
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
