import { type EventList, NONE, NOW } from "../kernel/event-list";
import type { HealthCheckPlan } from "../plan";
import type { DynoLifecycle } from "./dyno-lifecycle";
import type { DynoList } from "./dyno-list";
import type { Dynos } from "./dynos";
import { FIELDS, type Requests, WORKLOAD } from "./requests";
import type { Timers } from "./timers";

/** So that not all dynos are asked at one moment: the golden ratio's fractional part spreads any number of them evenly over the interval. */
const SPREAD = 0.6180339887498949;

/** What the checks of one dyno have found. */
interface Watch {
  /** Failed checks in a row, and good ones. */
  bad: number;
  good: number;
  /** The check that waits in the dyno's line, or NONE; and how many have waited so far. */
  waiting: number;
  asked: number;
}

/**
 * Health checks of a fleet's dynos: whether they accept a connection, or (`throughApp`) whether they answer, for which a check waits in the dyno's line behind the requests. So
 * many failures in a row take a dyno off the list, so many successes put it back (HAProxy's `fall` and `rise`).
 */
export class HealthChecks {
  private readonly watches = new Map<number, Watch>();
  /** Rises with each change of the settings: what was set for older ones means nothing any more. */
  private life = 0;

  constructor(
    private plan: HealthCheckPlan | null,
    private readonly dynos: Dynos,
    private readonly lifecycle: DynoLifecycle,
    private readonly list: DynoList,
    private readonly events: EventList,
    private readonly requests: Requests,
    private readonly timers: Timers,
  ) {}

  adopt(plan: HealthCheckPlan | null, dynos: number): void {
    if (JSON.stringify(plan) === JSON.stringify(this.plan)) return;
    this.plan = plan;
    this.life += 1;
    this.watches.clear();
    for (let dyno = 0; dyno < dynos; dyno += 1) {
      this.list.setMarkedDown(dyno, false);
      this.watch(dyno);
    }
  }

  /** A dyno has come up, or died: it is watched where its checks could fail. Beside the application only those of a dead dyno do. */
  watch(dyno: number): void {
    const { plan } = this;
    if (plan === null || this.watches.has(dyno) || !this.needsWatch(dyno)) return;
    this.watches.set(dyno, { bad: 0, good: 0, waiting: NONE, asked: 0 });
    const now = this.events.clock[NOW]!;
    const phase = plan.everyMs * ((dyno * SPREAD) % 1);
    const next = phase + Math.max(0, Math.ceil((now - phase) / plan.everyMs)) * plan.everyMs;
    this.planNext(dyno, Math.max(0, next - now));
  }

  private needsWatch(dyno: number): boolean {
    const isUp = this.lifecycle.isUp(dyno);
    return this.plan?.throughApp
      ? isUp || this.lifecycle.isDead(dyno)
      : this.lifecycle.isDead(dyno) || this.list.isMarkedDown(dyno);
  }

  private planNext(dyno: number, inMs: number): void {
    const { life } = this;
    this.timers.after(inMs, () => {
      if (life === this.life) this.check(dyno);
    });
  }

  private check(dyno: number): void {
    const watch = this.watches.get(dyno);
    if (watch === undefined || this.plan === null) return;
    if (!this.needsWatch(dyno)) {
      this.watches.delete(dyno);
      return;
    }
    if (!this.lifecycle.isUp(dyno)) this.judge(dyno, watch, false);
    else if (this.plan.throughApp) this.ask(dyno, watch, this.plan.timeoutMs);
    else this.judge(dyno, watch, true);
  }

  /** A check through the application joins the dyno's line. */
  private ask(dyno: number, watch: Watch, timeoutMs: number): void {
    const entry = this.events.allocate();
    this.requests.fields[FIELDS * entry + WORKLOAD] = NONE;
    const outcome = this.dynos.acceptCheck(entry, dyno);
    if (outcome !== "waiting") {
      this.events.release(entry);
      this.judge(dyno, watch, outcome === "served");
      return;
    }
    watch.waiting = entry;
    watch.asked += 1;
    const { asked } = watch;
    this.dynoOf.set(entry, dyno);
    this.timers.after(timeoutMs, () => {
      if (watch.waiting === NONE || watch.asked !== asked) return;
      // It stays in the line, where nobody waits for it any more.
      watch.waiting = NONE;
      if (this.watches.get(dyno) === watch) this.judge(dyno, watch, false);
    });
  }

  /** The dyno of each check that stands in a line. */
  private readonly dynoOf = new Map<number, number>();

  /** A thread answers a check. */
  served(entry: number): void {
    this.ended(entry, true);
  }

  /** The dyno died with the check in its line. */
  lost(entry: number): void {
    this.ended(entry, false);
  }

  private ended(entry: number, isGood: boolean): void {
    const dyno = this.dynoOf.get(entry) ?? NONE;
    this.dynoOf.delete(entry);
    this.events.release(entry);
    const watch = this.watches.get(dyno);
    if (watch === undefined || watch.waiting !== entry) return;
    watch.waiting = NONE;
    this.judge(dyno, watch, isGood);
  }

  /** A check's outcome counts, and the next begins an interval from now: HAProxy waits its `inter` from the end of one check to the begin of the next. */
  private judge(dyno: number, watch: Watch, isGood: boolean): void {
    const { plan, list } = this;
    if (plan === null) return;
    watch.good = isGood ? watch.good + 1 : 0;
    watch.bad = isGood ? 0 : watch.bad + 1;
    this.planNext(dyno, plan.everyMs);
    if (watch.bad >= plan.fall && !list.isMarkedDown(dyno)) list.setMarkedDown(dyno, true);
    else if (watch.good >= plan.rise && list.isMarkedDown(dyno)) list.setMarkedDown(dyno, false);
  }
}
