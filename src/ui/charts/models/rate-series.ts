import type { RunSummary } from "../../../analysis/result-types";
import type { ChartSeries, ChartView, TimeCut } from "../chart-types";
import { cutMeans, perSecond } from "../cut-columns";

/** What is counted, with its look. */
export type RateLook = Pick<ChartSeries, "key" | "label" | "color" | "look" | "dash"> & {
  /** The counts per bucket; undefined where a run has none of them. */
  readonly read: (run: RunSummary) => Float64Array | undefined;
};

/** A series of counts as rates per second, with that of the pinned run. */
export function rateSeries(
  { summary, baseline }: ChartView,
  cut: TimeCut,
  oldCut: TimeCut,
  { read, ...look }: RateLook,
): ChartSeries {
  const { series } = summary;
  const column = read(summary) ?? new Float64Array(series.atS.length);
  const old = baseline === null ? undefined : read(baseline);
  return {
    ...look,
    isShownAtFirst: true,
    values: cutMeans(column, cut, 1 / series.bucketS),
    every: perSecond(column, series),
    ...(old === undefined || baseline === null
      ? {}
      : { baseline: cutMeans(old, oldCut, 1 / baseline.series.bucketS) }),
  };
}

/** Whether anything was counted in a run or the pinned one: that it is gone is what the pinned lines show. */
export function isCounted({ summary, baseline }: ChartView, read: RateLook["read"]): boolean {
  const counted = (run: RunSummary) => read(run)?.some((count) => count > 0) === true;
  return counted(summary) || (baseline !== null && counted(baseline));
}
