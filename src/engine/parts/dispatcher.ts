import { DeadlineLine } from "../kernel/deadline-line";
import { type EventList, NONE } from "../kernel/event-list";
import { WaitingLines } from "../kernel/waiting-lines";
import type { Recorder } from "../record/recorder";
import { FAILURE, GAUGE } from "../record/replication-record";
import type { Balancer } from "./balancer";
import type { Dynos } from "./dynos";
import type { EventHandlers } from "./event-kinds";
import { DYNO, FIELDS, type Requests } from "./requests";

/** While no dyno is up but one boots, requests wait at the edge this long (Heroku's router: error H20 after 75 s). */
const BOOT_WAIT_MS = 75_000;

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
  private readonly deadlines: DeadlineLine | null;
  /** Requests that wait for a dyno to boot. */
  private readonly bootLine: WaitingLines;
  private readonly bootDeadlines: DeadlineLine;
  private isDraining = false;
  private user: DispatchUser | null = null;

  /** @param queueTimeoutMs how long a request may wait in the balancer's own line; Infinity: for ever */
  constructor(
    queueTimeoutMs: number,
    events: EventList,
    handlers: EventHandlers,
    private readonly requests: Requests,
    readonly balancer: Balancer,
    private readonly dynos: Dynos,
    private readonly recorder: Recorder,
  ) {
    this.line = new WaitingLines(events, 1);
    this.bootLine = new WaitingLines(events, 1);
    const bootKind = handlers.register(() => this.bootDeadline());
    this.bootDeadlines = new DeadlineLine(events, bootKind, BOOT_WAIT_MS);
    const queueKind = handlers.register(() => this.queueDeadline());
    this.deadlines = queueTimeoutMs === Infinity ? null : new DeadlineLine(events, queueKind, queueTimeoutMs);
  }

  setUser(user: DispatchUser): void {
    this.user = user;
  }

  /** Requests in the balancer's own line. */
  get waiting(): number {
    return this.line.length(0);
  }

  /** Takes a request of this fleet. */
  take(entry: number): void {
    if (this.balancer.size === 0) {
      if (this.dynos.booting > 0) this.waitForBoot(entry);
      else this.user!.refused(entry, FAILURE["no-dyno"]);
    } else if (this.line.length(0) === 0 && this.balancer.hasEligible) {
      this.send(entry);
    } else {
      this.waitInLine(entry);
    }
  }

  private send(entry: number): void {
    const dyno = this.balancer.choose(entry);
    this.requests.fields[FIELDS * entry + DYNO] = dyno;
    this.balancer.changeOutstanding(dyno, 1);
    this.user!.sent(entry);
    if (!this.dynos.accept(entry, dyno)) this.user!.rejected(entry, FAILURE["backlog-full"]);
  }

  /** A request that was sent to a dyno has its answer, or its client the timeout: the next in line may go. */
  answered(entry: number): void {
    this.balancer.changeOutstanding(this.requests.fields[FIELDS * entry + DYNO]!, -1);
    this.drain();
  }

  /** Sends whoever can be sent from the balancer's own line. A request that is rejected at once comes back here, and must not nest. */
  private drain(): void {
    if (this.isDraining) return;
    this.isDraining = true;
    while (this.line.length(0) > 0 && this.balancer.hasEligible) {
      const entry = this.line.takeFirst(0);
      this.deadlines?.lift(entry);
      this.changeWaiting(-1);
      this.send(entry);
    }
    this.isDraining = false;
  }

  private waitInLine(entry: number): void {
    this.line.join(0, entry);
    this.deadlines?.set(entry);
    this.changeWaiting(1);
  }

  private changeWaiting(by: number): void {
    this.recorder.changeWithPeak(GAUGE.queued, by);
    this.recorder.changeWithPeak(GAUGE.balancerQueued, by);
  }

  private queueDeadline(): void {
    const entry = this.deadlines === null ? NONE : this.deadlines.takeDue();
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
      this.deadlines?.lift(entry);
      this.changeWaiting(-1);
      this.user!.refused(entry, FAILURE["no-dyno"]);
    }
    for (let entry = this.bootLine.takeFirst(0); entry !== NONE; entry = this.bootLine.takeFirst(0)) {
      this.bootDeadlines.lift(entry);
      this.recorder.changeWithPeak(GAUGE.queued, -1);
      this.user!.refused(entry, FAILURE["no-dyno"]);
    }
  }

  /** A dyno is up: those who waited for one are sent on, in order, those in the balancer's own line first. */
  dynoUp(): void {
    this.drain();
    for (let entry = this.bootLine.takeFirst(0); entry !== NONE; entry = this.bootLine.takeFirst(0)) {
      this.bootDeadlines.lift(entry);
      this.recorder.changeWithPeak(GAUGE.queued, -1);
      this.take(entry);
    }
  }
}
