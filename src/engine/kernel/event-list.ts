import { grownFloat64, grownInt32 } from "./grown";

/**
 * The event list: what happens next, in order of time and, at equal times, in order of scheduling.
 *
 * A calendar queue (R. Brown, "Calendar queues", 1988) of sorted buckets: time is cut into days of equal width, day d hangs in
 * bucket d mod (number of buckets). With about one event a day, scheduling and taking cost a few steps whatever the number of
 * pending events. Buckets are sorted from their end, so that any number of events at one instant (a thousand clients that start
 * together) costs one step each. When steps per operation rise, width and number of buckets are fitted anew (`adapt`).
 *
 * Every event is an entry, an integer; an entry has at most one pending event. Times travel in typed arrays (`time`, `clock`) and never as
 * arguments of a call that may not be inlined: a double passed between functions would be allocated on the heap.
 */

export const NONE = -1;

/** Indices into `clock`. */
export const NOW = 0;
/** Free for the caller: until when the present segment of recording lasts, beside the time that it is compared with. */
export const SEGMENT_END = 1;
const SEQUENCE = 2;
const LIMIT = 3;

/** Columns of `links`, a row of which belongs to an entry. */
const NEXT = 0;
const PREVIOUS = 1;
const KIND = 2;
const PENDING = 3;
const LINK_COLUMNS = 4;

/** Columns of `ends`, a row of which belongs to a bucket. */
const FIRST = 0;
const LAST = 1;

/** Indices into `scale`. */
const ORIGIN = 0;
const DAYS_PER_MS = 1;
const TIME_AT_ADAPT = 2;

/** Days are small integers counted from the origin; later events wait in the `far` list until the calendar is laid anew. */
const LAST_DAY = 0x1fffffff;
const MINIMUM_BUCKETS = 16;
/** Laying the calendar anew while events are inserted must have been worth it: not for fewer steps than this. */
const CROWDED_INSERTS = 16_384;
/** Days are not cut finer than this, so that their number stays one that can be computed with. */
const MOST_DAYS_PER_MS = 1e15;
/** Pending events that are looked at to fit a calendar to them. */
const SAMPLE = 128;
/** So many steps per event (its scheduling and its taking) are too many; a calendar that fits takes about two. */
const CROWDED_STEPS = 4;

export class EventList {
  /** [now in ms, end of the present segment in ms, next sequence number, limit of `take` in ms] */
  readonly clock = new Float64Array(4);
  /** When an entry's event is due, in ms: set it, then call `insert`. */
  time: Float64Array;
  /** Ties are broken by this, smaller first. */
  sequence: Float64Array;
  pendingCount = 0;

  /** [entry × LINK_COLUMNS + column]: one array for what is used together, since reaching an array costs more than reading it. */
  private links: Int32Array;
  /** [2 × bucket + FIRST or LAST] */
  private ends: Int32Array;
  private readonly scale = new Float64Array(3);
  private mask = MINIMUM_BUCKETS - 1;
  private day = 0;
  private farFirst = NONE;
  private farCount = 0;
  private steps = 0;
  private isLayingOut = false;

  private freeEntry = NONE;
  private entryCount = 0;
  private readonly growListeners: ((capacity: number) => void)[] = [];

  constructor(capacity = 256) {
    this.time = new Float64Array(capacity);
    this.sequence = new Float64Array(capacity);
    this.links = new Int32Array(LINK_COLUMNS * capacity);
    this.ends = new Int32Array(2 * MINIMUM_BUCKETS).fill(NONE);
    this.scale[DAYS_PER_MS] = 1;
  }

  get capacity(): number {
    return this.time.length;
  }

  /** The most entries there have been in use at one time. */
  get entries(): number {
    return this.entryCount;
  }

  /** Calls `listener` now and whenever there is room for more entries, with the number of entries there is room for. */
  onGrow(listener: (capacity: number) => void): void {
    this.growListeners.push(listener);
    listener(this.capacity);
  }

  /** A new entry, with no event pending. */
  allocate(): number {
    const free = this.freeEntry;
    if (free !== NONE) {
      this.freeEntry = this.links[LINK_COLUMNS * free + NEXT]!;
      return free;
    }
    if (this.entryCount === this.capacity) this.grow();
    return this.entryCount++;
  }

  /** Gives an entry back; it must have no event pending. */
  release(entry: number): void {
    this.links[LINK_COLUMNS * entry + NEXT] = this.freeEntry;
    this.freeEntry = entry;
  }

  /** Whether an event of this entry is pending. */
  isPending(entry: number): boolean {
    return this.links[LINK_COLUMNS * entry + PENDING] === 1;
  }

  /** What an entry's event is, or was when it was taken: the meaning of the number is the caller's. */
  kindOf(entry: number): number {
    return this.links[LINK_COLUMNS * entry + KIND]!;
  }

  /** Writes the next sequence number to target[at], as if an event were scheduled now: for one that is inserted later. */
  reserveSequence(target: Float64Array, at: number): void {
    target[at] = this.clock[SEQUENCE]!;
    this.clock[SEQUENCE]! += 1;
  }

  /** Schedules `time[entry]` behind everything that is already scheduled for the same time. */
  schedule(entry: number, kind: number): void {
    this.sequence[entry] = this.clock[SEQUENCE]!;
    this.clock[SEQUENCE]! += 1;
    this.insert(entry, kind);
  }

  /** Schedules `time[entry]` with the sequence number that the entry already has. */
  insert(entry: number, kind: number): void {
    this.links[LINK_COLUMNS * entry + KIND] = kind;
    this.links[LINK_COLUMNS * entry + PENDING] = 1;
    this.pendingCount += 1;
    const offset = (this.time[entry]! - this.scale[ORIGIN]!) * this.scale[DAYS_PER_MS]!;
    if (!(offset < LAST_DAY)) {
      this.putFar(entry);
      return;
    }
    const day = offset | 0;
    if (day < this.day) this.day = day;
    this.place(entry, day & this.mask);
    if (this.pendingCount > 4 * (this.mask + 1) || this.steps > CROWDED_INSERTS) this.fit();
  }

  private putFar(entry: number): void {
    this.links[LINK_COLUMNS * entry + NEXT] = this.farFirst;
    this.farFirst = entry;
    this.farCount += 1;
  }

  /** Lays the calendar anew where it has become too small, or inserting a walk. */
  private fit(): void {
    if (this.isLayingOut) return;
    const near = this.pendingCount - this.farCount;
    if (near > 4 * (this.mask + 1)) this.layOut(4 * (this.mask + 1), 4 * this.scale[DAYS_PER_MS]!);
    else if (this.steps > CROWDED_INSERTS && this.steps > CROWDED_STEPS * 2 * near) this.relieve();
  }

  /** Sorts an entry into its bucket, from the bucket's end. */
  private place(entry: number, bucket: number): void {
    const { time, links, ends } = this;
    const due = time[entry]!;
    let before = ends[2 * bucket + LAST]!;
    while (before !== NONE && this.isAfter(before, due, entry)) {
      before = links[LINK_COLUMNS * before + PREVIOUS]!;
      this.steps += 1;
    }
    links[LINK_COLUMNS * entry + PREVIOUS] = before;
    let after: number;
    if (before === NONE) {
      after = ends[2 * bucket + FIRST]!;
      ends[2 * bucket + FIRST] = entry;
    } else {
      after = links[LINK_COLUMNS * before + NEXT]!;
      links[LINK_COLUMNS * before + NEXT] = entry;
    }
    links[LINK_COLUMNS * entry + NEXT] = after;
    if (after === NONE) ends[2 * bucket + LAST] = entry;
    else links[LINK_COLUMNS * after + PREVIOUS] = entry;
  }

  /** Whether `other` comes after `entry`, which is due at `due`. */
  private isAfter(other: number, due: number, entry: number): boolean {
    const otherDue = this.time[other]!;
    return otherDue > due || (otherDue === due && this.sequence[other]! > this.sequence[entry]!);
  }

  /** Takes back a pending event. */
  cancel(entry: number): void {
    const offset = (this.time[entry]! - this.scale[ORIGIN]!) * this.scale[DAYS_PER_MS]!;
    if (offset < LAST_DAY) {
      this.unlink(entry, (offset | 0) & this.mask);
    } else {
      this.unlinkFar(entry);
    }
    this.links[LINK_COLUMNS * entry + PENDING] = 0;
    this.pendingCount -= 1;
  }

  private unlink(entry: number, bucket: number): void {
    const { links, ends } = this;
    const before = links[LINK_COLUMNS * entry + PREVIOUS]!;
    const after = links[LINK_COLUMNS * entry + NEXT]!;
    if (before === NONE) ends[2 * bucket + FIRST] = after;
    else links[LINK_COLUMNS * before + NEXT] = after;
    if (after === NONE) ends[2 * bucket + LAST] = before;
    else links[LINK_COLUMNS * after + PREVIOUS] = before;
  }

  private unlinkFar(entry: number): void {
    const { links } = this;
    let before = NONE;
    for (let at = this.farFirst; at !== entry; at = links[LINK_COLUMNS * at + NEXT]!) before = at;
    if (before === NONE) this.farFirst = links[LINK_COLUMNS * entry + NEXT]!;
    else links[LINK_COLUMNS * before + NEXT] = links[LINK_COLUMNS * entry + NEXT]!;
    this.farCount -= 1;
  }

  /** Sets the time up to which (exclusive) `take` goes. */
  setLimit(limitMs: number): void {
    this.clock[LIMIT] = limitMs;
  }

  /**
   * Takes the next event that is due before the limit and sets the clock to its time.
   * @returns its entry, or NONE when there is none (the clock stays)
   */
  take(): number {
    const { ends, time, scale } = this;
    let day = this.day;
    let scanned = 0;
    for (;;) {
      const head = ends[2 * (day & this.mask) + FIRST]!;
      if (head !== NONE && (((time[head]! - scale[ORIGIN]!) * scale[DAYS_PER_MS]!) | 0) === day) {
        this.day = day;
        this.steps += scanned;
        if (!(time[head]! < this.clock[LIMIT]!)) return NONE;
        this.remove(head, day & this.mask);
        return head;
      }
      day += 1;
      scanned += 1;
      if (scanned > this.mask) {
        this.steps += scanned;
        if (!this.seek()) return NONE;
        day = this.day;
        scanned = 0;
        if (ends !== this.ends) return this.take();
      }
    }
  }

  private remove(head: number, bucket: number): void {
    const { links } = this;
    const after = links[LINK_COLUMNS * head + NEXT]!;
    this.ends[2 * bucket + FIRST] = after;
    if (after === NONE) this.ends[2 * bucket + LAST] = NONE;
    else links[LINK_COLUMNS * after + PREVIOUS] = NONE;
    links[LINK_COLUMNS * head + PENDING] = 0;
    this.pendingCount -= 1;
    this.clock[NOW] = this.time[head]!;
  }

  /** Turns to the day of the earliest event after a fruitless year. @returns false when nothing is pending */
  private seek(): boolean {
    if (this.pendingCount === 0) return false;
    if (this.pendingCount === this.farCount) {
      this.layOut(this.mask + 1, this.scale[DAYS_PER_MS]!);
      // Laying out is work too: where it is needed again and again, the days are too narrow, and `adapt` must hear of it.
      this.steps += this.pendingCount;
      return true;
    }
    let earliest = NONE;
    for (let bucket = 0; bucket <= this.mask; bucket += 1) {
      const head = this.ends[2 * bucket + FIRST]!;
      if (head !== NONE && (earliest === NONE || this.time[head]! < this.time[earliest]!)) earliest = head;
    }
    this.day = ((this.time[earliest]! - this.scale[ORIGIN]!) * this.scale[DAYS_PER_MS]!) | 0;
    return true;
  }

  /**
   * Fits the calendar to what was seen since the last call; call it after every few thousand events. Changes nothing about their order.
   * @param taken how many events were taken since the last call
   */
  adapt(taken: number): void {
    const now = this.clock[NOW]!;
    const elapsed = now - this.scale[TIME_AT_ADAPT]!;
    if (this.steps > CROWDED_STEPS * taken && elapsed > 0) {
      const near = this.pendingCount - this.farCount;
      let buckets = MINIMUM_BUCKETS;
      while (buckets < 2 * near) buckets *= 2;
      this.layOut(buckets, taken / elapsed);
    }
    this.scale[TIME_AT_ADAPT] = now;
    this.steps = 0;
  }

  /**
   * Fits the calendar to the events that are pending, when inserting them has become a walk: many events a bucket, in no order. The width
   * comes from the median gap between neighbours of a sample: where most events are, whatever lies between their clusters.
   */
  private relieve(): void {
    const sample = this.sampleTimes();
    const near = this.pendingCount - this.farCount;
    const gaps = sample
      .slice(1)
      .map((time, i) => time - sample[i]!)
      .filter((gap) => gap > 0)
      .sort();
    const gap = gaps[gaps.length >> 1];
    let buckets = MINIMUM_BUCKETS;
    while (buckets < 2 * near) buckets *= 2;
    this.layOut(buckets, gap === undefined ? this.scale[DAYS_PER_MS]! : near / (2 * gap * sample.length));
    this.steps = 0;
  }

  /** The times of some events of the calendar, evenly picked, in ascending order. */
  private sampleTimes(): Float64Array {
    const { time, links, ends } = this;
    const every = Math.max(1, Math.floor((this.pendingCount - this.farCount) / SAMPLE));
    const times: number[] = [];
    let seen = 0;
    for (let bucket = 0; bucket <= this.mask; bucket += 1) {
      for (
        let entry = ends[2 * bucket + FIRST]!;
        entry !== NONE;
        entry = links[LINK_COLUMNS * entry + NEXT]!
      ) {
        if (seen % every === 0) times.push(time[entry]!);
        seen += 1;
      }
    }
    return Float64Array.from(times).sort();
  }

  /** Lays the calendar anew: number of buckets, days per millisecond, origin now. */
  private layOut(buckets: number, daysPerMs: number): void {
    const { links } = this;
    let chain = NONE;
    for (let bucket = 0; bucket <= this.mask; bucket += 1) {
      // From the bucket's end, so that the chain begins with the earliest and each is then sorted in at a bucket's end.
      for (let entry = this.ends[2 * bucket + LAST]!; entry !== NONE; ) {
        const before = links[LINK_COLUMNS * entry + PREVIOUS]!;
        links[LINK_COLUMNS * entry + NEXT] = chain;
        chain = entry;
        entry = before;
      }
    }
    for (let entry = this.farFirst; entry !== NONE; ) {
      const after = links[LINK_COLUMNS * entry + NEXT]!;
      links[LINK_COLUMNS * entry + NEXT] = chain;
      chain = entry;
      entry = after;
    }
    const now = this.clock[NOW]!;
    let earliest = chain === NONE ? now : Infinity;
    for (let entry = chain; entry !== NONE; entry = links[LINK_COLUMNS * entry + NEXT]!) {
      if (this.time[entry]! < earliest) earliest = this.time[entry]!;
    }
    if (buckets !== this.mask + 1) {
      this.ends = new Int32Array(2 * buckets);
      this.mask = buckets - 1;
    }
    this.ends.fill(NONE);
    this.farFirst = NONE;
    this.farCount = 0;
    this.pendingCount = 0;
    this.scale[ORIGIN] = now;
    // Days no narrower than lets the earliest event stand in the calendar.
    const roomiest = LAST_DAY / 2 / Math.max(earliest - now, Number.MIN_VALUE);
    this.scale[DAYS_PER_MS] = Math.min(daysPerMs, roomiest, MOST_DAYS_PER_MS);
    this.day = ((earliest - now) * this.scale[DAYS_PER_MS]!) | 0;
    this.isLayingOut = true;
    for (let entry = chain; entry !== NONE; ) {
      const after = links[LINK_COLUMNS * entry + NEXT]!;
      this.insert(entry, links[LINK_COLUMNS * entry + KIND]!);
      entry = after;
    }
    this.isLayingOut = false;
  }

  private grow(): void {
    const capacity = this.capacity * 2;
    this.time = grownFloat64(this.time, capacity);
    this.sequence = grownFloat64(this.sequence, capacity);
    this.links = grownInt32(this.links, LINK_COLUMNS * capacity);
    for (const listener of this.growListeners) listener(capacity);
  }
}
