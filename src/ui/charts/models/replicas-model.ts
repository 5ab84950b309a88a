import type { ResultFigures, RunSummary, SeriesColumns } from "../../../analysis/result-types";
import { formatCount } from "../../../base/format";
import { usableConnections } from "../../../scenario/usable-connections";
import type { ChartSeries, ChartView, TimeCut, TimeModel } from "../chart-types";
import { cutMeans } from "../cut-columns";
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

/** More lines than this could not be told apart. */
const MOST_LINES = 15;
/** Of the colours of charts, those that the means do not have. */
const LINE_COLOURS = [3, 6, 7, 8, 9];
const DASHES = [undefined, "6 2", "2 2"];

/** Whether a run has replicas to show, from its beginning or later. */
export function hasReplicas({ figures, series }: RunSummary): boolean {
  return figures.scenario.database.replicas.count > 0 || series.replicas.some((count) => count > 0);
}

/** Replicas of the database, their connections on average and each by itself, and reads of what may be out of date. */
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
      ...connectionLines(summary, cut),
      ...(areStale ? [rateSeries(view, cut, oldCut, STALE_READS)] : []),
    ],
  };
}

/** Of each replica of the first replication, where there are several: a mean would hide the one that has none yet. */
function connectionLines({ series }: RunSummary, cut: TimeCut): ChartSeries[] {
  const buckets = series.atS.length;
  const rows = replicaRows(series);
  if (rows < 2) return [];
  return Array.from({ length: Math.min(rows, MOST_LINES) }, (_, row): ChartSeries => {
    const every = series.connectionsPerReplica.subarray(row * buckets, (row + 1) * buckets);
    const dash = DASHES[Math.floor(row / LINE_COLOURS.length)];
    return {
      key: `replicas.connections.${row + 1}`,
      label: `replica ${row + 1}`,
      color: `var(--chart-${LINE_COLOURS[row % LINE_COLOURS.length]})`,
      look: "line",
      ...(dash === undefined ? {} : { dash }),
      isShownAtFirst: true,
      values: cutMeans(every, cut),
      every,
    };
  });
}

function replicaRows({ atS, connectionsPerReplica }: SeriesColumns): number {
  return atS.length === 0 ? 0 : connectionsPerReplica.length / atS.length;
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
  const reading = `${use}${idleSentence(summary)}${staleSentence(figures)}`;
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

/** A replica with less than this share of the fullest one's connections has hardly any. */
const HARDLY = 0.1;

/** Whether at the end a replica that is there has hardly any connections, because nobody has connected since it came. */
function idleSentence({ figures, series }: RunSummary): string {
  const { routing } = figures.scenario.database.replicas;
  const buckets = series.atS.length;
  let last = buckets - 1;
  while (last >= 0 && Number.isNaN(series.replicas[last])) last -= 1;
  const there = Math.min(replicaRows(series), Math.round(series.replicas[last] ?? 0));
  const ends = Array.from(
    { length: there },
    (_, row) => series.connectionsPerReplica[row * buckets + last] ?? 0,
  );
  const most = Math.max(0, ...ends);
  const idle = ends.filter((open) => open < most * HARDLY).length;
  if (routing !== "dns" || idle === 0) return "";
  return ` ${idle === 1 ? "One replica has" : `${idle} replicas have`} hardly any connections at the end: a new one gets traffic only as connections are opened anew.`;
}

function staleSentence({ staleReads }: ResultFigures): string {
  if (staleReads === 0) return "";
  const whose =
    staleReads === 1
      ? "1 read may have missed its"
      : `${formatCount(staleReads)} reads may have missed their`;
  return ` ${whose} own client's last write.`;
}
