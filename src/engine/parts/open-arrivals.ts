import { type EventList, NOW } from "../kernel/event-list";
import { PURPOSE, RandomStream } from "../kernel/random-stream";
import { RateCurve } from "../kernel/rate-curve";
import { nextExponential } from "../kernel/ziggurat";
import type { OpenWorkloadPlan } from "../plan";
import { ARRIVAL } from "./event-kinds";
import type { WorkloadKey } from "./request-keys";
import { FIELDS, type Requests, WORKLOAD } from "./requests";
import type { Launcher, Sender } from "./sender";
import { Visits } from "./visits";

/** Arrivals that do not wait for answers: single requests, or visits of several. */
export class OpenArrivals implements Sender {
  private readonly timer: number;
  private readonly stream = new RandomStream();
  private readonly visits: Visits;
  /** [requests per ms] */
  private readonly rate = new Float64Array(1);
  /** A measured curve instead of the constant rate. */
  private readonly curve: RateCurve | null;
  /** The number of the next arrival, as two words. */
  private numberLow = 0;
  private numberHigh = 0;

  /** @param number of the workload */
  constructor(
    private readonly plan: OpenWorkloadPlan,
    number: number,
    key: WorkloadKey,
    private readonly events: EventList,
    requests: Requests,
    launcher: Launcher,
  ) {
    this.visits = new Visits(number, plan.journey, plan.think, key, events, requests, launcher);
    this.timer = events.allocate();
    requests.fields[FIELDS * this.timer + WORKLOAD] = number;
    this.rate[0] = plan.requestsPerSecond / 1000;
    this.curve = plan.trace === null ? null : new RateCurve(plan.trace);
    this.stream.rekey(key.low, key.high, PURPOSE.arrivals);
  }

  /** Schedules the first arrival: paced ones begin at once. */
  start(): void {
    const { events, timer, curve } = this;
    const isPaced = this.plan.arrivals === "paced";
    if (curve === null && this.rate[0] === 0) return;
    events.time[timer] = events.clock[NOW]!;
    if (!isPaced || curve?.startsAtZero) this.addGap();
    this.scheduleArrival();
  }

  private scheduleArrival(): void {
    if (this.events.time[this.timer]! < Infinity) this.events.schedule(this.timer, ARRIVAL);
  }

  /** Moves the timer from now on to the next arrival. */
  private addGap(): void {
    const { events, timer, curve } = this;
    const gap = this.plan.arrivals === "poisson" ? nextExponential(this.stream) : 1;
    if (curve === null) events.time[timer] = events.clock[NOW]! + gap / this.rate[0]!;
    else curve.writeMoment(events.time, timer, events.clock, gap);
  }

  /** On ARRIVAL: sends a request and schedules the next. */
  arrive(): void {
    const low = this.numberLow;
    const high = this.numberHigh;
    this.numberLow = (low + 1) | 0;
    if (this.numberLow === 0) this.numberHigh += 1;
    this.addGap();
    this.scheduleArrival();
    this.visits.arrive(high, low);
  }

  send(entry: number): void {
    this.visits.send(entry);
  }

  ended(entry: number, failed: boolean): void {
    this.visits.ended(entry, failed);
  }

  /**
   * Changes the rate from now on. What is left of the present gap is stretched by old rate ÷ new rate, which is exact: for Poisson arrivals by
   * inversion of the cumulative rate, and for paced ones it keeps the pace even.
   */
  setRate(requestsPerSecond: number): void {
    const { events, timer } = this;
    if (this.curve !== null) throw new Error("requestsPerSecond: the workload follows a measured curve");
    const before = this.rate[0]!;
    this.rate[0] = requestsPerSecond / 1000;
    if (!events.isPending(timer)) {
      this.start();
      return;
    }
    events.cancel(timer);
    if (requestsPerSecond === 0) return;
    const now = events.clock[NOW]!;
    events.time[timer] = now + (events.time[timer]! - now) * (before / this.rate[0]!);
    events.schedule(timer, ARRIVAL);
  }
}
