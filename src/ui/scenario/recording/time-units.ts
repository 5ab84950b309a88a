import { readNumber, type TextTable } from "./text-table";

/** How a column has its times: a number of milliseconds or seconds, or a date with a time. */
export type TimeUnit = "ms" | "s" | "date";
export type DurationUnit = Exclude<TimeUnit, "date">;

export const TIME_UNITS: readonly { readonly value: TimeUnit; readonly label: string }[] = [
  { value: "ms", label: "in milliseconds" },
  { value: "s", label: "in seconds" },
  { value: "date", label: "as date and time" },
];

const ISO = /^(\d{4}-\d\d-\d\d)(?:[T ](\d\d:\d\d(?::\d\d(?:\.\d+)?)?))?\s*(Z|[+-]\d\d:?\d\d)?$/i;

/** A date and time in milliseconds; without a zone it is taken as UTC, where no hour is missing or doubled. */
function readDate(cell: string): number | null {
  const match = ISO.exec(cell.trim());
  if (match === null) return null;
  const [, day, time = "00:00", zone = "Z"] = match;
  const value = Date.parse(`${day}T${time.length === 5 ? `${time}:00` : time}${zone.toUpperCase()}`);
  return Number.isNaN(value) ? null : value;
}

const WITH_UNIT = /^(.*\d)\s*(ms|s)$/i;

/** A cell's time in milliseconds; a unit that it names itself (`311ms`) counts. Null where it holds none. */
export function readTime(cell: string, ofColumn: TimeUnit): number | null {
  if (ofColumn === "date") return readDate(cell);
  const [, number = cell, own] = WITH_UNIT.exec(cell.trim()) ?? [];
  const unit = own?.toLowerCase() ?? ofColumn;
  const value = readNumber(number);
  return value === null ? null : unit === "s" ? value * 1000 : value;
}

const SAMPLE = 200;

function cellsOf({ rows }: TextTable, column: number): readonly string[] {
  return rows.slice(0, SAMPLE).flatMap(({ cells }) => cells[column] ?? []);
}

function unitInName(name: string): DurationUnit | null {
  if (/(?:^|[^a-z])(?:ms|msec|millis\w*)(?:[^a-z]|$)/i.test(name) || /[a-z]Ms$/.test(name)) return "ms";
  if (/(?:^|[^a-z])(?:s|secs?|seconds)(?:[^a-z]|$)/i.test(name) || /[a-z]S$/.test(name)) return "s";
  return null;
}

/** The likeliest unit of a column of points in time, from its name and its first values. */
export function guessTimeUnit(table: TextTable, column: number): TimeUnit {
  const cells = cellsOf(table, column);
  const [first = ""] = cells;
  if (readDate(first) !== null) return "date";
  const named = unitInName(table.columns[column] ?? "");
  if (named !== null) return named;
  const values = cells.flatMap((cell) => readNumber(cell) ?? []);
  const largest = Math.max(0, ...values);
  // Seconds since 1970 have ten digits, milliseconds thirteen.
  if (largest > 1e11) return "ms";
  if (largest > 1e9) return "s";
  return values.some((value) => !Number.isInteger(value)) && largest < 1e5 ? "s" : "ms";
}

/** The likeliest unit of columns of durations: requests of hundreds of seconds are rarer than those of milliseconds. */
export function guessDurationUnit(table: TextTable, columns: readonly number[]): DurationUnit {
  for (const column of columns) {
    const named = unitInName(table.columns[column] ?? "");
    if (named !== null) return named;
  }
  const values = columns
    .flatMap((column) => cellsOf(table, column).flatMap((cell) => readNumber(cell) ?? []))
    .sort((a, b) => a - b);
  const median = values[Math.floor(values.length / 2)] ?? 0;
  return median > 0 && median < 5 && values.some((value) => !Number.isInteger(value)) ? "s" : "ms";
}
