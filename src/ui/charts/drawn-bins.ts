import { formatMs } from "../../base/format";
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

/**
 * On a logarithmic axis, the bins as they were counted: they look equally wide there. On a linear one bins of equal
 * width, or the wider ones would seem to hold more.
 */
export function drawnBins(model: DistributionModel, scale: LatencyScale): DrawnBins {
  if (scale === "log") {
    const middles = model.shares.map((_, bin) => {
      const low = model.edgesMs[bin] ?? 0;
      const high = model.edgesMs[bin + 1] ?? low;
      return low > 0 ? Math.sqrt(low * high) : high / 2;
    });
    return withRows({ ...model, middles, axisTitle: "answers, %" });
  }
  const end = model.edgesMs[model.edgesMs.length - 1] ?? 1;
  const widthMs = roundWidth(end);
  const edgesMs = Float64Array.from({ length: Math.ceil(end / widthMs) + 1 }, (_, bin) => bin * widthMs);
  const spread = (amounts: Float64Array) => spreadEvenly(model.edgesMs, amounts, widthMs, edgesMs.length - 1);
  const shares = spread(model.shares);
  let running = 0;
  return withRows({
    edgesMs,
    middles: shares.map((_, bin) => (bin + 0.5) * widthMs),
    shares,
    counts: spread(model.counts),
    below: shares.map((share) => {
      running += share;
      return running;
    }),
    baseline: model.baseline === null ? null : spread(model.baseline),
    axisTitle: `answers, % in each ${formatMs(widthMs)}`,
  });
}

function withRows(bins: Omit<DrawnBins, "rows">): DrawnBins {
  const { middles, shares, baseline } = bins;
  const rows = Array.from(middles, (x, bin) => ({
    x,
    share: shares[bin] ?? 0,
    before: baseline?.[bin] ?? 0,
  }));
  // The outline starts and ends on the axis.
  const first = middles[0];
  const last = middles[middles.length - 1];
  const step = middles.length > 1 ? (middles[1] ?? 0) - (first ?? 0) : 0;
  if (last !== undefined) rows.push({ x: last + step, share: 0, before: 0 });
  return { ...bins, rows };
}

const ABOUT_BINS = 50;

/** 1, 2 or 5 times a power of ten. */
function roundWidth(endMs: number): number {
  const wanted = endMs / ABOUT_BINS;
  const decade = 10 ** Math.floor(Math.log10(wanted));
  return ([1, 2, 5].find((step) => step * decade >= wanted) ?? 10) * decade;
}

/** Shares amounts of bins out over bins of equal width, as if every bin were evenly filled. */
function spreadEvenly(
  edgesMs: Float64Array,
  amounts: Float64Array,
  widthMs: number,
  bins: number,
): Float64Array {
  const result = new Float64Array(bins);
  for (const [bin, amount] of amounts.entries()) {
    if (amount === 0) continue;
    const low = edgesMs[bin] ?? 0;
    const high = edgesMs[bin + 1] ?? low;
    for (let target = Math.floor(low / widthMs); target < bins && target * widthMs < high; target++) {
      const overlap = Math.min(high, (target + 1) * widthMs) - Math.max(low, target * widthMs);
      if (overlap > 0) result[target] = (result[target] ?? 0) + (amount * overlap) / (high - low);
    }
  }
  return result;
}
