import { type EventList, NONE, NOW } from "./event-list";
import { grownFloat64, grownInt32 } from "./grown";
import { JobHeaps } from "./job-heaps";
import { WaitingLines } from "./waiting-lines";

/** How the jobs of one process share what the process gets. */
export type Sharing =
  /** Equally, all at once; the process gets at most one processor (threads under one interpreter lock). */
  | "shared"
  /** One after the other, first come, first served; at most one processor (an event loop). */
  | "in-line"
  /** Equally, all at once; at most a processor for each job (threads that run in parallel). */
  | "parallel";

/** Before all times: of a process whose next end is not known yet. */
const NOT_DUE_MS = -1;

/** Which machine each process is on; the owner makes it longer as processes come. */
export interface ProcessTable {
  readonly machineOf: Int32Array;
}

/** Who hears of jobs that are done. */
export interface ProcessorUser {
  computed(entry: number): void;
  /** The processors of a machine that compute have become more (or fewer, negative; fractions are possible). */
  processorsInUse(machine: number, by: number): void;
}

/**
 * Machines with processors, and on each a number of processes whose jobs share them (processor sharing).
 *
 * A machine's processors are shared equally by its processes that have work, none getting more than it can use (max-min fairness). Within
 * a process every running job gets the same, so jobs are ordered by attained service: a process has a clock that shows how much each of its
 * jobs has got since it began, a job of length w that begins at clock V ends at V + w whatever happens meanwhile, and an event costs
 * O(log jobs) plus the machine's computing processes. (Virtual time, as in Parekh and Gallager 1993.)
 */
export class SharedProcessors {
  /** Length of an entry's job, in ms of a processor at full speed: set it, then call `begin`. */
  workMs = new Float64Array(0);
  /** The process in which an entry's job is, or NONE. */
  private processOf = new Int32Array(0);
  private readonly heaps: JobHeaps;
  private readonly lines: WaitingLines;
  /** Of process p: running jobs; its clock; how fast that runs (ms of work per ms). */
  private running = new Int32Array(0);
  private attainedMs = new Float64Array(0);
  private rate = new Float64Array(0);
  /** When the first of process p's jobs is done, and its place among what happens at the same time. */
  private dueMs = new Float64Array(0);
  private order = new Float64Array(0);
  /** Computing processes of a machine, as a list. */
  private next = new Int32Array(0);
  private previous = new Int32Array(0);
  private first = new Int32Array(0);
  private computing = new Int32Array(0);
  /** Of machine m: processors; speed of each; when its clocks were brought up to date; processors in use. */
  private processors = new Float64Array(0);
  private speed = new Float64Array(0);
  private updatedMs = new Float64Array(0);
  private inUse = new Float64Array(0);
  /** Of machine m: the entry of its timer (NONE: not needed yet), and the process whose job that is for. */
  private timer = new Int32Array(0);
  private due = new Int32Array(0);
  private readonly machineOfTimer = new Map<number, number>();

  /**
   * @param kind of the timers' events; on one the caller calls `timerEnded`
   * @param table where each process is
   */
  constructor(
    private readonly events: EventList,
    private readonly kind: number,
    private readonly table: ProcessTable,
    private readonly sharing: Sharing,
    private readonly user: ProcessorUser,
  ) {
    this.heaps = new JobHeaps(events, 0);
    this.lines = new WaitingLines(events, 0);
    events.onGrow((capacity) => {
      const known = this.processOf.length;
      this.workMs = grownFloat64(this.workMs, capacity);
      this.processOf = grownInt32(this.processOf, capacity).fill(NONE, known);
    });
  }

  get machines(): number {
    return this.first.length;
  }

  /** Makes room for more machines, all alike. @param processors of each @param speed of each processor; 1: full */
  grow(machines: number, processors: number, speed: number): void {
    const known = this.machines;
    if (machines <= known) return;
    this.first = grownInt32(this.first, machines).fill(NONE, known);
    this.computing = grownInt32(this.computing, machines);
    this.processors = grownFloat64(this.processors, machines).fill(processors, known);
    this.speed = grownFloat64(this.speed, machines).fill(speed, known);
    this.updatedMs = grownFloat64(this.updatedMs, machines);
    this.inUse = grownFloat64(this.inUse, machines);
    this.timer = grownInt32(this.timer, machines).fill(NONE, known);
    this.due = grownInt32(this.due, machines).fill(NONE, known);
  }

  /** Room for the processes, made when one of them computes: there can be millions that never do. */
  private growProcesses(): void {
    const processes = this.table.machineOf.length;
    this.heaps.grow(processes);
    if (this.sharing === "in-line") this.lines.grow(processes);
    this.running = grownInt32(this.running, processes);
    this.attainedMs = grownFloat64(this.attainedMs, processes);
    this.rate = grownFloat64(this.rate, processes);
    this.dueMs = grownFloat64(this.dueMs, processes);
    this.order = grownFloat64(this.order, processes);
    this.next = grownInt32(this.next, processes);
    this.previous = grownInt32(this.previous, processes);
  }

  /** Whether the entry has a job here, running or in line. */
  has(entry: number): boolean {
    return this.processOf[entry] !== NONE;
  }

  /** Jobs of a process that run at present. */
  jobsOf(process: number): number {
    return process < this.running.length ? this.running[process]! : 0;
  }

  /** What an entry's job has had of a processor until now, in ms at full speed. */
  attainedOf(entry: number): number {
    const process = this.processOf[entry]!;
    if (this.sharing === "in-line" && this.heaps.least(process) !== entry) return 0;
    const sinceMs = this.events.clock[NOW]! - this.updatedMs[this.table.machineOf[process]!]!;
    const attained = this.attainedMs[process]! + sinceMs * this.rate[process]!;
    return this.workMs[entry]! - (this.heaps.keyOf(entry) - attained);
  }

  /** The entry's job, of length `workMs[entry]`, is given to a process. */
  begin(entry: number, process: number): void {
    this.processOf[entry] = process;
    if (process >= this.running.length) this.growProcesses();
    if (this.sharing === "in-line" && this.running[process]! > 0) {
      this.lines.join(process, entry);
      return;
    }
    const machine = this.table.machineOf[process]!;
    this.bringUpToDate(machine);
    if (this.running[process] === 0) this.enlist(machine, process);
    this.run(entry, process);
    this.share(machine);
  }

  private run(entry: number, process: number): void {
    this.running[process]! += 1;
    this.heaps.join(process, entry, this.attainedMs[process]! + this.workMs[entry]!);
  }

  /** On a timer's event: the first job of its machine is done. */
  timerEnded(timer: number): void {
    const machine = this.machineOfTimer.get(timer) ?? 0;
    const process = this.due[machine]!;
    this.bringUpToDate(machine);
    const entry = this.heaps.takeLeast(process);
    // Exactly what it was to attain, whatever the clock's steps were rounded to.
    this.attainedMs[process] = this.heaps.keyOf(entry);
    this.running[process]! -= 1;
    this.processOf[entry] = NONE;
    if (this.sharing === "in-line") {
      const follower = this.lines.takeFirst(process);
      if (follower !== NONE) this.run(follower, process);
      this.dueMs[process] = NOT_DUE_MS;
    }
    if (this.running[process] === 0) this.delist(machine, process);
    this.share(machine);
    this.user.computed(entry);
  }

  /** Changes how fast a machine's processors are. */
  setSpeed(machine: number, speed: number): void {
    if (this.speed[machine] === speed) return;
    this.bringUpToDate(machine);
    this.speed[machine] = speed;
    this.share(machine);
  }

  /** Changes how many processors a machine has. */
  setProcessors(machine: number, processors: number): void {
    if (this.processors[machine] === processors) return;
    this.bringUpToDate(machine);
    this.processors[machine] = processors;
    this.share(machine);
  }

  /** How fast a machine's processors are; 1: full. */
  speedOf(machine: number): number {
    return this.speed[machine]!;
  }

  /** How many of a machine's processors compute. */
  inUseOf(machine: number): number {
    return this.inUse[machine]!;
  }

  /** Ends all jobs of a machine undone: it has stopped. @returns their entries, in no particular order */
  clear(machine: number): number[] {
    const dropped: number[] = [];
    for (let process = this.first[machine]!; process !== NONE; process = this.next[process]!) {
      this.heaps.clear(process, dropped);
      this.running[process] = 0;
      if (this.sharing !== "in-line") continue;
      for (let entry = this.lines.takeFirst(process); entry !== NONE; entry = this.lines.takeFirst(process))
        dropped.push(entry);
    }
    for (const entry of dropped) this.processOf[entry] = NONE;
    this.first[machine] = NONE;
    this.computing[machine] = 0;
    this.share(machine);
    return dropped;
  }

  /** Moves the clocks of a machine's processes on to now. */
  private bringUpToDate(machine: number): void {
    const now = this.events.clock[NOW]!;
    const elapsed = now - this.updatedMs[machine]!;
    this.updatedMs[machine] = now;
    if (elapsed === 0) return;
    for (let process = this.first[machine]!; process !== NONE; process = this.next[process]!) {
      this.attainedMs[process]! += elapsed * this.rate[process]!;
    }
  }

  private enlist(machine: number, process: number): void {
    this.attainedMs[process] = 0;
    this.dueMs[process] = NOT_DUE_MS;
    const first = this.first[machine]!;
    this.next[process] = first;
    this.previous[process] = NONE;
    if (first !== NONE) this.previous[first] = process;
    this.first[machine] = process;
    this.computing[machine]! += 1;
  }

  private delist(machine: number, process: number): void {
    const after = this.next[process]!;
    const before = this.previous[process]!;
    if (before === NONE) this.first[machine] = after;
    else this.next[before] = after;
    if (after !== NONE) this.previous[after] = before;
    this.computing[machine]! -= 1;
  }

  /** Divides a machine's processors anew, and sets its timer for the job that is done first. */
  private share(machine: number): void {
    const used = this.sharing === "parallel" ? this.shareByNeed(machine) : this.shareEqually(machine);
    if (used !== this.inUse[machine]) {
      this.user.processorsInUse(machine, used - this.inUse[machine]!);
      this.inUse[machine] = used;
    }
    this.setTimer(machine);
  }

  /** Every computing process the same, and no more than one. @returns the processors in use */
  private shareEqually(machine: number): number {
    const computing = this.computing[machine]!;
    if (computing === 0) return 0;
    const processors = this.processors[machine]!;
    const each = processors < computing ? processors / computing : 1;
    const pace = each * this.speed[machine]!;
    for (let process = this.first[machine]!; process !== NONE; process = this.next[process]!) {
      this.rate[process] = pace / this.running[process]!;
    }
    return each * computing;
  }

  /** Equally, but no process more than it has jobs: what one can't use is left to the others. @returns the processors in use */
  private shareByNeed(machine: number): number {
    const speed = this.speed[machine]!;
    let left = this.processors[machine]!;
    let sharers = this.computing[machine]!;
    // Whoever needs no more than an equal share is served whole, which leaves more for the rest: until nobody is.
    let satisfied = 0;
    for (let fair = left / sharers, before = -1; satisfied !== before && sharers > 0; ) {
      before = satisfied;
      let need = 0;
      let count = 0;
      for (let process = this.first[machine]!; process !== NONE; process = this.next[process]!) {
        if (this.running[process]! > fair) continue;
        need += this.running[process]!;
        count += 1;
      }
      satisfied = count;
      sharers = this.computing[machine]! - count;
      left = this.processors[machine]! - need;
      if (sharers > 0) fair = left / sharers;
    }
    let used = 0;
    const fair = sharers > 0 ? left / sharers : 0;
    for (let process = this.first[machine]!; process !== NONE; process = this.next[process]!) {
      const running = this.running[process]!;
      const given = sharers === 0 || running <= fair ? running : fair;
      this.rate[process] = (given * speed) / running;
      used += given;
    }
    return used;
  }

  /** Sets a machine's timer for the job that is done first. An end that has not moved keeps its place among what happens at the same time. */
  private setTimer(machine: number): void {
    const { events, dueMs, order } = this;
    const now = events.clock[NOW]!;
    let due = NONE;
    for (let process = this.first[machine]!; process !== NONE; process = this.next[process]!) {
      const missing = this.heaps.keyOf(this.heaps.least(process)) - this.attainedMs[process]!;
      const endMs = missing > 0 ? now + missing / this.rate[process]! : now;
      if (endMs !== dueMs[process]) {
        dueMs[process] = endMs;
        events.reserveSequence(order, process);
      }
      if (endMs === Infinity) continue;
      if (due === NONE || endMs < dueMs[due]! || (endMs === dueMs[due]! && order[process]! < order[due]!))
        due = process;
    }
    let timer = this.timer[machine]!;
    if (timer === NONE) {
      if (due === NONE) return;
      timer = events.allocate();
      this.timer[machine] = timer;
      this.machineOfTimer.set(timer, machine);
    } else if (events.isPending(timer)) {
      events.cancel(timer);
    }
    this.due[machine] = due;
    if (due === NONE) return;
    events.time[timer] = dueMs[due]!;
    events.sequence[timer] = order[due]!;
    events.insert(timer, this.kind);
  }
}
