import { memo, useCallback, useMemo } from "react";
import {
  Area,
  CartesianGrid,
  ComposedChart,
  Line,
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
const COLOR = "var(--chart-1)";

/** Shares of answers by latency, with the percentiles as marks and the pinned run as a dashed outline. */
export const DistributionPlot = memo(function DistributionPlot({
  model,
  scale,
  width,
}: DistributionPlotProps) {
  const bins = useMemo(() => binsOf(model, scale), [model, scale]);
  const high = useSteady<number>((before) => steadyCeiling(before, largest(bins.heights, bins.baseline)));
  const linearEnd = useSteady<number>((before) =>
    steadyCeiling(before, model.edgesMs[model.edgesMs.length - 1] ?? 1),
  );
  const ends = useSteady<LogDomain>((before) => {
    const low = model.edgesMs[0] === 0 ? (model.edgesMs[1] ?? 1) / 2 : (model.edgesMs[0] ?? 1);
    return steadyLogDomain(before, low, model.edgesMs[model.edgesMs.length - 1] ?? 1);
  });
  const x = useMemo(
    () =>
      scale === "log"
        ? { low: ends.low, high: ends.high, ticks: logTicks(ends, Math.floor(plotWidth(width) / 60)) }
        : { low: 0, high: linearEnd, ticks: linearTicks("ms", linearEnd, Math.floor(plotWidth(width) / 80)) },
    [scale, ends, linearEnd, width],
  );
  const y = useMemo(() => linearTicks("share", high), [high]);
  const tooltip = useCallback(
    ({ active, label }: TooltipContentProps) =>
      active && label !== undefined ? (
        <BinTooltip model={model} bin={nearestPoint(bins.middles, Number(label))} />
      ) : null,
    [model, bins],
  );
  const last = x.ticks.values[x.ticks.values.length - 1];
  const format = (value: number) => `${x.ticks.format(value)}${value === last ? ` ${x.ticks.unit}` : ""}`;
  return (
    <ComposedChart
      width={width}
      height={PLOT_HEIGHT}
      data={bins.rows}
      margin={{ ...PLOT_MARGIN, top: 34 }}
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

interface Bins {
  readonly rows: readonly { readonly x: number; readonly share: number; readonly before: number }[];
  readonly middles: Float64Array;
  readonly heights: Float64Array;
  readonly baseline: Float64Array | undefined;
  readonly axisTitle: string;
}

/**
 * Bins as heights. They are of unequal width: on a logarithmic axis they look equally wide, and their heights are
 * shares; on a linear one heights are shares per bit of latency, so that areas are true.
 */
function binsOf({ edgesMs, shares, baseline }: DistributionModel, scale: LatencyScale): Bins {
  const isLog = scale === "log";
  const end = edgesMs[edgesMs.length - 1] ?? 1;
  const unitMs = isLog ? 1 : roundUnit(end);
  const edge = (bin: number) => edgesMs[bin] ?? 0;
  const middles = shares.map((_, bin) => {
    const low = edge(bin);
    const high = edge(bin + 1);
    return isLog && low > 0 ? Math.sqrt(low * high) : (low + high) / 2;
  });
  const height = (share: number, bin: number) =>
    isLog ? share : (share / Math.max(edge(bin + 1) - edge(bin), 1e-9)) * unitMs;
  const heights = shares.map(height);
  const before = baseline?.map(height);
  return {
    rows: Array.from(middles, (x, bin) => ({ x, share: heights[bin] ?? 0, before: before?.[bin] ?? 0 })),
    middles,
    heights,
    baseline: before,
    axisTitle: isLog ? "answers, %" : `answers, % per ${formatMs(unitMs)}`,
  };
}

/** About a fortieth of the axis, as 1, 2 or 5 times a power of ten. */
function roundUnit(endMs: number): number {
  const wanted = endMs / 40;
  const decade = 10 ** Math.floor(Math.log10(wanted));
  return ([1, 2, 5].find((step) => step * decade >= wanted) ?? 10) * decade;
}

/** Percentiles as labelled lines. Labels that would meet stand on a line of their own. */
function PercentileMarks({ marks }: Pick<DistributionModel, "marks">) {
  const area = usePlotArea();
  const scale = useXAxisScale();
  if (area === undefined || scale === undefined) return null;
  let end = Number.NEGATIVE_INFINITY;
  let line = 0;
  return (
    <ZIndexLayer zIndex={LABEL_LAYER}>
      {marks.map(({ label, color, valueMs }) => {
        const x = scale(valueMs);
        if (x === undefined || x < area.x - 1 || x > area.x + area.width + 1) return null;
        const text = `${label} ${formatMs(valueMs)}`;
        const isLate = x > area.x + area.width - 76;
        line = x - 4 < end ? line + 1 : 0;
        end = x + 84;
        return (
          <g key={label} className={styles.mark}>
            <line x1={x} x2={x} y1={area.y - 4 - line * 13} y2={area.y + area.height} stroke={color} />
            <text
              x={isLate ? x - 4 : x + 4}
              y={area.y + 4 - line * 13}
              textAnchor={isLate ? "end" : "start"}
              fill={color}
            >
              {text}
            </text>
          </g>
        );
      })}
    </ZIndexLayer>
  );
}

function BinTooltip({ model, bin }: { readonly model: DistributionModel; readonly bin: number }) {
  const { edgesMs, shares, counts, below, baseline } = model;
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
        { key: "count", label: "answers", value: formatCount(counts[bin] ?? 0) },
        { key: "below", label: "this fast or faster", value: formatPercent(below[bin] ?? 0) },
      ]}
    />
  );
}
