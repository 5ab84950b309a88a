import {
  MAXIMUM_CURVE_POINTS,
  MAXIMUM_RATE,
  MAXIMUM_REPLAYED_REQUESTS,
} from "../../../scenario/shapes/workload-shape";
import type { Curve, ReplayWorkload } from "../../../scenario/types";
import { readNumber, type TextRow, type TextTable } from "./text-table";
import { type DurationUnit, readTime, type TimeUnit } from "./time-units";

/** The longest time a scenario can name: 11 days in milliseconds, the same number of seconds. */
const LONGEST_MS = 1e9;
const LONGEST_S = 1e6;
/** More lines than these are counted, not listed. */
const MOST_LISTED = 20;

/** A line that could not be used, and why. */
export interface BadLine {
  readonly line: number;
  readonly sentence: string;
}

/** What was read of a file. */
export interface Recording<Item> {
  readonly items: readonly Item[];
  /** The first of the lines that were left out. */
  readonly badLines: readonly BadLine[];
  readonly badCount: number;
  /** How many more there were than a scenario can hold; those, the latest, were left out. */
  readonly beyond: number;
}

export type RecordedRequest = ReplayWorkload["requests"][number];
export type CurvePoint = Curve[number];

/** Where a file of requests has what. */
export interface RequestColumns {
  readonly time: number;
  readonly timeUnit: TimeUnit;
  /** For each step of the endpoint its column; null where the file has none, and the step takes no time. */
  readonly durations: readonly (number | null)[];
  readonly durationUnit: DurationUnit;
}

/** Where a file of a traffic curve has what; the rate is a number per second, minute or hour. */
export interface CurveColumns {
  readonly time: number;
  readonly timeUnit: TimeUnit;
  readonly rate: number;
  readonly ratePerS: 1 | 60 | 3600;
}

interface Timed<Value> {
  readonly line: number;
  readonly atMs: number;
  readonly value: Value;
}

/** Rounds away what subtracting large numbers leaves behind: a millionth of a unit matters to nobody. */
function tidy(value: number): number {
  return Math.round(value * 1e6) / 1e6;
}

function shown(cell: string | undefined): string {
  return cell === undefined || cell.trim() === "" ? "nothing" : `“${cell.trim().slice(0, 30)}”`;
}

/**
 * Reads each line, sorts by time, and lets time begin with the first. `readValue` gives the line's value, or a sentence
 * saying why there is none.
 */
function readRows<Value, Item>(
  table: TextTable,
  columns: { readonly time: number; readonly timeUnit: TimeUnit },
  readValue: (row: TextRow) => { readonly value: Value } | string,
  itemOf: (atMs: number, value: Value) => Item,
  limits: { readonly spanMs: number; readonly items: number },
): Recording<Item> {
  const bad: BadLine[] = [];
  let badCount = 0;
  const leaveOut = (line: number, sentence: string) => {
    badCount += 1;
    if (bad.length < MOST_LISTED) bad.push({ line, sentence });
  };

  const timed: Timed<Value>[] = [];
  for (const row of table.rows) {
    const cell = row.cells[columns.time];
    const atMs = readTime(cell ?? "", columns.timeUnit);
    const read = atMs === null ? `Its time is ${shown(cell)}.` : readValue(row);
    if (atMs !== null && typeof read !== "string") timed.push({ line: row.line, atMs, value: read.value });
    else if (typeof read === "string") leaveOut(row.line, read);
  }
  timed.sort((a, b) => a.atMs - b.atMs);

  const beginMs = timed[0]?.atMs ?? 0;
  const items: Item[] = [];
  let beyond = 0;
  for (const { line, atMs, value } of timed) {
    const sinceMs = tidy(atMs - beginMs);
    if (sinceMs > limits.spanMs) leaveOut(line, "It is more than 11 days after the first.");
    else if (items.length === limits.items) beyond += 1;
    else items.push(itemOf(sinceMs, value));
  }
  return { items, badLines: bad.sort((a, b) => a.line - b.line), badCount, beyond };
}

/** The requests of a file, in order of time; the first is at 0. */
export function readRequests(table: TextTable, columns: RequestColumns): Recording<RecordedRequest> {
  function readDurations({ cells }: TextRow) {
    const durations: number[] = [];
    for (const column of columns.durations) {
      const cell = column === null ? "0" : cells[column];
      const ms = readTime(cell ?? "", columns.durationUnit);
      if (ms === null || ms < 0 || ms > LONGEST_MS) {
        return `The duration in “${table.columns[column ?? 0] ?? ""}” is ${shown(cell)}.`;
      }
      durations.push(tidy(ms));
    }
    return { value: durations };
  }

  return readRows<readonly number[], RecordedRequest>(
    table,
    columns,
    readDurations,
    (atMs, durations) => [atMs, durations],
    { spanMs: LONGEST_MS, items: MAXIMUM_REPLAYED_REQUESTS },
  );
}

/** The curve of a file: rates over time in seconds; the first point is at 0. */
export function readCurve(table: TextTable, columns: CurveColumns): Recording<CurvePoint> {
  function readRate({ cells }: TextRow) {
    const cell = cells[columns.rate];
    const value = readNumber(cell ?? "");
    const rate = value === null ? -1 : value / columns.ratePerS;
    return rate < 0 || rate > MAXIMUM_RATE ? `The rate is ${shown(cell)}.` : { value: tidy(rate) };
  }

  return readRows<number, CurvePoint>(table, columns, readRate, (atMs, rate) => [tidy(atMs / 1000), rate], {
    spanMs: LONGEST_S * 1000,
    items: MAXIMUM_CURVE_POINTS,
  });
}
