import { NOW } from "./event-list";

/**
 * A rate over time: straight lines between points, constant before the first and after the last. Arrivals follow it exactly by inversion: from one arrival to
 * the next, the area under the curve is what an arrival stream of rate 1 would wait.
 */
export class RateCurve {
  private readonly atMs: Float64Array;
  /** [arrivals per ms] at each point. */
  private readonly rate: Float64Array;
  /** The line between points `segment` and `segment + 1` is the present one; time never goes back. */
  private segment = 0;

  /** @param points [time in s, arrivals per second], in order of time, at least one */
  constructor(points: readonly (readonly [number, number])[]) {
    this.atMs = Float64Array.from(points, ([atS]) => atS * 1000);
    this.rate = Float64Array.from(points, ([, perSecond]) => perSecond / 1000);
  }

  /** Whether nothing is ever to be expected. */
  get isNever(): boolean {
    return this.rate.every((rate) => rate === 0);
  }

  /** Whether there is nothing to expect at the very beginning. */
  get startsAtZero(): boolean {
    return this.rate[0] === 0;
  }

  /** The area under the curve between two moments, `fromMs` not before any moment asked for earlier. */
  area(fromMs: number, toMs: number): number {
    const { atMs, rate } = this;
    const last = atMs.length - 1;
    let sum = Math.max(0, Math.min(toMs, atMs[0]!) - fromMs) * rate[0]!;
    for (let i = this.segment; i < last; i += 1) {
      const begin = Math.max(fromMs, atMs[i]!);
      const end = Math.min(toMs, atMs[i + 1]!);
      if (end > begin) sum += ((this.within(i, begin) + this.within(i, end)) / 2) * (end - begin);
    }
    return sum + Math.max(0, toMs - Math.max(fromMs, atMs[last]!)) * rate[last]!;
  }

  /** The rate on the line between points i and i + 1, which are apart. */
  private within(i: number, ms: number): number {
    const { atMs, rate } = this;
    return rate[i]! + ((rate[i + 1]! - rate[i]!) * (ms - atMs[i]!)) / (atMs[i + 1]! - atMs[i]!);
  }

  /**
   * When the area under the curve from now on reaches `area`, written to target[at]; Infinity when it never does.
   * @param clock of the event list @param area > 0
   */
  writeMoment(target: Float64Array, at: number, clock: Float64Array, area: number): void {
    const { atMs, rate } = this;
    const last = atMs.length - 1;
    let from = clock[NOW]!;
    let left = area;
    if (from < atMs[0]!) {
      const before = (atMs[0]! - from) * rate[0]!;
      if (before >= left) {
        target[at] = from + left / rate[0]!;
        return;
      }
      left -= before;
      from = atMs[0]!;
    }
    while (this.segment < last && atMs[this.segment + 1]! <= from) this.segment += 1;
    for (let i = this.segment; i < last; i += 1) {
      const length = atMs[i + 1]! - atMs[i]!;
      if (length === 0) continue;
      const slope = (rate[i + 1]! - rate[i]!) / length;
      const here = rate[i]! + slope * (from - atMs[i]!);
      const rest = atMs[i + 1]! - from;
      const under = ((here + rate[i + 1]!) / 2) * rest;
      if (under >= left) {
        // The root of slope/2·x² + here·x = left, in the form that does not cancel.
        const wait = (2 * left) / (here + Math.sqrt(Math.max(0, here * here + 2 * slope * left)));
        target[at] = from + Math.min(wait, rest);
        return;
      }
      left -= under;
      from = atMs[i + 1]!;
    }
    target[at] = rate[last]! > 0 ? from + left / rate[last]! : Infinity;
  }
}
