import { FAILURE_KINDS, type RunSummary } from "../../../analysis/result-types";
import { formatCount, formatPercent, formatRate } from "../../../base/format";
import type { ChartSeries, ChartView, TimeCut, TimeModel } from "../chart-types";
import { cutMeans, perSecond } from "../cut-columns";
import { FAILURE_LOOKS } from "../failure-looks";
import { baselineCut, viewCut } from "./view-cut";

/** Successful answers, failures by kind and requests sent, per second. */
export function throughputModel(view: ChartView): TimeModel {
  const { summary, baseline } = view;
  const { series } = summary;
  const cut = viewCut(view, "calm");
  const oldCut = baselineCut(view);

  function rate(run: RunSummary, column: Float64Array, at: TimeCut) {
    return cutMeans(column, at, 1 / run.series.bucketS);
  }
  function line(
    key: string,
    look: Pick<ChartSeries, "label" | "color" | "look" | "dash">,
    read: (run: RunSummary) => Float64Array | undefined,
  ): ChartSeries {
    const column = read(summary) ?? new Float64Array(series.atS.length);
    const old = baseline === null ? undefined : read(baseline);
    return {
      key,
      ...look,
      isShownAtFirst: true,
      values: rate(summary, column, cut),
      every: perSecond(column, series),
      ...(old === undefined || baseline === null ? {} : { baseline: rate(baseline, old, oldCut) }),
    };
  }

  const failures = FAILURE_KINDS.filter(
    // Also those of the pinned run alone: that they are gone is what its lines show.
    (kind) => (series.failedByKind[kind] ?? baseline?.series.failedByKind[kind]) !== undefined,
  ).map((kind) =>
    line(
      `throughput.failed.${kind}`,
      { ...FAILURE_LOOKS[kind], look: "stack" },
      (run) => run.series.failedByKind[kind],
    ),
  );
  return {
    id: "throughput",
    ...throughputWords(summary),
    quantity: "perSecond",
    axisTitle: "per second",
    cut,
    baselineX: oldCut.x,
    lines: [],
    series: [
      line(
        "throughput.ok",
        { label: "answered", color: "var(--chart-1)", look: "area" },
        (run) => run.series.ok,
      ),
      line(
        "throughput.sent",
        { label: "sent", color: "var(--chart-5)", look: "thin" },
        (run) => run.series.sent,
      ),
      ...failures,
    ],
  };
}

function throughputWords({ figures, series }: RunSummary): Pick<TimeModel, "title" | "reading" | "empty"> {
  const { requests, throughputPerSecond, failureRate } = figures;
  if (figures.simulatedRequests === 0 || series.atS.length === 0) {
    return {
      title: "No requests were sent",
      reading: "Throughput and failures over time.",
      empty: "No requests were sent: the traffic is zero.",
    };
  }
  const answered = formatRate(throughputPerSecond.mean ?? 0).replace("/s", " answers per second");
  if (requests.failed === 0) {
    return {
      title: `${answered}, none fail`,
      reading: `All ${formatCount(requests.ok)} measured requests that ended were answered.`,
      empty: null,
    };
  }
  const kinds = FAILURE_KINDS.map((kind) => ({ kind, count: requests.failedByKind[kind] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count)
    .map(({ kind, count }) => `${FAILURE_LOOKS[kind].label} ${formatCount(count)}`);
  return {
    title: `${answered}; ${formatPercent(failureRate.mean ?? 0)} of requests fail`,
    reading: `Of ${formatCount(requests.ok + requests.failed)} measured: ${kinds.join(", ")}.`,
    empty: null,
  };
}
