import { type EventList, NONE } from "../kernel/event-list";
import { grownInt32 } from "../kernel/grown";
import { WaitingLines } from "../kernel/waiting-lines";
import type { FleetPlan } from "../plan";
import type { FleetRecorder } from "../record/fleet-recorder";
import type { Recorder } from "../record/recorder";
import { GAUGE, STAGE } from "../record/replication-record";
import type { DynoProcesses } from "./dyno-processes";
import { DYNO, FIELDS, FLEET, HELD, MEASURED, PROCESS, type Requests, WORKLOAD } from "./requests";

/** What runs in a dyno's threads. */
export interface ThreadWork {
  /** A thread has taken the request. */
  start(entry: number): void;
}

/** Who hears what becomes of a dyno's line. */
export interface DynoUser {
  /** A retired dyno may have nothing left to do. */
  idle(dyno: number): void;
  /** A thread would have taken this health check, which is answered at once. */
  checkServed(entry: number): void;
  /** A thread would have taken this request, but its connection is closed. */
  skipped(entry: number): void;
  /** The dyno died with this health check in its line. */
  checkLost(entry: number): void;
}

/** The dynos of a fleet at work: their processes' threads, and the line in front of each. */
export class Dynos {
  /** Busy threads of dyno i, and of process p. */
  busy: Int32Array;
  busyOfProcess: Int32Array;
  readonly lines: WaitingLines;
  private threads: number;
  /** Of those in dyno i's line, the health checks. */
  private checks: Int32Array;
  /** Which process's turn it is among equals. */
  private turn: Int32Array;
  private work: ThreadWork | null = null;

  /** @param fleet its number in the plan */
  constructor(
    private readonly fleet: number,
    private plan: FleetPlan,
    private readonly processes: DynoProcesses,
    events: EventList,
    private readonly requests: Requests,
    private readonly recorder: Recorder,
    private readonly fleetRecorder: FleetRecorder,
    private readonly user: DynoUser,
  ) {
    this.threads = plan.threads;
    this.busy = new Int32Array(plan.dynos);
    this.checks = new Int32Array(plan.dynos);
    this.turn = new Int32Array(plan.dynos);
    this.busyOfProcess = new Int32Array(processes.machineOf.length);
    this.lines = new WaitingLines(events, plan.dynos);
  }

  /** Who does the requests' work. */
  setWork(work: ThreadWork): void {
    this.work = work;
  }

  /** Makes room for more dynos, and for the processes that there are by now. */
  grow(dynos: number): void {
    if (dynos > this.busy.length) {
      this.busy = grownInt32(this.busy, dynos);
      this.checks = grownInt32(this.checks, dynos);
      this.turn = grownInt32(this.turn, dynos);
      this.lines.grow(dynos);
    }
    const { length } = this.processes.machineOf;
    if (length > this.busyOfProcess.length) this.busyOfProcess = grownInt32(this.busyOfProcess, length);
  }

  /** Threads of one dyno. */
  threadsOf(dyno: number): number {
    return this.processes.count[dyno]! * this.threads;
  }

  /** Requests that wait in a dyno's line. */
  waitingAt(dyno: number): number {
    return this.lines.length(dyno) - this.checks[dyno]!;
  }

  /** Whether a dyno has nothing to do. */
  isIdle(dyno: number): boolean {
    return this.busy[dyno] === 0 && this.waitingAt(dyno) === 0;
  }

  /** The fleet is to be as this plan says: busy threads above a new, lower number finish their request first. */
  adopt(plan: FleetPlan): void {
    this.plan = plan;
    this.threads = plan.threads;
    for (let dyno = 0; dyno < this.busy.length; dyno += 1) {
      while (this.lines.length(dyno) > 0 && this.busy[dyno]! < this.threadsOf(dyno)) this.takeNext(dyno);
    }
  }

  /** Takes a request from the balancer. @returns false when too many wait already */
  accept(entry: number, dyno: number): boolean {
    if (this.busy[dyno]! < this.threadsOf(dyno)) {
      this.occupy(entry, dyno);
      return true;
    }
    if (this.lines.length(dyno) >= this.plan.backlog) return false;
    this.lines.join(dyno, entry);
    this.changeQueued(dyno, 1);
    return true;
  }

  /** Takes a health check, which waits as a request does. @returns "served" at once, "waiting", or "refused" */
  acceptCheck(entry: number, dyno: number): "served" | "waiting" | "refused" {
    if (this.busy[dyno]! < this.threadsOf(dyno)) return "served";
    if (this.lines.length(dyno) >= this.plan.backlog) return "refused";
    this.lines.join(dyno, entry);
    this.checks[dyno]! += 1;
    return "waiting";
  }

  private changeQueued(dyno: number, by: number): void {
    this.recorder.changeWithPeak(GAUGE.queued, by);
    this.fleetRecorder.changeQueued(dyno, by);
  }

  /** A free thread takes the request. */
  private occupy(entry: number, dyno: number): void {
    const process = this.leastBusyProcess(dyno);
    this.busy[dyno]! += 1;
    this.busyOfProcess[process]! += 1;
    this.fleetRecorder.changeBusy(dyno, 1);
    this.take(entry, dyno, process);
  }

  /** A thread of the process, already counted as busy, takes the request. */
  private take(entry: number, dyno: number, process: number): void {
    this.requests.fields[FIELDS * entry + PROCESS] = process;
    this.requests.endStage(entry, STAGE.queue);
    this.fleetRecorder.takes(dyno, this.requests.fields[FIELDS * entry + MEASURED] === 1);
    this.work!.start(entry);
  }

  /** The process with the fewest busy threads, ties in turn. */
  private leastBusyProcess(dyno: number): number {
    const processes = this.processes.count[dyno]!;
    const base = this.processes.first[dyno]!;
    if (processes === 1) return base;
    let best = this.turn[dyno]! < processes ? this.turn[dyno]! : 0;
    for (let i = 1, process = best; i < processes; i += 1) {
      process = process + 1 === processes ? 0 : process + 1;
      if (this.busyOfProcess[base + process]! < this.busyOfProcess[base + best]!) best = process;
    }
    this.turn[dyno] = best + 1 === processes ? 0 : best + 1;
    return base + best;
  }

  /** The thread of a request is free again, and takes the next in line. */
  release(entry: number): void {
    const row = FIELDS * entry;
    const dyno = this.requests.fields[row + DYNO]!;
    const process = this.requests.fields[row + PROCESS]!;
    this.requests.fields[row + PROCESS] = NONE;
    if (
      this.lines.length(dyno) > 0 &&
      this.busy[dyno]! <= this.threadsOf(dyno) &&
      this.processes.count[dyno] === 1
    ) {
      const next = this.takeFromLine(dyno);
      if (next !== NONE) {
        // The same thread goes on: nothing changes but the request.
        this.take(next, dyno, process);
        return;
      }
    }
    this.free(dyno, process);
    if (this.lines.length(dyno) > 0) this.takeNext(dyno);
    else if (this.busy[dyno] === 0) this.user.idle(dyno);
  }

  private free(dyno: number, process: number): void {
    this.busy[dyno]! -= 1;
    this.busyOfProcess[process]! -= 1;
    this.fleetRecorder.changeBusy(dyno, -1);
  }

  private takeNext(dyno: number): void {
    if (this.busy[dyno]! >= this.threadsOf(dyno)) return;
    const next = this.takeFromLine(dyno);
    if (next !== NONE) this.occupy(next, dyno);
    else if (this.busy[dyno] === 0) this.user.idle(dyno);
  }

  /**
   * The next request in a dyno's line; health checks before it are answered on the way, and requests that the edge has given up are passed over where the dynos look
   * (Puma asks the operating system whether the connection is still open before it runs a request). NONE where there is none.
   */
  private takeFromLine(dyno: number): number {
    const { fields } = this.requests;
    for (;;) {
      const entry = this.lines.takeFirst(dyno);
      if (entry === NONE) return NONE;
      if (fields[FIELDS * entry + WORKLOAD] !== NONE) {
        this.changeQueued(dyno, -1);
        if (!this.plan.skipsAbandoned || fields[FIELDS * entry + HELD] === 1) return entry;
        this.user.skipped(entry);
        continue;
      }
      this.checks[dyno]! -= 1;
      this.user.checkServed(entry);
    }
  }

  /** Empties the line of a dyno that has died. @returns the requests that waited, in order */
  clearLine(dyno: number): number[] {
    const lost: number[] = [];
    for (let entry = this.lines.takeFirst(dyno); entry !== NONE; entry = this.lines.takeFirst(dyno)) {
      if (this.requests.fields[FIELDS * entry + WORKLOAD] !== NONE) {
        this.changeQueued(dyno, -1);
        lost.push(entry);
      } else {
        this.checks[dyno]! -= 1;
        this.user.checkLost(entry);
      }
    }
    return lost;
  }

  /** Frees the threads of a dyno that has died. @returns the requests that they had, in order of their entries */
  clearThreads(dyno: number, entries: number): number[] {
    const { fields } = this.requests;
    const lost: number[] = [];
    for (let entry = 0; entry < entries; entry += 1) {
      const row = FIELDS * entry;
      if (fields[row + FLEET] !== this.fleet || !this.processes.isOf(fields[row + PROCESS]!, dyno)) continue;
      this.free(dyno, fields[row + PROCESS]!);
      lost.push(entry);
    }
    return lost;
  }
}
