import { type EventList, NONE, NOW } from "../kernel/event-list";
import { grownFloat64, grownInt32, grownUint8 } from "../kernel/grown";
import { STAGE_COUNT } from "../record/replication-record";

/** Columns of `timesMs` behind the stages: when the request was sent, and when its present stage began. */
export const SENT_AT = STAGE_COUNT;
const STAGE_SINCE = STAGE_COUNT + 1;
/** Columns of `timesMs` in all. */
export const TIME_COLUMNS = STAGE_COUNT + 2;

/**
 * The requests under way, as columns: request = entry of the event list. Memory grows with the number under way at one time, not with the
 * number simulated.
 */
export class Requests {
  /** The closed client that sent it, or NONE. */
  client = new Int32Array(0);
  /** The two words that everything random about the request is drawn from. */
  keyLow = new Int32Array(0);
  keyHigh = new Int32Array(0);
  /** Whether it was sent after the warm-up. */
  measured = new Uint8Array(0);
  /** Whether its client still waits. After a timeout at the edge the request goes on without. */
  awaited = new Uint8Array(0);
  dyno = new Int32Array(0);
  process = new Int32Array(0);
  step = new Int32Array(0);
  repetition = new Int32Array(0);
  /** The pool connection it holds, or NONE. */
  connection = new Int32Array(0);
  /** [entry × TIME_COLUMNS + stage]: time spent in each stage so far; SENT_AT and STAGE_SINCE: moments. One array, since they are used together. */
  timesMs = new Float64Array(0);

  constructor(private readonly events: EventList) {
    events.onGrow((capacity) => {
      this.client = grownInt32(this.client, capacity);
      this.keyLow = grownInt32(this.keyLow, capacity);
      this.keyHigh = grownInt32(this.keyHigh, capacity);
      this.measured = grownUint8(this.measured, capacity);
      this.awaited = grownUint8(this.awaited, capacity);
      this.dyno = grownInt32(this.dyno, capacity);
      this.process = grownInt32(this.process, capacity);
      this.step = grownInt32(this.step, capacity);
      this.repetition = grownInt32(this.repetition, capacity);
      this.connection = grownInt32(this.connection, capacity);
      this.timesMs = grownFloat64(this.timesMs, capacity * TIME_COLUMNS);
    });
  }

  /** A request is sent now; its client and key are set by the sender. */
  begin(entry: number): void {
    const { timesMs } = this;
    const now = this.events.clock[NOW]!;
    const base = entry * TIME_COLUMNS;
    // Written out, here and in `addStages`: a loop's own steps would cost twice what is done in it.
    timesMs[base] = 0;
    timesMs[base + 1] = 0;
    timesMs[base + 2] = 0;
    timesMs[base + 3] = 0;
    timesMs[base + 4] = 0;
    timesMs[base + 5] = 0;
    timesMs[base + 6] = 0;
    timesMs[base + 7] = 0;
    timesMs[base + 8] = 0;
    timesMs[base + SENT_AT] = now;
    timesMs[base + STAGE_SINCE] = now;
    this.awaited[entry] = 1;
    this.step[entry] = 0;
    this.repetition[entry] = 0;
    this.connection[entry] = NONE;
  }

  /** What passed since the last call was spent in `stage`. So the stages always add up to the latency. */
  endStage(entry: number, stage: number): void {
    const { timesMs } = this;
    const now = this.events.clock[NOW]!;
    const base = entry * TIME_COLUMNS;
    timesMs[base + stage]! += now - timesMs[base + STAGE_SINCE]!;
    timesMs[base + STAGE_SINCE] = now;
  }

  /** Adds the request's time in each stage to `sums`. */
  addStages(entry: number, sums: Float64Array): void {
    const { timesMs } = this;
    const base = entry * TIME_COLUMNS;
    sums[0]! += timesMs[base]!;
    sums[1]! += timesMs[base + 1]!;
    sums[2]! += timesMs[base + 2]!;
    sums[3]! += timesMs[base + 3]!;
    sums[4]! += timesMs[base + 4]!;
    sums[5]! += timesMs[base + 5]!;
    sums[6]! += timesMs[base + 6]!;
    sums[7]! += timesMs[base + 7]!;
    sums[8]! += timesMs[base + 8]!;
  }

  /** When the request was sent, in ms. */
  sentAtMs(entry: number): number {
    return this.timesMs[entry * TIME_COLUMNS + SENT_AT]!;
  }
}
