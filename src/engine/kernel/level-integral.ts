import { NOW } from "./event-list";
import { grownFloat64 } from "./grown";

/** Quantities that stand at some level at every moment, and the integral of each since the begin: the mean over a period is a difference of two integrals over its length. */
export class LevelIntegrals {
  private levels: Float64Array;
  /** Up to when each integral goes, in ms, and its value, level × ms. */
  private updatedMs: Float64Array;
  private integrals: Float64Array;

  /** @param clock of the event list @param count how many quantities, numbered from 0 */
  constructor(
    private readonly clock: Float64Array,
    count: number,
  ) {
    this.levels = new Float64Array(count);
    this.updatedMs = new Float64Array(count);
    this.integrals = new Float64Array(count);
  }

  get count(): number {
    return this.levels.length;
  }

  /** Makes room for more quantities, at level 0. */
  grow(count: number): void {
    if (count <= this.count) return;
    const known = this.count;
    this.levels = grownFloat64(this.levels, count);
    this.integrals = grownFloat64(this.integrals, count);
    this.updatedMs = grownFloat64(this.updatedMs, count).fill(this.clock[NOW]!, known);
  }

  /** Raises (or, with a negative change, lowers) a level, now. */
  change(quantity: number, by: number): void {
    this.bringUpToDate(quantity);
    this.levels[quantity]! += by;
  }

  level(quantity: number): number {
    return this.levels[quantity]!;
  }

  /** The integral of a level until now. */
  integral(quantity: number): number {
    this.bringUpToDate(quantity);
    return this.integrals[quantity]!;
  }

  private bringUpToDate(quantity: number): void {
    const now = this.clock[NOW]!;
    this.integrals[quantity]! += this.levels[quantity]! * (now - this.updatedMs[quantity]!);
    this.updatedMs[quantity] = now;
  }
}
