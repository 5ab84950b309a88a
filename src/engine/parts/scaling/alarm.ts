import type { AlarmState } from "../../record/scaling-record";

/**
 * An alarm over the last periods of a metric (as CloudWatch's "M out of N"): it rings while at least `datapoints` of the last `outOf` periods are beyond the bound. A period
 * without data is not beyond it.
 */
export class Alarm {
  /** What the last periods gave, oldest first; NaN: no data. */
  readonly values: number[] = [];

  constructor(
    private readonly isBeyond: (value: number) => boolean,
    private readonly datapoints: number,
    private readonly outOf: number,
  ) {}

  /** A period has ended. @returns the state from now on */
  push(value: number): AlarmState {
    this.values.push(value);
    if (this.values.length > this.outOf) this.values.shift();
    if (this.values.every((past) => Number.isNaN(past))) return "no-data";
    return this.beyond >= this.datapoints ? "alarm" : "ok";
  }

  /** How many of the last periods are beyond the bound. */
  private get beyond(): number {
    return this.values.filter((value) => this.isBeyond(value)).length;
  }

  /** Whether the latest period is. */
  get isLatestBeyond(): boolean {
    const latest = this.values.at(-1);
    return latest !== undefined && this.isBeyond(latest);
  }
}
