import { useMemo } from "react";
import type { LatencyScale } from "./chart-types";
import type { HeatModel } from "./models/heat-types";
import { type LogDomain, steadyCeiling, steadyLogDomain } from "./steady-domain";
import { type AxisTicks, linearTicks, logTicks } from "./ticks";
import { useSteady } from "./use-steady";
import type { ValueAxis } from "./use-value-axis";

/** The vertical axis of a heat map: its rows from 1, or latency as the reader chose. */
export function useHeatAxis(model: HeatModel, scale: LatencyScale): ValueAxis {
  const extent = useMemo(() => msExtent(model), [model]);
  const ceiling = useSteady<number>((before) => steadyCeiling(before, extent.high));
  const domain = useSteady<LogDomain>((before) => steadyLogDomain(before, extent.low, extent.high));
  const { rows } = model;
  const isRows = model.axis.kind === "rows";
  return useMemo(() => {
    if (isRows) return { scale: "linear", low: 0.5, high: Math.max(1, rows) + 0.5, ticks: rowTicks(rows) };
    if (scale === "log") return { scale, low: domain.low, high: domain.high, ticks: logTicks(domain) };
    return { scale, low: 0, high: ceiling, ticks: linearTicks("ms", ceiling) };
  }, [isRows, rows, scale, ceiling, domain]);
}

const MOST_ROW_TICKS = 6;

/** The first row, and every fifth, tenth … such that there are about six. */
function rowTicks(rows: number): AxisTicks {
  const step =
    [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000].find((size) => rows / size <= MOST_ROW_TICKS) ?? rows;
  const values = new Set([1]);
  for (let row = step; row <= rows; row += step) values.add(row);
  return { values: [...values], unit: "", format: String };
}

/** The latencies at which there is anything. */
function msExtent({ axis, cells, rows, cut, lines }: HeatModel): LogDomain {
  if (axis.kind === "rows") return { low: 1, high: 1 };
  const columns = cut.x.length;
  let first = -1;
  let last = -1;
  for (let row = 0; row < rows; row++) {
    if (!cells.subarray(row * columns, (row + 1) * columns).some((value) => value > 0)) continue;
    if (first < 0) first = row;
    last = row;
  }
  let low = axis.edgesMs[Math.max(first, 0)] ?? 1;
  if (low === 0) low = (axis.edgesMs[Math.max(first, 0) + 1] ?? 1) / 2;
  let high = axis.edgesMs[last + 1] ?? low;
  for (const { values } of lines) for (const value of values) if (value > high) high = value;
  return { low, high };
}
