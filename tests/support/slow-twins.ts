/*
 * The kernel's data structures once more, as simply as can be: arrays, searched from end to end. The tests run random operations on both and
 * compare what comes out.
 */

/** Something that is to happen. */
export interface Planned<T> {
  readonly atMs: number;
  /** Equal times happen in this order. */
  readonly order: number;
  readonly what: T;
}

/** What happens next, in an array that is searched for the earliest. */
export class PlannedList<T> {
  nowMs = 0;
  private nextOrder = 0;
  private planned: Planned<T>[] = [];

  get size(): number {
    return this.planned.length;
  }

  /** Takes a number for something that is planned later, but comes before what is planned for the same time from now on. */
  reserve(): number {
    this.nextOrder += 1;
    return this.nextOrder - 1;
  }

  plan(atMs: number, what: T, order = this.reserve()): void {
    this.planned.push({ atMs, order, what });
  }

  /** The planned things in the order in which they will happen. */
  inOrder(): Planned<T>[] {
    return [...this.planned].sort((a, b) => a.atMs - b.atMs || a.order - b.order);
  }

  /** The next before the limit, which thereby happens; null where there is none. */
  take(limitMs = Number.POSITIVE_INFINITY): Planned<T> | null {
    let next: Planned<T> | null = null;
    for (const one of this.planned) {
      if (next === null || one.atMs < next.atMs || (one.atMs === next.atMs && one.order < next.order))
        next = one;
    }
    if (next === null || next.atMs >= limitMs) return null;
    this.planned = this.planned.filter((one) => one !== next);
    this.nowMs = next.atMs;
    return next;
  }

  /** Takes back whatever fits. */
  cancel(fits: (what: T) => boolean): void {
    this.planned = this.planned.filter((one) => !fits(one.what));
  }
}

/** Lines of numbers: an array for each. */
export class ArrayLines {
  readonly lines: number[][];

  constructor(count: number) {
    this.lines = Array.from({ length: count }, () => []);
  }

  grow(count: number): void {
    while (this.lines.length < count) this.lines.push([]);
  }

  line(number: number): number[] {
    const line = this.lines[number];
    if (line === undefined) throw new Error(`no line ${number}`);
    return line;
  }

  leave(number: number, entry: number): void {
    const line = this.line(number);
    line.splice(line.indexOf(entry), 1);
  }

  /** Whoever stands in any line, with the line's number. */
  standing(): { line: number; entry: number }[] {
    return this.lines.flatMap((line, number) => line.map((entry) => ({ line: number, entry })));
  }
}

/** Counters in an array; the first of the least is found by looking at all, beginning at a turn. */
export class CounterRow {
  private readonly counts: number[];

  constructor(members: number) {
    this.counts = Array.from({ length: members }, () => Number.POSITIVE_INFINITY);
  }

  get members(): number {
    return this.counts.length;
  }

  grow(members: number): void {
    while (this.counts.length < members) this.counts.push(Number.POSITIVE_INFINITY);
  }

  set(member: number, count: number): void {
    this.counts[member] = count;
  }

  /** −1 where all are out. */
  firstLeastFrom(turn: number): number {
    const least = Math.min(...this.counts);
    if (least === Number.POSITIVE_INFINITY) return -1;
    const after = this.counts.findIndex((count, member) => member >= turn && count === least);
    return after >= 0 ? after : this.counts.indexOf(least);
  }
}

/** The value of rank ⌈share × count⌉ of all values, sorted. */
export function nearestRank(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length - 1e-9) - 1)] ?? Number.NaN;
}

/** A level over time from its changes, integrated piece by piece. */
export function integralBetween(
  changes: readonly (readonly [atMs: number, by: number])[],
  from: number,
  to: number,
): number {
  let integral = 0;
  for (const [atMs, by] of changes) integral += by * Math.max(0, to - Math.max(from, atMs));
  return integral;
}
