import type { ChartSeries } from "./chart-types";

/** A row as Recharts reads it: x, and the series as s0, s1, … in the model's order; null interrupts a line. */
export type PlotRow = Record<string, number | null>;

/** Gaps up to this many points are bridged: with few requests many buckets hold no answer. */
const LONGEST_BRIDGE = 4;

/** The name of a series in a row. Series have dots in their keys, which Recharts would take for paths. */
export function rowKey(index: number): string {
  return `s${index}`;
}

/** Rows for the drawn series. `isLog`: values that a logarithmic axis cannot show are left out. */
export function plotRows(
  x: Float64Array,
  series: readonly Pick<ChartSeries, "values">[],
  isLog: boolean,
): PlotRow[] {
  const rows: PlotRow[] = Array.from(x, (value) => ({ x: value }));
  for (const [index, { values }] of series.entries()) {
    const key = rowKey(index);
    let last = -1;
    for (const [point, row] of rows.entries()) {
      const value = values[point] ?? Number.NaN;
      if (Number.isNaN(value) || (isLog && value <= 0)) {
        row[key] = null;
        continue;
      }
      row[key] = value;
      if (last >= 0 && point - last > 1 && point - last <= LONGEST_BRIDGE + 1) bridge(rows, key, last, point);
      last = point;
    }
  }
  return rows;
}

/** A straight line over a short gap. For drawing only: tooltip, table and file say that there is nothing. */
function bridge(rows: PlotRow[], key: string, from: number, to: number): void {
  const start = rows[from]?.[key] ?? 0;
  const end = rows[to]?.[key] ?? 0;
  for (let point = from + 1; point < to; point++) {
    const row = rows[point];
    if (row !== undefined) row[key] = start + ((end - start) * (point - from)) / (to - from);
  }
}
