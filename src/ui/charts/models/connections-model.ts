import type { RunSummary } from "../../../analysis/result-types";
import { formatCount, formatPercent } from "../../../base/format";
import { resolveDatabasePlan } from "../../../scenario/catalogue";
import { usableConnections } from "../../../scenario/usable-connections";
import type { ChartLine, ChartView, TimeModel } from "../chart-types";
import { type GaugeLook, gaugeSeries, measuredMean } from "./gauge-series";
import { baselineCut, viewCut } from "./view-cut";

const GAUGES: readonly GaugeLook[] = [
  { column: "databaseConnections", label: "open", color: "var(--chart-1)", look: "area" },
  { column: "databaseActive", label: "running a query", color: "var(--chart-3)", look: "line" },
  { column: "poolerClients", label: "pooler clients", color: "var(--chart-6)", look: "thin" },
  { column: "poolerQueued", label: "waiting at the pooler", color: "var(--chart-4)", look: "line" },
];

/** Whether any query of a run's scenario goes to the primary. */
export function usesPrimary({ figures }: RunSummary): boolean {
  const { endpoints, fleets, database } = figures.scenario;
  return endpoints.some(({ steps, fleet: goesTo }) => {
    const names = typeof goesTo === "string" ? [goesTo] : Object.keys(goesTo);
    const readsPrimary =
      database.replicas.count === 0 ||
      fleets.some(({ name, reads }) => names.includes(name) && reads === "primary");
    return steps.some((step) => step.kind === "query" && (step.access === "write" || readsPrimary));
  });
}

/** Connections of the database, and clients of the pooler where there is one, against the plan's limits. */
export function connectionsModel(view: ChartView): TimeModel {
  const { summary } = view;
  const cut = viewCut(view, "calm");
  const oldCut = baselineCut(view);
  const hasPooler = summary.figures.scenario.pooler.enabled;
  return {
    id: "connections",
    ...connectionsWords(summary),
    quantity: "count",
    axisTitle: "connections",
    cut,
    baselineX: oldCut.x,
    lines: limitLines(summary),
    series: gaugeSeries(
      view,
      cut,
      oldCut,
      "connections",
      GAUGES.filter(({ column }) => hasPooler || !column.startsWith("pooler")),
    ),
  };
}

function limitLines({ figures }: RunSummary): ChartLine[] {
  const { database } = figures.scenario;
  if (database.reservedConnections > 0) {
    const usable = usableConnections(database);
    return [{ value: usable, label: `limit ${formatCount(usable)}, without the reserved`, kind: "limit" }];
  }
  const { connectionLimit, enforcedConnectionLimit } = resolveDatabasePlan(figures.scenario.database.plan);
  if (enforcedConnectionLimit === null || enforcedConnectionLimit === connectionLimit) {
    return [{ value: connectionLimit, label: `limit ${formatCount(connectionLimit)}`, kind: "limit" }];
  }
  return [
    { value: connectionLimit, label: `advertised ${formatCount(connectionLimit)}`, kind: "limit" },
    {
      value: enforcedConnectionLimit,
      label: `enforced ${formatCount(enforcedConnectionLimit)}`,
      kind: "limit",
    },
  ];
}

/** A peak beyond this share of the limit is near it. */
const NEAR = 0.9;

function connectionsWords(summary: RunSummary): Pick<TimeModel, "title" | "reading" | "empty"> {
  const { figures } = summary;
  const peak = figures.peaks.databaseConnections;
  const usable = usableConnections(figures.scenario.database);
  const limit = formatCount(usable);
  const refused = figures.requests.failedByKind["connection-refused"] ?? 0;
  if (peak === 0) {
    return {
      title: "Connections of the database",
      reading: `The database gives ${limit}.`,
      empty:
        figures.simulatedRequests === 0
          ? "No requests were sent, so no connection was opened."
          : "No connection to the database was opened.",
    };
  }
  const running = measuredMean(summary, "databaseActive");
  const open = measuredMean(summary, "databaseConnections");
  const reading = `On average ${formatCount(Math.round(open))} are open and ${formatCount(Math.round(running))} run a query.`;
  if (refused > 0) {
    const { ok, failed } = figures.requests;
    const title = `All ${limit} connections are taken, ${formatPercent(refused / (ok + failed))} of requests refused`;
    return { title, reading, empty: null };
  }
  const verb =
    peak >= usable ? "reach the limit:" : peak >= usable * NEAR ? "come near the limit:" : "peak at";
  return { title: `Connections ${verb} ${formatCount(peak)} of ${limit}`, reading, empty: null };
}
