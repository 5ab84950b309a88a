import { assert } from "../../base/assert";
import { DeadlineLine } from "../kernel/deadline-line";
import { type EventList, NONE, NOW } from "../kernel/event-list";
import { attemptPurpose, PURPOSE, RandomStream } from "../kernel/random-stream";
import type { Plan, RetryPlan, WorkloadPlan } from "../plan";
import type { Recorder } from "../record/recorder";
import { FAILURE, SUCCESS } from "../record/replication-record";
import type { BurstClients } from "./burst-clients";
import { ClosedClients } from "./closed-clients";
import type { EventHandlers } from "./event-kinds";
import { OpenArrivals } from "./open-arrivals";
import type { ReplayedRequests } from "./replayed-requests";
import type { ReplicaLag } from "./replica-lag";
import { type WorkloadKey, workloadKey } from "./request-keys";
import {
  ATTEMPT,
  AWAITED,
  ENDPOINT,
  FIELDS,
  FLEET,
  KEY_HIGH,
  KEY_LOW,
  PROCESS,
  type Requests,
  SERVER,
  STEP,
  VISIT_STEP,
  WORKLOAD,
} from "./requests";
import { type Launcher, LEAST_SEND_INTERVAL_MS, type Sender } from "./sender";
import { ShareDraw } from "./shares";
import type { Steps } from "./steps";

/** Backoff beyond this many ms (thirty years) is never waited out. */
const LONGEST_BACKOFF_MS = 1e12;

/** The kinds of traffic that few scenarios have; null where the scenario has none. */
export interface RareSenders {
  readonly BurstClients: typeof BurstClients;
  readonly ReplayedRequests: typeof ReplayedRequests;
}

/** Where requests go to. */
export interface RequestSink {
  /** Takes a request that is sent now; `requests.begin` was called. */
  receive(entry: number): void;
}

/** All workloads: what each request asks for, retries, and clients that give up. */
export class Workloads implements Launcher {
  private readonly senders: readonly Sender[];
  private mixes: readonly ShareDraw[];
  private fleets: readonly ShareDraw[];
  private readonly patience: (DeadlineLine | null)[];
  /** Per workload: how to make its line of patience when it gets one while the system runs. */
  private readonly makePatience: ((giveUpAfterMs: number) => DeadlineLine)[];
  private readonly isJourney: Uint8Array;
  private readonly attempts: Int32Array;
  private readonly retryKind: number;
  private readonly stream = new RandomStream();
  private edge: RequestSink | null = null;

  constructor(
    private plan: Plan,
    replication: number,
    private readonly events: EventList,
    handlers: EventHandlers,
    private readonly requests: Requests,
    private readonly steps: Steps,
    private readonly lag: ReplicaLag,
    private readonly recorder: Recorder,
    extras: RareSenders | null,
  ) {
    this.retryKind = handlers.register((entry) => this.begin(entry));
    this.isJourney = Uint8Array.from(plan.workloads, ({ journey }) => (journey === null ? 0 : 1));
    this.attempts = Int32Array.from(plan.workloads, ({ retries }) => retries.attempts);
    this.mixes = mixesOf(plan, requests);
    this.fleets = fleetsOf(plan, requests);
    this.makePatience = plan.workloads.map((_, workload) => {
      const kind = handlers.register(() => this.outOfPatience(workload));
      return (giveUpAfterMs) => new DeadlineLine(events, kind, giveUpAfterMs);
    });
    this.patience = plan.workloads.map(({ giveUpAfterMs }, workload) =>
      giveUpAfterMs === Infinity ? null : this.makePatience[workload]!(giveUpAfterMs),
    );
    let durationsFrom = 0;
    this.senders = plan.workloads.map((workload, number) => {
      const key = workloadKey(plan.seed, replication, number);
      const sender = this.senderOf(workload, number, key, durationsFrom, handlers, extras);
      if (workload.kind === "replay") durationsFrom += workload.durationsMs.length;
      return sender;
    });
  }

  private senderOf(
    plan: WorkloadPlan,
    number: number,
    key: WorkloadKey,
    durationsFrom: number,
    handlers: EventHandlers,
    extras: RareSenders | null,
  ): Sender {
    const { events, requests } = this;
    if (plan.kind === "closed") return new ClosedClients(plan, number, key, events, handlers, requests, this);
    if (plan.kind === "open") return new OpenArrivals(plan, number, key, events, requests, this);
    assert(extras !== null, "this simulation was begun without the extras it needs");
    return plan.kind === "burst"
      ? new extras.BurstClients(plan, number, key, events, handlers, requests, this)
      : new extras.ReplayedRequests(plan, number, durationsFrom, key, events, handlers, requests, this);
  }

  setEdge(edge: RequestSink): void {
    this.edge = edge;
  }

  start(): void {
    for (const sender of this.senders) sender.start();
  }

  /** What is sent from now on is as this plan says; its lists are those of the plan before. */
  adopt(plan: Plan): void {
    this.plan = plan;
    this.mixes = mixesOf(plan, this.requests);
    this.fleets = fleetsOf(plan, this.requests);
    plan.workloads.forEach((workload, number) => {
      this.attempts[number] = workload.retries.attempts;
      if (workload.giveUpAfterMs !== Infinity) this.patience[number] ??= this.makePatience[number]!(0);
      this.patience[number]?.setLength(workload.giveUpAfterMs);
      this.senders[number]!.adopt(workload);
    });
  }

  /** The closed workload of that number. Throws where it is of another kind. */
  closed(number: number): ClosedClients {
    const sender = this.senders[number];
    if (!(sender instanceof ClosedClients)) throw new Error(`clients: workload ${number} is not closed`);
    return sender;
  }

  /** The open workload of that number. Throws where it is of another kind. */
  open(number: number): OpenArrivals {
    const sender = this.senders[number];
    if (!(sender instanceof OpenArrivals))
      throw new Error(`requestsPerSecond: workload ${number} is not open`);
    return sender;
  }

  /** On SEND. */
  send(entry: number): void {
    this.senders[this.requests.fields[FIELDS * entry + WORKLOAD]!]!.send(entry);
  }

  /** On ARRIVAL: the timer is that of an open workload. */
  arrive(timer: number): void {
    (this.senders[this.requests.fields[FIELDS * timer + WORKLOAD]!] as OpenArrivals).arrive();
  }

  succeed(entry: number, successor: number): void {
    this.lag.succeed(entry, successor);
  }

  launch(entry: number): void {
    const { fields } = this.requests;
    const row = FIELDS * entry;
    const workload = fields[row + WORKLOAD]!;
    const endpoint =
      this.isJourney[workload] === 0
        ? this.mixes[workload]!.of(entry)
        : this.journeyEndpoint(workload, entry);
    fields[row + ENDPOINT] = endpoint;
    fields[row + FLEET] = this.fleets[endpoint]!.of(entry);
    this.begin(entry);
  }

  private journeyEndpoint(workload: number, entry: number): number {
    return this.plan.workloads[workload]!.journey![this.requests.fields[FIELDS * entry + VISIT_STEP]!]!;
  }

  /** Sends a request whose endpoint and fleet are known. */
  private begin(entry: number): void {
    const { fields } = this.requests;
    const row = FIELDS * entry;
    fields[row + STEP] = this.steps.first[fields[row + ENDPOINT]!]!;
    this.requests.begin(entry);
    const workload = fields[row + WORKLOAD]!;
    const patience = this.patience[workload]!;
    if (patience !== null && this.plan.workloads[workload]!.giveUpAfterMs !== Infinity) patience.set(entry);
    this.edge!.receive(entry);
  }

  /** The edge has an answer, or a failure, for the request's client. The entry stays the edge's. */
  answered(entry: number, failure: number): void {
    const { fields } = this.requests;
    const row = FIELDS * entry;
    if (fields[row + AWAITED] === 0) return;
    fields[row + AWAITED] = 0;
    const patience = this.patience[fields[row + WORKLOAD]!]!;
    if (patience !== null) patience.lift(entry);
    this.conclude(entry, failure);
  }

  /** The client has waited as long as it would; nobody in the system notices. */
  private outOfPatience(workload: number): void {
    const entry = this.patience[workload]!.takeDue();
    if (entry === NONE) return;
    this.requests.fields[FIELDS * entry + AWAITED] = 0;
    this.conclude(entry, FAILURE["gave-up"]);
  }

  private conclude(entry: number, failure: number): void {
    this.recorder.answered(entry, failure);
    const { fields } = this.requests;
    const row = FIELDS * entry;
    const workload = fields[row + WORKLOAD]!;
    if (failure === SUCCESS) {
      this.senders[workload]!.ended(entry, false);
    } else if (failure !== FAILURE["gave-up"] && fields[row + ATTEMPT]! < this.attempts[workload]!) {
      this.retry(entry, this.plan.workloads[workload]!.retries);
    } else {
      this.senders[workload]!.ended(entry, true);
    }
  }

  /** The same request again, with the durations of the first try, after a pause that grows with each retry. */
  private retry(entry: number, { backoffMs, backoffFactor, jitter }: RetryPlan): void {
    const { events, requests } = this;
    const successor = events.allocate();
    const { fields } = requests;
    const attempt = fields[FIELDS * entry + ATTEMPT]!;
    fields.copyWithin(FIELDS * successor, FIELDS * entry, FIELDS * (entry + 1));
    fields[FIELDS * successor + ATTEMPT] = attempt + 1;
    // The first try may still be running a query for nobody.
    fields[FIELDS * successor + SERVER] = NONE;
    fields[FIELDS * successor + PROCESS] = NONE;
    this.succeed(entry, successor);
    let pauseMs = backoffMs;
    for (let n = 0; n < attempt && pauseMs < LONGEST_BACKOFF_MS; n += 1) pauseMs *= backoffFactor;
    if (jitter) pauseMs *= this.drawJitter(entry, attempt);
    const earliest = requests.sentAtMs(entry) + LEAST_SEND_INTERVAL_MS;
    events.time[successor] = Math.max(events.clock[NOW]! + pauseMs, earliest);
    events.schedule(successor, this.retryKind);
  }

  private drawJitter(entry: number, attempt: number): number {
    const { fields } = this.requests;
    const row = FIELDS * entry;
    this.stream.rekey(
      fields[row + KEY_LOW]!,
      fields[row + KEY_HIGH]!,
      attemptPurpose(PURPOSE.backoff, attempt),
    );
    return this.stream.nextUniform();
  }
}

function mixesOf({ workloads }: Plan, requests: Requests): ShareDraw[] {
  return workloads.map(({ mix }) => new ShareDraw(mix, PURPOSE.endpoint, requests));
}

function fleetsOf({ endpoints }: Plan, requests: Requests): ShareDraw[] {
  return endpoints.map(({ fleets }) => new ShareDraw(fleets, PURPOSE.fleet, requests));
}
