import type { ScalingStatistic } from "../../../scenario/types";
import { LevelIntegrals } from "../../kernel/level-integral";
import { type MetricWindow, rankOf, SHARE } from "./metric-window";

/** A level of each of several units (processors in use of each dyno, connections of each replica), while the unit is there. */
export class UnitMeter {
  private readonly levels: LevelIntegrals;
  private readonly presence: LevelIntegrals;

  constructor(clock: Float64Array, units: number) {
    this.levels = new LevelIntegrals(clock, units);
    this.presence = new LevelIntegrals(clock, units);
  }

  /** Makes room for more units. */
  grow(units: number): void {
    this.levels.grow(units);
    this.presence.grow(units);
  }

  change(unit: number, by: number): void {
    this.levels.change(unit, by);
  }

  /** A unit is there from now on (1), or no more (−1). */
  changePresence(unit: number, by: number): void {
    this.presence.change(unit, by);
  }

  /** @param full what a unit's level is divided by, for a share of what it has */
  window(statistic: ScalingStatistic, full: () => number): MetricWindow {
    return new UnitWindow(this.levels, this.presence, statistic, full);
  }

  /** How many units were there on average since a moment, by their integral of presence then. */
  presenceIntegral(): number {
    let sum = 0;
    for (let unit = 0; unit < this.presence.count; unit += 1) sum += this.presence.integral(unit);
    return sum;
  }
}

class UnitWindow implements MetricWindow {
  private levelsBefore: Float64Array;
  private presenceBefore: Float64Array;

  constructor(
    private readonly levels: LevelIntegrals,
    private readonly presence: LevelIntegrals,
    private readonly statistic: ScalingStatistic,
    private readonly full: () => number,
  ) {
    this.levelsBefore = integrals(levels);
    this.presenceBefore = integrals(presence);
  }

  close(): number {
    const levels = integrals(this.levels);
    const presence = integrals(this.presence);
    const means: number[] = [];
    let [sum, time] = [0, 0];
    for (let unit = 0; unit < levels.length; unit += 1) {
      const there = presence[unit]! - (this.presenceBefore[unit] ?? 0);
      if (there <= 0) continue;
      const level = levels[unit]! - (this.levelsBefore[unit] ?? 0);
      sum += level;
      time += there;
      means.push(level / there);
    }
    this.levelsBefore = levels;
    this.presenceBefore = presence;
    if (means.length === 0) return Number.NaN;
    return this.statisticOf(sum / time, Float64Array.from(means).sort()) / this.full();
  }

  private statisticOf(average: number, sorted: Float64Array): number {
    if (this.statistic === "average") return average;
    const share = SHARE[this.statistic] ?? 1;
    return sorted[rankOf(share, sorted.length) - 1]!;
  }
}

function integrals(levels: LevelIntegrals): Float64Array {
  return Float64Array.from({ length: levels.count }, (_, unit) => levels.integral(unit));
}
