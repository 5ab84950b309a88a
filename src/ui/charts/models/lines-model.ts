import type { RunSummary } from "../../../analysis/result-types";
import { formatCount } from "../../../base/format";
import type { ChartSeries, ChartView, TimeModel } from "../chart-types";
import { cutMeans } from "../cut-columns";
import { measuredMean } from "./gauge-series";
import { baselineCut, viewCut } from "./view-cut";

/** How many requests wait, and where: in the balancers' own lines, or in those of the dynos. */
export function linesModel(view: ChartView): TimeModel {
  const { summary, baseline } = view;
  const cut = viewCut(view, "calm");
  const oldCut = baselineCut(view);
  function stack(
    key: string,
    look: Pick<ChartSeries, "label" | "color">,
    read: (run: RunSummary) => Float64Array,
  ): ChartSeries {
    const every = read(summary);
    return {
      key: `lines.${key}`,
      ...look,
      look: "stack",
      isShownAtFirst: true,
      values: cutMeans(every, cut),
      every,
      ...(baseline === null ? {} : { baseline: cutMeans(read(baseline), oldCut) }),
    };
  }
  return {
    id: "lines",
    ...linesWords(summary),
    quantity: "count",
    axisTitle: "waiting requests",
    cut,
    baselineX: oldCut.x,
    lines: [],
    series: [
      stack("dynos", { label: "in the dynos' lines", color: "var(--chart-2)" }, atDynos),
      stack(
        "balancer",
        { label: "in the balancer's line", color: "var(--chart-6)" },
        ({ series }) => series.balancerQueued,
      ),
    ],
  };
}

function atDynos({ series }: RunSummary): Float64Array {
  // Both are rounded means: less than nothing is nothing.
  return series.queued.map((queued, bucket) => Math.max(0, queued - (series.balancerQueued[bucket] ?? 0)));
}

function linesWords(summary: RunSummary): Pick<TimeModel, "title" | "reading" | "empty"> {
  const { figures, series } = summary;
  const { balancerQueued } = figures.peaks;
  const reading = "A request that leaves the balancer's line was never sent to a dyno, so it wastes nothing.";
  if (figures.simulatedRequests === 0 || series.atS.length === 0) {
    return {
      title: "Where do requests wait?",
      reading,
      empty: "No requests were sent, so none had to wait.",
    };
  }
  const mean = measuredMean(summary, "balancerQueued");
  const title =
    balancerQueued === 0
      ? "No request waits in the balancer's line"
      : `On average ${formatCount(Number(mean.toPrecision(3)))} requests wait in the balancer's line, at most ${formatCount(balancerQueued)}`;
  return { title, reading, empty: null };
}
