import type { ChartView, TimeCut } from "../chart-types";
import { cutTime, type Pace, wholeRun } from "../cut-columns";

/** The points at which a view's run is drawn. */
export function viewCut({ summary, zoom, isPreview }: ChartView, pace: Pace): TimeCut {
  return cutTime(summary, zoom ?? wholeRun(summary), isPreview, pace);
}

const NO_POINTS = new Float64Array(0);

/** The points at which the pinned run is drawn in the same window; none where nothing is pinned. */
export function baselineCut({ summary, baseline, zoom, isPreview }: ChartView): TimeCut {
  const window = zoom ?? wholeRun(summary);
  if (baseline === null) {
    const nothing = { warmupS: 0, runS: window.toS, events: [], stoppedAtS: null };
    return { x: NO_POINTS, widthS: 1, size: 1, first: 0, window, ...nothing };
  }
  return cutTime(baseline, window, isPreview, "calm");
}
