import type { LatencyDistribution, RunSummary } from "../../analysis/result-types";
import type { ComparedColumn } from "../../study/answer-types";
import type { XyLine, XyModel, XyPoint } from "../charts/xy-types";

/** Colour and stroke of each column: never the colour alone. */
export const LOOKS = [
  { color: "var(--chart-1)", dash: undefined },
  { color: "var(--chart-2)", dash: "7 3" },
  { color: "var(--chart-3)", dash: "2 3" },
  { color: "var(--chart-4)", dash: "9 3 2 3" },
] as const;

const LETTERS = ["A", "B", "C", "D"];

/** What all columns have in common charts: throughput and p95 over time, and where latencies lie. */
export function comparedCharts(columns: readonly ComparedColumn[]): readonly XyModel[] {
  const lines = (points: (summary: RunSummary) => readonly XyPoint[]): readonly XyLine[] =>
    columns.flatMap(({ name, summary }, place) =>
      summary === null
        ? []
        : [
            {
              key: LETTERS[place] ?? name,
              label: `${LETTERS[place]} · ${name || "Unnamed scenario"}`,
              look: "plain" as const,
              ...(LOOKS[place % LOOKS.length] ?? LOOKS[0]),
              points: points(summary),
            },
          ],
    );
  const overTime = (column: (summary: RunSummary) => Float64Array, scale: (summary: RunSummary) => number) =>
    lines((summary) => {
      const values = column(summary);
      return Array.from(summary.series.atS, (at, bucket) => ({
        x: at + summary.series.bucketS / 2,
        value: (values[bucket] ?? Number.NaN) * scale(summary),
      })).filter(({ value }) => Number.isFinite(value));
    });
  const empty = columns.every(({ summary }) => summary === null) ? "Nothing is simulated yet." : null;
  const time = { title: "time, s", quantity: "count" } as const;
  return [
    {
      id: "compared-throughput",
      title: "Throughput over time",
      reading: "Answers per second, mean over the replications",
      empty,
      xAxis: time,
      yAxis: { title: "answers", quantity: "perSecond" },
      lines: overTime(
        ({ series }) => series.ok,
        ({ series }) => 1 / series.bucketS,
      ),
    },
    {
      id: "compared-p95",
      title: "p95 latency over time",
      reading: "Of the answers in each moment",
      empty,
      xAxis: time,
      yAxis: { title: "p95 latency", quantity: "ms" },
      lines: overTime(
        ({ series }) => series.p95,
        () => 1,
      ),
    },
    {
      id: "compared-distribution",
      title: "How many answers are this fast, or faster",
      reading: "Share of all successful answers after the warm-up",
      empty,
      xAxis: { title: "latency", quantity: "ms", isLog: true },
      yAxis: { title: "answers", quantity: "share" },
      lines: lines(({ distribution }) => cumulative(distribution)),
    },
  ];
}

/** More points than this are not seen. */
const MOST_POINTS = 240;

function cumulative({ edgesMs, counts }: LatencyDistribution): readonly XyPoint[] {
  const all = counts.reduce((sum, count) => sum + count, 0);
  if (all === 0) return [];
  const step = Math.max(1, Math.floor(counts.length / MOST_POINTS));
  const points: XyPoint[] = [{ x: edgesMs[0] ?? 0, value: 0 }];
  let below = 0;
  counts.forEach((count, bin) => {
    below += count;
    if ((bin + 1) % step === 0 || bin === counts.length - 1)
      points.push({ x: edgesMs[bin + 1] ?? 0, value: below / all });
  });
  return points.filter(({ x }) => x > 0);
}
