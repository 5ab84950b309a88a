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
  const overTime = (columnsOf: (summary: RunSummary) => WeightedColumn) =>
    lines((summary) => grouped(summary, columnsOf(summary)));
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
      lines: overTime(({ series }) => ({ values: series.ok.map((count) => count / series.bucketS) })),
    },
    {
      id: "compared-p95",
      title: "p95 latency over time",
      reading: "Of the answers in each moment",
      empty,
      xAxis: time,
      yAxis: { title: "p95 latency", quantity: "ms" },
      lines: overTime(({ series }) => ({ values: series.p95, weights: series.ok })),
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
const MOST_TIMES = 90;
const LEAST_STRETCH_S = 1;

interface WeightedColumn {
  readonly values: Float64Array;
  /** How much each value counts in a mean; absent: all alike. */
  readonly weights?: Float64Array;
}

/** Means of neighbouring buckets: clients that all began at once would else draw a comb. */
function grouped(
  { series: { bucketS, atS } }: RunSummary,
  { values, weights }: WeightedColumn,
): readonly XyPoint[] {
  const size = Math.max(1, Math.ceil(values.length / MOST_TIMES), Math.round(LEAST_STRETCH_S / bucketS));
  const points: XyPoint[] = [];
  for (let first = 0; first + size <= values.length; first += size) {
    let [sum, weight] = [0, 0];
    for (let bucket = first; bucket < first + size; bucket += 1) {
      const value = values[bucket] ?? Number.NaN;
      const share = weights === undefined ? 1 : (weights[bucket] ?? 0);
      if (Number.isNaN(value) || share === 0) continue;
      sum += value * share;
      weight += share;
    }
    if (weight > 0) points.push({ x: (atS[first] ?? 0) + (size * bucketS) / 2, value: sum / weight });
  }
  return points;
}

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
