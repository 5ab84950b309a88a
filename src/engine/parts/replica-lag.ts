import { type EventList, NOW } from "../kernel/event-list";
import { grownFloat64 } from "../kernel/grown";
import type { Recorder } from "../record/recorder";

/** Whether a client reads from a replica what it has only just written: such a read may not see the write yet. */
export class ReplicaLag {
  /** When the client of each request under way last wrote, in ms. */
  private lastWriteMs = new Float64Array(0);

  constructor(
    private lagMs: number,
    private readonly events: EventList,
    private readonly recorder: Recorder,
  ) {
    events.onGrow((capacity) => {
      this.lastWriteMs = grownFloat64(this.lastWriteMs, capacity);
    });
  }

  /** Replicas lag so far behind from now on. */
  setLag(lagMs: number): void {
    this.lagMs = lagMs;
  }

  /** The request in `successor` is sent by the client of the one in `entry`; by a new client where both are the same. */
  succeed(entry: number, successor: number): void {
    this.lastWriteMs[successor] = entry === successor ? -Infinity : this.lastWriteMs[entry]!;
  }

  /** A write of this request has ended. */
  wrote(entry: number): void {
    this.lastWriteMs[entry] = this.events.clock[NOW]!;
  }

  /** A replica serves a read of this request. */
  read(entry: number): void {
    if (this.events.clock[NOW]! - this.lastWriteMs[entry]! < this.lagMs) this.recorder.readStale(entry);
  }
}
