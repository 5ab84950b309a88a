import type { Step } from "../../../scenario/types";
import type { CurveColumns, RequestColumns } from "./read-recording";
import { readNumber, type TextTable } from "./text-table";
import { guessDurationUnit, guessTimeUnit, readTime } from "./time-units";

const SAMPLE = 50;

/** Whether most of a column's first values are numbers. */
function isNumeric({ rows }: TextTable, column: number): boolean {
  const sample = rows.slice(0, SAMPLE);
  const numbers = sample.filter(({ cells }) => readNumber(cells[column] ?? "") !== null).length;
  return numbers * 2 > sample.length;
}

/** The columns in which at least one of the first values is a number, a unit behind it or not. */
export function numberColumns(table: TextTable): readonly number[] {
  const sample = table.rows.slice(0, SAMPLE);
  return table.columns.flatMap((_, column) =>
    sample.some(({ cells }) => readTime(cells[column] ?? "", "ms") !== null) ? column : [],
  );
}

/** The columns that hold times; all of them where none does. */
export function timeColumns(table: TextTable): readonly number[] {
  const sample = table.rows.slice(0, SAMPLE);
  const all = table.columns.map((_, column) => column);
  const holding = all.filter((column) => {
    const unit = guessTimeUnit(table, column);
    const times = sample.filter(({ cells }) => readTime(cells[column] ?? "", unit) !== null).length;
    return times * 2 > sample.length;
  });
  return holding.length > 0 ? holding : all;
}

/** Words in the names of columns that tell which kind of step they are about. */
const STEP_NAMES: Readonly<Record<Step["kind"], readonly string[]>> = {
  query: ["query", "queries", "sql", "db", "database", "postgres", "activerecord"],
  wait: ["wait", "waits", "waiting", "external", "http", "api", "upstream", "io"],
  cpu: ["cpu", "ruby", "view", "views", "render", "rendering", "processor", "computing"],
};
/** Words in the names of columns of points in time, the surest first. */
const TIME_NAMES: readonly (readonly string[])[] = [
  ["at", "timestamp", "ts", "when", "date", "started"],
  ["time"],
  ["ms", "t"],
];

/** The words of a column's name: `dbRuntime_ms` has three. */
function wordsOf({ columns }: TextTable, column: number): readonly string[] {
  const name = columns[column] ?? "";
  return name
    .replace(/([a-z])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .split(/[^a-z]+/);
}

function isNamed(table: TextTable, column: number, names: readonly string[]): boolean {
  return wordsOf(table, column).some((word) => names.includes(word));
}

/** The column of times that is called so, else the first that is not about a step, else the first. */
function timeColumn(table: TextTable): number {
  const candidates = timeColumns(table);
  const stepNames = Object.values(STEP_NAMES).flat();
  const ofNoStep = candidates.filter((column) => !isNamed(table, column, stepNames));
  for (const names of TIME_NAMES) {
    const named = ofNoStep.find((column) => isNamed(table, column, names));
    if (named !== undefined) return named;
  }
  return ofNoStep[0] ?? candidates[0] ?? 0;
}

/** A first reading of a file of requests: the time, and for each step the next column that is named after its kind. */
export function guessRequestColumns(table: TextTable, steps: readonly Step["kind"][]): RequestColumns {
  const time = timeColumn(table);
  const left = numberColumns(table).filter((column) => column !== time);
  const durations = steps.map((kind) => {
    const position = left.findIndex((column) => isNamed(table, column, STEP_NAMES[kind]));
    return position === -1 ? null : (left.splice(position, 1)[0] ?? null);
  });
  return {
    time,
    timeUnit: guessTimeUnit(table, time),
    durations,
    durationUnit: guessDurationUnit(
      table,
      durations.filter((column) => column !== null),
    ),
  };
}

/** A first reading of a file of a traffic curve: time first, then the rate. */
export function guessCurveColumns(table: TextTable): CurveColumns {
  const time = timeColumn(table);
  const rate = table.columns.findIndex((_, column) => column !== time && isNumeric(table, column));
  const name = table.columns[rate] ?? "";
  const ratePerS = /min|rpm/i.test(name) ? 60 : /hour|per_?h\b/i.test(name) ? 3600 : 1;
  return { time, timeUnit: guessTimeUnit(table, time), rate: Math.max(0, rate), ratePerS };
}
