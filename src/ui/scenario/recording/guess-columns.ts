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

/** The first column that holds times, else the first. */
function timeColumn(table: TextTable): number {
  const holdsTimes = (column: number) => {
    const unit = guessTimeUnit(table, column);
    const sample = table.rows.slice(0, SAMPLE);
    const times = sample.filter(({ cells }) => readTime(cells[column] ?? "", unit) !== null).length;
    return times * 2 > sample.length;
  };
  return Math.max(
    0,
    table.columns.findIndex((_, column) => holdsTimes(column)),
  );
}

/** A first reading of a file of requests: time first, then a column of numbers for each step. */
export function guessRequestColumns(table: TextTable, steps: number): RequestColumns {
  const time = timeColumn(table);
  const numeric = table.columns.flatMap((_, column) =>
    column !== time && isNumeric(table, column) ? column : [],
  );
  const durations = Array.from({ length: steps }, (_, step) => numeric[step] ?? null);
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
