import type { RunSummary } from "../../../analysis/result-types";
import { formatCount, formatPercent } from "../../../base/format";
import type { ChartView } from "../chart-types";
import { cutRows } from "./cut-rows";
import type { HeatModel } from "./heat-types";
import { baselineCut, viewCut } from "./view-cut";

/** A dyno counts as full when it is this close to all of its threads on average over a bucket. */
const FULL = 0.95;

/** Busy threads of every dyno over time: who gets more than its share. */
export function dynosModel(view: ChartView): HeatModel {
  const { summary, baseline } = view;
  const cut = viewCut(view, "every");
  const threads = threadsOfDyno(summary);
  const buckets = summary.series.atS.length;
  const every = summary.series.busyThreadsPerDyno;
  const rows = buckets === 0 ? 0 : Math.floor(every.length / buckets);
  const columns = cut.x.length;
  const cells = cutRows(every, rows, buckets, cut);
  const spread = spreadOver(cells, rows, columns);
  return {
    id: "dynos",
    ...dynosWords(summary, baseline, rows, threads),
    axisTitle: "dyno",
    cut,
    cells,
    rows,
    axis: { kind: "rows" },
    most: threads,
    exponent: 1,
    scale: { low: "0", high: formatCount(threads), title: "busy threads" },
    baselineX: baselineCut(view).x,
    lines: [],
    columnFacts: [
      { label: "busiest dyno", quantity: "count", values: spread.most },
      { label: "mean of all", quantity: "count", values: spread.mean },
      { label: "least busy", quantity: "count", values: spread.least },
    ],
    cellText: (row, column) =>
      `dyno ${row + 1}: ${threadsText(cells[row * columns + column] ?? 0)} of ${threads} threads`,
    rowTitle: (row) => `dyno ${row + 1}`,
    every,
  };
}

function threadsText(value: number): string {
  return value >= 100 ? String(Math.round(value)) : value.toFixed(1);
}

/** The most threads that a dyno of any fleet has. */
function threadsOfDyno({ figures }: RunSummary): number {
  return Math.max(1, ...figures.scenario.fleets.map(({ processes, threads }) => processes * threads));
}

interface Spread {
  readonly most: Float64Array;
  readonly mean: Float64Array;
  readonly least: Float64Array;
}

function spreadOver(cells: Float64Array, rows: number, columns: number): Spread {
  const most = new Float64Array(columns);
  const mean = new Float64Array(columns);
  const least = new Float64Array(columns).fill(rows === 0 ? 0 : Number.POSITIVE_INFINITY);
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const value = cells[row * columns + column] ?? 0;
      most[column] = Math.max(most[column] ?? 0, value);
      least[column] = Math.min(least[column] ?? 0, value);
      mean[column] = (mean[column] ?? 0) + value / rows;
    }
  }
  return { most, mean, least };
}

/** Means over the measured part of what the busiest and the least busy dyno have to do at a time. */
function measuredSpread({ series, figures }: RunSummary, threads: number) {
  const buckets = series.atS.length;
  const rows = buckets === 0 ? 0 : Math.floor(series.busyThreadsPerDyno.length / buckets);
  const { most, least } = spreadOver(series.busyThreadsPerDyno, rows, buckets);
  const start = Math.max(
    0,
    series.atS.findIndex((at) => at >= figures.scenario.run.warmupS),
  );
  let full = 0;
  for (let row = 0; row < rows; row++) {
    for (let bucket = start; bucket < buckets; bucket++) {
      if ((series.busyThreadsPerDyno[row * buckets + bucket] ?? 0) >= threads * FULL) full += 1;
    }
  }
  const measured = Math.max(1, buckets - start);
  const sum = (column: Float64Array) => column.subarray(start).reduce((total, value) => total + value, 0);
  return {
    most: sum(most) / measured,
    least: sum(least) / measured,
    full: full / (measured * Math.max(1, rows)),
  };
}

function dynosWords(
  summary: RunSummary,
  baseline: RunSummary | null,
  rows: number,
  threads: number,
): Pick<HeatModel, "title" | "reading" | "empty"> {
  if (rows === 0 || summary.figures.simulatedRequests === 0) {
    return {
      title: "How is the work spread over the dynos?",
      reading: "Busy threads of each dyno over time.",
      empty:
        rows === 0
          ? "No dyno was up, so none had work to do."
          : "No requests were sent, so the dynos have nothing to do.",
    };
  }
  const { most, least, full } = measuredSpread(summary, threads);
  const before =
    baseline === null
      ? ""
      : ` Baseline: ${threadsText(measuredSpread(baseline, threadsOfDyno(baseline)).most)} on the busiest.`;
  const run = summary.figures.replications > 1 ? "In the first replication" : "Here";
  const reading =
    full === 0
      ? `${run} no dyno is ever full.${before}`
      : `${run} a dyno is full ${formatPercent(full)} of the time.${before}`;
  if (rows === 1)
    return { title: `The dyno keeps ${threadsText(most)} of ${threads} threads busy`, reading, empty: null };
  const isEven = most - least <= threads * 0.15;
  const title = isEven
    ? `Dynos share the load: ${threadsText(least)} to ${threadsText(most)} of ${threads} threads busy`
    : `Of ${threads} threads the busiest dyno uses ${threadsText(most)}, the idlest ${threadsText(least)}`;
  return { title, reading, empty: null };
}
