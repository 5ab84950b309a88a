import type { AlarmSpan, RunSummary } from "../../analysis/result-types";
import type { EventKind } from "../shell/event-words";

export type LatencyScale = "linear" | "log";

/** A stretch of simulated time in seconds, `fromS` before `toS`. */
export interface TimeWindow {
  readonly fromS: number;
  readonly toS: number;
}

/** Everything a chart draws from. A new object means: draw again. */
export interface ChartView {
  readonly summary: RunSummary;
  readonly baseline: RunSummary | null;
  /** Drawn while a control is dragged: fewer points. */
  readonly isPreview: boolean;
  readonly latencyScale: LatencyScale;
  /** Keys whose legend button was pressed an odd number of times (see `isShown`). */
  readonly toggled: ReadonlySet<string>;
  /** null: the whole run. */
  readonly zoom: TimeWindow | null;
  /** Width of the chart's frame, in CSS pixels; 0 until measured. */
  readonly columnWidth: number;
}

/** What an axis and a tooltip measure. `share` is a fraction. */
export type Quantity = "perSecond" | "ms" | "count" | "share" | "usd";

/**
 * How a series is drawn. `area`: a line with its area softly filled; `thin`: a hairline; `stack`: filled, on top of the
 * stacks before it.
 */
export type SeriesLook = "line" | "area" | "thin" | "stack";

/** One quantity over time, with what the legend, the tooltip and the table say of it. */
export interface ChartSeries {
  /** Known to the preferences: never renamed. */
  readonly key: string;
  readonly label: string;
  /** A custom property: "var(--chart-1)". */
  readonly color: string;
  readonly look: SeriesLook;
  /** The pattern of the stroke, as SVG writes it. */
  readonly dash?: string;
  /** Whether it is drawn until the reader says otherwise. */
  readonly isShownAtFirst: boolean;
  /** One entry per point of the chart's cut; NaN where there is nothing. */
  readonly values: Float64Array;
  /** The pinned run's, at `TimeModel.baselineX`; absent where it has none. */
  readonly baseline?: Float64Array;
  /** The same quantity in every bucket, for the table and the file. */
  readonly every: Float64Array;
}

/** A limit, an objective, or a bound that something keeps to: a labelled line across the chart. */
export interface ChartLine {
  readonly value: number;
  readonly label: string;
  readonly kind: "limit" | "objective" | "bound";
}

/** The states of an alarm over time, drawn as a band under the chart. */
export interface ChartBand {
  readonly label: string;
  /** What it watches: "max processor above 60 %". */
  readonly rule: string;
  /** One after the other, in order of time. */
  readonly spans: readonly AlarmSpan[];
}

/** A chart over time, ready to draw. */
export interface TimeModel {
  readonly id: string;
  readonly title: string;
  readonly reading: string;
  /** Why there is nothing to draw; null where there is something. */
  readonly empty: string | null;
  readonly quantity: Quantity;
  /** What stands over the vertical axis. */
  readonly axisTitle: string;
  readonly cut: TimeCut;
  readonly baselineX: Float64Array;
  readonly series: readonly ChartSeries[];
  readonly lines: readonly ChartLine[];
  readonly bands?: readonly ChartBand[];
}

/** The points at which the columns are drawn: groups of neighbouring buckets. */
export interface TimeCut {
  /** The middle of each group, s. */
  readonly x: Float64Array;
  /** How long a group lasts, s. */
  readonly widthS: number;
  /** Buckets in a group. */
  readonly size: number;
  /** The first bucket of the first group. */
  readonly first: number;
  /** What the time axis shows. */
  readonly window: TimeWindow;
  readonly warmupS: number;
  /** How long the whole run is, s: how its times are said. */
  readonly runS: number;
  /** What the timeline did in the window, in order of time. */
  readonly events: readonly ChartEvent[];
  /** Where the run was broken off, s; null where it was not. */
  readonly stoppedAtS: number | null;
}

/** Something that a run's timeline did. */
export interface ChartEvent {
  readonly kind: EventKind;
  readonly atS: number;
  /** "deploy of web at 25 s". */
  readonly text: string;
}

/**
 * Whether a series is drawn. The preferences keep the keys of pressed legend buttons, so that a series which is off at
 * first is on when its key is there.
 */
export function isShown(
  series: Pick<ChartSeries, "key" | "isShownAtFirst">,
  toggled: ReadonlySet<string>,
): boolean {
  return series.isShownAtFirst !== toggled.has(series.key);
}
