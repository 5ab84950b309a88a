import type { RunSummary } from "../../../analysis/result-types";
import { formatCount, formatMs } from "../../../base/format";
import type { ChartView, TimeModel } from "../chart-types";
import { noAnswers } from "./latency-model";
import { drift, percentileSeries } from "./percentiles";
import { baselineCut, viewCut } from "./view-cut";

/** How long requests wait for a thread, over time. */
export function queueModel(view: ChartView): TimeModel {
  const { summary } = view;
  const cut = viewCut(view, "calm");
  const oldCut = baselineCut(view);
  const limit = summary.figures.scenario.slo.queueP95Ms;
  return {
    id: "queue",
    ...queueWords(summary),
    quantity: "ms",
    axisTitle: "wait for a thread",
    cut,
    baselineX: oldCut.x,
    lines:
      limit === null
        ? []
        : [{ value: limit, label: `objective p95 ${formatMs(limit)}`, kind: "objective" as const }],
    series: [
      percentileSeries(view, cut, oldCut, "queue", "p50", "queueP50"),
      percentileSeries(view, cut, oldCut, "queue", "p95", "queueP95"),
      percentileSeries(view, cut, oldCut, "queue", "p99", "queueP99"),
    ],
  };
}

const HARDLY_MS = 1;
const GROWTH = 1.4;

function queueWords(summary: RunSummary): Pick<TimeModel, "title" | "reading" | "empty"> {
  const { queueMs, peaks } = summary.figures;
  const empty = noAnswers(summary);
  const p95 = queueMs.p95.mean;
  if (empty !== null || p95 === null) {
    return { title: "How long do requests wait for a thread?", reading: "Queue time over time.", empty };
  }
  const waiting =
    peaks.queued === 0
      ? "At no moment did a request wait for a thread."
      : `At the worst moment ${formatCount(peaks.queued)} ${peaks.queued === 1 ? "request waits" : "requests wait"} at once.`;
  const change = drift(summary, "queueP95");
  if (p95 < HARDLY_MS) return { title: "Hardly any request waits for a thread", reading: waiting, empty };
  if (change !== null && change.late > Math.max(change.early * GROWTH, HARDLY_MS)) {
    return {
      title: `The wait for a thread grows to ${formatMs(change.late)} at p95`,
      reading: waiting,
      empty,
    };
  }
  const half = queueMs.p50.mean ?? 0;
  const title =
    half < HARDLY_MS
      ? `5 of 100 requests wait over ${formatMs(p95)} for a thread`
      : `Half wait over ${formatMs(half)} for a thread, 5 of 100 over ${formatMs(p95)}`;
  return { title, reading: waiting, empty };
}
