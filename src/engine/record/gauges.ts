import { NOW, SEGMENT_END } from "../kernel/event-list";
import { grownFloat64 } from "../kernel/grown";

/** See `Gauges.snapshot`. */
export interface GaugesSnapshot {
  readonly measured: Float64Array;
  readonly overTime: Float64Array;
  /** Of all gauges, over the running segment so far. */
  readonly sum: number;
}

/**
 * Whole-number quantities that stand at some level at every moment (requests in flight, connections open …), averaged over time.
 *
 * A change by δ at time t adds δ·(end of the segment − t) to the segment's integral, so a change costs one multiplication and
 * nothing is done between changes; at the segment's end the integral is level at its start × length + what was added.
 */
export class Gauges {
  /** Integral over the measured part of the run, level × ms. */
  private measured: Float64Array;
  /** Integral over bucket b at [g × buckets + b], level × ms; empty where it was not asked for. */
  private overTime: Float64Array;
  /** Pairs: [2g] the level of gauge g now, [2g + 1] what its changes added to the segment's integral. */
  private cells: Float64Array;
  private levelAtStart: Float64Array;

  /**
   * @param clock of the event list: now, and the end of the running segment
   * @param count how many gauges, numbered from 0 @param buckets of the run; 0: nothing is recorded over time
   */
  constructor(
    private readonly clock: Float64Array,
    public count: number,
    private readonly buckets: number,
  ) {
    this.cells = new Float64Array(2 * count);
    this.levelAtStart = new Float64Array(count);
    this.measured = new Float64Array(count);
    this.overTime = new Float64Array(count * buckets);
  }

  /** Makes room for more gauges, at level 0. */
  grow(count: number): void {
    if (count <= this.count) return;
    this.count = count;
    this.cells = grownFloat64(this.cells, 2 * count);
    this.levelAtStart = grownFloat64(this.levelAtStart, count);
    this.measured = grownFloat64(this.measured, count);
    this.overTime = grownFloat64(this.overTime, count * this.buckets);
  }

  /** Raises (or, with a negative change, lowers) a gauge, now. */
  change(gauge: number, by: number): void {
    const { cells, clock } = this;
    cells[2 * gauge]! += by;
    cells[2 * gauge + 1]! += by * (clock[SEGMENT_END]! - clock[NOW]!);
  }

  /** The level of a gauge now. */
  level(gauge: number): number {
    return this.cells[2 * gauge]!;
  }

  /** Books the whole segment, which began at `start` (ms): to its bucket, and where `isMeasured` to the measured integral. The caller then begins a new segment at its end. @returns the sum of all gauges' integrals */
  closeSegment(bucket: number, start: number, isMeasured: boolean): number {
    const end = this.clock[SEGMENT_END]!;
    let sum = 0;
    for (let gauge = 0; gauge < this.count; gauge += 1) {
      const integral = this.integralUntil(gauge, start, end);
      sum += integral;
      if (this.buckets > 0) this.overTime[gauge * this.buckets + bucket]! += integral;
      if (isMeasured) this.measured[gauge]! += integral;
      this.levelAtStart[gauge] = this.cells[2 * gauge]!;
      this.cells[2 * gauge + 1] = 0;
    }
    return sum;
  }

  /**
   * Copies of both integrals as of now, in a segment that began at `start` (ms). Books nothing: how often somebody looks must not change the last bits of what is recorded.
   */
  snapshot(bucket: number, start: number, isMeasured: boolean): GaugesSnapshot {
    const measured = this.measured.slice();
    const overTime = this.overTime.slice();
    const now = this.clock[NOW]!;
    let sum = 0;
    for (let gauge = 0; gauge < this.count; gauge += 1) {
      const integral = this.integralUntil(gauge, start, now);
      sum += integral;
      if (this.buckets > 0) overTime[gauge * this.buckets + bucket]! += integral;
      if (isMeasured) measured[gauge]! += integral;
    }
    return { measured, overTime, sum };
  }

  /** Since changes were booked as if they lasted to the segment's end, what lies beyond `until` is taken off again. Never below zero by rounding. */
  private integralUntil(gauge: number, start: number, until: number): number {
    const end = this.clock[SEGMENT_END]!;
    const whole = this.levelAtStart[gauge]! * (end - start) + this.cells[2 * gauge + 1]!;
    return Math.max(0, whole - this.cells[2 * gauge]! * (end - until));
  }
}
