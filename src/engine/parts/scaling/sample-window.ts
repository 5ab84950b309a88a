import type { ScalingStatistic } from "../../../scenario/types";
import { BIN_COUNT, binOf, Histogram } from "../../kernel/histogram";
import { type MetricWindow, rankOf, SHARE } from "./metric-window";

/** A statistic of single values (latencies, queue times) over one period after the other. */
export class SampleWindow implements MetricWindow {
  private readonly histogram: Histogram | null;
  /** [number of values, their sum, the largest] */
  private readonly totals = new Float64Array(3);

  constructor(private readonly statistic: ScalingStatistic) {
    this.histogram = SHARE[statistic] === undefined ? null : new Histogram();
  }

  /** Adds array[at], a number ≥ 0. */
  add(array: Float64Array, at: number): void {
    const value = array[at]!;
    this.totals[0]! += 1;
    this.totals[1]! += value;
    if (value > this.totals[2]!) this.totals[2] = value;
    this.histogram?.add(binOf(array, at), array, at);
  }

  close(): number {
    const value = this.value();
    this.totals.fill(0);
    this.histogram?.clear();
    return value;
  }

  private value(): number {
    const [count, sum, largest] = [this.totals[0]!, this.totals[1]!, this.totals[2]!];
    if (count === 0) return Number.NaN;
    if (this.statistic === "max") return largest;
    const share = SHARE[this.statistic];
    return share === undefined || this.histogram === null
      ? sum / count
      : this.percentile(this.histogram, share);
  }

  /** By nearest rank; values of one bin stand for each other by their mean. */
  private percentile(histogram: Histogram, share: number): number {
    const rank = rankOf(share, this.totals[0]!);
    let below = 0;
    for (let bin = 0; bin < BIN_COUNT; bin += 1) {
      const count = histogram.countOf(bin);
      below += count;
      if (below >= rank) return histogram.sumOf(bin) / count;
    }
    return Number.NaN;
  }
}
