import { DeadlineLine } from "../kernel/deadline-line";
import { type EventList, NONE } from "../kernel/event-list";
import type { EdgePlan } from "../plan";
import type { Recorder } from "../record/recorder";
import { FAILURE, SUCCESS } from "../record/replication-record";
import type { DispatchUser } from "./dispatcher";
import type { EventHandlers } from "./event-kinds";
import type { Fleet } from "./fleet";
import { FIELDS, FLEET, HELD, type Requests } from "./requests";
import type { RequestSink } from "./workloads";

/** Who hears of answers: the workloads that sent the requests. */
export interface AnswerSink {
  answered(entry: number, failure: number): void;
}

/** Where the client's connection ends: connection slots, the router's timeout, and the way to a fleet. */
export class Edge implements RequestSink, DispatchUser {
  private readonly deadlines: DeadlineLine;
  private underWay = 0;

  constructor(
    private plan: EdgePlan,
    private readonly events: EventList,
    handlers: EventHandlers,
    private readonly requests: Requests,
    private readonly fleets: readonly Fleet[],
    private readonly clients: AnswerSink,
    private readonly recorder: Recorder,
  ) {
    const kind = handlers.register(() => this.deadline());
    this.deadlines = new DeadlineLine(events, kind, plan.timeoutMs);
  }

  /** Requests that are sent to a dyno from now on have another timeout, and there may be more or fewer under way. */
  adopt(plan: EdgePlan): void {
    this.plan = plan;
    this.deadlines.setLength(plan.timeoutMs);
  }

  /** Requests that hold a connection slot. */
  get connections(): number {
    return this.underWay;
  }

  receive(entry: number): void {
    this.recorder.sent(entry);
    if (this.underWay >= this.plan.maxConnections) {
      this.turnAway(entry);
      return;
    }
    this.underWay += 1;
    const fleet = this.fleet(entry);
    if (fleet.isMeasured) fleet.meterReceived();
    fleet.dispatcher.take(entry);
  }

  private turnAway(entry: number): void {
    this.clients.answered(entry, FAILURE["edge-full"]);
    this.events.release(entry);
  }

  private fleet(entry: number): Fleet {
    return this.fleets[this.requests.fields[FIELDS * entry + FLEET]!]!;
  }

  sent(entry: number): void {
    this.requests.fields[FIELDS * entry + HELD] = 1;
    if (this.plan.timeoutMs !== Infinity) this.deadlines.set(entry);
  }

  refused(entry: number, failure: number): void {
    this.underWay -= 1;
    this.clients.answered(entry, failure);
    this.events.release(entry);
  }

  rejected(entry: number, failure: number): void {
    this.answer(entry, failure);
    this.events.release(entry);
  }

  /** The client gets its timeout; the dyno does not notice, and works on. */
  private deadline(): void {
    const entry = this.deadlines.takeDue();
    if (entry !== NONE) this.answer(entry, FAILURE.timeout);
  }

  /** The request's work in the dyno has ended. @param failure SUCCESS or one of FAILURE */
  finished(entry: number, failure: number): void {
    if (this.requests.fields[FIELDS * entry + HELD] === 1) this.answer(entry, failure);
    this.events.release(entry);
  }

  /** The request's dyno has died. @param isUsed whether its entry is still needed */
  lost(entry: number, isUsed: boolean): void {
    if (this.requests.fields[FIELDS * entry + HELD] === 1) this.answer(entry, FAILURE["dyno-lost"]);
    if (!isUsed) this.events.release(entry);
  }

  private answer(entry: number, failure: number): void {
    this.requests.fields[FIELDS * entry + HELD] = 0;
    this.underWay -= 1;
    this.deadlines.lift(entry);
    const fleet = this.fleet(entry);
    if (fleet.isMeasured && failure === SUCCESS) fleet.meterAnswered(entry);
    fleet.dispatcher.answered(entry);
    this.clients.answered(entry, failure);
  }
}
