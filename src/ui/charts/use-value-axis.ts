import { useMemo } from "react";
import { type ChartLine, type ChartSeries, isShown, type LatencyScale, type TimeModel } from "./chart-types";
import { largest } from "./cut-columns";
import { type LogDomain, steadyCeiling, steadyLogDomain } from "./steady-domain";
import { type AxisTicks, linearTicks, logTicks } from "./ticks";
import { useSteady } from "./use-steady";

/** A vertical axis: where it starts and ends, and its ticks. */
export interface ValueAxis {
  readonly scale: LatencyScale;
  readonly low: number;
  readonly high: number;
  readonly ticks: AxisTicks;
}

/** A limit is shown as a line while the values are at least this share of it; above, it would press them flat. */
const LEAST_SHARE_OF_LINE = 0.25;

/** The axis of the series that are drawn. It does not move while values change a little. */
export function useValueAxis(
  model: Pick<TimeModel, "series" | "lines" | "quantity">,
  toggled: ReadonlySet<string>,
  scale: LatencyScale,
): ValueAxis {
  const extent = useMemo(() => extentOf(model, toggled), [model, toggled]);
  const ceiling = useSteady<number>((before) => steadyCeiling(before, extent.high));
  const domain = useSteady<LogDomain>((before) => steadyLogDomain(before, extent.low, extent.high));
  return useMemo(() => {
    if (scale === "log") return { scale, low: domain.low, high: domain.high, ticks: logTicks(domain) };
    return { scale, low: 0, high: ceiling, ticks: linearTicks(model.quantity, ceiling) };
  }, [scale, ceiling, domain, model.quantity]);
}

interface Extent {
  /** The smallest number above 0; 0 where there is none. */
  readonly low: number;
  readonly high: number;
}

function extentOf(
  { series, lines }: Pick<TimeModel, "series" | "lines">,
  toggled: ReadonlySet<string>,
): Extent {
  const shown = series.filter((one) => isShown(one, toggled));
  const high = Math.max(
    largest(
      ...shown.filter(({ look }) => look !== "stack").flatMap(({ values, baseline }) => [values, baseline]),
    ),
    largest(stackTop(shown, "values"), stackTop(shown, "baseline")),
  );
  let low = Number.POSITIVE_INFINITY;
  for (const { values, baseline } of shown) {
    for (const column of [values, baseline]) {
      for (const value of column ?? []) if (value > 0 && value < low) low = value;
    }
  }
  return { low: Number.isFinite(low) ? low : 0, high: Math.max(high, highestNear(lines, high)) };
}

/** The upper edge of the stack; undefined where nothing is stacked. */
function stackTop(shown: readonly ChartSeries[], part: "values" | "baseline"): Float64Array | undefined {
  let top: Float64Array | undefined;
  for (const one of shown) {
    const column = one[part];
    if (one.look !== "stack" || column === undefined) continue;
    const below = top;
    top = below === undefined ? column : column.map((value, point) => value + (below[point] ?? 0));
  }
  return top;
}

function highestNear(lines: readonly ChartLine[], high: number): number {
  return Math.max(
    0,
    ...lines.map(({ value }) => value).filter((value) => value * LEAST_SHARE_OF_LINE <= high),
  );
}
