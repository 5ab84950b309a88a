import type { RunSummary, SeriesColumns } from "../../../analysis/result-types";
import type { ChartSeries, ChartView, TimeCut } from "../chart-types";
import { cutPeaks, cutPercentiles } from "../cut-columns";

/** Columns of the series that hold milliseconds. */
type PercentileColumn = "p50" | "p75" | "p90" | "p95" | "p99" | "max" | "queueP50" | "queueP95" | "queueP99";

const LOOKS = {
  p50: { label: "p50", color: "var(--chart-3)", look: "line", isShownAtFirst: true },
  p75: { label: "p75", color: "var(--chart-6)", look: "line", isShownAtFirst: false },
  p90: { label: "p90", color: "var(--chart-7)", look: "line", isShownAtFirst: false },
  p95: { label: "p95", color: "var(--chart-2)", look: "line", isShownAtFirst: true },
  p99: { label: "p99", color: "var(--chart-4)", look: "line", isShownAtFirst: true },
  max: { label: "max", color: "var(--chart-8)", look: "thin", isShownAtFirst: false },
} as const satisfies Record<string, Pick<ChartSeries, "label" | "color" | "look" | "isShownAtFirst">>;

export type PercentileName = keyof typeof LOOKS;

/** The series of one percentile over time; it looks the same in every chart. */
export function percentileSeries(
  view: ChartView,
  cut: TimeCut,
  oldCut: TimeCut,
  chart: string,
  name: PercentileName,
  column: PercentileColumn,
): ChartSeries {
  const every = view.summary.series[column];
  const points = (run: RunSummary, at: TimeCut) =>
    name === "max" ? cutPeaks(run.series.max, at) : cutPercentiles(run.series[column], run.series.ok, at);
  return {
    key: `${chart}.${name}`,
    ...LOOKS[name],
    values: points(view.summary, cut),
    every,
    ...(view.baseline === null ? {} : { baseline: points(view.baseline, oldCut) }),
  };
}

/** How a percentile moved over the measured part of a run: the medians of its first and last third. */
export interface Drift {
  readonly early: number;
  readonly late: number;
}

/** null where a third holds no value. */
export function drift({ series, figures }: RunSummary, column: keyof SeriesColumns): Drift | null {
  const values = series[column];
  if (!(values instanceof Float64Array)) return null;
  const { warmupS } = figures.scenario.run;
  const measured = values.filter(
    (value, bucket) => (series.atS[bucket] ?? 0) >= warmupS && !Number.isNaN(value),
  );
  const third = Math.floor(measured.length / 3);
  if (third === 0) return null;
  return { early: median(measured.slice(0, third)), late: median(measured.slice(-third)) };
}

function median(values: Float64Array): number {
  return values.sort()[values.length >> 1] ?? Number.NaN;
}
