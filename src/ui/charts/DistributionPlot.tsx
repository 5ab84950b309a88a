import { memo, useCallback, useMemo } from "react";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
  type PlotArea,
  Tooltip,
  type TooltipContentProps,
  usePlotArea,
  useXAxisScale,
  XAxis,
  YAxis,
  ZIndexLayer,
} from "recharts";
import { formatCount, formatMs, formatPercent } from "../../base/format";
import { ChartTooltip } from "./ChartTooltip";
import type { LatencyScale } from "./chart-types";
import { largest, nearestPoint } from "./cut-columns";
import { type DrawnBins, drawnBins } from "./drawn-bins";
import type { DistributionModel } from "./models/distribution-model";
import styles from "./Plot.module.css";
import { AxisTick, TimeTick } from "./PlotAxes";
import { AxisTitle } from "./PlotLayers";
import { AXIS_WIDTH, PLOT_HEIGHT, PLOT_MARGIN, plotWidth, TIME_AXIS_HEIGHT } from "./plot-geometry";
import { type LogDomain, steadyCeiling, steadyLogDomain } from "./steady-domain";
import { linearTicks, logTicks } from "./ticks";
import { useSteady } from "./use-steady";

interface DistributionPlotProps {
  readonly model: DistributionModel;
  readonly scale: LatencyScale;
  readonly width: number;
}

const LABEL_LAYER = 2000;
/** Over the plot: the axis' title, and under it three lines of marks. */
const MARKS_HEIGHT = 48;
const COLOR = "var(--chart-1)";

/** Shares of answers by latency, with the percentiles as marks and the pinned run as a dashed outline. */
export const DistributionPlot = memo(function DistributionPlot({
  model,
  scale,
  width,
}: DistributionPlotProps) {
  const bins = useMemo(() => drawnBins(model, scale), [model, scale]);
  const high = useSteady<number>((before) =>
    steadyCeiling(before, largest(bins.shares, bins.baseline ?? undefined)),
  );
  const linearEnd = useSteady<number>((before) =>
    steadyCeiling(before, bins.edgesMs[bins.edgesMs.length - 2] ?? 1),
  );
  const ends = useSteady<LogDomain>((before) => {
    return steadyLogDomain(before, bins.edgesMs[0] ?? 1, bins.edgesMs[bins.edgesMs.length - 1] ?? 1);
  });
  const x = useMemo(
    () =>
      scale === "log"
        ? { low: ends.low, high: ends.high, ticks: logTicks(ends, Math.floor(plotWidth(width) / 48)) }
        : { low: 0, high: linearEnd, ticks: linearTicks("ms", linearEnd, Math.floor(plotWidth(width) / 56)) },
    [scale, ends, linearEnd, width],
  );
  const y = useMemo(() => linearTicks("share", high), [high]);
  const tooltip = useCallback(
    ({ active, label }: TooltipContentProps) =>
      active && label !== undefined ? (
        <BinTooltip bins={bins} bin={nearestPoint(bins.middles, Number(label))} />
      ) : null,
    [bins],
  );
  const last = x.ticks.values[x.ticks.values.length - 1];
  const format = (value: number) => `${x.ticks.format(value)}${value === last ? ` ${x.ticks.unit}` : ""}`;
  return (
    <ComposedChart
      width={width}
      height={PLOT_HEIGHT}
      data={bins.rows}
      margin={{ ...PLOT_MARGIN, top: MARKS_HEIGHT }}
      accessibilityLayer
      aria-label={`${model.title}. Arrow keys move over the bins.`}
    >
      <CartesianGrid vertical={false} stroke="var(--chart-grid)" syncWithTicks />
      <XAxis
        dataKey="x"
        type="number"
        scale={scale}
        domain={[x.low, x.high]}
        ticks={x.ticks.values}
        interval={0}
        allowDataOverflow
        height={TIME_AXIS_HEIGHT}
        tick={<TimeTick format={format} />}
        tickLine={false}
        stroke="var(--line-strong)"
      />
      <YAxis
        domain={[0, high]}
        ticks={y.values}
        interval={0}
        allowDataOverflow
        width={AXIS_WIDTH}
        tick={<AxisTick format={y.format} />}
        tickLine={false}
        axisLine={false}
      />
      <AxisTitle text={bins.axisTitle} />
      <Area
        dataKey="share"
        type="step"
        stroke={COLOR}
        strokeWidth={1.5}
        fill={COLOR}
        fillOpacity={0.18}
        dot={false}
        activeDot={{ r: 3, fill: COLOR, stroke: "var(--surface)" }}
        isAnimationActive={false}
      />
      {model.baseline !== null && (
        <Line
          dataKey="before"
          type="step"
          stroke={COLOR}
          strokeWidth={1.25}
          strokeDasharray="3 3"
          strokeOpacity={0.65}
          dot={false}
          activeDot={false}
          isAnimationActive={false}
        />
      )}
      <PercentileMarks marks={model.marks} />
      <Tooltip
        content={tooltip}
        cursor={{ stroke: "var(--line-strong)" }}
        isAnimationActive={false}
        offset={14}
      />
    </ComposedChart>
  );
});

/** Percentiles as labelled lines. Labels that would meet stand on a line of their own. */
function PercentileMarks({ marks }: Pick<DistributionModel, "marks">) {
  const area = usePlotArea();
  const scale = useXAxisScale();
  if (area === undefined || scale === undefined) return null;
  const placed = placeMarks(marks, scale, area);
  return (
    <ZIndexLayer zIndex={LABEL_LAYER}>
      {placed.map(({ label, color, x, top }) => (
        <line key={label} x1={x} x2={x} y1={top} y2={area.y + area.height} stroke={color} strokeWidth={1.5} />
      ))}
      {placed.map(({ label, color, x, top, isLate, text }) => (
        <text
          key={label}
          className={styles.mark}
          x={isLate ? x - 4 : x + 4}
          y={top + 8}
          textAnchor={isLate ? "end" : "start"}
          fill={color}
        >
          {text}
        </text>
      ))}
    </ZIndexLayer>
  );
}

type Mark = DistributionModel["marks"][number];

interface PlacedMark extends Mark {
  readonly x: number;
  readonly top: number;
  /** Near the right edge, so that its text stands before it. */
  readonly isLate: boolean;
  readonly text: string;
}

const MARK_LINE_HEIGHT = 13;
const MARK_TEXT_WIDTH = 84;

/** Marks from left to right. Where a text would meet the one before, it stands a line higher. */
function placeMarks(
  marks: readonly Mark[],
  scale: (value: unknown) => number | undefined,
  area: PlotArea,
): PlacedMark[] {
  const placed: PlacedMark[] = [];
  let end = Number.NEGATIVE_INFINITY;
  let line = 0;
  for (const mark of marks) {
    const x = scale(mark.valueMs);
    if (x === undefined || x < area.x - 1 || x > area.x + area.width + 1) continue;
    line = x - 4 < end ? line + 1 : 0;
    end = x + MARK_TEXT_WIDTH;
    placed.push({
      ...mark,
      x,
      top: area.y - 4 - line * MARK_LINE_HEIGHT,
      isLate: x > area.x + area.width - MARK_TEXT_WIDTH,
      text: `${mark.label} ${formatMs(mark.valueMs)}`,
    });
  }
  return placed;
}

function BinTooltip({ bins, bin }: { readonly bins: DrawnBins; readonly bin: number }) {
  const { edgesMs, shares, counts, below, baseline } = bins;
  return (
    <ChartTooltip
      title={`${formatMs(edgesMs[bin] ?? 0)}–${formatMs(edgesMs[bin + 1] ?? 0)}`}
      rows={[
        {
          key: "share",
          label: "of all answers",
          value: formatPercent(shares[bin] ?? 0),
          before: baseline === null ? undefined : formatPercent(baseline[bin] ?? 0),
        },
        { key: "count", label: "answers", value: formatCount(Math.round(counts[bin] ?? 0)) },
        { key: "below", label: "this fast or faster", value: formatPercent(Math.min(1, below[bin] ?? 0)) },
      ]}
    />
  );
}
