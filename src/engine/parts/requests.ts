import { type EventList, NONE, NOW } from "../kernel/event-list";
import { grownFloat64, grownInt32 } from "../kernel/grown";
import { STAGE_COUNT } from "../record/replication-record";

/** Columns of `fields`. The closed client that sent the request, or NONE. */
export const CLIENT = 0;
/** The two words that everything random about the request is drawn from. */
export const KEY_LOW = 1;
export const KEY_HIGH = 2;
export const DYNO = 3;
export const PROCESS = 4;
export const STEP = 5;
export const REPETITION = 6;
/** The pool connection it holds, or NONE. */
export const CONNECTION = 7;
/** Whether its client still waits (1). After a timeout at the edge the request goes on without (0). */
export const AWAITED = 8;
/** Whether it was sent after the warm-up (1 or 0). */
export const MEASURED = 9;
export const FIELDS = 10;

/** Columns of `timesMs` behind the stages: when the request was sent, and when its present stage began. */
export const SENT_AT = STAGE_COUNT;
const STAGE_SINCE = STAGE_COUNT + 1;
export const TIMES = STAGE_COUNT + 2;

/**
 * The requests under way, as rows of two typed arrays: request = entry of the event list. Memory grows with the number under way at one
 * time, not with the number simulated. (Rows, not an array per field: reaching an array costs more than reading it, and fields of a request are
 * used together; see docs/decisions.)
 */
export class Requests {
  /** [FIELDS × entry + column] */
  fields = new Int32Array(0);
  /** [TIMES × entry + stage]: time spent in each stage so far; SENT_AT and STAGE_SINCE: moments. One array, since they are used together. */
  timesMs = new Float64Array(0);

  constructor(private readonly events: EventList) {
    events.onGrow((capacity) => {
      this.fields = grownInt32(this.fields, capacity * FIELDS);
      this.timesMs = grownFloat64(this.timesMs, capacity * TIMES);
    });
  }

  /** A request is sent now; its client and key are set by the sender. */
  begin(entry: number): void {
    const { timesMs } = this;
    const now = this.events.clock[NOW]!;
    const base = entry * TIMES;
    // Written out, here and in `addStages`: a loop's own steps would cost as much as what is done in it.
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
    const { fields } = this;
    const row = entry * FIELDS;
    fields[row + AWAITED] = 1;
    fields[row + STEP] = 0;
    fields[row + REPETITION] = 0;
    fields[row + CONNECTION] = NONE;
  }

  /** What passed since the last call was spent in `stage`. So the stages always add up to the latency. */
  endStage(entry: number, stage: number): void {
    const { timesMs } = this;
    const now = this.events.clock[NOW]!;
    const base = entry * TIMES;
    timesMs[base + stage]! += now - timesMs[base + STAGE_SINCE]!;
    timesMs[base + STAGE_SINCE] = now;
  }

  /** Adds the request's time in each stage to `sums`. */
  addStages(entry: number, sums: Float64Array): void {
    const { timesMs } = this;
    const base = entry * TIMES;
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
    return this.timesMs[entry * TIMES + SENT_AT]!;
  }
}
