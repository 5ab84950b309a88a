import { grownUint8 } from "../kernel/grown";
import type { Balancer } from "./balancer";
import type { Timers } from "./timers";

/** Reasons to be off the balancer's list, as bits: a dyno without any is on it. */
const OUT_OF_SERVICE = 1;
const MARKED_DOWN = 2;
const IN_QUARANTINE = 4;

/** Who hears of a dyno that comes onto the list, or leaves it. */
export interface ListUser {
  listed(dyno: number, isListed: boolean): void;
}

/** The balancer's list of dynos: those that have started and not been retired, that no check has marked down, and that are not in quarantine. A dead dyno can be on it. */
export class DynoList {
  private reasons: Uint8Array;
  private user: ListUser | null = null;
  /** How many times a dyno has been in quarantine: one that it was taken out of early does not end the next. */
  private readonly quarantines = new Map<number, number>();

  constructor(
    private readonly balancer: Balancer,
    private readonly timers: Timers,
    dynos: number,
  ) {
    this.reasons = new Uint8Array(dynos).fill(OUT_OF_SERVICE);
  }

  setUser(user: ListUser): void {
    this.user = user;
  }

  /** How many dynos are on it. */
  get size(): number {
    return this.balancer.size;
  }

  /** Makes room for more dynos, not on the list at first. */
  grow(dynos: number): void {
    const known = this.reasons.length;
    if (dynos <= known) return;
    this.reasons = grownUint8(this.reasons, dynos).fill(OUT_OF_SERVICE, known);
    this.balancer.grow(dynos);
  }

  has(dyno: number): boolean {
    return this.reasons[dyno] === 0;
  }

  isMarkedDown(dyno: number): boolean {
    return (this.reasons[dyno]! & MARKED_DOWN) !== 0;
  }

  /** A dyno begins to take requests, or takes no more; one that leaves is forgotten with all that was held against it. */
  setInService(dyno: number, isInService: boolean): void {
    this.set(dyno, isInService ? this.reasons[dyno]! & ~OUT_OF_SERVICE : OUT_OF_SERVICE);
  }

  /** A dyno is back: what it refused while it was away is forgotten. */
  release(dyno: number): void {
    this.set(dyno, this.reasons[dyno]! & ~IN_QUARANTINE);
  }

  /** A check has found a dyno failing, or well again. */
  setMarkedDown(dyno: number, isMarkedDown: boolean): void {
    const others = this.reasons[dyno]! & ~MARKED_DOWN;
    this.set(dyno, isMarkedDown ? others | MARKED_DOWN : others);
  }

  /** Leaves a dyno alone for a while. */
  quarantine(dyno: number, ms: number): void {
    if (ms === 0 || (this.reasons[dyno]! & IN_QUARANTINE) !== 0) return;
    const times = (this.quarantines.get(dyno) ?? 0) + 1;
    this.quarantines.set(dyno, times);
    this.set(dyno, this.reasons[dyno]! | IN_QUARANTINE);
    this.timers.after(ms, () => {
      if (this.quarantines.get(dyno) === times) this.release(dyno);
    });
  }

  private set(dyno: number, reasons: number): void {
    const was = this.has(dyno);
    this.reasons[dyno] = reasons;
    const is = reasons === 0;
    if (was === is) return;
    this.balancer.setListed(dyno, is);
    this.user?.listed(dyno, is);
  }
}
