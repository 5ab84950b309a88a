import { type EventList, NONE, NOW } from "../kernel/event-list";
import { grownFloat64, grownInt32 } from "../kernel/grown";
import { STAGE, STAGE_COUNT } from "../record/replication-record";
import { StageTrace } from "../record/stage-trace";

/** Columns of `fields`. The closed client that sent the request, or the number of an open visit. */
export const CLIENT = 0;
/** The two words that everything random about the request is drawn from. */
export const KEY_LOW = 1;
export const KEY_HIGH = 2;
/** Its dyno, numbered within the fleet; NONE before it is sent to one. */
export const DYNO = 3;
/** Its process, numbered within the fleet; NONE while no thread has it. */
export const PROCESS = 4;
/** Its present step, numbered over all endpoints (see `Steps`). */
export const STEP = 5;
export const REPETITION = 6;
/** The connection it holds of its process's pool for the primary, or NONE. */
export const CONNECTION = 7;
/** Whether its client still waits (1). After a timeout at the edge, or when the client has given up, the request goes on without (0). */
export const AWAITED = 8;
/** Whether it was sent after the warm-up (1 or 0). */
export const MEASURED = 9;
export const WORKLOAD = 10;
export const ENDPOINT = 11;
export const FLEET = 12;
/** The connection it holds of its process's pool for reading from replicas, or NONE. */
export const READ_CONNECTION = 13;
/** The database server that runs its present query, or NONE. */
export const SERVER = 14;
/** 0 for the first try, n for the n-th retry. */
export const ATTEMPT = 15;
/** Its place in its client's journey, from 0. */
export const VISIT_STEP = 16;
/** Where its durations stand among the replayed ones, or NONE: they are drawn. */
export const REPLAYED = 17;
/** Whether the edge still waits for its answer (1). */
export const HELD = 18;
/** How often the balancer has tried to connect to a dyno for it, and was refused. */
export const TRIES = 19;
/** Which pool its present query borrows from: the one for reading from replicas (1), or the one for the primary (0). */
export const READS = 20;
export const FIELDS = 21;

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
  /** What each request's stages were, one after the other; null where nobody asks. */
  readonly trace: StageTrace | null;

  /**
   * @param keepsStages whether to keep the time in every stage; else that in the first, the queue, alone
   * @param isTraced whether to keep the order of the stages too, for a sample of whole requests
   */
  constructor(
    private readonly events: EventList,
    private readonly keepsStages: boolean,
    isTraced: boolean,
  ) {
    this.trace = isTraced ? new StageTrace() : null;
    events.onGrow((capacity) => {
      const known = this.fields.length / FIELDS;
      this.fields = grownInt32(this.fields, capacity * FIELDS);
      for (let entry = known; entry < capacity; entry += 1) {
        this.fields[FIELDS * entry + SERVER] = NONE;
        this.fields[FIELDS * entry + PROCESS] = NONE;
      }
      this.timesMs = grownFloat64(this.timesMs, capacity * TIMES);
      this.trace?.grow(capacity);
    });
  }

  /** A request is sent now; who sends it, its key and what it asks for are set by the sender, and it stands at its first step. */
  begin(entry: number): void {
    const { timesMs } = this;
    const now = this.events.clock[NOW]!;
    const base = entry * TIMES;
    // Written out, here and in `addStages`: a loop's own steps would cost as much as what is done in it.
    timesMs[base] = 0;
    if (this.keepsStages) {
      timesMs[base + 1] = 0;
      timesMs[base + 2] = 0;
      timesMs[base + 3] = 0;
      timesMs[base + 4] = 0;
      timesMs[base + 5] = 0;
      timesMs[base + 6] = 0;
      timesMs[base + 7] = 0;
      timesMs[base + 8] = 0;
    }
    timesMs[base + SENT_AT] = now;
    timesMs[base + STAGE_SINCE] = now;
    const { fields } = this;
    const row = entry * FIELDS;
    fields[row + AWAITED] = 1;
    fields[row + HELD] = 0;
    fields[row + DYNO] = NONE;
    fields[row + PROCESS] = NONE;
    fields[row + REPETITION] = 0;
    fields[row + CONNECTION] = NONE;
    fields[row + READ_CONNECTION] = NONE;
    fields[row + SERVER] = NONE;
    fields[row + TRIES] = 0;
    fields[row + READS] = 0;
    if (this.trace !== null) this.trace.begin(entry);
  }

  /**
   * What passed since the last call was spent in `stage`. So the stages always add up to the latency, where all are kept; else what is kept of the queue is
   * right because it is a request's first stage, and ends once.
   */
  endStage(entry: number, stage: number): void {
    if (!this.keepsStages && stage !== STAGE.queue) return;
    const { timesMs } = this;
    const now = this.events.clock[NOW]!;
    const base = entry * TIMES;
    const elapsed = now - timesMs[base + STAGE_SINCE]!;
    timesMs[base + stage]! += elapsed;
    timesMs[base + STAGE_SINCE] = now;
    if (this.trace !== null) this.trace.add(entry, stage, elapsed);
  }

  /** As `endStage`, where the first `ownMs[entry]` of it were work (`stage`), and all beyond was waiting for a processor (`waitStage`). */
  endComputing(entry: number, ownMs: Float64Array, stage: number, waitStage: number): void {
    if (!this.keepsStages) return;
    const { timesMs } = this;
    const now = this.events.clock[NOW]!;
    const base = entry * TIMES;
    const elapsed = now - timesMs[base + STAGE_SINCE]!;
    const own = ownMs[entry]! < elapsed ? ownMs[entry]! : elapsed;
    if (this.trace !== null) {
      this.trace.add(entry, waitStage, elapsed - own);
      this.trace.add(entry, stage, own);
    }
    timesMs[base + stage]! += own;
    timesMs[base + waitStage]! += elapsed - own;
    timesMs[base + STAGE_SINCE] = now;
  }

  /** Adds the request's time in each stage to sums[at], sums[at + 1] … */
  addStages(entry: number, sums: Float64Array, at: number): void {
    const { timesMs } = this;
    const base = entry * TIMES;
    sums[at]! += timesMs[base]!;
    sums[at + 1]! += timesMs[base + 1]!;
    sums[at + 2]! += timesMs[base + 2]!;
    sums[at + 3]! += timesMs[base + 3]!;
    sums[at + 4]! += timesMs[base + 4]!;
    sums[at + 5]! += timesMs[base + 5]!;
    sums[at + 6]! += timesMs[base + 6]!;
    sums[at + 7]! += timesMs[base + 7]!;
    sums[at + 8]! += timesMs[base + 8]!;
  }

  /** When the request was sent, in ms. */
  sentAtMs(entry: number): number {
    return this.timesMs[entry * TIMES + SENT_AT]!;
  }
}
