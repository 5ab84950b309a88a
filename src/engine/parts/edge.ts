import { DeadlineLine } from "../kernel/deadline-line";
import { type EventList, NONE } from "../kernel/event-list";
import { WaitingLines } from "../kernel/waiting-lines";
import type { Plan } from "../plan";
import type { Recorder } from "../record/recorder";
import { FAILURE, GAUGE, SUCCESS } from "../record/replication-record";
import type { Balancer } from "./balancer";
import type { RequestSink } from "./clients";
import type { Dynos } from "./dynos";
import { BOOT_DEADLINE, EDGE_DEADLINE } from "./event-kinds";
import { AWAITED, DYNO, FIELDS, type Requests } from "./requests";

/** While no dyno is up but one boots, requests wait at the edge this long (Heroku's router: error H20 after 75 s). */
const BOOT_WAIT_MS = 75_000;

/** Who hears of answers: the workload that sent the request. */
export interface AnswerSink {
  answered(entry: number, failed: boolean): void;
}

/** Where the client's connection ends: connection slots, the router's timeout, and the way to a dyno. */
export class Edge implements RequestSink {
  private readonly deadlines: DeadlineLine | null;
  private readonly bootDeadlines: DeadlineLine;
  /** Requests that wait for a dyno to boot, in one line. */
  private readonly bootLine: WaitingLines;
  private underWay = 0;
  private client: AnswerSink | null = null;

  constructor(
    private readonly plan: Plan,
    private readonly events: EventList,
    private readonly requests: Requests,
    private readonly balancer: Balancer,
    private readonly dynos: Dynos,
    private readonly recorder: Recorder,
  ) {
    const { timeoutMs } = plan.edge;
    this.deadlines = timeoutMs === Infinity ? null : new DeadlineLine(events, EDGE_DEADLINE, timeoutMs);
    this.bootDeadlines = new DeadlineLine(events, BOOT_DEADLINE, BOOT_WAIT_MS);
    this.bootLine = new WaitingLines(events, 1);
  }

  /** Who hears of answers; null for an open workload, whose arrivals do not wait for them. */
  setClient(client: AnswerSink | null): void {
    this.client = client;
  }

  receive(entry: number): void {
    this.recorder.sent(entry);
    if (this.underWay >= this.plan.edge.maxConnections) {
      this.refuse(entry, FAILURE["edge-full"]);
      return;
    }
    this.underWay += 1;
    if (this.balancer.size > 0) this.send(entry);
    else if (this.dynos.booting > 0) this.waitForBoot(entry);
    else this.giveUp(entry, FAILURE["no-dyno"]);
  }

  private send(entry: number): void {
    const dyno = this.balancer.choose(entry);
    this.requests.fields[FIELDS * entry + DYNO] = dyno;
    this.balancer.changeOutstanding(dyno, 1);
    this.deadlines?.set(entry);
    if (this.dynos.accept(entry, dyno)) return;
    this.answer(entry, FAILURE["backlog-full"]);
    this.events.release(entry);
  }

  private waitForBoot(entry: number): void {
    this.bootLine.join(0, entry);
    this.bootDeadlines.set(entry);
    this.recorder.changeWithPeak(GAUGE.queued, 1);
  }

  /** On BOOT_DEADLINE. */
  bootDeadline(): void {
    const entry = this.bootDeadlines.takeDue();
    if (entry === NONE) return;
    this.bootLine.leave(0, entry);
    this.recorder.changeWithPeak(GAUGE.queued, -1);
    this.giveUp(entry, FAILURE["no-dyno"]);
  }

  /** A dyno is up: those who waited for one are sent on, in order. */
  dynoUp(): void {
    for (let entry = this.bootLine.takeFirst(0); entry !== NONE; entry = this.bootLine.takeFirst(0)) {
      this.bootDeadlines.lift(entry);
      this.recorder.changeWithPeak(GAUGE.queued, -1);
      this.send(entry);
    }
  }

  /** On EDGE_DEADLINE: the client gets its timeout; the dyno does not notice, and works on. */
  deadline(): void {
    const entry = this.deadlines === null ? NONE : this.deadlines.takeDue();
    if (entry !== NONE) this.answer(entry, FAILURE.timeout);
  }

  /** The request's work in the dyno has ended. @param failure SUCCESS or one of FAILURE */
  finished(entry: number, failure: number): void {
    if (this.requests.fields[FIELDS * entry + AWAITED] === 1) this.answer(entry, failure);
    this.events.release(entry);
  }

  private answer(entry: number, failure: number): void {
    this.requests.fields[FIELDS * entry + AWAITED] = 0;
    this.underWay -= 1;
    this.balancer.changeOutstanding(this.requests.fields[FIELDS * entry + DYNO]!, -1);
    this.deadlines?.lift(entry);
    this.tell(entry, failure);
  }

  /** Ends a request that took a slot at the edge but was never sent to a dyno. */
  private giveUp(entry: number, failure: number): void {
    this.underWay -= 1;
    this.refuse(entry, failure);
  }

  private refuse(entry: number, failure: number): void {
    this.tell(entry, failure);
    this.events.release(entry);
  }

  private tell(entry: number, failure: number): void {
    this.recorder.answered(entry, failure);
    this.client?.answered(entry, failure !== SUCCESS);
  }
}
