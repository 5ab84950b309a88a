import type { ResultFigures, RunSummary } from "../../../analysis/result-types";
import { formatCount } from "../../../base/format";
import { usableConnections } from "../../../scenario/usable-connections";
import type { ChartView, TimeModel } from "../chart-types";
import { type GaugeLook, gaugeSeries, measuredMean } from "./gauge-series";
import { isCounted, type RateLook, rateSeries } from "./rate-series";
import { baselineCut, viewCut } from "./view-cut";

const GAUGES: readonly GaugeLook[] = [
  { column: "replicaConnections", label: "connections of a replica", color: "var(--chart-1)", look: "area" },
  { column: "replicas", label: "replicas", color: "var(--chart-4)", look: "thin" },
];

const STALE_READS: RateLook = {
  key: "replicas.staleReads",
  label: "possibly stale reads per second",
  color: "var(--chart-2)",
  look: "line",
  read: ({ series }) => series.staleReads,
};

/** Whether a run has replicas to show. */
export function hasReplicas({ figures }: RunSummary): boolean {
  return figures.scenario.database.replicas.count > 0;
}

/** Replicas of the database, the connections that each has on average, and reads of what may be out of date. */
export function replicasModel(view: ChartView): TimeModel {
  const { summary } = view;
  const cut = viewCut(view, "calm");
  const oldCut = baselineCut(view);
  const usable = usableOfReplica(summary);
  const areStale = isCounted(view, STALE_READS.read);
  return {
    id: "replicas",
    ...replicasWords(summary, usable),
    quantity: "count",
    axisTitle: areStale ? "connections, replicas, reads" : "connections, replicas",
    cut,
    baselineX: oldCut.x,
    lines: [{ value: usable, label: `limit ${formatCount(usable)} of a replica`, kind: "limit" }],
    series: [
      ...gaugeSeries(view, cut, oldCut, "replicas", GAUGES),
      ...(areStale ? [rateSeries(view, cut, oldCut, STALE_READS)] : []),
    ],
  };
}

function usableOfReplica({ figures }: RunSummary): number {
  const { plan, replicas, reservedConnections } = figures.scenario.database;
  return usableConnections({ plan: replicas.plan ?? plan, reservedConnections });
}

function replicasWords(summary: RunSummary, usable: number): Pick<TimeModel, "title" | "reading" | "empty"> {
  const { figures, series } = summary;
  const readers = figures.scenario.fleets.filter(({ reads }) => reads === "replicas");
  const use =
    readers.length === 0
      ? "No fleet reads from replicas."
      : `${readers.map(({ name }) => name).join(", ")} ${readers.length === 1 ? "reads" : "read"} from them; writes cost each of them processor time, too.`;
  const reading = `${use}${staleSentence(figures)}`;
  if (figures.simulatedRequests === 0 || series.atS.length === 0) {
    return {
      title: "What do the replicas hold?",
      reading,
      empty: "No requests were sent, so no connection was opened.",
    };
  }
  const open = formatCount(Math.round(measuredMean(summary, "replicaConnections")));
  const count = Math.round(measuredMean(summary, "replicas"));
  const title =
    count === 1
      ? `The replica has ${open} of ${formatCount(usable)} connections open`
      : `Each of ${count} replicas has ${open} of ${formatCount(usable)} connections open`;
  return { title, reading, empty: null };
}

function staleSentence({ staleReads }: ResultFigures): string {
  if (staleReads === 0) return "";
  const whose =
    staleReads === 1
      ? "1 read may have missed its"
      : `${formatCount(staleReads)} reads may have missed their`;
  return ` ${whose} own client's last write.`;
}
