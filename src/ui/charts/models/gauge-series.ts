import type { RunSummary, SeriesColumns } from "../../../analysis/result-types";
import type { ChartSeries, ChartView, TimeCut } from "../chart-types";
import { cutMeans } from "../cut-columns";

/** The columns of the series that hold one number per bucket. */
type Column = {
  [Key in keyof SeriesColumns]: SeriesColumns[Key] extends Float64Array ? Key : never;
}[keyof SeriesColumns];

/** A gauge's column with its look. */
export type GaugeLook = Pick<ChartSeries, "label" | "color" | "look" | "dash"> & {
  readonly column: Column;
};

/** Series of time-weighted means, with those of the pinned run. */
export function gaugeSeries(
  { summary, baseline }: ChartView,
  cut: TimeCut,
  oldCut: TimeCut,
  chart: string,
  gauges: readonly GaugeLook[],
): ChartSeries[] {
  return gauges.map(({ column, ...look }) => ({
    key: `${chart}.${column}`,
    ...look,
    isShownAtFirst: true,
    values: cutMeans(summary.series[column], cut),
    every: summary.series[column],
    ...(baseline === null ? {} : { baseline: cutMeans(baseline.series[column], oldCut) }),
  }));
}

/** A gauge's mean over the measured part; 0 where nothing was measured. */
export function measuredMean({ series, figures }: RunSummary, column: Column): number {
  const { warmupS } = figures.scenario.run;
  let sum = 0;
  let count = 0;
  for (const [bucket, value] of series[column].entries()) {
    // Not simulated yet, while a run streams in: nothing to average.
    if ((series.atS[bucket] ?? 0) < warmupS || Number.isNaN(value)) continue;
    sum += value;
    count += 1;
  }
  return count === 0 ? 0 : sum / count;
}
