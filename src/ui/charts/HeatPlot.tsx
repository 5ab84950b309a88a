import { memo, type RefObject, useCallback, useMemo } from "react";
import {
  ComposedChart,
  Line,
  Tooltip,
  type TooltipContentProps,
  useActiveTooltipCoordinate,
  useYAxisInverseScale,
  XAxis,
  YAxis,
} from "recharts";
import { timeTicks } from "../../base/time-axis";
import { ChartTooltip } from "./ChartTooltip";
import type { LatencyScale } from "./chart-types";
import { nearestPoint } from "./cut-columns";
import { BrokenOff, EventLines } from "./EventLines";
import { HeatImage } from "./HeatImage";
import { HeatStates } from "./HeatStates";
import { BAND_HEIGHT, rowAt, rowsBetween, strongestRow } from "./heat-image";
import type { HeatModel } from "./models/heat-types";
import { AxisTick, axisTitle, TimeTick } from "./PlotAxes";
import { AxisTitle, BaselineLines, RowGroups, WarmUp } from "./PlotLayers";
import { AXIS_WIDTH, PLOT_HEIGHT, PLOT_MARGIN, plotWidth, TIME_AXIS_HEIGHT } from "./plot-geometry";
import { CursorReporter, SharedCursor, useCursor } from "./SharedCursor";
import { useHeatAxis } from "./use-heat-axis";
import { notesAt, pointText, valueText } from "./value-text";

interface HeatPlotProps {
  readonly model: HeatModel;
  readonly scale: LatencyScale;
  readonly width: number;
  readonly plot: RefObject<Element | null>;
}

const NOTHING = () => <g />;
const NO_DOTS: readonly never[] = [];

/** A heat map over time: an image of its cells in a chart that has the axes, the cursor and the tooltip. */
export const HeatPlot = memo(function HeatPlot({ model, scale, width, plot }: HeatPlotProps) {
  const { cut } = model;
  const axis = useHeatAxis(model, scale);
  const time = useMemo(
    () => timeTicks(cut.window.fromS, cut.window.toS, plotWidth(width), cut.runS),
    [cut.window, cut.runS, width],
  );
  // One point per column, for the cursor to snap to. Its line is not seen.
  const rows = useMemo(() => Array.from(cut.x, (x) => ({ x, y: axis.high })), [cut.x, axis.high]);
  const tooltip = useCallback(
    ({ active, label }: TooltipContentProps) =>
      active && label !== undefined ? <HeatTooltip model={model} timeS={Number(label)} /> : null,
    [model],
  );
  return (
    <ComposedChart
      width={width}
      height={PLOT_HEIGHT}
      data={rows}
      margin={PLOT_MARGIN}
      accessibilityLayer
      aria-label={`${model.title}. Arrow keys move the cursor; plus, minus and 0 zoom.`}
    >
      <HeatImage model={model} />
      <HeatStates model={model} />
      <WarmUp
        warmupS={cut.warmupS}
        window={cut.window}
        events={cut.events}
        isVeil
        isNamed={model.axis.kind === "ms"}
      />
      <BrokenOff cut={cut} />
      <XAxis
        dataKey="x"
        type="number"
        domain={[cut.window.fromS, cut.window.toS]}
        ticks={time.values}
        interval={0}
        allowDataOverflow
        height={TIME_AXIS_HEIGHT}
        tick={<TimeTick format={time.format} />}
        tickLine={false}
        stroke="var(--line-strong)"
      />
      <YAxis
        scale={axis.scale}
        domain={[axis.low, axis.high]}
        reversed={model.axis.kind === "rows"}
        ticks={axis.ticks.values}
        interval={0}
        allowDataOverflow
        width={AXIS_WIDTH}
        tick={<AxisTick format={axis.ticks.format} />}
        tickLine={false}
        axisLine={false}
      />
      <AxisTitle text={axisTitle(model.axisTitle, axis.ticks.unit)} />
      {model.axis.kind === "rows" && model.axis.groups.length > 1 && <RowGroups groups={model.axis.groups} />}
      <BaselineLines x={model.baselineX} lines={model.lines} />
      <Line dataKey="y" shape={NOTHING} dot={false} activeDot={false} isAnimationActive={false} />
      <EventLines cut={cut} />
      <SharedCursor x={cut.x} dots={NO_DOTS} />
      <Tooltip content={tooltip} cursor={false} isAnimationActive={false} offset={14} />
      <CursorReporter chart={model.id} plot={plot} />
    </ComposedChart>
  );
});

function HeatTooltip({ model, timeS }: { readonly model: HeatModel; readonly timeS: number }) {
  const { cut, columnFacts, cellText } = model;
  const pointer = useActiveTooltipCoordinate();
  const valueAt = useYAxisInverseScale();
  const isByKeyboard = useCursor()?.isByKeyboard ?? false;
  const column = nearestPoint(cut.x, timeS);
  // The keyboard moves in time only, so that there is no cell that it points at.
  const row =
    pointer === undefined || valueAt === undefined || isByKeyboard ? -1 : rowPointedAt(pointer.y, valueAt);

  function rowPointedAt(y: number, value: (pixel: number) => unknown): number {
    if (model.axis.kind === "rows") return rowAt(model, Number(value(y)));
    const half = BAND_HEIGHT / 2;
    return strongestRow(model, rowsBetween(model, Number(value(y + half)), Number(value(y - half))), column);
  }
  return (
    <ChartTooltip
      title={pointText(timeS, cut)}
      rows={columnFacts.map(({ label, quantity, values }) => ({
        key: label,
        label,
        value: valueText(quantity, values[column] ?? Number.NaN),
      }))}
      notes={[row < 0 ? null : cellText(row, column), ...notesAt(timeS, model)]}
    />
  );
}
