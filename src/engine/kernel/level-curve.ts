/**
 * A whole number that follows a curve: `scale` × a factor over time, rounded; straight lines between points, constant before the first and after the last. Two points at
 * one moment are a jump. It tells when the number changes, so that nothing is looked at in between.
 */
export class LevelCurve {
  private readonly atMs: Float64Array;
  private readonly factor: Float64Array;
  /** Lines before this one are over; time never goes back. */
  private segment = 0;

  /** @param points [time in s, factor], in order of time, at least one */
  constructor(points: readonly (readonly [number, number])[]) {
    this.atMs = Float64Array.from(points, ([atS]) => atS * 1000);
    this.factor = Float64Array.from(points, ([, factor]) => factor);
  }

  /** The factor at a moment; at a jump the one after it. */
  factorAt(ms: number): number {
    const { atMs, factor } = this;
    const last = atMs.length - 1;
    if (ms < atMs[0]!) return factor[0]!;
    if (ms >= atMs[last]!) return factor[last]!;
    let after = this.segment + 1;
    while (atMs[after]! <= ms) after += 1;
    return this.within(after - 1, ms);
  }

  private within(i: number, ms: number): number {
    const { atMs, factor } = this;
    return factor[i]! + ((factor[i + 1]! - factor[i]!) * (ms - atMs[i]!)) / (atMs[i + 1]! - atMs[i]!);
  }

  /** The number at a moment. */
  levelAt(scale: number, ms: number): number {
    return Math.round(scale * this.factorAt(ms));
  }

  /**
   * When the number leaves `level`, from `fromMs` on; Infinity when it never does.
   * @param level that it has at `fromMs`
   */
  leaves(scale: number, level: number, fromMs: number): number {
    return this.crossing(scale, level, fromMs)[0];
  }

  /** Whether the number then goes up (1) or down (−1); 0 when it never leaves. */
  direction(scale: number, level: number, fromMs: number): number {
    return this.crossing(scale, level, fromMs)[1];
  }

  private crossing(scale: number, level: number, fromMs: number): readonly [ms: number, direction: number] {
    const { atMs, factor } = this;
    const last = atMs.length - 1;
    const upper = (level + 0.5) / scale;
    const lower = (level - 0.5) / scale;
    while (this.segment < last && atMs[this.segment + 1]! < fromMs) this.segment += 1;
    for (let i = this.segment; i < last; i += 1) {
      const begin = atMs[i]!;
      const end = atMs[i + 1]!;
      if (end < fromMs || (end === fromMs && begin < end)) continue;
      const [from, to] = [factor[i]!, factor[i + 1]!];
      if (to < upper && to >= lower) continue;
      const bound = to >= upper ? upper : lower;
      // Of a line that begins beyond the bound, the crossing lies before it.
      const crossing = end === begin ? end : begin + ((bound - from) / (to - from)) * (end - begin);
      return [Math.min(Math.max(crossing, fromMs, begin), end), to >= upper ? 1 : -1];
    }
    return [Infinity, 0];
  }
}
