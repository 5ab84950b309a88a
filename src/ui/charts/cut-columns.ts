import type { RunSummary, SeriesColumns } from "../../analysis/result-types";
import { runEvents } from "./chart-events";
import type { TimeCut, TimeWindow } from "./chart-types";

const MOST_POINTS = 240;
const MOST_POINTS_IN_PREVIEW = 120;

/**
 * Clients that started together answer in waves shorter than a second: true, and no part of the answer. So lines have
 * one point a second, until a window is so short that the waves can be seen for what they are.
 */
const CALM_S = 1;
const CALM_FROM_S = 30;

/** `every`: as many points as can be told apart. `calm`: no more than one a second. */
export type Pace = "every" | "calm";

/** The whole run as a window, s. */
export function wholeRun(summary: RunSummary): TimeWindow {
  const { atS, bucketS } = summary.series;
  const last = atS[atS.length - 1];
  const scenarioS = summary.figures.scenario.run.durationS;
  return { fromS: 0, toS: last === undefined ? scenarioS : Math.max(scenarioS, last + bucketS) };
}

/**
 * Which points of a run to draw. A window is cut into as few buckets per point as the number of points allows; groups
 * start at multiples of their size, so that they stay the same while a window moves. One group more on either side lets
 * lines run up to the edge.
 */
export function cutTime(summary: RunSummary, window: TimeWindow, isPreview: boolean, pace: Pace): TimeCut {
  const { atS, bucketS } = summary.series;
  const count = atS.length;
  const inside = Math.max(1, Math.min(count, Math.ceil((window.toS - window.fromS) / bucketS)));
  const isCalm = pace === "calm" && window.toS - window.fromS >= CALM_FROM_S;
  const fewest = isCalm ? Math.max(1, Math.round(CALM_S / bucketS)) : 1;
  const size = Math.max(fewest, Math.ceil(inside / (isPreview ? MOST_POINTS_IN_PREVIEW : MOST_POINTS)));
  const firstBucket = Math.max(0, Math.floor(window.fromS / bucketS) - size);
  const first = firstBucket - (firstBucket % size);
  const end = Math.min(count, Math.ceil(window.toS / bucketS) + size);
  const groups = Math.max(0, Math.ceil((end - first) / size));
  const x = new Float64Array(groups);
  for (let group = 0; group < groups; group++) {
    const start = first + group * size;
    const stop = Math.min(start + size, count);
    x[group] = ((atS[start] ?? 0) + (atS[stop - 1] ?? 0) + bucketS) / 2;
  }
  const { scenario, stoppedAtS } = summary.figures;
  return {
    x,
    widthS: bucketS * size,
    size,
    first,
    window,
    warmupS: scenario.run.warmupS,
    runS: scenario.run.durationS,
    events: runEvents(scenario).filter(({ atS }) => atS >= window.fromS && atS <= window.toS),
    stoppedAtS,
  };
}

/** The mean of a column in each group: for counts and gauges. */
export function cutMeans(column: Float64Array, cut: TimeCut, factor = 1): Float64Array {
  return Float64Array.from(cut.x, (_, group) => {
    const start = cut.first + group * cut.size;
    const stop = Math.min(start + cut.size, column.length);
    let sum = 0;
    for (let bucket = start; bucket < stop; bucket++) sum += column[bucket] ?? 0;
    return (sum / (stop - start)) * factor;
  });
}

/**
 * Percentiles have no mean. In each group this is the percentile of the bucket in the middle, with every bucket counting
 * as many times as it has answers: a bucket with a handful of them says little. NaN where no bucket has a value.
 */
export function cutPercentiles(column: Float64Array, answers: Float64Array, cut: TimeCut): Float64Array {
  if (cut.size === 1) return column.slice(cut.first, cut.first + cut.x.length);
  return Float64Array.from(cut.x, (_, group) => {
    const buckets: { readonly value: number; readonly weight: number }[] = [];
    let total = 0;
    for (let bucket = cut.first + group * cut.size, end = bucket + cut.size; bucket < end; bucket++) {
      const value = column[bucket] ?? Number.NaN;
      const weight = answers[bucket] ?? 0;
      if (Number.isNaN(value)) continue;
      buckets.push({ value, weight });
      total += weight;
    }
    buckets.sort((one, other) => one.value - other.value);
    let sum = 0;
    for (const { value, weight } of buckets) {
      sum += weight;
      if (sum >= total / 2) return value;
    }
    return Number.NaN;
  });
}

/** The largest of a column in each group. NaN where no bucket has a value. */
export function cutPeaks(column: Float64Array, cut: TimeCut): Float64Array {
  if (cut.size === 1) return column.slice(cut.first, cut.first + cut.x.length);
  return Float64Array.from(cut.x, (_, group) => {
    let most = Number.NaN;
    for (let bucket = cut.first + group * cut.size, end = bucket + cut.size; bucket < end; bucket++) {
      const value = column[bucket] ?? Number.NaN;
      if (!(value <= most) && !Number.isNaN(value)) most = value;
    }
    return most;
  });
}

/** Counts per bucket as a rate per second. */
export function perSecond(column: Float64Array, { bucketS }: Pick<SeriesColumns, "bucketS">): Float64Array {
  return column.map((count) => count / bucketS);
}

/** The largest number of some columns; 0 where there is none. */
export function largest(...columns: readonly (Float64Array | undefined)[]): number {
  let most = 0;
  for (const column of columns) {
    if (column === undefined) continue;
    for (const value of column) if (value > most) most = value;
  }
  return most;
}

/** The point nearest to a time, or -1 where there are none. */
export function nearestPoint(x: Float64Array, timeS: number): number {
  let low = 0;
  let high = x.length - 1;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((x[middle] ?? 0) < timeS) low = middle + 1;
    else high = middle;
  }
  if (low > 0 && timeS - (x[low - 1] ?? 0) < (x[low] ?? 0) - timeS) low -= 1;
  return high < 0 ? -1 : low;
}
