import { type EventList, NONE, NOW } from "./event-list";
import { grownFloat64, grownInt32 } from "./grown";

/** Columns of `links` and of `moments`, a row of which belongs to an entry. */
const NEXT = 0;
const PREVIOUS = 1;
const STANDING = 2;
const LINK_COLUMNS = 3;
const DUE = 0;
const ORDER = 1;

/**
 * Deadlines of one length (a timeout): set often, reached seldom. Since all are equally long, the first set is the first
 * due, so they stand in a line beside the event list, and only the first of the line needs an event there. A deadline that is lifted
 * costs one unlinking; the event is then found to be early and set anew. Equal times keep the order of scheduling: each deadline
 * keeps the sequence number that it got when it was set. After the length was made shorter, new deadlines pass those of the old
 * length in the line, until the last of these is through.
 */
export class DeadlineLine {
  private readonly alarm: number;
  private first = NONE;
  private last = NONE;
  private links = new Int32Array(0);
  /** When a deadline is due, in ms, and the sequence number it got when it was set. */
  private moments = new Float64Array(0);
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
      this.links = grownInt32(this.links, LINK_COLUMNS * capacity);
      this.moments = grownFloat64(this.moments, 2 * capacity);
    });
  }

  /** Deadlines that are set from now on have another length; those that stand keep theirs. */
  setLength(lengthMs: number): void {
    this.length[0] = lengthMs;
  }

  /** Sets the entry's deadline, one length from now. It must not have one yet. */
  set(entry: number): void {
    const { links, moments, last } = this;
    moments[2 * entry + DUE] = this.events.clock[NOW]! + this.length[0]!;
    this.events.reserveSequence(moments, 2 * entry + ORDER);
    links[LINK_COLUMNS * entry + STANDING] = 1;
    if (last !== NONE && moments[2 * last + DUE]! > moments[2 * entry + DUE]!) {
      this.setBefore(entry, last);
      return;
    }
    links[LINK_COLUMNS * entry + PREVIOUS] = last;
    links[LINK_COLUMNS * entry + NEXT] = NONE;
    this.last = entry;
    if (last === NONE) {
      this.first = entry;
      if (!this.events.isPending(this.alarm)) this.arm();
      else this.bringForward();
    } else {
      links[LINK_COLUMNS * last + NEXT] = entry;
    }
  }

  /** Sorts a deadline in before `after` and all that are due later than it. */
  private setBefore(entry: number, after: number): void {
    const { links, moments } = this;
    let later = after;
    let before = links[LINK_COLUMNS * later + PREVIOUS]!;
    while (before !== NONE && moments[2 * before + DUE]! > moments[2 * entry + DUE]!) {
      later = before;
      before = links[LINK_COLUMNS * later + PREVIOUS]!;
    }
    links[LINK_COLUMNS * entry + NEXT] = later;
    links[LINK_COLUMNS * entry + PREVIOUS] = before;
    links[LINK_COLUMNS * later + PREVIOUS] = entry;
    if (before !== NONE) {
      links[LINK_COLUMNS * before + NEXT] = entry;
      return;
    }
    this.first = entry;
    this.bringForward();
  }

  /** The alarm may be set for a time after the first deadline: of one lifted long ago, or of an older, longer length. */
  private bringForward(): void {
    const { events, alarm } = this;
    if (!(events.time[alarm]! > this.moments[2 * this.first + DUE]!)) return;
    events.cancel(alarm);
    this.arm();
  }

  /** Whether the entry has a deadline. */
  isSet(entry: number): boolean {
    return this.links[LINK_COLUMNS * entry + STANDING] === 1;
  }

  /** Lifts the entry's deadline; nothing happens where it has none. */
  lift(entry: number): void {
    const { links } = this;
    if (links[LINK_COLUMNS * entry + STANDING] === 0) return;
    const before = links[LINK_COLUMNS * entry + PREVIOUS]!;
    const after = links[LINK_COLUMNS * entry + NEXT]!;
    if (before === NONE) this.first = after;
    else links[LINK_COLUMNS * before + NEXT] = after;
    if (after === NONE) this.last = before;
    else links[LINK_COLUMNS * after + PREVIOUS] = before;
    links[LINK_COLUMNS * entry + STANDING] = 0;
  }

  /** On an event of this line's kind: the entry whose deadline is now, lifted; NONE where the event came for one lifted before. */
  takeDue(): number {
    const { events, first, moments } = this;
    if (first === NONE) return NONE;
    const isDue =
      moments[2 * first + DUE] === events.clock[NOW] &&
      moments[2 * first + ORDER] === events.sequence[this.alarm];
    if (isDue) this.lift(first);
    if (this.first !== NONE) this.arm();
    return isDue ? first : NONE;
  }

  private arm(): void {
    this.events.time[this.alarm] = this.moments[2 * this.first + DUE]!;
    this.events.sequence[this.alarm] = this.moments[2 * this.first + ORDER]!;
    this.events.insert(this.alarm, this.kind);
  }
}
