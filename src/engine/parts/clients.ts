import { type EventList, NONE, NOW } from "../kernel/event-list";
import { grownInt32 } from "../kernel/grown";
import { joinKey, mix, PURPOSE, RandomStream } from "../kernel/random-stream";
import { nextExponential } from "../kernel/ziggurat";
import type { ClosedWorkloadPlan, OpenWorkloadPlan } from "../plan";
import { ARRIVAL, SEND } from "./event-kinds";
import { CLIENT, FIELDS, KEY_HIGH, KEY_LOW, type Requests } from "./requests";

/** A closed client's next request comes at least this long after its last, so that instant refusals can't stop the clock. */
const LEAST_SEND_INTERVAL_MS = 1;

/** Where requests go to. */
export interface RequestSink {
  /** Takes a request that is sent now; `requests.begin` was called. */
  receive(entry: number): void;
}

/** The two key words of a workload in one replication: all its chance derives from them. */
export interface WorkloadKey {
  readonly low: number;
  readonly high: number;
}

/** @param seed 0 to 2^53 − 1 */
export function workloadKey(seed: number, replication: number, workload: number): WorkloadKey {
  const seedLow = seed | 0;
  const seedHigh = Math.floor(seed / 4294967296) | 0;
  const low = joinKey(joinKey(joinKey(mix(seedLow), seedHigh), replication), workload);
  const high = joinKey(
    joinKey(joinKey(mix(seedHigh ^ 0x3c6ef372), seedLow), replication ^ 0x1b873593),
    workload,
  );
  return { low, high };
}

/** Writes the key of a workload's request number (first, second): client and the client's n-th request, or the number of the arrival. */
function keyRequest(
  requests: Requests,
  entry: number,
  key: WorkloadKey,
  first: number,
  second: number,
): void {
  const { fields } = requests;
  const low = mix(key.low + Math.imul(first, 0x9e3779b9));
  const high = key.high ^ Math.imul(second, 0x85ebca6b);
  fields[FIELDS * entry + KEY_LOW] = mix(low ^ high);
  fields[FIELDS * entry + KEY_HIGH] = Math.imul(low, 0x27d4eb2f) + high;
}

/** Users who send, wait for the answer or failure, think, and send again. */
export class ClosedClients {
  /** Users there should be; after a reduction more may be waiting for their last answer. */
  target = 0;
  /** How many requests client i has sent. */
  private sentBy = new Int32Array(64);
  /** Whether client i sends requests at present. */
  private active = new Uint8Array(64);
  private readonly stream = new RandomStream();

  constructor(
    private readonly plan: ClosedWorkloadPlan,
    private readonly key: WorkloadKey,
    private readonly events: EventList,
    private readonly requests: Requests,
    private readonly edge: RequestSink,
  ) {}

  /** Lets the scenario's clients begin, spread evenly over `startSpreadMs`. */
  start(): void {
    const { clients, startSpreadMs } = this.plan;
    this.setClients(clients, startSpreadMs);
  }

  /** Adds users (spread evenly over `spreadMs`, from now) or retires users, the latest first, when their answer is in. */
  setClients(clients: number, spreadMs: number): void {
    const before = this.target;
    this.target = clients;
    if (clients > this.sentBy.length) {
      const capacity = Math.max(clients, 2 * this.sentBy.length);
      this.sentBy = grownInt32(this.sentBy, capacity);
      const active = new Uint8Array(capacity);
      active.set(this.active);
      this.active = active;
    }
    const now = this.events.clock[NOW]!;
    for (let client = before; client < clients; client += 1) {
      if (this.active[client] === 1) continue;
      this.active[client] = 1;
      this.sendAt(client, now + (spreadMs * (client - before)) / (clients - before));
    }
  }

  private sendAt(client: number, atMs: number): void {
    const entry = this.events.allocate();
    this.requests.fields[FIELDS * entry + CLIENT] = client;
    this.events.time[entry] = atMs;
    this.events.schedule(entry, SEND);
  }

  /** On SEND: the client's wait is over. */
  send(entry: number): void {
    const client = this.requests.fields[FIELDS * entry + CLIENT]!;
    if (client >= this.target) {
      this.active[client] = 0;
      this.events.release(entry);
      return;
    }
    const nth = this.sentBy[client]!;
    this.sentBy[client] = nth + 1;
    keyRequest(this.requests, entry, this.key, client, nth);
    this.requests.begin(entry);
    this.edge.receive(entry);
  }

  /** The client of this request has its answer, or knows of the failure. The entry stays the caller's. */
  answered(entry: number, failed: boolean): void {
    const { events, requests, plan } = this;
    const client = requests.fields[FIELDS * entry + CLIENT]!;
    if (client >= this.target) {
      this.active[client] = 0;
      return;
    }
    const successor = events.allocate();
    requests.fields[FIELDS * successor + CLIENT] = client;
    const pause = failed ? plan.afterFailure : plan.think;
    const now = events.clock[NOW]!;
    if (pause.isZero && now - requests.sentAtMs(entry) >= LEAST_SEND_INTERVAL_MS) {
      this.send(successor);
      return;
    }
    this.stream.rekey(
      requests.fields[FIELDS * entry + KEY_LOW]!,
      requests.fields[FIELDS * entry + KEY_HIGH]!,
      PURPOSE.think,
    );
    events.time[successor] = now;
    pause.addTo(events.time, successor, this.stream);
    const earliest = requests.sentAtMs(entry) + LEAST_SEND_INTERVAL_MS;
    if (events.time[successor]! < earliest) events.time[successor] = earliest;
    events.schedule(successor, SEND);
  }
}

/** Arrivals that do not wait for answers. */
export class OpenArrivals {
  private readonly timer: number;
  private readonly stream = new RandomStream();
  /** [requests per ms] */
  private readonly rate = new Float64Array(1);
  /** The number of the next arrival, as two words. */
  private numberLow = 0;
  private numberHigh = 0;

  constructor(
    private readonly plan: OpenWorkloadPlan,
    private readonly key: WorkloadKey,
    private readonly events: EventList,
    private readonly requests: Requests,
    private readonly edge: RequestSink,
  ) {
    this.timer = events.allocate();
    this.rate[0] = plan.requestsPerSecond / 1000;
    this.stream.rekey(key.low, key.high, PURPOSE.arrivals);
  }

  /** Schedules the first arrival: paced ones begin at once. */
  start(): void {
    if (this.rate[0] === 0) return;
    this.events.time[this.timer] = this.events.clock[NOW]!;
    if (this.plan.arrivals === "poisson") this.events.time[this.timer]! += this.gap();
    this.events.schedule(this.timer, ARRIVAL);
  }

  private gap(): number {
    return this.plan.arrivals === "poisson"
      ? nextExponential(this.stream) / this.rate[0]!
      : 1 / this.rate[0]!;
  }

  /** On ARRIVAL: sends a request and schedules the next. */
  arrive(): void {
    const { events, requests } = this;
    const entry = events.allocate();
    requests.fields[FIELDS * entry + CLIENT] = NONE;
    keyRequest(requests, entry, this.key, this.numberHigh, this.numberLow);
    this.numberLow = (this.numberLow + 1) | 0;
    if (this.numberLow === 0) this.numberHigh += 1;
    events.time[this.timer] = events.clock[NOW]! + this.gap();
    events.schedule(this.timer, ARRIVAL);
    requests.begin(entry);
    this.edge.receive(entry);
  }

  /**
   * Changes the rate from now on. What is left of the present gap is stretched by old rate ÷ new rate, which is exact: for Poisson arrivals by
   * inversion of the cumulative rate, and for paced ones it keeps the pace even.
   */
  setRate(requestsPerSecond: number): void {
    const { events, timer } = this;
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
