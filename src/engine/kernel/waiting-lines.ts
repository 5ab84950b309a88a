import type { EventList } from "./event-list";
import { NONE } from "./event-list";
import { grownInt32 } from "./grown";

/**
 * First-come-first-served lines of entries. An entry stands in at most one line of the set at a time; joining, leaving from the
 * front and leaving from the middle (a wait that reached its limit) cost one step each.
 */
export class WaitingLines {
  /** How many stand in line i. */
  length: Int32Array;
  private first: Int32Array;
  private last: Int32Array;
  private next = new Int32Array(0);
  private previous = new Int32Array(0);

  /** @param events whose entries stand in the lines @param lines how many lines there are at first, numbered from 0 */
  constructor(events: EventList, lines: number) {
    this.length = new Int32Array(lines);
    this.first = new Int32Array(lines).fill(NONE);
    this.last = new Int32Array(lines).fill(NONE);
    events.onGrow((capacity) => {
      this.next = grownInt32(this.next, capacity);
      this.previous = grownInt32(this.previous, capacity);
    });
  }

  /** Makes room for more lines, empty at first. */
  addLines(lines: number): void {
    const known = this.length.length;
    this.length = grownInt32(this.length, lines);
    this.first = grownInt32(this.first, lines).fill(NONE, known);
    this.last = grownInt32(this.last, lines).fill(NONE, known);
  }

  /** Joins the end of a line. */
  join(line: number, entry: number): void {
    const end = this.last[line]!;
    this.previous[entry] = end;
    this.next[entry] = NONE;
    if (end === NONE) this.first[line] = entry;
    else this.next[end] = entry;
    this.last[line] = entry;
    this.length[line]! += 1;
  }

  /** Whoever has waited longest in a line, taken out of it; NONE when the line is empty. */
  takeFirst(line: number): number {
    const entry = this.first[line]!;
    if (entry === NONE) return NONE;
    const after = this.next[entry]!;
    this.first[line] = after;
    if (after === NONE) this.last[line] = NONE;
    else this.previous[after] = NONE;
    this.length[line]! -= 1;
    return entry;
  }

  /** Leaves the line in which the entry stands, from wherever in it. */
  leave(line: number, entry: number): void {
    const before = this.previous[entry]!;
    const after = this.next[entry]!;
    if (before === NONE) this.first[line] = after;
    else this.next[before] = after;
    if (after === NONE) this.last[line] = before;
    else this.previous[after] = before;
    this.length[line]! -= 1;
  }
}
