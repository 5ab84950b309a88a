import { grownUint8 } from "../kernel/grown";
import { DYNO_STATUS } from "../levels";
import type { FleetPlan } from "../plan";
import type { FleetRecorder } from "../record/fleet-recorder";
import type { Recorder } from "../record/recorder";
import { GAUGE } from "../record/replication-record";
import type { DynoList } from "./dyno-list";
import type { DynoProcesses } from "./dyno-processes";
import type { Timers } from "./timers";

/** A dyno's life: booting → up → retired (takes nothing new) → gone. WARM: booted by a deploy with preboot, not serving yet. DEAD: killed. */
const GONE = 0;
const BOOTING = 1;
const UP = 2;
const RETIRED = 3;
const DEAD = 4;
const WARM = 5;

/** After a deploy with preboot an old dyno ends this long after its last request (Heroku: old dynos are shut down after the new ones have taken over). */
const LINGER_MS = 30_000;

/** Who hears of dynos that come and go. */
export interface LifecycleUser {
  /** There may be as many dynos from now on, numbered from 0. */
  grown(dynos: number): void;
  /** A dyno has come onto the list. */
  dynoUp(dyno: number): void;
  /** Its threads serve from now on (1), or no more (−1). */
  upChanged(dyno: number, by: number): void;
  /** The list is empty and none boots. */
  allDynosGone(): void;
  /** Whether a dyno has nothing left to do. */
  isIdle(dyno: number): boolean;
  /** All that a dyno was doing is lost. */
  died(dyno: number): void;
  /** Its processes have ended. */
  processesEnded(dyno: number): void;
  /** Its processes open all their connections, before they serve. */
  openPools(dyno: number): void;
  /** What its processors are like has changed. */
  tuned(dyno: number): void;
}

/** A reason for a dyno to be slow, for a while. */
interface Slowing {
  readonly factor: number;
}

/** Which dynos of a fleet there are: boots, retirements, deploys, deaths and returns. */
export class DynoLifecycle {
  /** How many serve; how many are on their way: booting, or dead and to come back. */
  up = 0;
  booting = 0;
  /** Of those on their way, the ones of a deploy that has not switched yet. */
  private next = 0;
  private state: Uint8Array;
  /** Whether a dyno is of the deploy that has not switched yet. */
  private isNext: Uint8Array;
  /** Whether a dead dyno comes back. */
  private comesBack: Uint8Array;
  /** Rises when a dyno's plans change, so that what was set for it before means nothing any more. */
  private readonly turn = new Map<number, number>();
  /** How many times as long durations are, of each reason that there is; only of dynos that are slowed down. */
  private readonly slowness = new Map<number, readonly Slowing[]>();
  private deploys = 0;

  constructor(
    private plan: FleetPlan,
    private readonly processes: DynoProcesses,
    private readonly list: DynoList,
    private readonly timers: Timers,
    private readonly recorder: Recorder,
    private readonly fleetRecorder: FleetRecorder,
    private readonly user: LifecycleUser,
  ) {
    this.state = new Uint8Array(plan.dynos);
    this.isNext = new Uint8Array(plan.dynos);
    this.comesBack = new Uint8Array(plan.dynos);
    list.setUser({ listed: (dyno, isListed) => this.listed(dyno, isListed) });
  }

  /** How many dynos there are to be: those that serve and those on their way. */
  get size(): number {
    return this.up + this.booting - this.next;
  }

  isUp(dyno: number): boolean {
    return this.state[dyno] === UP;
  }

  /** Whether it was killed, and has neither come back nor been forgotten. */
  isDead(dyno: number): boolean {
    return this.state[dyno] === DEAD;
  }

  /** Whether any dyno takes longer than usual now. */
  get hasSlowDynos(): boolean {
    return this.slowness.size > 0;
  }

  /** How many times as long as usual a dyno takes for everything; of several reasons to be slow the worst counts. */
  factorOf(dyno: number): number {
    if (!this.hasSlowDynos) return 1;
    const slowings = this.slowness.get(dyno);
    return slowings === undefined ? 1 : Math.max(...slowings.map(({ factor }) => factor));
  }

  /**
   * Brings up the scenario's dynos, at time 0. A dyno whose processes need over twice its memory is killed as soon as they run and boots
   * again, for ever: it counts as booting and never serves (Heroku's R15; the platform takes a crashed dyno off the router's list).
   */
  start(): void {
    for (let dyno = 0; dyno < this.plan.dynos; dyno += 1) {
      this.pay(1);
      if (this.plan.killedByMemory) this.set(dyno, BOOTING);
      else this.bringUp(dyno);
    }
  }

  /** A dyno's new state; counts follow it. */
  private set(dyno: number, state: number): void {
    const before = this.state[dyno]!;
    this.state[dyno] = state;
    this.count(dyno, before, -1);
    this.count(dyno, state, 1);
    // What a dyno that is up shows as depends on the list, which it is about to come onto.
    if (state !== UP) this.showStatus(dyno);
  }

  private count(dyno: number, state: number, by: number): void {
    if (state === UP) {
      this.up += by;
      this.recorder.changeWithPeak(GAUGE.dynos, by);
      this.fleetRecorder.changeUp(by);
      this.changeCapacity(dyno, by);
      this.user.upChanged(dyno, by);
    } else if (state === BOOTING || state === WARM || (state === DEAD && this.comesBack[dyno] === 1)) {
      this.booting += by;
      if (this.isNext[dyno] === 1) this.next += by;
      this.recorder.change(GAUGE.booting, by);
      this.fleetRecorder.changeBooting(by);
    }
  }

  private showStatus(dyno: number): void {
    this.fleetRecorder.setStatus(dyno, this.statusOf(dyno));
  }

  private statusOf(dyno: number): number {
    switch (this.state[dyno]) {
      case UP:
        if (!this.list.has(dyno)) return DYNO_STATUS.unlisted;
        return this.slowness.has(dyno) ? DYNO_STATUS.slow : DYNO_STATUS.up;
      case BOOTING:
      case WARM:
        return DYNO_STATUS.booting;
      case RETIRED:
        return DYNO_STATUS.retiring;
      case DEAD:
        return DYNO_STATUS.dead;
      default:
        return DYNO_STATUS.gone;
    }
  }

  private changeCapacity(dyno: number, by: number): void {
    const processes = by * this.processes.count[dyno]!;
    this.recorder.change(GAUGE.threads, processes * this.plan.threads);
    this.changePoolSlots(processes * this.plan.pool.size);
    this.recorder.change(GAUGE.cpuCapacity, by * this.plan.vcpus);
  }

  /** Slots of each role come, or go. */
  private changePoolSlots(by: number): void {
    this.recorder.change(GAUGE.poolSlots, this.hasReadPools ? 2 * by : by);
    if (this.hasReadPools) this.recorder.change(GAUGE.readPoolSlots, by);
  }

  private hasReadPools = false;

  /** Every process has pools for reading, too, from now on. */
  addReadPools(): void {
    if (this.hasReadPools) return;
    this.hasReadPools = true;
    const slots = this.processesUp() * this.plan.pool.size;
    this.recorder.change(GAUGE.poolSlots, slots);
    this.recorder.change(GAUGE.readPoolSlots, slots);
  }

  private processesUp(): number {
    let processes = 0;
    for (let dyno = 0; dyno < this.state.length; dyno += 1)
      if (this.state[dyno] === UP) processes += this.processes.count[dyno]!;
    return processes;
  }

  /** Dynos that must be paid become more, or fewer. */
  private pay(dynos: number): void {
    this.recorder.changePrice(dynos * this.plan.monthlyUsd);
  }

  private bringUp(dyno: number): void {
    this.set(dyno, UP);
    this.list.setInService(dyno, true);
    this.list.release(dyno);
    this.showStatus(dyno);
  }

  private listed(dyno: number, isListed: boolean): void {
    if (this.state[dyno] === UP) this.showStatus(dyno);
    if (isListed) this.user.dynoUp(dyno);
    else this.tellIfAllGone();
  }

  private tellIfAllGone(): void {
    if (this.list.size === 0 && this.booting === 0) this.user.allDynosGone();
  }

  /** Something new is planned for a dyno. @returns whether that still holds, for whoever set a timer */
  private planFor(dyno: number): () => boolean {
    const turn = (this.turn.get(dyno) ?? 0) + 1;
    this.turn.set(dyno, turn);
    return () => this.turn.get(dyno) === turn;
  }

  /**
   * Adds dynos, which serve after their boot, or retires dynos, those with the highest numbers first. Dead ones that do not come back are
   * forgotten where the size changes: whoever puts a fleet in order takes them off the list.
   */
  setDynos(dynos: number, bootMs = this.plan.bootMs): void {
    if (dynos !== this.size) this.forgetDead();
    for (let excess = this.size - dynos; excess > 0; excess -= 1) this.retireLast();
    const missing = dynos - this.size;
    if (missing > 0) this.addDynos(missing, bootMs, false);
    this.tellIfAllGone();
  }

  private addDynos(count: number, bootMs: number, areNext: boolean): void {
    const dynos = this.freeNumbers(count);
    this.processes.begin(dynos, this.plan.processes);
    this.user.grown(this.state.length);
    for (const dyno of dynos) {
      const holds = this.planFor(dyno);
      this.isNext[dyno] = areNext ? 1 : 0;
      this.pay(1);
      this.set(dyno, BOOTING);
      if (this.plan.killedByMemory) continue;
      this.timers.after(bootMs, () => {
        if (holds()) this.booted(dyno);
      });
    }
  }

  /** Numbers for new dynos: those that nobody has any more, then new ones. */
  private freeNumbers(count: number): number[] {
    const free: number[] = [];
    for (let dyno = 0; free.length < count && dyno < this.state.length; dyno += 1)
      if (this.state[dyno] === GONE) free.push(dyno);
    const known = this.state.length;
    const missing = count - free.length;
    if (missing === 0) return free;
    this.state = grownUint8(this.state, known + missing);
    this.isNext = grownUint8(this.isNext, known + missing);
    this.comesBack = grownUint8(this.comesBack, known + missing);
    this.processes.grow(known + missing);
    this.list.grow(known + missing);
    this.fleetRecorder.grow(known + missing);
    return [...free, ...Array.from({ length: missing }, (_, i) => known + i)];
  }

  private booted(dyno: number): void {
    if (this.plan.killedByMemory) return;
    if (this.isNext[dyno] === 1) {
      this.set(dyno, WARM);
      this.user.openPools(dyno);
      return;
    }
    this.bringUp(dyno);
  }

  private retireLast(): void {
    let dyno = this.state.length - 1;
    while (!this.isOfSize(dyno)) dyno -= 1;
    this.retire(dyno, 0);
  }

  /** Whether a dyno counts towards the size. */
  private isOfSize(dyno: number): boolean {
    const state = this.state[dyno];
    if (this.isNext[dyno] === 1) return false;
    return state === UP || state === BOOTING || (state === DEAD && this.comesBack[dyno] === 1);
  }

  /** A dyno takes nothing new, and ends `lingerMs` after its last request; one that does not serve ends at once. */
  private retire(dyno: number, lingerMs: number): void {
    const holds = this.planFor(dyno);
    if (this.state[dyno] !== UP) {
      this.end(dyno);
      return;
    }
    this.set(dyno, RETIRED);
    this.linger.set(dyno, { ms: lingerMs, holds });
    this.list.setInService(dyno, false);
    this.idle(dyno);
  }

  private readonly linger = new Map<number, { readonly ms: number; readonly holds: () => boolean }>();

  /** A retired dyno may have nothing left to do. */
  idle(dyno: number): void {
    if (this.state[dyno] !== RETIRED || !this.user.isIdle(dyno)) return;
    const linger = this.linger.get(dyno);
    this.linger.delete(dyno);
    if (linger === undefined) return;
    if (linger.ms === 0) this.end(dyno);
    else
      this.timers.after(linger.ms, () => {
        if (linger.holds()) this.end(dyno);
      });
  }

  private end(dyno: number): void {
    if (this.state[dyno] !== DEAD || this.comesBack[dyno] === 1) this.pay(-1);
    this.set(dyno, GONE);
    this.comesBack[dyno] = 0;
    this.isNext[dyno] = 0;
    this.slowness.delete(dyno);
    this.list.setInService(dyno, false);
    this.user.processesEnded(dyno);
  }

  /** Dead dynos that do not come back are no more. */
  private forgetDead(): void {
    for (let dyno = 0; dyno < this.state.length; dyno += 1)
      if (this.state[dyno] === DEAD && this.comesBack[dyno] === 0) this.end(dyno);
  }

  /** Replaces all dynos: at once, or with preboot when the new ones have stood beside the old ones for a while. */
  deploy(): void {
    this.deploys += 1;
    this.dropNext();
    const { preboot, bootMs, prebootOverlapMs } = this.plan;
    const { size } = this;
    if (!preboot) {
      const old = this.numbersOfSize();
      // The new ones first, so that nobody is told that there is none.
      this.addDynos(size, bootMs, false);
      for (const dyno of old) this.retire(dyno, 0);
      this.forgetDead();
      return;
    }
    const deploy = this.deploys;
    this.addDynos(size, bootMs, true);
    this.timers.after(Math.max(bootMs, prebootOverlapMs), () => {
      if (deploy === this.deploys) this.switchOver();
    });
  }

  private numbersOfSize(): number[] {
    return [...this.state.keys()].filter((dyno) => this.isOfSize(dyno));
  }

  /** A deploy that has not switched yet is given up. */
  private dropNext(): void {
    for (let dyno = 0; dyno < this.state.length; dyno += 1) {
      if (this.isNext[dyno] === 0) continue;
      this.planFor(dyno);
      this.end(dyno);
    }
  }

  /** The new dynos get the traffic; the old ones keep their connections until they have ended. */
  private switchOver(): void {
    const old = this.numbersOfSize();
    for (let dyno = 0; dyno < this.state.length; dyno += 1) {
      if (this.isNext[dyno] === 0) continue;
      if (this.state[dyno] === WARM) this.bringUp(dyno);
      else this.next -= 1;
      this.isNext[dyno] = 0;
    }
    for (const dyno of old) this.retire(dyno, LINGER_MS);
    this.forgetDead();
    // The fleet may have been scaled since the deploy began.
    this.setDynos(old.length);
  }

  /** Stops the first dynos that are up: at once, with all they were doing, or when their last request is answered. */
  kill(count: number, isGraceful: boolean, backAfterMs: number): void {
    for (const dyno of this.firstUp(count)) {
      if (!isGraceful) {
        this.die(dyno, backAfterMs);
        continue;
      }
      if (backAfterMs < Infinity) this.addDynos(1, backAfterMs, false);
      this.retire(dyno, 0);
    }
    this.tellIfAllGone();
  }

  private firstUp(count: number): number[] {
    return [...this.state.keys()].filter((dyno) => this.state[dyno] === UP).slice(0, count);
  }

  /** A dead dyno stays on the list until a check takes it out: whoever is sent to it is refused. */
  private die(dyno: number, backAfterMs: number): void {
    const holds = this.planFor(dyno);
    const comesBack = backAfterMs < Infinity;
    this.slowness.delete(dyno);
    this.comesBack[dyno] = comesBack ? 1 : 0;
    if (!comesBack) this.pay(-1);
    this.set(dyno, DEAD);
    this.user.died(dyno);
    this.user.processesEnded(dyno);
    this.timers.after(backAfterMs, () => {
      if (!holds()) return;
      this.processes.begin([dyno], this.plan.processes);
      this.user.grown(this.state.length);
      if (this.plan.killedByMemory) this.set(dyno, BOOTING);
      else this.bringUp(dyno);
      this.comesBack[dyno] = 0;
    });
  }

  /** The first dynos that are up take `factor` times as long for everything, for a while. */
  slow(count: number, factor: number, forMs: number): void {
    for (const dyno of this.firstUp(count)) {
      const slowing: Slowing = { factor };
      this.setSlowness(dyno, [...(this.slowness.get(dyno) ?? []), slowing]);
      this.timers.after(forMs, () => {
        const slowings = this.slowness.get(dyno) ?? [];
        if (slowings.includes(slowing))
          this.setSlowness(
            dyno,
            slowings.filter((other) => other !== slowing),
          );
      });
    }
  }

  private setSlowness(dyno: number, slowings: readonly Slowing[]): void {
    if (slowings.length === 0) this.slowness.delete(dyno);
    else this.slowness.set(dyno, slowings);
    this.showStatus(dyno);
    this.user.tuned(dyno);
  }

  /**
   * The fleet is to be as this plan says. Another number of processes needs new dynos: they come as with a deploy.
   * @param isResized whether its size is to be the plan's; otherwise it stays what it has become
   */
  adopt(plan: FleetPlan, isResized: boolean): void {
    const before = this.plan;
    this.plan = plan;
    const processes = this.processesUp();
    this.changePoolSlots(processes * (plan.pool.size - before.pool.size));
    this.recorder.change(GAUGE.threads, processes * (plan.threads - before.threads));
    this.recorder.change(GAUGE.cpuCapacity, this.up * (plan.vcpus - before.vcpus));
    this.recorder.changePrice(this.paid() * (plan.monthlyUsd - before.monthlyUsd));
    for (let dyno = 0; dyno < this.state.length; dyno += 1)
      if (this.state[dyno] !== GONE) this.user.tuned(dyno);
    if (isResized) this.setDynos(plan.dynos);
    if (plan.killedByMemory && !before.killedByMemory) this.crashAll();
    else if (plan.processes !== before.processes || (before.killedByMemory && !plan.killedByMemory))
      this.deploy();
  }

  /** Every dyno is over twice its memory: it is killed, and from now on whenever it has booted. */
  private crashAll(): void {
    for (let dyno = 0; dyno < this.state.length; dyno += 1) {
      const state = this.state[dyno];
      if (state !== UP && state !== WARM && state !== RETIRED) continue;
      const isNext = this.isNext[dyno]!;
      this.die(dyno, Infinity);
      this.end(dyno);
      if (state === RETIRED) continue;
      this.isNext[dyno] = isNext;
      this.pay(1);
      this.set(dyno, BOOTING);
    }
  }

  private paid(): number {
    let paid = 0;
    for (let dyno = 0; dyno < this.state.length; dyno += 1) {
      const state = this.state[dyno];
      if (state !== GONE && (state !== DEAD || this.comesBack[dyno] === 1)) paid += 1;
    }
    return paid;
  }
}
