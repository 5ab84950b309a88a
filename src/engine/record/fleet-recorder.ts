import { grownFloat64, grownUint8 } from "../kernel/grown";
import { DYNO_STATUS } from "../levels";
import { Gauges } from "./gauges";
import { COUNT_COLUMNS, type FleetRecord } from "./replication-record";

/** Levels of a fleet as a whole. */
const UP = 0;
const BOOTING = 1;
const LEVELS = 2;

/** What is recorded of one fleet: its requests, and its dynos' states, lines and busy threads. */
export class FleetRecorder {
  /** See COUNT. */
  readonly counts = new Float64Array(COUNT_COLUMNS);
  /** What each dyno is now (see DYNO_STATUS). */
  status: Uint8Array;
  private readonly busyPerDyno: Gauges;
  /** Made when somebody first waits in a dyno's line. */
  private queuedPerDyno: Gauges | null = null;
  private readonly levels: Gauges;
  private requestsPerDyno: Float64Array;
  /** Integral of all dynos' busy threads over each bucket. */
  private readonly busyOverTime: Float64Array;
  private readonly takenOverTime: Float64Array;
  /** [dyno × buckets + bucket]; made when a dyno is first anything but up. */
  private statusOverTime: Uint8Array | null = null;
  /** [taken since the segment began] */
  private readonly taken = new Float64Array(1);
  private bucket = 0;

  /**
   * @param keepsAll whether busy threads and taken requests are kept: measures need neither
   * @param isDetailed whether to keep each dyno's busy threads, line and state over time: the picture of one replication, and fleets can be large
   */
  constructor(
    private readonly clock: Float64Array,
    private dynos: number,
    private readonly buckets: number,
    private readonly keepsAll: boolean,
    private readonly isDetailed: boolean,
  ) {
    this.busyPerDyno = new Gauges(clock, dynos, isDetailed ? buckets : 0);
    this.levels = new Gauges(clock, LEVELS, buckets);
    this.requestsPerDyno = new Float64Array(dynos);
    this.busyOverTime = new Float64Array(buckets);
    this.takenOverTime = new Float64Array(buckets);
    this.status = new Uint8Array(dynos).fill(DYNO_STATUS.up);
  }

  /** More dynos than there were. */
  grow(dynos: number): void {
    if (dynos <= this.dynos) return;
    this.dynos = dynos;
    this.busyPerDyno.grow(dynos);
    this.queuedPerDyno?.grow(dynos);
    this.requestsPerDyno = grownFloat64(this.requestsPerDyno, dynos);
    this.status = grownUint8(this.status, dynos);
    if (this.isDetailed) this.statusOverTime = grownUint8(this.statesKept(), dynos * this.buckets);
  }

  /** The table of states, made now where there is none: until now all dynos were up. */
  private statesKept(): Uint8Array {
    const { buckets, bucket } = this;
    if (this.statusOverTime !== null) return this.statusOverTime;
    const kept = new Uint8Array(this.dynos * buckets);
    for (let dyno = 0; dyno < this.dynos; dyno += 1)
      if (this.status[dyno] === DYNO_STATUS.up)
        kept.fill(DYNO_STATUS.up, dyno * buckets, dyno * buckets + bucket);
    return kept;
  }

  /** A dyno is something else from now on. @param status one of DYNO_STATUS */
  setStatus(dyno: number, status: number): void {
    if (this.status[dyno] === status) return;
    if (this.isDetailed) this.statusOverTime = this.statesKept();
    this.status[dyno] = status;
  }

  /** Dynos that are up become more (or fewer). */
  changeUp(by: number): void {
    this.levels.change(UP, by);
  }

  changeBooting(by: number): void {
    this.levels.change(BOOTING, by);
  }

  /** A dyno's busy threads become more (1) or fewer (−1). */
  changeBusy(dyno: number, by: number): void {
    if (this.keepsAll) this.busyPerDyno.change(dyno, by);
  }

  /** A request joins a dyno's line (1) or leaves it (−1). */
  changeQueued(dyno: number, by: number): void {
    if (!this.isDetailed) return;
    this.queuedPerDyno ??= new Gauges(this.clock, this.dynos, this.buckets);
    this.queuedPerDyno.change(dyno, by);
  }

  /** A thread takes a request. @param isMeasured whether it was sent after the warm-up */
  takes(dyno: number, isMeasured: boolean): void {
    if (!this.keepsAll) return;
    this.taken[0]! += 1;
    if (isMeasured) this.requestsPerDyno[dyno]! += 1;
  }

  /** Requests taken since the begin of the run. */
  get takenUntilNow(): number {
    return this.takenOverTime.reduce((sum, taken) => sum + taken, this.taken[0]!);
  }

  /** See `Gauges.closeSegment`. */
  closeSegment(bucket: number, start: number, isMeasured: boolean): void {
    this.busyOverTime[bucket]! += this.busyPerDyno.closeSegment(bucket, start, isMeasured);
    this.queuedPerDyno?.closeSegment(bucket, start, isMeasured);
    this.levels.closeSegment(bucket, start, isMeasured);
    this.takenOverTime[bucket]! += this.taken[0]!;
    this.taken[0] = 0;
    if (this.statusOverTime !== null) this.writeStates(this.statusOverTime, bucket);
    this.bucket = bucket;
  }

  private writeStates(table: Uint8Array, bucket: number): void {
    for (let dyno = 0; dyno < this.dynos; dyno += 1) table[dyno * this.buckets + bucket] = this.status[dyno]!;
  }

  /** A copy of what is recorded until now, in a segment that began at `start` (ms). */
  record(bucket: number, start: number, isMeasured: boolean): FleetRecord {
    const { buckets } = this;
    const busyPerDyno = this.busyPerDyno.snapshot(bucket, start, isMeasured);
    const busyOverTime = this.busyOverTime.slice();
    busyOverTime[bucket]! += busyPerDyno.sum;
    const levels = this.levels.snapshot(bucket, start, isMeasured).overTime;
    const takenOverTime = this.takenOverTime.slice();
    takenOverTime[bucket]! += this.taken[0]!;
    const states = this.statusOverTime?.slice() ?? new Uint8Array(0);
    if (states.length > 0) this.writeStates(states, bucket);
    return {
      counts: this.counts.slice(),
      requestsPerDyno: this.requestsPerDyno.slice(),
      busyPerDynoMeasured: busyPerDyno.measured,
      busyOverTime,
      busyPerDynoOverTime: busyPerDyno.overTime,
      queuedPerDynoOverTime:
        this.queuedPerDyno?.snapshot(bucket, start, isMeasured).overTime ?? new Float64Array(0),
      statusPerDynoOverTime: states,
      upOverTime: levels.slice(UP * buckets, (UP + 1) * buckets),
      bootingOverTime: levels.slice(BOOTING * buckets, (BOOTING + 1) * buckets),
      takenOverTime,
    };
  }
}
