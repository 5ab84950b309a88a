import type { ChartView } from "./chart-types";
import { DistributionChart } from "./DistributionChart";
import { HeatChart } from "./HeatChart";
import { dynosModel } from "./models/dynos-model";
import { latencyHeatModel } from "./models/latency-heat-model";
import { linesModel } from "./models/lines-model";
import { processorsModel } from "./models/processors-model";
import { replicasModel } from "./models/replicas-model";
import { TimeChart } from "./TimeChart";

interface LowerChartProps {
  readonly view: ChartView;
  readonly chart: "lines" | "processors" | "replicas" | "latency-heat" | "dynos" | "distribution";
}

/** The charts below the first ones, which are fetched together when a reader comes near: see docs/decisions/what-loads-first.md. */
export function LowerChart({ view, chart }: LowerChartProps) {
  switch (chart) {
    case "lines":
      return <TimeChart view={view} build={linesModel} />;
    case "processors":
      return <TimeChart view={view} build={processorsModel} />;
    case "replicas":
      return <TimeChart view={view} build={replicasModel} />;
    case "latency-heat":
      return <HeatChart view={view} build={latencyHeatModel} />;
    case "dynos":
      return <HeatChart view={view} build={dynosModel} />;
    case "distribution":
      return <DistributionChart view={view} />;
  }
}
