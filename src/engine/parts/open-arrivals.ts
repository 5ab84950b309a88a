import { type EventList, NOW } from "../kernel/event-list";
import { PURPOSE, RandomStream } from "../kernel/random-stream";
import { RateCurve } from "../kernel/rate-curve";
import { nextExponential } from "../kernel/ziggurat";
import type { OpenWorkloadPlan, WorkloadPlan } from "../plan";
import { ARRIVAL } from "./event-kinds";
import { HIGH, LOW, type WorkloadKey } from "./request-keys";
import { FIELDS, type Requests, WORKLOAD } from "./requests";
import { type Launcher, type Sender, sameCurve } from "./sender";
import { Visits } from "./visits";

/** Arrivals that do not wait for answers: single requests, or visits of several. */
export class OpenArrivals implements Sender {
  private readonly timer: number;
  private readonly stream = new RandomStream();
  private readonly visits: Visits;
  private curve: RateCurve;
  /** The number of the next arrival, as two words. */
  private numberLow = 0;
  private numberHigh = 0;

  /** @param number of the workload */
  constructor(
    private plan: OpenWorkloadPlan,
    number: number,
    key: WorkloadKey,
    private readonly events: EventList,
    requests: Requests,
    launcher: Launcher,
  ) {
    this.visits = new Visits(number, plan.journey, plan.think, key, events, requests, launcher);
    this.timer = events.allocate();
    requests.fields[FIELDS * this.timer + WORKLOAD] = number;
    this.curve = curveOf(plan);
    this.stream.rekey(key[LOW]!, key[HIGH]!, PURPOSE.arrivals);
  }

  /** Schedules the first arrival: paced ones begin at once. */
  start(): void {
    const { events, timer, curve } = this;
    const isPaced = this.plan.arrivals === "paced";
    if (curve.isNever) return;
    events.time[timer] = events.clock[NOW]!;
    if (!isPaced || curve.startsAtZero) this.addGap();
    this.scheduleArrival();
  }

  private scheduleArrival(): void {
    if (this.events.time[this.timer]! < Infinity) this.events.schedule(this.timer, ARRIVAL);
  }

  /** Moves the timer from now on to the next arrival. */
  private addGap(): void {
    const { events, timer } = this;
    const gap = this.plan.arrivals === "poisson" ? nextExponential(this.stream) : 1;
    this.curve.writeMoment(events.time, timer, events.clock, gap);
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

  /** Changes the rate from now on; a profile goes on multiplying it. Throws where a measured curve says the rate. */
  setRate(requestsPerSecond: number): void {
    if (this.plan.trace !== null) throw new Error("requestsPerSecond: the workload follows a measured curve");
    this.adopt({ ...this.plan, requestsPerSecond });
  }

  /**
   * What is left of the present gap is as much under the new curve as it was under the old one, which is exact: for Poisson arrivals by inversion of the
   * cumulative rate, and for paced ones it keeps the pace even.
   */
  adopt(plan: WorkloadPlan): void {
    if (plan.kind !== "open") return;
    const { events, timer, curve } = this;
    const isSameCurve =
      sameCurve(plan.trace, this.plan.trace) &&
      (plan.trace !== null ||
        (plan.requestsPerSecond === this.plan.requestsPerSecond &&
          sameCurve(plan.profile, this.plan.profile)));
    this.plan = { ...plan, journey: this.plan.journey };
    this.visits.setThink(plan.think);
    if (isSameCurve) return;
    this.curve = curveOf(plan);
    if (!events.isPending(timer)) {
      this.start();
      return;
    }
    events.cancel(timer);
    const left = curve.area(events.clock[NOW]!, events.time[timer]!);
    this.curve.writeMoment(events.time, timer, events.clock, left);
    this.scheduleArrival();
  }
}

/** The measured curve, or the constant rate along the profile. */
function curveOf({ trace, profile, requestsPerSecond }: OpenWorkloadPlan): RateCurve {
  if (trace !== null) return new RateCurve(trace);
  const points = profile ?? [[0, 1] as const];
  return new RateCurve(points.map(([atS, factor]) => [atS, requestsPerSecond * factor] as const));
}
