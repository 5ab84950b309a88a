import type { RunSummary } from "../../../analysis/result-types";
import { formatMs } from "../../../base/format";
import type { ChartLine, ChartView, TimeModel } from "../chart-types";
import { drift, type PercentileName, percentileSeries } from "./percentiles";
import { baselineCut, viewCut } from "./view-cut";

const NAMES: readonly PercentileName[] = ["p50", "p75", "p90", "p95", "p99", "max"];

/** Latency of successful requests over time, by percentile. */
export function latencyModel(view: ChartView): TimeModel {
  const { summary } = view;
  const cut = viewCut(view, "calm");
  const oldCut = baselineCut(view);
  const { p95Ms, p99Ms } = summary.figures.scenario.slo;
  const lines: ChartLine[] = [];
  if (p95Ms !== null)
    lines.push({ value: p95Ms, label: `objective p95 ${formatMs(p95Ms)}`, kind: "objective" });
  if (p99Ms !== null)
    lines.push({ value: p99Ms, label: `objective p99 ${formatMs(p99Ms)}`, kind: "objective" });
  return {
    id: "latency",
    ...latencyWords(summary),
    quantity: "ms",
    axisTitle: "latency",
    cut,
    baselineX: oldCut.x,
    lines,
    series: NAMES.map((name) => percentileSeries(view, cut, oldCut, "latency", name, name)),
  };
}

/** Why a chart of answered requests has nothing to show; null where it has something. */
export function noAnswers({ figures, series }: RunSummary): string | null {
  if (figures.simulatedRequests === 0 || series.atS.length === 0)
    return "No requests were sent: the traffic is zero.";
  if (series.ok.some((count) => count > 0)) return null;
  return "No request succeeded, so there is no latency to show.";
}

/** p95 near p50 by this factor is called one latency; a drift beyond it is called a change. */
const NEAR = 1.25;
const GROWTH = 1.4;

function latencyWords(summary: RunSummary): Pick<TimeModel, "title" | "reading" | "empty"> {
  const { p50, p95, p99, max } = summary.figures.latencyMs;
  const empty = noAnswers(summary);
  if (empty !== null || p50.mean === null || p95.mean === null) {
    return { title: "How long do answers take?", reading: "Latency over time, by percentile.", empty };
  }
  return { title: latencyTitle(summary, p50.mean, p95.mean), reading: reading(), empty };

  function reading(): string {
    const limit = summary.figures.scenario.slo.p95Ms;
    const slowest =
      p99.mean === null || max.mean === null
        ? ""
        : `p99 is ${formatMs(p99.mean)}, the slowest answer ${formatMs(max.mean)}.`;
    if (limit === null || p95.mean === null) return slowest;
    const verdict = p95.mean <= limit ? "keeps" : "misses";
    return `p95 of ${formatMs(p95.mean)} ${verdict} the objective of ${formatMs(limit)}; ${slowest}`;
  }
}

function latencyTitle(summary: RunSummary, p50: number, p95: number): string {
  const change = drift(summary, "p95");
  if (change !== null && change.late > change.early * GROWTH) {
    return `p95 grows from ${formatMs(change.early)} to ${formatMs(change.late)}`;
  }
  if (change !== null && change.early > change.late * GROWTH) {
    return `p95 falls from ${formatMs(change.early)} to ${formatMs(change.late)}`;
  }
  if (p95 <= p50 * NEAR) return `Latency stays near ${formatMs(p50)}`;
  return `Half within ${formatMs(p50)}, 95 of 100 within ${formatMs(p95)}`;
}
