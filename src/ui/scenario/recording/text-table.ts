import { parse } from "papaparse";

/** A line of a file of values, split. */
export interface TextRow {
  /** In the file, from 1, so that it can be found in an editor. */
  readonly line: number;
  readonly cells: readonly string[];
}

/** A file of values: CSV, or separated by tabs or semicolons. */
export interface TextTable {
  /** The columns' names; made up where the file has none. */
  readonly columns: readonly string[];
  /** All lines with something in them, the names of the columns excepted. */
  readonly rows: readonly TextRow[];
}

/** A number as files have it: `12.5`, `1e3`, and `12,5` where lists are not separated by commas; null for other text. */
export function readNumber(cell: string): number | null {
  const text = cell.trim();
  const plain = /^[+-]?\d+,\d+$/.test(text) ? text.replace(",", ".") : text;
  const value = plain === "" ? Number.NaN : Number(plain);
  return Number.isFinite(value) ? value : null;
}

function isBlank(cells: readonly string[]): boolean {
  return cells.every((cell) => cell.trim() === "");
}

/** The line breaks inside quoted cells: a row with some takes more than one line. */
function breaksIn(cells: readonly string[]): number {
  return cells.reduce((sum, cell) => sum + (cell.split("\n").length - 1), 0);
}

/** A first line of words only names the columns; one that begins with a number or a date is data. */
function isHeader(cells: readonly string[]): boolean {
  return cells.every((cell) => !/^[\s+-]*\d/.test(cell));
}

/** Splits a file's text into lines and cells; what stands between the cells is found out. Never throws. */
export function readTable(text: string): TextTable {
  const { data } = parse<string[]>(text.replace(/^\uFEFF/, ""), { skipEmptyLines: false });
  const rows: TextRow[] = [];
  let line = 1;
  for (const cells of data) {
    if (!isBlank(cells)) rows.push({ line, cells });
    line += 1 + breaksIn(cells);
  }
  const [first] = rows;
  const width = rows.slice(0, 100).reduce((most, { cells }) => Math.max(most, cells.length), 0);
  const names = first !== undefined && isHeader(first.cells) ? first.cells : null;
  const columns = Array.from(
    { length: width },
    (_, index) => names?.[index]?.trim() || `Column ${index + 1}`,
  );
  return { columns, rows: names === null ? rows : rows.slice(1) };
}
