import { type ChartTable, fileName } from "./chart-table";
import { valueText } from "./value-text";
import type { XyLine, XyModel } from "./xy-types";

/** What a place on the horizontal axis is called. */
export function xText({ xAxis }: XyModel, x: number): string {
  if (xAxis.names !== undefined) return xAxis.names[x] ?? "";
  return valueText(xAxis.quantity, x);
}

/** All lines where any of them has a point, with the ends of their intervals. */
export function xyTable(model: XyModel): ChartTable {
  const { xAxis, yAxis, lines } = model;
  const xs = placesOf(model);
  const columns = lines.flatMap((line) => {
    const points = new Map(line.points.map((point) => [point.x, point]));
    const hasBand = line.points.some(({ low }) => low !== undefined);
    const value = { label: line.label, at: (x: number) => points.get(x)?.value };
    if (!hasBand) return [value];
    return [
      value,
      { label: `${line.label}, from`, at: (x: number) => points.get(x)?.low },
      { label: `${line.label}, to`, at: (x: number) => points.get(x)?.high },
    ];
  });
  const { names } = xAxis;
  return {
    head: [xAxis.title, ...columns.map(({ label }) => label)],
    fileHead: [
      fileName(xAxis.title, xAxis.quantity),
      ...columns.map(({ label }) => fileName(label, yAxis.quantity)),
    ],
    rows: xs.map((x) => [x, ...columns.map(({ at }) => at(x) ?? Number.NaN)]),
    quantities: [xAxis.quantity, ...columns.map(() => yAxis.quantity)],
    rowTitle: (row) => xText(model, xs[row] ?? Number.NaN),
    ...(names === undefined ? {} : { names: xs.map((x) => names[x] ?? "") }),
  };
}

/** Where something was measured, in order: bounds are known everywhere. */
export function measuredPlaces({ lines }: XyModel): readonly number[] {
  return placesOf({ lines: lines.filter(({ look }) => look !== "bound") });
}

/** A bound's value between its points; null outside of them. */
export function boundAt({ points }: XyLine, x: number): number | null {
  const after = points.findIndex((point) => point.x >= x);
  const [low, high] = [points[after - 1], points[after]];
  if (high === undefined) return null;
  if (low === undefined) return high.x === x ? high.value : null;
  return low.value + ((high.value - low.value) * (x - low.x)) / (high.x - low.x);
}

/** Where any line has a point, in order. */
function placesOf({ lines }: Pick<XyModel, "lines">): readonly number[] {
  const xs = new Set(lines.flatMap(({ points }) => points.map(({ x }) => x)));
  return [...xs].sort((one, other) => one - other);
}
