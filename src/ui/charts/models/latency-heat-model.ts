import type { LatencyDistribution, RunSummary } from "../../../analysis/result-types";
import { formatCount, formatMs } from "../../../base/format";
import type { ChartView } from "../chart-types";
import { cutPercentiles, largest } from "../cut-columns";
import { cutRows } from "./cut-rows";
import type { HeatModel } from "./heat-types";
import { noAnswers } from "./latency-model";
import { baselineCut, viewCut } from "./view-cut";

/** Low counts get more of the scale than their share, so that a second, smaller population is seen. */
const EXPONENT = 0.5;

/** Latency over time as a heat map: how many answers came in each time at each latency. */
export function latencyHeatModel(view: ChartView): HeatModel {
  const { summary, baseline } = view;
  const { series, heatmap } = summary;
  const cut = viewCut(view, "calm");
  const oldCut = baselineCut(view);
  const rows = Math.max(0, heatmap.edgesMs.length - 1);
  const cells = cutRows(heatmap.density, rows, series.atS.length, cut).map((mean) => mean * cut.size);
  const empty = noAnswers(summary);
  const most = largest(cells);
  return {
    id: "latency-heat",
    title: title(summary, empty),
    reading: "Strong colour: many answers. Two bands are two populations, which percentiles hide.",
    empty,
    axisTitle: "latency",
    cut,
    cells,
    rows,
    axis: { kind: "ms", edgesMs: heatmap.edgesMs },
    most,
    exponent: EXPONENT,
    scale: { low: "0", high: formatCount(Number(most.toPrecision(2))), title: "answers" },
    baselineX: oldCut.x,
    lines:
      baseline === null
        ? []
        : [
            {
              key: "p50",
              label: "baseline p50",
              color: "var(--chart-3)",
              values: cutPercentiles(baseline.series.p50, baseline.series.ok, oldCut),
            },
            {
              key: "p95",
              label: "baseline p95",
              color: "var(--chart-2)",
              values: cutPercentiles(baseline.series.p95, baseline.series.ok, oldCut),
            },
          ],
    columnFacts: [
      { label: "p50", quantity: "ms", values: cutPercentiles(series.p50, series.ok, cut) },
      { label: "p95", quantity: "ms", values: cutPercentiles(series.p95, series.ok, cut) },
    ],
    cellText: (row, column) => {
      const count = cells[row * cut.x.length + column] ?? 0;
      return `${rowTitle(row)}: ${formatCount(Number(count.toPrecision(3)))} answers`;
    },
    rowTitle,
    every: heatmap.density,
  };

  function rowTitle(row: number): string {
    const low = heatmap.edgesMs[row] ?? 0;
    return `${formatMs(low)}–${formatMs(heatmap.edgesMs[row + 1] ?? low)}`;
  }
}

function title({ distribution, figures }: RunSummary, empty: string | null): string {
  const middle = figures.latencyMs.p50.mean;
  const low = quantile(distribution, 0.1);
  const high = quantile(distribution, 0.9);
  if (empty !== null || low === null || high === null) return "Where do the latencies lie?";
  if (high <= low * 1.2 && middle !== null) return `8 of 10 answers take about ${formatMs(middle)}`;
  return `8 of 10 answers take ${formatMs(low)} to ${formatMs(high)}`;
}

/** The latency under which a share of the answers lies, to the width of a bin; null where there are none. */
function quantile({ counts, edgesMs }: LatencyDistribution, share: number): number | null {
  let total = 0;
  for (const count of counts) total += count;
  if (total === 0) return null;
  let sum = 0;
  for (const [bin, count] of counts.entries()) {
    if (count > 0 && sum + count >= total * share) {
      const low = edgesMs[bin] ?? 0;
      const high = edgesMs[bin + 1] ?? low;
      return low + (high - low) * ((total * share - sum) / count);
    }
    sum += count;
  }
  return edgesMs[edgesMs.length - 1] ?? null;
}
