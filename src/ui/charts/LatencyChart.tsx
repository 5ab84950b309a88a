import { SegmentedField } from "../controls/SegmentedField";
import styles from "./ChartCard.module.css";
import { useChartActions } from "./ChartContext";
import type { ChartView } from "./chart-types";
import { latencyModel } from "./models/latency-model";
import { TimeChart } from "./TimeChart";

const SCALES = [
  { value: "linear", label: "Linear" },
  { value: "log", label: "Log" },
] as const;

/** Latency percentiles over time, with the choice of the scale that all latencies are drawn on. */
export function LatencyChart({ view }: { readonly view: ChartView }) {
  const { setLatencyScale } = useChartActions();
  return (
    <TimeChart
      view={view}
      build={latencyModel}
      canBeLog
      choice={
        <div className={styles.choice}>
          <SegmentedField
            label="Latency scale"
            value={view.latencyScale}
            options={SCALES}
            onChange={(value) => setLatencyScale(value === "log" ? "log" : "linear")}
          />
        </div>
      }
    />
  );
}
