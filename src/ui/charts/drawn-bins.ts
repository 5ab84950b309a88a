import { formatMs, formatPercent } from "../../base/format";
import type { LatencyScale } from "./chart-types";
import type { DistributionModel } from "./models/distribution-model";

/** The bins of a distribution as they are drawn. */
export interface DrawnBins {
  readonly edgesMs: Float64Array;
  readonly middles: Float64Array;
  /** Of all answers. */
  readonly shares: Float64Array;
  readonly counts: Float64Array;
  /** The share of answers up to the end of each bin. */
  readonly below: Float64Array;
  /** The pinned run's shares; null where nothing is pinned. */
  readonly baseline: Float64Array | null;
  readonly rows: readonly { readonly x: number; readonly share: number; readonly before: number }[];
  readonly axisTitle: string;
}

/** About as many as can be told apart. */
const BINS = 50;
const BINS_PER_DECADE = 20;

/**
 * Runs count in bins finer than can be drawn, and wider for longer latencies. They are put together into bins that look
 * equally wide on the axis, or the wider ones would seem to hold more.
 */
export function drawnBins(model: DistributionModel, scale: LatencyScale): DrawnBins {
  const isLog = scale === "log";
  const start = model.edgesMs.find((edge) => edge > 0) ?? 1;
  const whole = model.edgesMs[model.edgesMs.length - 1] ?? 1;
  const end = Math.max(isLog ? whole : linearEnd(model), start);
  const widthMs = roundWidth(end);
  const edgesMs = isLog ? logEdges(start, end) : linearEdges(end, widthMs);
  const shares = spread(model.edgesMs, model.shares, edgesMs);
  const baseline = model.baseline === null ? null : spread(model.edgesMs, model.baseline, edgesMs);
  const middles = shares.map((_, bin) => {
    const low = edgesMs[bin] ?? 0;
    const high = edgesMs[bin + 1] ?? low;
    return isLog ? Math.sqrt(low * high) : (low + high) / 2;
  });
  let running = 0;
  return {
    edgesMs,
    middles,
    shares,
    counts: spread(model.edgesMs, model.counts, edgesMs),
    below: shares.map((share) => {
      running += share;
      return running;
    }),
    baseline,
    rows: Array.from(middles, (x, bin) => ({ x, share: shares[bin] ?? 0, before: baseline?.[bin] ?? 0 })),
    axisTitle: isLog ? "answers, %" : `answers, % in each ${formatMs(widthMs)}${beyond(shares)}`,
  };
}

/** Few that took very long would press all the others together on a linear axis: so much of each run is left out. */
const TAIL = 0.001;

function linearEnd({ edgesMs, shares, baseline }: DistributionModel): number {
  let end = 0;
  for (const column of [shares, baseline]) {
    let running = 0;
    for (const [bin, share] of (column ?? []).entries()) {
      running += share;
      if (share > 0 && running - share < 1 - TAIL) end = Math.max(end, edgesMs[bin + 1] ?? 0);
    }
  }
  return end;
}

function beyond(shares: Float64Array): string {
  const rest = 1 - shares.reduce((sum, share) => sum + share, 0);
  return rest > 1e-6 && rest < 1 - 1e-6 ? `; ${formatPercent(rest)} took longer` : "";
}

/** 1, 2 or 5 times a power of ten. */
function roundWidth(endMs: number): number {
  const wanted = endMs / BINS;
  const decade = 10 ** Math.floor(Math.log10(wanted));
  return ([1, 2, 5].find((step) => step * decade >= wanted) ?? 10) * decade;
}

/** From 0, with an empty bin at the end, so that the outline comes back to the axis. */
function linearEdges(endMs: number, widthMs: number): Float64Array {
  return Float64Array.from({ length: Math.ceil(endMs / widthMs) + 2 }, (_, bin) => bin * widthMs);
}

/** At fixed places, such that 1 s is one; with an empty bin at either end. */
function logEdges(startMs: number, endMs: number): Float64Array {
  const first = Math.floor(Math.log10(startMs) * BINS_PER_DECADE) - 1;
  const last = Math.ceil(Math.log10(endMs) * BINS_PER_DECADE) + 1;
  return Float64Array.from({ length: last - first + 1 }, (_, bin) =>
    Number((10 ** ((first + bin) / BINS_PER_DECADE)).toPrecision(12)),
  );
}

/** Shares amounts out over other bins, as if every bin were evenly filled. What is below the first goes into it. */
function spread(edgesMs: Float64Array, amounts: Float64Array, targets: Float64Array): Float64Array {
  const result = new Float64Array(targets.length - 1);
  let target = 0;
  for (const [bin, amount] of amounts.entries()) {
    if (amount === 0) continue;
    const low = edgesMs[bin] ?? 0;
    const high = edgesMs[bin + 1] ?? low;
    while (target < result.length - 1 && (targets[target + 1] ?? high) <= low) target += 1;
    for (
      let into = target;
      into < result.length && (into === target || (targets[into] ?? high) < high);
      into++
    ) {
      const from = into === 0 ? low : Math.max(low, targets[into] ?? low);
      const overlap = Math.min(high, targets[into + 1] ?? high) - from;
      result[into] = (result[into] ?? 0) + (amount * Math.max(0, overlap)) / (high - low);
    }
  }
  return result;
}
