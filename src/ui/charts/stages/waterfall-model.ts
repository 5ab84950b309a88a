import {
  MOST_SEGMENTS,
  type RunSummary,
  type SampledRequest,
  type Stage,
} from "../../../analysis/result-types";
import { formatMs, formatPercent } from "../../../base/format";
import type { ChartTable } from "../chart-table";
import { FAILURE_LOOKS } from "../failure-looks";
import { STAGE_LOOKS } from "./stage-looks";

type Segment = SampledRequest["segments"][number];

/** A line of the waterfall: one stretch of a stage, or all of them where a request has too many for a line each. */
export interface WaterfallRow {
  readonly stage: Stage;
  readonly segments: readonly Segment[];
  readonly totalMs: number;
}

/** A single request as it passed through the system. */
export interface WaterfallModel {
  readonly title: string;
  readonly reading: string;
  readonly rows: readonly WaterfallRow[];
  /** Whether its last segments are sums of many. */
  readonly isSummed: boolean;
}

/** More lines than this would be too thin to read. There are no more stages, so one line each always fits. */
export const MOST_ROWS = 9;

/** What a sample is called where one is chosen. */
export function sampleName({ why }: Pick<SampledRequest, "why">): string {
  if (why === "typical") return "typical";
  return why === "slowest" ? "slowest" : FAILURE_LOOKS[why].label;
}

/** A request's title, what it was, and its lines. */
export function waterfallModel(sample: SampledRequest, summary: RunSummary): WaterfallModel {
  const rows = waterfallRows(sample.segments);
  return {
    title: titleOf(sample, rows),
    reading: readingOf(sample, summary),
    rows,
    isSummed: sample.segments.length >= MOST_SEGMENTS,
  };
}

/**
 * A line per segment in their order; where there are too many, a line per stage in the order of their first appearance,
 * with every segment at its time: twenty queries through a pooler are a line of the pooler and a line of queries.
 */
export function waterfallRows(segments: readonly Segment[]): WaterfallRow[] {
  if (segments.length <= MOST_ROWS) {
    return segments.map((segment) => ({
      stage: segment.stage,
      segments: [segment],
      totalMs: segment.durationMs,
    }));
  }
  const byStage = new Map<Stage, Segment[]>();
  for (const segment of segments) {
    const earlier = byStage.get(segment.stage);
    if (earlier === undefined) byStage.set(segment.stage, [segment]);
    else earlier.push(segment);
  }
  return [...byStage].map(([stage, own]) => ({
    stage,
    segments: own,
    totalMs: own.reduce((sum, { durationMs }) => sum + durationMs, 0),
  }));
}

const KINDS: Readonly<Partial<Record<SampledRequest["why"], string>>> = {
  typical: "A typical request",
  slowest: "The slowest answered request",
};

function titleOf({ why, latencyMs, failure }: SampledRequest, rows: readonly WaterfallRow[]): string {
  const what = KINDS[why] ?? "A request";
  const end =
    failure === null
      ? `took ${formatMs(latencyMs)}`
      : `failed after ${formatMs(latencyMs)}: ${FAILURE_LOOKS[failure].label}`;
  const stage = longestStage(rows);
  if (failure !== null || stage === null || latencyMs <= 0) return `${what} ${end}`;
  return `${what} ${end}, ${formatPercent(stage.totalMs / latencyMs)} of it ${STAGE_LOOKS[stage.stage].doing}`;
}

function longestStage(
  rows: readonly WaterfallRow[],
): { readonly stage: Stage; readonly totalMs: number } | null {
  const totals = new Map<Stage, number>();
  for (const { stage, totalMs } of rows) totals.set(stage, (totals.get(stage) ?? 0) + totalMs);
  let longest: { readonly stage: Stage; readonly totalMs: number } | null = null;
  for (const [stage, totalMs] of totals) {
    if (longest === null || totalMs > longest.totalMs) longest = { stage, totalMs };
  }
  return longest;
}

function readingOf(sample: SampledRequest, { figures }: RunSummary): string {
  const { workload, endpoint, fleet, dyno, attempt, sentAtMs } = sample;
  const place = dyno === null ? `never reached a dyno of ${fleet}` : `on dyno ${dyno + 1} of ${fleet}`;
  const isWarmUp = sentAtMs < figures.scenario.run.warmupS * 1000;
  const parts = [
    `${endpoint} from ${workload}`,
    place,
    attempt === 0 ? "first try" : `retry ${attempt}`,
    `sent at ${formatMs(sentAtMs)}${isWarmUp ? " in the warm-up" : ""}`,
  ];
  return `${parts.join(", ")}.`;
}

/** Every segment in its order, however many there are. */
export function waterfallTable({ segments }: SampledRequest): ChartTable {
  const names = segments.map(({ stage }, index) => `${index + 1}. ${STAGE_LOOKS[stage].label}`);
  return {
    head: ["stage", "begins at", "takes"],
    fileHead: ["stage", "begins_at_ms", "takes_ms"],
    rows: segments.map(({ startMs, durationMs }) => [Number.NaN, startMs, durationMs]),
    quantities: ["count", "ms", "ms"],
    rowTitle: (row) => names[row] ?? "",
    names,
  };
}
