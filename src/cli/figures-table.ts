import {
  type Estimate,
  type LatencyEstimates,
  type ObjectiveMiss,
  type RequestCounts,
  type ResultFigures,
  type RunSummary,
  STAGES,
  type StageBreakdown,
} from "../analysis/result-types";
import { formatCount, formatMs, formatPercent, formatRate, formatUsd } from "../base/format";
import { MOST_IN_SYSTEM } from "../engine/record/replication-record";
import { resolveDynoType } from "../scenario/catalogue";
import { dynoMemoryMb } from "../scenario/dyno-memory";
import type { Scenario } from "../scenario/types";
import { alignedColumns } from "./text-table";

/** Less than this in a stage is what rounding leaves, ms. */
const NO_TIME_MS = 1e-6;

type Row = readonly [name: string, value: string, interval: string];

/** The figures of a run as a table for a terminal. */
export function figuresTable({ figures, breakdown }: Pick<RunSummary, "figures" | "breakdown">): string {
  const { scenario, requests, slo } = figures;
  const title = scenario.name === "" ? "Scenario" : scenario.name;
  const rows: Row[] = [
    row("throughput", figures.throughputPerSecond, formatRate),
    row("failure rate", figures.failureRate, formatPercent),
    ...latencyRows("latency", figures.latencyMs),
    ...latencyRows("queue time", figures.queueMs),
    ["monthly cost", formatUsd(figures.cost.monthlyUsd), ""],
  ];
  const kinds = Object.entries(requests.failedByKind).map(([kind, count]) => `${formatCount(count)} ${kind}`);
  const lines = [
    `${title}: ${figures.replications} replications of ${scenario.run.durationS} s, ${formatCount(figures.simulatedRequests)} requests in ${formatMs(figures.wallMs)}`,
    ...brokenOffLine(figures),
    "",
    ...aligned(rows),
    ...endpointRows(figures),
    ...fleetRows(figures),
    ...stageRows(breakdown),
    "",
    `measured requests: ${formatCount(requests.ok)} ok, ${formatCount(requests.failed)} failed${kinds.length > 0 ? ` (${kinds.join(", ")})` : ""}, ${formatCount(requests.inFlight)} in flight at the end`,
    ...retryLine(figures),
    ...usageLine(figures),
    ...memoryLine(scenario),
    ...slo.misses.map(missLine),
  ];
  return `${lines.join("\n")}\n`;
}

function brokenOffLine({ stoppedAtS }: ResultFigures): string[] {
  if (stoppedAtS === null) return [];
  const time = Number(stoppedAtS.toFixed(1));
  return [
    `BROKEN OFF at ${time} s: more than ${MOST_IN_SYSTEM.toLocaleString("en-US")} requests were in the system at once. All figures are until then.`,
  ];
}

function row(name: string, { mean, ci95 }: Estimate, format: (value: number) => string): Row {
  const interval = ci95 === null ? "" : `95 %: ${format(ci95[0])} to ${format(ci95[1])}`;
  return [name, mean === null ? "none" : format(mean), interval];
}

function latencyRows(name: string, latency: LatencyEstimates): Row[] {
  return (["mean", "p50", "p95", "p99", "max"] as const).map((key) =>
    row(`${name} ${key}`, latency[key], formatMs),
  );
}

/** How many requests, and which share of those that ended failed. */
function countCells({ sent, ok, failed }: RequestCounts): [string, string] {
  return [formatCount(sent), ok + failed === 0 ? "none" : formatPercent(failed / (ok + failed))];
}

/** A table of the endpoints, where there are several. */
function endpointRows({ byEndpoint }: ResultFigures): string[] {
  const endpoints = Object.entries(byEndpoint);
  if (endpoints.length < 2) return [];
  const keys = ["mean", "p50", "p95", "p99"] as const;
  const rows = endpoints.map(([name, { requests, latencyMs }]) => [
    name,
    ...countCells(requests),
    ...keys.map((key) => milliseconds(latencyMs[key].mean)),
  ]);
  return ["", ...alignedColumns([["endpoint", "sent", "failed", ...keys], ...rows])];
}

function milliseconds(ms: number | null): string {
  return ms === null ? "none" : formatMs(ms);
}

/** A table of the fleets, where there are several. */
function fleetRows({ byFleet, scenario }: ResultFigures): string[] {
  if (scenario.fleets.length < 2) return [];
  const rows = scenario.fleets.flatMap(({ name, dynos, processes, threads }) => {
    const figures = byFleet[name];
    if (figures === undefined) return [];
    const busy = figures.perDyno.busyThreads.reduce((sum, own) => sum + own, 0);
    const all = dynos * processes * threads;
    return [
      [
        name,
        ...countCells(figures.requests),
        formatCount(dynos),
        all === 0 ? "none" : formatPercent(Math.min(1, busy / all)),
      ],
    ];
  });
  return ["", ...alignedColumns([["fleet", "sent", "failed", "dynos", "busy threads"], ...rows])];
}

/** Where the time of a request goes: a row for the mean one and for each percentile, a column for each stage that takes time. */
function stageRows(breakdown: readonly StageBreakdown[]): string[] {
  const stages = STAGES.filter((stage) => breakdown.some(({ stagesMs }) => stagesMs[stage] > NO_TIME_MS));
  if (breakdown.length === 0 || stages.length === 0) return [];
  const rows = breakdown.map(({ of, totalMs, stagesMs }) => [
    of,
    formatMs(totalMs),
    ...stages.map((stage) => (stagesMs[stage] <= NO_TIME_MS ? "0" : formatMs(stagesMs[stage]))),
  ]);
  return ["", ...alignedColumns([["where the time goes", "latency", ...stages], ...rows])];
}

function retryLine({ retries, requests, staleReads }: ResultFigures): string[] {
  const again = `retries: ${formatCount(retries)} of ${formatCount(requests.sent)} requests were sent again after a failure`;
  const stale = `stale reads: ${formatCount(staleReads)} may have missed the same client's last write`;
  return [...(retries > 0 ? [again] : []), ...(staleReads > 0 ? [stale] : [])];
}

/** What was in use on average, of what there was. */
function usageLine({ utilization }: ResultFigures): string[] {
  const names: Readonly<Record<keyof ResultFigures["utilization"], string>> = {
    threads: "threads",
    cpu: "processors",
    pool: "pool connections",
    pooler: "pooler connections",
    databaseConnections: "database connections",
    databaseCpu: "database processors",
    replicaConnections: "replica connections",
    replicaCpu: "replica processors",
  };
  const parts = (Object.keys(names) as (keyof typeof names)[]).flatMap((part) =>
    utilization[part] > 0 ? `${names[part]} ${formatPercent(utilization[part])}` : [],
  );
  return parts.length === 0 ? [] : [`in use: ${parts.join(", ")}`];
}

function missLine({ objective, limit, value }: ObjectiveMiss): string {
  const text = objective === "failureRate" ? formatPercent : formatMs;
  return `misses the objective: ${objective} is ${value === null ? "not measurable" : text(value)}, at most ${text(limit)} wanted`;
}

function memoryLine({ fleets }: Scenario): string[] {
  return fleets.flatMap((fleet) => {
    const { memoryMb } = resolveDynoType(fleet.dynoType);
    const needed = dynoMemoryMb(fleet);
    if (needed <= memoryMb) return [];
    const effect = needed > 2 * memoryMb ? "each dyno is killed (R15)" : "each dyno swaps (R14)";
    return [`over memory quota: ${fleet.name} needs ${needed} MB of ${memoryMb} MB, so ${effect}`];
  });
}

/** Names to the left, values to the right, intervals to the left behind them. */
function aligned(rows: readonly Row[]): string[] {
  const values = alignedColumns(rows.map(([name, value]) => [name, value]));
  return rows.map(([, , interval], index) => `${values[index] ?? ""}  ${interval}`.trimEnd());
}
