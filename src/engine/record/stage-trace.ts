import { grownFloat64, grownUint8 } from "../kernel/grown";
import { MOST_SEGMENTS } from "./replication-record";

/** Requests beyond so many under way at once are not traced, to bound the memory. */
const TRACED_ENTRIES = 16_384;
/** Less than this is what the clock was rounded by, not time that passed: of one stage, and of a request. */
const NO_STAGE_MS = 1e-9;
const NO_REST_MS = 1e-6;

/** Where a request stands that has not ended its present stage. */
export interface Standing {
  readonly stage: number;
  /** What it has had of a processor since the stage before ended, in ms, and the stage that this is. */
  readonly workedMs: number;
  readonly workStage: number;
}

/** The stages of requests under way in the order in which they passed: for a sample of whole requests, where their sums per stage are not enough. */
export class StageTrace {
  /** [MOST_SEGMENTS × entry + n] */
  private stages = new Uint8Array(0);
  private lengthsMs = new Float64Array(0);
  private count = new Uint8Array(0);

  /** Makes room for more requests. */
  grow(capacity: number): void {
    const traced = Math.min(capacity, TRACED_ENTRIES);
    if (traced <= this.count.length) return;
    this.stages = grownUint8(this.stages, traced * MOST_SEGMENTS);
    this.lengthsMs = grownFloat64(this.lengthsMs, traced * MOST_SEGMENTS);
    this.count = grownUint8(this.count, traced);
  }

  /** Whether there is room for this request's stages. */
  covers(entry: number): boolean {
    return entry < this.count.length;
  }

  begin(entry: number): void {
    if (this.covers(entry)) this.count[entry] = 0;
  }

  /** A stage of this length (ms) has ended; one of no length is left out. */
  add(entry: number, stage: number, lengthMs: number): void {
    if (lengthMs < NO_STAGE_MS || !this.covers(entry)) return;
    const count = this.count[entry]!;
    const at = MOST_SEGMENTS * entry + count;
    if (count > 0 && (this.stages[at - 1] === stage || count === MOST_SEGMENTS)) {
      this.lengthsMs[this.latest(at, stage)]! += lengthMs;
      return;
    }
    this.stages[at] = stage;
    this.lengthsMs[at] = lengthMs;
    this.count[entry] = count + 1;
  }

  /** The last segment of a stage, of those before `end`; the very last where there is none. */
  private latest(end: number, stage: number): number {
    for (let at = end - 1; at >= end - (end % MOST_SEGMENTS || MOST_SEGMENTS); at -= 1)
      if (this.stages[at] === stage) return at;
    return end - 1;
  }

  /** Pairs of stage and length in ms, for a request that has lasted `lastedMs` and stands where it says since the last one ended. */
  segments(entry: number, lastedMs: number, { stage, workedMs, workStage }: Standing): Float64Array {
    const pairs: number[] = [];
    let booked = 0;
    for (let i = 0; i < this.count[entry]!; i += 1) {
      const lengthMs = this.lengthsMs[MOST_SEGMENTS * entry + i]!;
      pairs.push(this.stages[MOST_SEGMENTS * entry + i]!, lengthMs);
      booked += lengthMs;
    }
    const restMs = lastedMs - booked;
    if (restMs - workedMs > NO_REST_MS) pairs.push(stage, restMs - workedMs);
    if (workedMs > NO_REST_MS) pairs.push(workStage, Math.min(workedMs, restMs));
    return Float64Array.from(pairs);
  }
}
