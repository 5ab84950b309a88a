import { type EventList, NONE, NOW } from "./event-list";
import { grownFloat64, grownInt32, grownUint8 } from "./grown";

/**
 * Deadlines of one constant length (a timeout): set often, reached seldom. Since all are equally long, the first set is the first
 * due, so they stand in a line beside the event list, and only the first of the line needs an event there. A deadline that is lifted
 * costs one unlinking; the event is then found to be early and set anew. Equal times keep the order of scheduling: each deadline
 * keeps the sequence number that it got when it was set.
 */
export class DeadlineLine {
  private readonly alarm: number;
  private first = NONE;
  private last = NONE;
  private next = new Int32Array(0);
  private previous = new Int32Array(0);
  private due = new Float64Array(0);
  private order = new Float64Array(0);
  private standing = new Uint8Array(0);
  private readonly length = new Float64Array(1);

  /**
   * @param events the event list; the deadlines are those of its entries
   * @param kind the kind of event that announces a deadline; on it the caller calls `takeDue`
   * @param lengthMs how long after `set` a deadline is due
   */
  constructor(
    private readonly events: EventList,
    private readonly kind: number,
    lengthMs: number,
  ) {
    this.length[0] = lengthMs;
    this.alarm = events.allocate();
    events.onGrow((capacity) => {
      this.next = grownInt32(this.next, capacity);
      this.previous = grownInt32(this.previous, capacity);
      this.due = grownFloat64(this.due, capacity);
      this.order = grownFloat64(this.order, capacity);
      this.standing = grownUint8(this.standing, capacity);
    });
  }

  /** Sets the entry's deadline, one length from now. It must not have one yet. */
  set(entry: number): void {
    const last = this.last;
    this.due[entry] = this.events.clock[NOW]! + this.length[0]!;
    this.events.reserveSequence(this.order, entry);
    this.standing[entry] = 1;
    this.previous[entry] = last;
    this.next[entry] = NONE;
    this.last = entry;
    if (last === NONE) {
      this.first = entry;
      if (!this.events.isPending(this.alarm)) this.arm();
    } else {
      this.next[last] = entry;
    }
  }

  /** Lifts the entry's deadline; nothing happens where it has none. */
  lift(entry: number): void {
    if (this.standing[entry] === 0) return;
    const before = this.previous[entry]!;
    const after = this.next[entry]!;
    if (before === NONE) this.first = after;
    else this.next[before] = after;
    if (after === NONE) this.last = before;
    else this.previous[after] = before;
    this.standing[entry] = 0;
  }

  /** On an event of this line's kind: the entry whose deadline is now, lifted; NONE where the event came for one lifted before. */
  takeDue(): number {
    const { events, first } = this;
    if (first === NONE) return NONE;
    const isDue =
      this.due[first] === events.clock[NOW] && this.order[first] === events.sequence[this.alarm];
    if (isDue) this.lift(first);
    if (this.first !== NONE) this.arm();
    return isDue ? first : NONE;
  }

  private arm(): void {
    this.events.time[this.alarm] = this.due[this.first]!;
    this.events.sequence[this.alarm] = this.order[this.first]!;
    this.events.kind[this.alarm] = this.kind;
    this.events.insert(this.alarm);
  }
}
