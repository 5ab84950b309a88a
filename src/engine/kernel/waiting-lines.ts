import type { EventList } from "./event-list";
import { NONE } from "./event-list";
import { grownInt32 } from "./grown";

/** Columns of `lines`, a row of which belongs to a line, and of `links`, a row of which belongs to an entry. */
const LENGTH = 0;
const FIRST = 1;
const LAST = 2;
const LINE_COLUMNS = 3;
const NEXT = 0;
const PREVIOUS = 1;

/**
 * First-come-first-served lines of entries. An entry stands in at most one line of the set at a time; joining, leaving from the
 * front and leaving from the middle (a wait that reached its limit) cost one step each.
 */
export class WaitingLines {
  private lines: Int32Array;
  private links = new Int32Array(0);

  /** @param events whose entries stand in the lines @param count how many lines there are at first, numbered from 0 */
  constructor(events: EventList, count: number) {
    this.lines = new Int32Array(LINE_COLUMNS * count);
    this.empty(0);
    events.onGrow((capacity) => {
      this.links = grownInt32(this.links, 2 * capacity);
    });
  }

  private empty(from: number): void {
    for (let line = from; line < this.count; line += 1) {
      this.lines[LINE_COLUMNS * line + FIRST] = NONE;
      this.lines[LINE_COLUMNS * line + LAST] = NONE;
    }
  }

  get count(): number {
    return this.lines.length / LINE_COLUMNS;
  }

  /** Makes room for more lines, empty at first. */
  grow(count: number): void {
    const known = this.count;
    if (count <= known) return;
    this.lines = grownInt32(this.lines, LINE_COLUMNS * count);
    this.empty(known);
  }

  /** How many stand in a line. */
  length(line: number): number {
    return this.lines[LINE_COLUMNS * line + LENGTH]!;
  }

  /** Joins the end of a line. */
  join(line: number, entry: number): void {
    const { lines, links } = this;
    const row = LINE_COLUMNS * line;
    const end = lines[row + LAST]!;
    links[2 * entry + PREVIOUS] = end;
    links[2 * entry + NEXT] = NONE;
    if (end === NONE) lines[row + FIRST] = entry;
    else links[2 * end + NEXT] = entry;
    lines[row + LAST] = entry;
    lines[row + LENGTH]! += 1;
  }

  /** Whoever has waited longest in a line, taken out of it; NONE when the line is empty. */
  takeFirst(line: number): number {
    const { lines, links } = this;
    const row = LINE_COLUMNS * line;
    const entry = lines[row + FIRST]!;
    if (entry === NONE) return NONE;
    const after = links[2 * entry + NEXT]!;
    lines[row + FIRST] = after;
    if (after === NONE) lines[row + LAST] = NONE;
    else links[2 * after + PREVIOUS] = NONE;
    lines[row + LENGTH]! -= 1;
    return entry;
  }

  /** Leaves the line in which the entry stands, from wherever in it. */
  leave(line: number, entry: number): void {
    const { lines, links } = this;
    const row = LINE_COLUMNS * line;
    const before = links[2 * entry + PREVIOUS]!;
    const after = links[2 * entry + NEXT]!;
    if (before === NONE) lines[row + FIRST] = after;
    else links[2 * before + NEXT] = after;
    if (after === NONE) lines[row + LAST] = before;
    else links[2 * after + PREVIOUS] = before;
    lines[row + LENGTH]! -= 1;
  }
}
