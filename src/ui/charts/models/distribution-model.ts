import type { LatencyDistribution } from "../../../analysis/result-types";
import { formatCount, formatMs } from "../../../base/format";
import type { ChartView } from "../chart-types";
import { noAnswers } from "./latency-model";

/** How many answers took how long: shares per bin, with the percentiles as marks. */
export interface DistributionModel {
  readonly id: string;
  readonly title: string;
  readonly reading: string;
  readonly empty: string | null;
  /** Of the bins that either run fills. */
  readonly edgesMs: Float64Array;
  /** Share of all answers in each bin; a fraction. */
  readonly shares: Float64Array;
  readonly counts: Float64Array;
  /** Share of the answers up to the end of each bin. */
  readonly below: Float64Array;
  /** The pinned run's shares in the same bins; null where nothing is pinned. */
  readonly baseline: Float64Array | null;
  readonly marks: readonly { readonly label: string; readonly color: string; readonly valueMs: number }[];
}

/** The distribution of latency after the warm-up. Bins are logarithmic, so that both ends can be seen. */
export function distributionModel({ summary, baseline }: ChartView): DistributionModel {
  const { distribution, figures } = summary;
  const { p50, p95, p99 } = figures.latencyMs;
  const edgesMs = commonEdges(distribution, baseline?.distribution);
  const counts = countsIn(edgesMs, distribution);
  const total = sum(counts);
  const shares = shareOf(counts);
  let running = 0;
  const below = shares.map((share) => {
    running += share;
    return running;
  });
  const empty = noAnswers(summary) ?? (total === 0 ? "No request succeeded after the warm-up." : null);
  const marks = [
    { label: "p50", color: "var(--chart-3)", valueMs: p50.mean },
    { label: "p95", color: "var(--chart-2)", valueMs: p95.mean },
    { label: "p99", color: "var(--chart-4)", valueMs: p99.mean },
  ].flatMap(({ valueMs, ...mark }) => (valueMs === null ? [] : [{ ...mark, valueMs }]));
  const isKnown = empty === null && p50.mean !== null && p99.mean !== null;
  return {
    id: "distribution",
    title: isKnown
      ? `Half of the answers take over ${formatMs(p50.mean ?? 0)}, 1 of 100 over ${formatMs(p99.mean ?? 0)}`
      : "How are the latencies distributed?",
    reading: isKnown
      ? `${formatCount(total)} answers after the warm-up. A second hump is a second population.`
      : "Answers by how long they took.",
    empty,
    edgesMs,
    shares,
    counts,
    below,
    baseline: baseline === null ? null : shareOf(countsIn(edgesMs, baseline.distribution)),
    marks,
  };
}

function sum(counts: Float64Array): number {
  return counts.reduce((total, count) => total + count, 0);
}

function shareOf(counts: Float64Array): Float64Array {
  const total = sum(counts);
  return counts.map((count) => (total === 0 ? 0 : count / total));
}

/** The edges of both runs: their bins lie on one grid, of which each run has the part that it fills. */
function commonEdges(now: LatencyDistribution, old: LatencyDistribution | undefined): Float64Array {
  return Float64Array.from(new Set([...now.edgesMs, ...(old?.edgesMs ?? [])])).sort();
}

function countsIn(edgesMs: Float64Array, { edgesMs: own, counts }: LatencyDistribution): Float64Array {
  const byEdge = new Map<number, number>();
  for (const [bin, count] of counts.entries()) byEdge.set(own[bin] ?? 0, count);
  return Float64Array.from(
    { length: Math.max(0, edgesMs.length - 1) },
    (_, bin) => byEdge.get(edgesMs[bin] ?? 0) ?? 0,
  );
}
