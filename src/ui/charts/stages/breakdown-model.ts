import {
  BREAKDOWN_ROWS,
  type BreakdownRow,
  type RunSummary,
  STAGES,
  type Stage,
  type StageBreakdown,
} from "../../../analysis/result-types";
import { formatMs, formatPercent } from "../../../base/format";
import type { ChartTable } from "../chart-table";
import { noAnswers } from "../models/latency-model";
import { STAGE_LOOKS } from "./stage-looks";

/** A stage's part of a request. */
export interface BreakdownPart {
  readonly stage: Stage;
  readonly startMs: number;
  readonly ms: number;
  /** Of the whole request; a fraction. */
  readonly share: number;
}

/** One request taken apart: the mean of all, or one near a percentile. */
export interface BreakdownBar {
  readonly of: BreakdownRow;
  readonly totalMs: number;
  /** Stages that take any time, in the order a request meets them. */
  readonly parts: readonly BreakdownPart[];
  /** The pinned run's; null where there is none. */
  readonly before: StageBreakdown | null;
}

/** Where the time of requests goes. */
export interface BreakdownModel {
  readonly title: string;
  readonly reading: string;
  readonly empty: string | null;
  readonly bars: readonly BreakdownBar[];
  /** Stages of any bar. */
  readonly stages: readonly Stage[];
}

/** What each bar is about, in words. */
export const ROW_WORDS: Readonly<Record<BreakdownRow, string>> = {
  mean: "mean request",
  p50: "p50 request",
  p95: "p95 request",
  p99: "p99 request",
};

/** The stages of the mean, p50, p95 and p99 request. */
export function breakdownModel(summary: RunSummary, baseline: RunSummary | null): BreakdownModel {
  const bars = summary.breakdown.map((row): BreakdownBar => {
    const before = baseline?.breakdown.find((other) => other.of === row.of) ?? null;
    return { of: row.of, totalMs: row.totalMs, parts: partsOf(row), before };
  });
  const stages = STAGES.filter((stage) =>
    bars.some(({ parts }) => parts.some((part) => part.stage === stage)),
  );
  const empty = noAnswers(summary) ?? (bars.length === 0 ? "No request succeeded after the warm-up." : null);
  return { ...words(bars, empty), empty, bars, stages };
}

function partsOf({ totalMs, stagesMs }: StageBreakdown): BreakdownPart[] {
  let startMs = 0;
  return STAGES.flatMap((stage) => {
    const ms = stagesMs[stage];
    if (!(ms > 0)) return [];
    const part = { stage, startMs, ms, share: totalMs > 0 ? ms / totalMs : 0 };
    startMs += ms;
    return [part];
  });
}

/** A slow request that is slower than an ordinary one by this factor has a reason of its own. */
const SLOWER = 1.25;
/** One stage is the reason where it makes up this much of the difference. */
const MOST = 0.5;

function words(
  bars: readonly BreakdownBar[],
  empty: string | null,
): Pick<BreakdownModel, "title" | "reading"> {
  const slow = bars.find((bar) => bar.of === "p95") ?? bars.at(-1);
  const main = slow === undefined ? undefined : longest(slow.parts);
  if (empty !== null || slow === undefined || main === undefined) {
    return {
      title: "Where the time goes: nothing to show yet",
      reading: "The stages of a request, one after the other.",
    };
  }
  const ofSlow = `Of the ${ROW_WORDS[slow.of]}'s ${formatMs(slow.totalMs)}, ${formatPercent(main.share)} is ${STAGE_LOOKS[main.stage].doing}`;
  const mean = bars.find((bar) => bar.of === "mean");
  const usual = mean?.parts.find(({ stage }) => stage === main.stage)?.share ?? 0;
  const reading = `${ofSlow}; on average ${formatPercent(usual)}.`;
  const median = bars.find((bar) => bar.of === "p50");
  const reason = median === undefined ? null : reasonOfSlowness(median, slow);
  if (reason !== null) {
    return { title: `Where the time goes: slow requests are ${STAGE_LOOKS[reason].doing}`, reading };
  }
  const most = mean === undefined ? main : (longest(mean.parts) ?? main);
  const title =
    most.share >= MOST
      ? `Where the time goes: mostly ${STAGE_LOOKS[most.stage].doing}`
      : `Where the time goes: ${formatPercent(most.share)} ${STAGE_LOOKS[most.stage].doing}`;
  return { title, reading };
}

function longest(parts: readonly BreakdownPart[]): BreakdownPart | undefined {
  let most: BreakdownPart | undefined;
  for (const part of parts) if (most === undefined || part.ms > most.ms) most = part;
  return most;
}

/** The stage that makes most of the difference between an ordinary and a slow request; null where none does. */
function reasonOfSlowness(median: BreakdownBar, slow: BreakdownBar): Stage | null {
  const more = slow.totalMs - median.totalMs;
  if (slow.totalMs < median.totalMs * SLOWER) return null;
  const part = slow.parts.find(({ stage, ms }) => {
    const usual = median.parts.find((other) => other.stage === stage)?.ms ?? 0;
    return ms - usual >= more * MOST;
  });
  return part?.stage ?? null;
}

/** Stages down, requests across: how long each takes, and which share of the whole. */
export function breakdownTable({ bars }: BreakdownModel): ChartTable {
  const ordered = BREAKDOWN_ROWS.flatMap((of) => bars.filter((bar) => bar.of === of));
  const names = [...STAGES.map((stage) => STAGE_LOOKS[stage].label), "all"];
  return {
    head: ["stage", ...ordered.flatMap(({ of }) => [of, `of ${of}`])],
    fileHead: ["stage", ...ordered.flatMap(({ of }) => [`${of}_ms`, `${of}_share`])],
    rows: [...STAGES, null].map((stage) => [
      Number.NaN,
      ...ordered.flatMap(({ totalMs, parts }) => {
        const ms = stage === null ? totalMs : (parts.find((part) => part.stage === stage)?.ms ?? 0);
        return [ms, totalMs > 0 ? ms / totalMs : Number.NaN];
      }),
    ]),
    quantities: ["count", ...ordered.flatMap(() => ["ms", "share"] as const)],
    rowTitle: (row) => names[row] ?? "",
    names,
  };
}
