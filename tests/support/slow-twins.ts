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

/** A job on a processor of some machine: what is left of it, in ms at full speed. */
interface Job {
  readonly name: number;
  readonly process: number;
  leftMs: number;
}

/** How the jobs of a process share what it gets: see `SharedProcessors`. */
export type JobSharing = "shared" | "in-line" | "parallel";

/** One machine whose processors are shared: every job is moved on whenever anything happens. Jobs of a process stand in the order of coming. */
export class JobMachine {
  nowMs = 0;
  speed = 1;
  /** Who was done when. */
  readonly done = new Map<number, number>();
  /** Processors in use, integrated over time. */
  usedMs = 0;
  private jobs: Job[] = [];

  constructor(
    private readonly processors: number,
    private readonly sharing: JobSharing,
  ) {}

  begin(name: number, process: number, workMs: number): void {
    this.jobs.push({ name, process, leftMs: workMs });
  }

  /** The jobs that are there, and what is left of each. */
  left(): Map<number, number> {
    return new Map(this.jobs.map(({ name, leftMs }) => [name, leftMs]));
  }

  /** Drops all jobs. @returns their names */
  clear(): number[] {
    const names = this.jobs.map(({ name }) => name);
    this.jobs = [];
    return names;
  }

  /** The jobs that run: in line only the first of each process. */
  private running(): Job[] {
    if (this.sharing !== "in-line") return this.jobs;
    return this.jobs.filter((job) => this.jobs.find(({ process }) => process === job.process) === job);
  }

  /** What each running job gets of a processor: the processes that need least are served first, each with no more than an equal part of what is left. */
  private given(): Map<Job, number> {
    const jobsOf = new Map<number, Job[]>();
    for (const job of this.running()) jobsOf.set(job.process, [...(jobsOf.get(job.process) ?? []), job]);
    const need = (jobs: Job[]): number => (this.sharing === "parallel" ? jobs.length : 1);
    const processes = [...jobsOf.values()].sort((a, b) => need(a) - need(b));
    let left = this.processors;
    const given = new Map<Job, number>();
    processes.forEach((jobs, i) => {
      const part = Math.min(need(jobs), left / (processes.length - i));
      left -= part;
      for (const job of jobs) given.set(job, part / jobs.length);
    });
    return given;
  }

  get inUse(): number {
    return [...this.given().values()].reduce((sum, part) => sum + part, 0);
  }

  /** Goes on to a moment; what is done at the very moment is still there. */
  advance(toMs: number): void {
    for (;;) {
      const given = this.given();
      const pace = (job: Job): number => (given.get(job) ?? 0) * this.speed;
      const lasts = new Map([...given.keys()].map((job) => [job, job.leftMs / pace(job)]));
      const firstMs = this.nowMs + Math.min(...lasts.values());
      const passedMs = Math.min(firstMs, toMs) - this.nowMs;
      const isDone = (job: Job): boolean => this.nowMs + (lasts.get(job) ?? Infinity) <= firstMs;
      const done = firstMs < toMs ? this.jobs.filter(isDone) : [];
      for (const job of given.keys()) job.leftMs -= passedMs * pace(job);
      this.usedMs += passedMs * this.inUse;
      this.nowMs += passedMs;
      if (firstMs >= toMs) return;
      for (const { name } of done) this.done.set(name, this.nowMs);
      this.jobs = this.jobs.filter((job) => !done.includes(job));
    }
  }
}

/** The area under straight lines between points, constant outside them: in small pieces, each as wide as its middle is high. */
export function areaUnder(points: readonly (readonly [number, number])[], from: number, to: number): number {
  const height = (at: number): number => {
    const next = points.findIndex(([x]) => x > at);
    const [x1, y1] = points[next === -1 ? points.length - 1 : Math.max(0, next - 1)] ?? [0, 0];
    const [x2, y2] = points[next === -1 ? points.length - 1 : next] ?? [0, 0];
    return next <= 0 || x1 === x2 ? (next === 0 ? y2 : y1) : y1 + ((y2 - y1) * (at - x1)) / (x2 - x1);
  };
  const cuts = [from, ...points.map(([x]) => x).filter((x) => x > from && x < to), to];
  const piece = (a: number, b: number): number =>
    ((b - a) / 20) * sumOf(20, (i) => height(a + ((b - a) * (i + 0.5)) / 20));
  return sumOf(cuts.length - 1, (i) => piece(cuts[i] ?? 0, cuts[i + 1] ?? 0));
}

function sumOf(count: number, of: (i: number) => number): number {
  return Array.from({ length: count }, (_, i) => of(i)).reduce((sum, part) => sum + part, 0);
}
