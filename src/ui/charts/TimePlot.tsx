import { memo, type ReactElement, type RefObject, useCallback, useMemo } from "react";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  type LineDrawShapeProps,
  Tooltip,
  type TooltipContentProps,
  XAxis,
  YAxis,
} from "recharts";
import { timeTicks } from "../../base/time-axis";
import { ChartTooltip } from "./ChartTooltip";
import { type ChartSeries, isShown, type LatencyScale, type TimeModel } from "./chart-types";
import { nearestPoint } from "./cut-columns";
import { BrokenOff, EventLines } from "./EventLines";
import { AxisTick, axisTitle, TimeTick } from "./PlotAxes";
import { AxisTitle, type BaselineLine, BaselineLines, LimitLines, WarmUp } from "./PlotLayers";
import { AXIS_WIDTH, PLOT_HEIGHT, PLOT_MARGIN, plotWidth, TIME_AXIS_HEIGHT } from "./plot-geometry";
import { plotRows, rowKey } from "./plot-rows";
import { CursorReporter, SharedCursor } from "./SharedCursor";
import { useValueAxis } from "./use-value-axis";
import { notesAt, pointText, valueText } from "./value-text";

interface TimePlotProps {
  readonly model: TimeModel;
  readonly toggled: ReadonlySet<string>;
  readonly scale: LatencyScale;
  readonly width: number;
  readonly plot: RefObject<Element | null>;
  readonly below?: PlotBelow | undefined;
}

/** What is drawn under the time axis. Its element stands inside the Recharts chart, whose scales it uses. */
export interface PlotBelow {
  /** In CSS pixels; the frame around it has `--chart-below` for it. */
  readonly height: number;
  readonly content: ReactElement;
}

/** Series over time. */
export const TimePlot = memo(function TimePlot(props: TimePlotProps) {
  const { model, toggled, scale, width, plot, below } = props;
  const { cut, series, lines, id } = model;
  const shown = useMemo(() => series.filter((one) => isShown(one, toggled)), [series, toggled]);
  const rows = useMemo(() => plotRows(cut.x, series, scale === "log"), [cut, series, scale]);
  const axis = useValueAxis(model, toggled, scale);
  const time = useMemo(
    () => timeTicks(cut.window.fromS, cut.window.toS, plotWidth(width), cut.runS),
    [cut.window, cut.runS, width],
  );
  const tooltip = useCallback(
    ({ active, label }: TooltipContentProps) =>
      active && label !== undefined ? (
        <TimeTooltip model={model} shown={shown} timeS={Number(label)} />
      ) : null,
    [model, shown],
  );
  const baseline = useMemo(() => baselineOf(shown), [shown]);

  return (
    <ComposedChart
      width={width}
      height={PLOT_HEIGHT + (below?.height ?? 0)}
      data={rows}
      margin={PLOT_MARGIN}
      accessibilityLayer
      aria-label={`${model.title}. Arrow keys move the cursor; plus, minus and 0 zoom.`}
    >
      <WarmUp
        warmupS={cut.warmupS}
        window={cut.window}
        lines={lines}
        events={cut.events}
        x={cut.x}
        series={shown}
      />
      <BrokenOff cut={cut} />
      <CartesianGrid vertical={false} stroke="var(--chart-grid)" syncWithTicks />
      <XAxis
        dataKey="x"
        type="number"
        domain={[cut.window.fromS, cut.window.toS]}
        ticks={time.values}
        interval={0}
        allowDataOverflow
        height={TIME_AXIS_HEIGHT + (below?.height ?? 0)}
        tick={<TimeTick format={time.format} />}
        tickLine={false}
        stroke="var(--line-strong)"
      />
      <YAxis
        scale={axis.scale === "log" ? "log" : "linear"}
        domain={[axis.low, axis.high]}
        ticks={axis.ticks.values}
        interval={0}
        allowDataOverflow
        width={AXIS_WIDTH}
        tick={<AxisTick format={axis.ticks.format} />}
        tickLine={false}
        axisLine={false}
      />
      <AxisTitle text={axisTitle(model.axisTitle, axis.ticks.unit)} />
      <BaselineLines x={model.baselineX} lines={baseline} />
      {series.map((one, index) => (isShown(one, toggled) ? seriesElement(one, index) : null))}
      <LimitLines lines={lines} top={axis.high} />
      <EventLines cut={cut} />
      {below?.content}
      <SharedCursor
        x={cut.x}
        dots={shown.some(({ look }) => look === "stack") ? shown.filter(isNoStack) : shown}
      />
      <Tooltip content={tooltip} cursor={false} isAnimationActive={false} offset={14} />
      <CursorReporter chart={id} plot={plot} />
    </ComposedChart>
  );
});

/** The dots of a stack would stand where the stack has its sum, not its series. */
function isNoStack({ look }: ChartSeries): boolean {
  return look !== "stack";
}

const STROKE_WIDTHS = { line: 1.75, area: 1.75, thin: 1, stack: 1.25 } as const;

/** Recharts knows its parts by their type, so that a series is an element and not a component of ours. */
function seriesElement({ key, look, color, dash }: ChartSeries, index: number): ReactElement {
  const common = {
    dataKey: rowKey(index),
    stroke: color,
    strokeWidth: STROKE_WIDTHS[look],
    strokeLinejoin: "round" as const,
    ...(dash === undefined ? {} : { strokeDasharray: dash }),
    dot: false,
    activeDot: false,
    isAnimationActive: false,
  };
  if (look === "stack") return <Area key={key} {...common} fill={color} fillOpacity={0.4} stackId="stack" />;
  if (look === "area") return <Area key={key} {...common} fill={color} fillOpacity={0.1} />;
  return <Line key={key} {...common} shape={PlainLine} />;
}

/** A line's path. Recharts' own measures its length at every change, for an animation that is off here. */
function PlainLine({
  points,
  stroke,
  strokeWidth,
  strokeDasharray,
  strokeLinejoin,
  clipPath,
}: LineDrawShapeProps) {
  let text = "";
  let isDrawing = false;
  for (const { x, y } of points ?? []) {
    if (x === null || y === null) {
      isDrawing = false;
      continue;
    }
    text += `${isDrawing ? "L" : "M"}${x.toFixed(1)},${y.toFixed(1)}`;
    isDrawing = true;
  }
  return (
    <path d={text} fill="none" {...{ stroke, strokeWidth, strokeDasharray, strokeLinejoin, clipPath }} />
  );
}

/** Stacks of the pinned run lie on each other as those of the run do. */
function baselineOf(shown: readonly ChartSeries[]): BaselineLine[] {
  let stack: Float64Array | null = null;
  const drawn: BaselineLine[] = [];
  for (const { key, color, baseline, look } of shown) {
    if (baseline === undefined) continue;
    if (look !== "stack") {
      drawn.push({ key, color, values: baseline });
      continue;
    }
    const below: Float64Array | null = stack;
    stack = below === null ? baseline : baseline.map((value, point) => value + (below[point] ?? 0));
    drawn.push({ key, color, values: stack });
  }
  return drawn;
}

interface TimeTooltipProps {
  readonly model: TimeModel;
  readonly shown: readonly ChartSeries[];
  readonly timeS: number;
}

function TimeTooltip({ model, shown, timeS }: TimeTooltipProps) {
  const { cut, quantity, baselineX } = model;
  const point = nearestPoint(cut.x, timeS);
  const old = nearestPoint(baselineX, timeS);
  return (
    <ChartTooltip
      title={pointText(timeS, cut)}
      rows={shown.map(({ key, label, color, look, dash, values, baseline }) => ({
        key,
        label,
        swatch: { color, look, dash },
        value: valueText(quantity, values[point] ?? Number.NaN),
        before: baseline === undefined ? undefined : valueText(quantity, baseline[old] ?? Number.NaN),
      }))}
      notes={notesAt(timeS, model)}
    />
  );
}
