import type { ReplicationRecord } from "../engine";
import { BIN_COUNT, binFloor } from "../engine/kernel/histogram";
import type { FilledBins } from "./merged-buckets";
import type { LatencyDistribution, LatencyHeatmap } from "./result-types";

/** Bins of the heat map: this many of the recorded bins each, 8 per power of two. */
const HEATMAP_BIN = 32;
/** Bins of the distribution: as fine as they were recorded, so that what stands on a round number stays on its side of it. */
const DISTRIBUTION_BIN = 1;

/** Where latencies lie, from the first filled bin to the last. */
export function distribution(records: readonly ReplicationRecord[]): LatencyDistribution {
  const coarse = new Map<number, number>();
  for (const { latency } of records) {
    latency.counts.forEach((count, i) => {
      if (count > 0) add(coarse, coarseBin(latency.firstBin + i, DISTRIBUTION_BIN), count);
    });
  }
  const { first, bins, edgesMs } = coarseEdges([...coarse.keys()], DISTRIBUTION_BIN);
  return { edgesMs, counts: Float64Array.from({ length: bins }, (_, bin) => coarse.get(first + bin) ?? 0) };
}

function add(counts: Map<number, number>, key: number, count: number): void {
  counts.set(key, (counts.get(key) ?? 0) + count);
}

function coarseBin(bin: number, width: number): number {
  return bin === 0 ? 0 : 1 + Math.floor((bin - 1) / width);
}

function coarseEdges(
  filled: readonly number[],
  width: number,
): { first: number; bins: number; edgesMs: Float64Array } {
  if (filled.length === 0) return { first: 0, bins: 0, edgesMs: new Float64Array(0) };
  const first = Math.min(...filled);
  const bins = Math.max(...filled) - first + 1;
  const edge = (bin: number): number =>
    bin === 0 ? 0 : binFloor(Math.min(BIN_COUNT, 1 + (bin - 1) * width));
  return { first, bins, edgesMs: Float64Array.from({ length: bins + 1 }, (_, bin) => edge(first + bin)) };
}

/** Latency over time, mean per replication. */
export function heatmap(latencyOverTime: readonly FilledBins[], replications: number): LatencyHeatmap {
  const buckets = latencyOverTime.length;
  const cells = new Map<number, Float64Array>();
  latencyOverTime.forEach((filled, bucket) => {
    filled.bins.forEach((fineBin, i) => {
      const bin = coarseBin(fineBin, HEATMAP_BIN);
      const row = cells.get(bin) ?? new Float64Array(buckets);
      cells.set(bin, row);
      row[bucket] = (row[bucket] ?? 0) + (filled.counts[i] ?? 0) / replications;
    });
  });
  const { first, bins, edgesMs } = coarseEdges([...cells.keys()], HEATMAP_BIN);
  const density = new Float64Array(bins * buckets);
  for (const [bin, row] of cells) density.set(row, (bin - first) * buckets);
  return { edgesMs, density };
}
