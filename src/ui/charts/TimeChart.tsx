import { memo, type ReactNode, useMemo, useRef } from "react";
import { ChartCard } from "./ChartCard";
import { useChartActions } from "./ChartContext";
import { ChartLegend } from "./ChartLegend";
import { type ChartView, isShown, type TimeModel } from "./chart-types";
import { nearestPoint } from "./cut-columns";
import type { PictureKey } from "./export-png";
import { cardPlotWidth } from "./plot-geometry";
import { type PlotBelow, TimePlot } from "./TimePlot";
import { useTimeZoom } from "./use-time-zoom";
import { lineAt, valueText } from "./value-text";
import { ZoomArea } from "./ZoomArea";

interface TimeChartProps {
  readonly view: ChartView;
  readonly build: (view: ChartView) => TimeModel;
  /** Whether the vertical axis follows the latency scale. */
  readonly canBeLog?: boolean;
  readonly choice?: ReactNode;
  /** What is drawn under the time axis, on the same scale. */
  readonly below?: (model: TimeModel) => PlotBelow;
}

/** A chart of series over time, with its frame. */
export const TimeChart = memo(function TimeChart({
  view,
  build,
  canBeLog = false,
  choice,
  below,
}: TimeChartProps) {
  const { summary, baseline, toggled } = view;
  const model = useMemo(() => build(view), [build, view]);
  const under = useMemo(() => below?.(model), [below, model]);
  const plot = useRef<HTMLFieldSetElement>(null);
  const actions = useChartActions();
  const zoom = useTimeZoom(view, actions);
  const shown = model.series.filter((one) => isShown(one, toggled));

  function at(timeS: number): string {
    const point = nearestPoint(model.cut.x, timeS);
    const values = shown.map(
      ({ label, values }) => `${label} ${valueText(model.quantity, values[point] ?? Number.NaN)}`,
    );
    return lineAt(timeS, model, values);
  }
  const pictureKeys: PictureKey[] = shown.map(({ label, color, dash }) => ({
    kind: "line",
    label,
    color,
    dash,
  }));
  if (baseline !== null)
    pictureKeys.push({ kind: "line", label: "baseline", color: "--ink-faint", dash: "3 3" });

  return (
    <ChartCard
      id={model.id}
      title={model.title}
      reading={model.reading}
      empty={model.empty}
      legend={<ChartLegend series={model.series} toggled={toggled} hasBaseline={baseline !== null} />}
      pictureKeys={pictureKeys}
      table={async () => (await import("./chart-table")).timeTable(model, summary)}
      at={at}
      choice={choice}
      zoom={zoom.controls}
      plot={plot}
    >
      <ZoomArea
        plot={plot}
        width={cardPlotWidth(view.columnWidth)}
        window={model.cut.window}
        whole={zoom.whole}
        bucketS={summary.series.bucketS}
      >
        <TimePlot
          model={model}
          toggled={toggled}
          scale={canBeLog ? view.latencyScale : "linear"}
          width={cardPlotWidth(view.columnWidth)}
          plot={plot}
          below={under}
        />
      </ZoomArea>
    </ChartCard>
  );
});
