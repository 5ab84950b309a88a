import { memo, useMemo, useRef } from "react";
import { ChartCard } from "./ChartCard";
import { useChartActions } from "./ChartContext";
import { HeatLegend } from "./ChartLegend";
import type { ChartView } from "./chart-types";
import { nearestPoint } from "./cut-columns";
import type { PictureKey } from "./export-png";
import { HeatPlot } from "./HeatPlot";
import { looksOf } from "./HeatStates";
import type { HeatModel } from "./models/heat-types";
import { cardPlotWidth } from "./plot-geometry";
import { useTimeZoom } from "./use-time-zoom";
import { lineAt, valueText } from "./value-text";
import { ZoomArea } from "./ZoomArea";

interface HeatChartProps {
  readonly view: ChartView;
  readonly build: (view: ChartView) => HeatModel;
}

/** A heat map over time, with its frame. */
export const HeatChart = memo(function HeatChart({ view, build }: HeatChartProps) {
  const { summary } = view;
  const model = useMemo(() => build(view), [build, view]);
  const plot = useRef<HTMLFieldSetElement>(null);
  const actions = useChartActions();
  const zoom = useTimeZoom(view, actions);
  const width = cardPlotWidth(view.columnWidth);

  function at(timeS: number): string {
    const column = nearestPoint(model.cut.x, timeS);
    const facts = model.columnFacts.map(
      ({ label, quantity, values }) => `${label} ${valueText(quantity, values[column] ?? Number.NaN)}`,
    );
    return lineAt(timeS, model, facts);
  }
  const { low, high, title } = model.scale;
  const pictureKeys: PictureKey[] = [{ kind: "scale", label: title, low, high }];
  for (const [, { label, color, hatch }] of looksOf(model.states ?? []))
    pictureKeys.push({ kind: "fill", label, color, hatch });
  for (const { label, color } of model.lines) pictureKeys.push({ kind: "line", label, color, dash: "3 3" });

  return (
    <ChartCard
      id={model.id}
      title={model.title}
      reading={model.reading}
      empty={model.empty}
      legend={<HeatLegend {...model.scale} lines={model.lines} states={model.states ?? []} />}
      pictureKeys={pictureKeys}
      table={async () => (await import("./chart-table")).heatTable(model, summary)}
      at={at}
      zoom={zoom.controls}
      plot={plot}
    >
      <ZoomArea
        plot={plot}
        width={width}
        window={model.cut.window}
        whole={zoom.whole}
        bucketS={summary.series.bucketS}
      >
        <HeatPlot model={model} scale={view.latencyScale} width={width} plot={plot} />
      </ZoomArea>
    </ChartCard>
  );
});
