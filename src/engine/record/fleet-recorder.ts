import { grownFloat64 } from "../kernel/grown";
import { Gauges } from "./gauges";
import { COUNT_COLUMNS, type FleetRecord } from "./replication-record";

/** What is recorded of one fleet: its requests, and its dynos' busy threads. */
export class FleetRecorder {
  /** See COUNT. */
  readonly counts = new Float64Array(COUNT_COLUMNS);
  private readonly busyPerDyno: Gauges;
  private requestsPerDyno: Float64Array;
  /** Integral of all dynos' busy threads over each bucket. */
  private readonly busyOverTime: Float64Array;

  /** @param isDetailed whether to keep each dyno's busy threads over time: the picture of one replication, and fleets can be large */
  constructor(clock: Float64Array, dynos: number, buckets: number, isDetailed: boolean) {
    this.busyPerDyno = new Gauges(clock, dynos, isDetailed ? buckets : 0);
    this.requestsPerDyno = new Float64Array(dynos);
    this.busyOverTime = new Float64Array(buckets);
  }

  /** More dynos than there were. */
  grow(dynos: number): void {
    this.busyPerDyno.grow(dynos);
    if (dynos > this.requestsPerDyno.length) this.requestsPerDyno = grownFloat64(this.requestsPerDyno, dynos);
  }

  /** A dyno's busy threads become more (1) or fewer (−1). */
  changeBusy(dyno: number, by: number): void {
    this.busyPerDyno.change(dyno, by);
  }

  /** A thread takes a request that counts. */
  taken(dyno: number): void {
    this.requestsPerDyno[dyno]! += 1;
  }

  /** See `Gauges.closeSegment`. */
  closeSegment(bucket: number, start: number, isMeasured: boolean): void {
    this.busyOverTime[bucket]! += this.busyPerDyno.closeSegment(bucket, start, isMeasured);
  }

  /** A copy of what is recorded until now, in a segment that began at `start` (ms). */
  record(bucket: number, start: number, isMeasured: boolean): FleetRecord {
    const busyPerDyno = this.busyPerDyno.snapshot(bucket, start, isMeasured);
    const busyOverTime = this.busyOverTime.slice();
    busyOverTime[bucket]! += busyPerDyno.sum;
    return {
      counts: this.counts.slice(),
      requestsPerDyno: this.requestsPerDyno.slice(),
      busyPerDynoMeasured: busyPerDyno.measured,
      busyOverTime,
      busyPerDynoOverTime: busyPerDyno.overTime,
    };
  }
}
