import { memo, useMemo, useRef } from "react";
import { ChartCard } from "./ChartCard";
import { DistributionLegend } from "./ChartLegend";
import type { ChartView } from "./chart-types";
import { DistributionPlot } from "./DistributionPlot";
import type { PictureKey } from "./export-png";
import { distributionModel } from "./models/distribution-model";
import styles from "./Plot.module.css";
import { cardPlotWidth } from "./plot-geometry";

const ANSWERS: PictureKey = { kind: "line", label: "answers", color: "--chart-1" };
const BASELINE: PictureKey = { kind: "line", label: "baseline", color: "--chart-1", dash: "3 3" };

/** The distribution of latency, with its frame. */
export const DistributionChart = memo(function DistributionChart({ view }: { readonly view: ChartView }) {
  const model = useMemo(() => distributionModel(view), [view]);
  const plot = useRef<HTMLDivElement>(null);
  const hasBaseline = model.baseline !== null;
  return (
    <ChartCard
      id={model.id}
      title={model.title}
      reading={model.reading}
      empty={model.empty}
      legend={<DistributionLegend hasBaseline={hasBaseline} />}
      pictureKeys={hasBaseline ? [ANSWERS, BASELINE] : [ANSWERS]}
      table={async () => (await import("./chart-table")).distributionTable(model)}
      plot={plot}
    >
      <div className={styles.plot} ref={plot}>
        <DistributionPlot model={model} scale={view.latencyScale} width={cardPlotWidth(view.columnWidth)} />
      </div>
    </ChartCard>
  );
});
