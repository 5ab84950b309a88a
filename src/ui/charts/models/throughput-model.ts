import { FAILURE_KINDS, type ResultFigures, type RunSummary } from "../../../analysis/result-types";
import { formatCount, formatPercent, formatRate } from "../../../base/format";
import type { ChartView, TimeModel } from "../chart-types";
import { FAILURE_LOOKS } from "../failure-looks";
import { isCounted, type RateLook, rateSeries } from "./rate-series";
import { baselineCut, viewCut } from "./view-cut";

const ANSWERED: RateLook = {
  key: "throughput.ok",
  label: "answered",
  color: "var(--chart-1)",
  look: "area",
  read: ({ series }) => series.ok,
};

const SENT: RateLook = {
  key: "throughput.sent",
  label: "sent",
  color: "var(--chart-5)",
  look: "thin",
  read: ({ series }) => series.sent,
};

const RETRIES: RateLook = {
  key: "throughput.retries",
  label: "of them retries",
  color: "var(--chart-4)",
  look: "thin",
  dash: "3 3",
  read: ({ series }) => series.retries,
};

/** Successful answers, requests sent, those of them that are retries, and failures by kind, per second. */
export function throughputModel(view: ChartView): TimeModel {
  const { summary, baseline } = view;
  const cut = viewCut(view, "calm");
  const oldCut = baselineCut(view);
  const failures = FAILURE_KINDS.filter(
    // Also those of the pinned run alone: that they are gone is what its lines show.
    (kind) => (summary.series.failedByKind[kind] ?? baseline?.series.failedByKind[kind]) !== undefined,
  ).map(
    (kind): RateLook => ({
      key: `throughput.failed.${kind}`,
      ...FAILURE_LOOKS[kind],
      look: "stack",
      read: ({ series }) => series.failedByKind[kind],
    }),
  );
  const looks = [ANSWERED, SENT, ...(isCounted(view, RETRIES.read) ? [RETRIES] : []), ...failures];
  return {
    id: "throughput",
    ...throughputWords(summary),
    quantity: "perSecond",
    axisTitle: "per second",
    cut,
    baselineX: oldCut.x,
    lines: [],
    series: looks.map((look) => rateSeries(view, cut, oldCut, look)),
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
  if (figures.measuredS === 0) {
    return { title: "How much goes through?", reading: "Figures begin after the warm-up.", empty: null };
  }
  const answered = formatRate(throughputPerSecond.mean ?? 0).replace("/s", " answers per second");
  if (requests.failed === 0) {
    return {
      title: `${answered}, none fail`,
      reading: `All ${formatCount(requests.ok)} measured requests that ended were answered${retryClause(figures)}.`,
      empty: null,
    };
  }
  const kinds = FAILURE_KINDS.map((kind) => ({ kind, count: requests.failedByKind[kind] ?? 0 }))
    .filter(({ count }) => count > 0)
    .sort((one, other) => other.count - one.count)
    .map(({ kind, count }) => `${FAILURE_LOOKS[kind].label} ${formatCount(count)}`);
  return {
    title: `${answered}; ${formatPercent(failureRate.mean ?? 0)} of requests fail`,
    reading: `Of ${formatCount(requests.ok + requests.failed)} measured: ${kinds.join(", ")}${retryClause(figures)}.`,
    empty: null,
  };
}

function retryClause({ retries, requests }: ResultFigures): string {
  return retries === 0 ? "" : `; ${formatPercent(retries / requests.sent)} of requests sent are retries`;
}
