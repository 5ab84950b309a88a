import type { HistogramRecord } from "../engine/record/replication-record";
import { estimate } from "./intervals";
import { mean, mergeHistograms, percentile } from "./percentiles";
import type { LatencyEstimates } from "./result-types";

/** Mean, percentiles and maximum of all replications' values together, each with the spread of the replications' own. */
export function latencyEstimates(histograms: readonly HistogramRecord[]): LatencyEstimates {
  const merged = mergeHistograms(histograms);
  const at = (share: number) =>
    estimate(
      percentile(merged, share),
      histograms.map((histogram) => percentile(histogram, share)),
    );
  return {
    mean: estimate(mean(merged), histograms.map(mean)),
    p50: at(0.5),
    p75: at(0.75),
    p90: at(0.9),
    p95: at(0.95),
    p99: at(0.99),
    max: estimate(
      merged.counts.length === 0 ? null : merged.largest,
      histograms.map((histogram) => (histogram.counts.length === 0 ? null : histogram.largest)),
    ),
  };
}
