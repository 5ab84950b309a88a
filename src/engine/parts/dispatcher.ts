import { DeadlineLine } from "../kernel/deadline-line";
import { type EventList, NONE, NOW } from "../kernel/event-list";
import { WaitingLines } from "../kernel/waiting-lines";
import type { ConnectPlan } from "../plan";
import type { Recorder } from "../record/recorder";
import { FAILURE, GAUGE } from "../record/replication-record";
import type { Balancer } from "./balancer";
import type { DynoLifecycle } from "./dyno-lifecycle";
import type { DynoList } from "./dyno-list";
import type { Dynos } from "./dynos";
import type { EventHandlers } from "./event-kinds";
import { DYNO, FIELDS, type Requests, TRIES } from "./requests";

/** While no dyno is up but one boots, requests wait at the edge this long (Heroku's router: error H20 after 75 s). */
const BOOT_WAIT_MS = 75_000;
/** So that a dyno that refuses at once can't stop the clock. */
const LEAST_RETRY_MS = 1;

/** Who answers clients. */
export interface DispatchUser {
  /** The request goes to a dyno now. */
  sent(entry: number): void;
  /** It was never sent to a dyno, and will not be. */
  refused(entry: number, failure: number): void;
  /** The dyno that it was sent to did not take it. */
  rejected(entry: number, failure: number): void;
}

/** The balancer's side of a fleet: sends each request to a dyno, or keeps it in a line while there is none for it. */
export class Dispatcher {
  /** The balancer's own line: requests that wait for a dyno below its limit. */
  private readonly line: WaitingLines;
  private readonly deadlines: DeadlineLine;
  /** Requests that wait for a dyno to boot. */
  private readonly bootLine: WaitingLines;
  private readonly bootDeadlines: DeadlineLine;
  private isDraining = false;
  private user: DispatchUser | null = null;

  private readonly retryKind: number;

  /** @param queueTimeoutMs how long a request may wait in the balancer's own line; Infinity: for ever */
  constructor(
    private queueTimeoutMs: number,
    private connect: ConnectPlan,
    private readonly events: EventList,
    handlers: EventHandlers,
    private readonly requests: Requests,
    readonly balancer: Balancer,
    private readonly list: DynoList,
    private readonly dynos: Dynos,
    private readonly lifecycle: DynoLifecycle,
    private readonly recorder: Recorder,
  ) {
    this.line = new WaitingLines(events, 1);
    this.bootLine = new WaitingLines(events, 1);
    const bootKind = handlers.register(() => this.bootDeadline());
    this.bootDeadlines = new DeadlineLine(events, bootKind, BOOT_WAIT_MS);
    const queueKind = handlers.register(() => this.queueDeadline());
    this.deadlines = new DeadlineLine(events, queueKind, queueTimeoutMs);
    this.retryKind = handlers.register((entry) => this.tryAgain(entry));
  }

  /** What waits from now on, and what is refused, is treated so. */
  adopt(queueTimeoutMs: number, connect: ConnectPlan): void {
    this.queueTimeoutMs = queueTimeoutMs;
    this.connect = connect;
    this.deadlines.setLength(queueTimeoutMs);
    this.drain();
  }

  setUser(user: DispatchUser): void {
    this.user = user;
  }

  /** Requests in the balancer's own line. */
  get waiting(): number {
    return this.line.length(0);
  }

  /** Requests that wait for a dyno to boot. */
  get waitingForBoot(): number {
    return this.bootLine.length(0);
  }

  /** Takes a request of this fleet. */
  take(entry: number): void {
    if (this.list.size === 0) {
      this.takeWithoutDyno(entry);
    } else if (this.line.length(0) === 0 && this.balancer.hasEligible) {
      this.send(entry);
    } else {
      this.waitInLine(entry);
    }
  }

  private takeWithoutDyno(entry: number): void {
    if (this.lifecycle.booting > 0) this.waitForBoot(entry);
    else this.user!.refused(entry, this.tries(entry) > 0 ? FAILURE["dyno-refused"] : FAILURE["no-dyno"]);
  }

  private tries(entry: number): number {
    return this.requests.fields[FIELDS * entry + TRIES]!;
  }

  private send(entry: number): void {
    this.sendTo(entry, this.balancer.choose(entry));
  }

  private sendTo(entry: number, dyno: number): void {
    this.requests.fields[FIELDS * entry + DYNO] = dyno;
    if (!this.lifecycle.isUp(dyno)) {
      this.refusedBy(entry, dyno);
      return;
    }
    this.balancer.changeOutstanding(dyno, 1);
    this.user!.sent(entry);
    if (!this.dynos.accept(entry, dyno)) this.user!.rejected(entry, FAILURE["backlog-full"]);
  }

  /** A dead dyno refuses: the request goes to another at once, or to the same one again later, until it has been refused often enough. */
  private refusedBy(entry: number, dyno: number): void {
    const { attempts, redispatch, retryDelayMs, quarantineMs } = this.connect;
    this.requests.fields[FIELDS * entry + TRIES]! += 1;
    this.list.quarantine(dyno, quarantineMs);
    if (this.tries(entry) >= attempts) {
      this.user!.refused(entry, FAILURE["dyno-refused"]);
      return;
    }
    if (redispatch) {
      const other = this.balancer.chooseOther(entry, dyno);
      if (other !== NONE) {
        this.sendTo(entry, other);
        return;
      }
      if (quarantineMs > 0) {
        // Nobody is left to ask: the others have reached their limit, boot, or are no better.
        this.take(entry);
        return;
      }
    }
    this.events.time[entry] = this.events.clock[NOW]! + Math.max(retryDelayMs, LEAST_RETRY_MS);
    this.events.schedule(entry, this.retryKind);
  }

  /** The delay is over: the same dyno is asked again; another where that is not on the list any more. */
  private tryAgain(entry: number): void {
    const dyno = this.requests.fields[FIELDS * entry + DYNO]!;
    if (this.list.has(dyno)) this.sendTo(entry, dyno);
    else this.take(entry);
  }

  /** A request that was sent to a dyno has its answer, or its client the timeout: the next in line may go. */
  answered(entry: number): void {
    this.balancer.changeOutstanding(this.requests.fields[FIELDS * entry + DYNO]!, -1);
    if (this.line.length(0) > 0) this.drain();
  }

  /** Sends whoever can be sent from the balancer's own line. A request that is rejected at once comes back here, and must not nest. */
  private drain(): void {
    if (this.isDraining) return;
    this.isDraining = true;
    while (this.line.length(0) > 0 && this.balancer.hasEligible) {
      const entry = this.line.takeFirst(0);
      this.deadlines.lift(entry);
      this.changeWaiting(-1);
      this.send(entry);
    }
    this.isDraining = false;
  }

  private waitInLine(entry: number): void {
    this.line.join(0, entry);
    if (this.queueTimeoutMs !== Infinity) this.deadlines.set(entry);
    this.changeWaiting(1);
  }

  private changeWaiting(by: number): void {
    this.recorder.changeWithPeak(GAUGE.queued, by);
    this.recorder.changeWithPeak(GAUGE.balancerQueued, by);
  }

  private queueDeadline(): void {
    const entry = this.deadlines.takeDue();
    if (entry === NONE) return;
    this.line.leave(0, entry);
    this.changeWaiting(-1);
    this.user!.refused(entry, FAILURE["queue-timeout"]);
  }

  private waitForBoot(entry: number): void {
    this.bootLine.join(0, entry);
    this.bootDeadlines.set(entry);
    this.recorder.changeWithPeak(GAUGE.queued, 1);
  }

  private bootDeadline(): void {
    const entry = this.bootDeadlines.takeDue();
    if (entry === NONE) return;
    this.bootLine.leave(0, entry);
    this.recorder.changeWithPeak(GAUGE.queued, -1);
    this.user!.refused(entry, FAILURE["no-dyno"]);
  }

  /** No dyno is left, and none boots: nobody waits for one any more. */
  allDynosGone(): void {
    for (let entry = this.line.takeFirst(0); entry !== NONE; entry = this.line.takeFirst(0)) {
      this.deadlines.lift(entry);
      this.changeWaiting(-1);
      this.user!.refused(entry, FAILURE["no-dyno"]);
    }
    for (let entry = this.bootLine.takeFirst(0); entry !== NONE; entry = this.bootLine.takeFirst(0)) {
      this.bootDeadlines.lift(entry);
      this.recorder.changeWithPeak(GAUGE.queued, -1);
      this.user!.refused(entry, FAILURE["no-dyno"]);
    }
  }

  /** A dyno is up: those who waited for one are sent on, in order, those in the balancer's own line first. Whoever is refused joins the line again, and is not asked twice. */
  dynoUp(): void {
    this.drain();
    for (let left = this.bootLine.length(0); left > 0; left -= 1) {
      const entry = this.bootLine.takeFirst(0);
      if (entry === NONE) return;
      this.bootDeadlines.lift(entry);
      this.recorder.changeWithPeak(GAUGE.queued, -1);
      this.take(entry);
    }
  }
}
