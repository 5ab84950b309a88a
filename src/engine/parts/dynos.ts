import { type EventList, NONE, NOW } from "../kernel/event-list";
import { grownInt32, grownUint8 } from "../kernel/grown";
import { WaitingLines } from "../kernel/waiting-lines";
import type { FleetPlan } from "../plan";
import type { FleetRecorder } from "../record/fleet-recorder";
import type { Recorder } from "../record/recorder";
import { GAUGE, STAGE } from "../record/replication-record";
import type { Balancer } from "./balancer";
import type { EventHandlers } from "./event-kinds";
import { DYNO, FIELDS, MEASURED, PROCESS, type Requests } from "./requests";

/** What runs in a dyno's threads. */
export interface ThreadWork {
  /** A thread has taken the request. */
  start(entry: number): void;
}

/** Who hears of dynos that come and go. */
export interface DynoUser {
  /** There may be as many dynos from now on, numbered from 0. */
  grown(dynos: number): void;
  /** A dyno serves now that booted while the system was running. */
  dynoUp(): void;
  /** None is up any more, and none boots. */
  allDynosGone(): void;
  /** The processes numbered first … first + count − 1 have ended. */
  processesEnded(first: number, count: number): void;
}

/** A dyno's life: booting → up → retired (takes nothing new) → gone. */
const GONE = 0;
const BOOTING = 1;
const UP = 2;
const RETIRED = 3;

/** The dynos of a fleet, their processes and threads, and the line in front of each. */
export class Dynos {
  /** How many dynos boot at present. */
  booting = 0;
  /** How many dynos serve at present. */
  up = 0;
  /** Busy threads of dyno i, and of process p (processes are numbered dyno by dyno). */
  busy: Int32Array;
  busyOfProcess: Int32Array;
  readonly lines: WaitingLines;
  private threads: number;
  private poolSize: number;
  private state: Uint8Array;
  /** Which process's turn it is among equals. */
  private turn: Int32Array;
  private work: ThreadWork | null = null;
  private readonly dynoOfTimer = new Map<number, number>();
  private readonly bootKind: number;

  constructor(
    private readonly plan: FleetPlan,
    private readonly events: EventList,
    handlers: EventHandlers,
    private readonly requests: Requests,
    private readonly balancer: Balancer,
    private readonly recorder: Recorder,
    private readonly fleetRecorder: FleetRecorder,
    private readonly user: DynoUser,
  ) {
    this.bootKind = handlers.register((timer) => this.booted(timer));
    this.threads = plan.threads;
    this.poolSize = plan.pool.size;
    this.busy = new Int32Array(plan.dynos);
    this.state = new Uint8Array(plan.dynos);
    this.turn = new Int32Array(plan.dynos);
    this.busyOfProcess = new Int32Array(plan.dynos * plan.processes);
    this.lines = new WaitingLines(events, plan.dynos);
  }

  /** Who does the requests' work. */
  setWork(work: ThreadWork): void {
    this.work = work;
  }

  /** Threads of one dyno. */
  get threadsPerDyno(): number {
    return this.plan.processes * this.threads;
  }

  /**
   * Brings up the scenario's dynos, at time 0. A dyno whose processes need over twice its memory is killed as soon as they run and boots
   * again, for ever: it counts as booting and never serves (Heroku's R15; the platform takes a crashed dyno off the router's list).
   */
  start(): void {
    for (let dyno = 0; dyno < this.plan.dynos; dyno += 1) {
      if (this.plan.killedByMemory) this.beginBoot(dyno);
      else this.bringUp(dyno);
    }
  }

  private bringUp(dyno: number): void {
    this.state[dyno] = UP;
    this.up += 1;
    this.balancer.setListed(dyno, true);
    this.recorder.changeWithPeak(GAUGE.dynos, 1);
    this.changeCapacity(1);
  }

  private changeCapacity(dynos: number): void {
    this.recorder.change(GAUGE.threads, dynos * this.threadsPerDyno);
    this.changePoolSlots(dynos * this.plan.processes * this.poolSize);
    this.recorder.change(GAUGE.cpuCapacity, dynos * this.plan.vcpus);
  }

  /** Slots of each role come, or go. */
  private changePoolSlots(by: number): void {
    this.recorder.change(GAUGE.poolSlots, this.plan.readsReplicas ? 2 * by : by);
    if (this.plan.readsReplicas) this.recorder.change(GAUGE.readPoolSlots, by);
  }

  private beginBoot(dyno: number): void {
    this.state[dyno] = BOOTING;
    this.booting += 1;
  }

  private booted(timer: number): void {
    const dyno = this.dynoOfTimer.get(timer) ?? NONE;
    this.dynoOfTimer.delete(timer);
    this.events.release(timer);
    if (this.state[dyno] !== BOOTING) return;
    this.booting -= 1;
    this.bringUp(dyno);
    this.user.dynoUp();
  }

  /** Adds dynos, which serve after their boot, or retires dynos, those with the highest numbers first. */
  setDynos(dynos: number): void {
    for (let excess = this.up + this.booting - dynos; excess > 0; excess -= 1) this.retireLast();
    const missing = dynos - this.up - this.booting;
    if (missing > 0) this.addDynos(missing);
    if (this.up + this.booting === 0) this.user.allDynosGone();
  }

  private addDynos(count: number): void {
    const first = this.state.length;
    this.grow(first + count);
    for (let dyno = first; dyno < first + count; dyno += 1) {
      this.beginBoot(dyno);
      if (this.plan.killedByMemory) continue;
      const timer = this.events.allocate();
      this.dynoOfTimer.set(timer, dyno);
      this.events.time[timer] = this.events.clock[NOW]! + this.plan.bootMs;
      this.events.schedule(timer, this.bootKind);
    }
  }

  private grow(dynos: number): void {
    this.busy = grownInt32(this.busy, dynos);
    this.state = grownUint8(this.state, dynos);
    this.turn = grownInt32(this.turn, dynos);
    this.busyOfProcess = grownInt32(this.busyOfProcess, dynos * this.plan.processes);
    this.lines.grow(dynos);
    this.balancer.grow(dynos);
    this.fleetRecorder.grow(dynos);
    this.user.grown(dynos);
  }

  private retireLast(): void {
    let dyno = this.state.length - 1;
    while (this.state[dyno] !== UP && this.state[dyno] !== BOOTING) dyno -= 1;
    if (this.state[dyno] === BOOTING) {
      this.state[dyno] = GONE;
      this.booting -= 1;
      return;
    }
    this.state[dyno] = RETIRED;
    this.up -= 1;
    this.balancer.setListed(dyno, false);
    this.recorder.changeWithPeak(GAUGE.dynos, -1);
    this.changeCapacity(-1);
    this.endIfIdle(dyno);
  }

  private endIfIdle(dyno: number): void {
    if (this.busy[dyno]! > 0 || this.lines.length(dyno) > 0) return;
    this.state[dyno] = GONE;
    this.user.processesEnded(dyno * this.plan.processes, this.plan.processes);
  }

  /** Each process's pool now has this many slots; the pools themselves are told apart from it. */
  setPoolSize(size: number): void {
    this.changePoolSlots(this.up * this.plan.processes * (size - this.poolSize));
    this.poolSize = size;
  }

  /** Changes how many threads each process has: busy threads above the new number finish their request first. */
  setThreads(threads: number): void {
    this.recorder.change(GAUGE.threads, this.up * this.plan.processes * (threads - this.threads));
    this.threads = threads;
    for (let dyno = 0; dyno < this.busy.length; dyno += 1) {
      while (this.lines.length(dyno) > 0 && this.busy[dyno]! < this.threadsPerDyno) this.takeNext(dyno);
    }
  }

  /** Takes a request from the balancer. @returns false when too many wait already */
  accept(entry: number, dyno: number): boolean {
    if (this.busy[dyno]! < this.plan.processes * this.threads) {
      this.occupy(entry, dyno);
      return true;
    }
    if (this.lines.length(dyno) >= this.plan.backlog) return false;
    this.lines.join(dyno, entry);
    this.recorder.changeWithPeak(GAUGE.queued, 1);
    return true;
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
    const { processes } = this.plan;
    const base = dyno * processes;
    if (processes === 1) return base;
    let best = this.turn[dyno]!;
    for (let i = 1, process = best; i < processes; i += 1) {
      process = process + 1 === processes ? 0 : process + 1;
      if (this.busyOfProcess[base + process]! < this.busyOfProcess[base + best]!) best = process;
    }
    this.turn[dyno] = best + 1 === processes ? 0 : best + 1;
    return base + best;
  }

  /** The thread of a request is free again, and takes the next in line. */
  release(entry: number): void {
    const dyno = this.requests.fields[FIELDS * entry + DYNO]!;
    const process = this.requests.fields[FIELDS * entry + PROCESS]!;
    if (this.plan.processes === 1 && this.lines.length(dyno) > 0 && this.busy[dyno]! <= this.threadsPerDyno) {
      // The same thread goes on: nothing changes but the request.
      this.take(this.takeFromLine(dyno), dyno, process);
      return;
    }
    this.busy[dyno]! -= 1;
    this.busyOfProcess[process]! -= 1;
    this.fleetRecorder.changeBusy(dyno, -1);
    if (this.lines.length(dyno) > 0) this.takeNext(dyno);
    else if (this.state[dyno] === RETIRED) this.endIfIdle(dyno);
  }

  private takeNext(dyno: number): void {
    if (this.busy[dyno]! < this.threadsPerDyno) this.occupy(this.takeFromLine(dyno), dyno);
  }

  private takeFromLine(dyno: number): number {
    this.recorder.changeWithPeak(GAUGE.queued, -1);
    return this.lines.takeFirst(dyno);
  }
}
