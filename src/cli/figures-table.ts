import type { Estimate, LatencyEstimates, ObjectiveMiss, ResultFigures } from "../analysis/result-types";
import { formatCount, formatMs, formatPercent, formatRate, formatUsd } from "../base/format";
import { resolveDynoType } from "../scenario/catalogue";
import { dynoMemoryMb } from "../scenario/dyno-memory";
import type { Scenario } from "../scenario/types";

type Row = readonly [name: string, value: string, interval: string];

/** The figures of a run as a table for a terminal. */
export function figuresTable(figures: ResultFigures): string {
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
    "",
    ...aligned(rows),
    "",
    `measured requests: ${formatCount(requests.ok)} ok, ${formatCount(requests.failed)} failed${kinds.length > 0 ? ` (${kinds.join(", ")})` : ""}, ${formatCount(requests.inFlight)} in flight at the end`,
    ...stageLine(figures),
    ...memoryLine(scenario),
    ...slo.misses.map(missLine),
  ];
  return `${lines.join("\n")}\n`;
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

function stageLine({ stagesMs }: ResultFigures): string[] {
  const parts = Object.entries(stagesMs).flatMap(([stage, ms]) =>
    ms === null || ms === 0 ? [] : `${stage} ${formatMs(ms)}`,
  );
  return parts.length === 0 ? [] : [`where the time goes: ${parts.join(", ")}`];
}

function aligned(rows: readonly Row[]): string[] {
  const widths = [0, 1].map((column) => Math.max(...rows.map((cells) => (cells[column] ?? "").length)));
  return rows.map(([name, value, interval]) =>
    `${name.padEnd(widths[0] ?? 0)}  ${value.padStart(widths[1] ?? 0)}  ${interval}`.trimEnd(),
  );
}
