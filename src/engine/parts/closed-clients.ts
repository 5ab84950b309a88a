import type { DurationDistribution } from "../kernel/distribution";
import { type EventList, NOW } from "../kernel/event-list";
import { grownInt32, grownUint8 } from "../kernel/grown";
import { LevelCurve } from "../kernel/level-curve";
import { PURPOSE, RandomStream } from "../kernel/random-stream";
import type { ClosedWorkloadPlan, WorkloadPlan } from "../plan";
import { type EventHandlers, SEND } from "./event-kinds";
import { keyRequest, type WorkloadKey } from "./request-keys";
import { CLIENT, FIELDS, KEY_HIGH, KEY_LOW, type Requests, VISIT_STEP } from "./requests";
import { type Launcher, LEAST_SEND_INTERVAL_MS, type Sender, sameCurve, writeSender } from "./sender";

/** Users who send, wait for the answer or failure, think, and send again. */
export class ClosedClients implements Sender {
  /** Users there should be; after a reduction more may be waiting for their last answer. */
  private target = 0;
  /** How many requests client i has sent. */
  private sentBy = new Int32Array(64);
  /** Whether client i sends requests at present. */
  private active = new Uint8Array(64);
  private readonly stream = new RandomStream();
  /** What multiplies the clients over time; null: nothing. */
  private profile: LevelCurve | null = null;
  private readonly profileTimer: number;
  private readonly profileKind: number;

  /** @param number of the workload */
  constructor(
    private plan: ClosedWorkloadPlan,
    private readonly number: number,
    private readonly key: WorkloadKey,
    private readonly events: EventList,
    handlers: EventHandlers,
    private readonly requests: Requests,
    private readonly launcher: Launcher,
  ) {
    this.profileTimer = events.allocate();
    this.profileKind = handlers.register(() => this.followProfile());
  }

  /** Lets the scenario's clients begin, spread evenly over `startSpreadMs`. */
  start(): void {
    this.begin(this.plan.startSpreadMs);
  }

  /** As many clients as the plan says at this moment, and the profile from here on. */
  private begin(spreadMs: number): void {
    const { events, plan, profileTimer } = this;
    this.profile = plan.profile === null ? null : new LevelCurve(plan.profile);
    if (events.isPending(profileTimer)) events.cancel(profileTimer);
    this.setTarget(this.profile?.levelAt(plan.clients, events.clock[NOW]!) ?? plan.clients, spreadMs);
    this.awaitProfile();
  }

  /** Sets the timer for the moment at which the profile wants another number of clients. */
  private awaitProfile(): void {
    const { events, profileTimer, profile, target } = this;
    if (profile === null) return;
    const due = profile.leaves(this.plan.clients, target, events.clock[NOW]!);
    if (due === Infinity) return;
    events.time[profileTimer] = due;
    events.schedule(profileTimer, this.profileKind);
  }

  private followProfile(): void {
    const { events, profile, target, plan } = this;
    if (profile === null) return;
    const now = events.clock[NOW]!;
    const level = profile.levelAt(plan.clients, now);
    // By rounding, the very moment of a change can still show the number before it.
    const next = level === target ? target + profile.direction(plan.clients, target, now) : level;
    this.setTarget(next, 0);
    this.awaitProfile();
  }

  /** There are so many clients from now on; a profile goes on multiplying them. */
  setClients(clients: number): void {
    this.adopt({ ...this.plan, clients });
  }

  adopt(plan: WorkloadPlan): void {
    if (plan.kind !== "closed") return;
    const isKept = plan.clients === this.plan.clients && sameCurve(plan.profile, this.plan.profile);
    this.plan = { ...plan, journey: this.plan.journey };
    if (!isKept) this.begin(0);
  }

  /** Adds users (spread evenly over `spreadMs`, from now) or retires users, the latest first, when their answer is in. */
  private setTarget(clients: number, spreadMs: number): void {
    const before = this.target;
    this.target = clients;
    if (clients > this.sentBy.length) {
      const capacity = Math.max(clients, 2 * this.sentBy.length);
      this.sentBy = grownInt32(this.sentBy, capacity);
      this.active = grownUint8(this.active, capacity);
    }
    const now = this.events.clock[NOW]!;
    for (let client = before; client < clients; client += 1) {
      if (this.active[client] === 1) continue;
      this.active[client] = 1;
      const entry = this.events.allocate();
      writeSender(this.requests, entry, this.number, client, 0);
      this.launcher.succeed(entry, entry);
      this.events.time[entry] = now + (spreadMs * (client - before)) / (clients - before);
      this.events.schedule(entry, SEND);
    }
  }

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
    this.launcher.launch(entry);
  }

  ended(entry: number, failed: boolean): void {
    const { events, requests, plan } = this;
    const client = requests.fields[FIELDS * entry + CLIENT]!;
    if (client >= this.target) {
      this.active[client] = 0;
      return;
    }
    const successor = events.allocate();
    writeSender(requests, successor, this.number, client, this.nextVisitStep(entry, failed));
    this.launcher.succeed(entry, successor);
    const pause = failed ? plan.afterFailure : plan.think;
    if (pause.isZero && events.clock[NOW]! - requests.sentAtMs(entry) >= LEAST_SEND_INTERVAL_MS) {
      this.send(successor);
      return;
    }
    this.sendLater(entry, successor, pause);
  }

  /** @param entry the request before */
  private sendLater(entry: number, successor: number, pause: DurationDistribution): void {
    const { events, requests } = this;
    this.stream.rekey(
      requests.fields[FIELDS * entry + KEY_LOW]!,
      requests.fields[FIELDS * entry + KEY_HIGH]!,
      PURPOSE.think,
    );
    events.time[successor] = events.clock[NOW]!;
    pause.addTo(events.time, successor, this.stream);
    const earliest = requests.sentAtMs(entry) + LEAST_SEND_INTERVAL_MS;
    if (events.time[successor]! < earliest) events.time[successor] = earliest;
    events.schedule(successor, SEND);
  }

  /** A journey goes on with its next request; after its last, and after a failure, it begins anew. */
  private nextVisitStep(entry: number, failed: boolean): number {
    const { journey } = this.plan;
    if (journey === null || failed) return 0;
    const next = this.requests.fields[FIELDS * entry + VISIT_STEP]! + 1;
    return next < journey.length ? next : 0;
  }
}
