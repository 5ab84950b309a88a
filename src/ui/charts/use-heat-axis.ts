import { useMemo } from "react";
import type { LatencyScale } from "./chart-types";
import type { HeatModel, RowGroup } from "./models/heat-types";
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
  const groups = model.axis.kind === "rows" ? model.axis.groups : null;
  return useMemo(() => {
    if (groups !== null)
      return { scale: "linear", low: 0.5, high: Math.max(1, rows) + 0.5, ticks: rowTicks(rows, groups) };
    if (scale === "log") return { scale, low: domain.low, high: domain.high, ticks: logTicks(domain) };
    return { scale, low: 0, high: ceiling, ticks: linearTicks("ms", ceiling) };
  }, [groups, rows, scale, ceiling, domain]);
}

const MOST_ROW_TICKS = 6;

/** The first row of each group, and every fifth, tenth … of it, such that there are about six in all. */
function rowTicks(rows: number, groups: readonly RowGroup[]): AxisTicks {
  const step =
    [1, 2, 5, 10, 20, 25, 50, 100, 200, 250, 500, 1000].find((size) => rows / size <= MOST_ROW_TICKS) ?? rows;
  const texts = new Map<number, string>();
  let last = Number.NEGATIVE_INFINITY;
  for (const { first, count } of groups) {
    for (const number of new Set([1, ...multiplesUpTo(step, count)])) {
      const row = first + number;
      // The first row of a small group may stand too near to the last tick of the group before it.
      if (number === 1 && row - last < step / 2) continue;
      texts.set(row, String(number));
      last = row;
    }
  }
  return { values: [...texts.keys()], unit: "", format: (row) => texts.get(row) ?? "" };
}

function multiplesUpTo(step: number, most: number): number[] {
  return Array.from({ length: Math.floor(most / step) }, (_, index) => (index + 1) * step);
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
