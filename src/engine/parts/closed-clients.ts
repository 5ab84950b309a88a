import { type EventList, NOW } from "../kernel/event-list";
import { grownInt32, grownUint8 } from "../kernel/grown";
import { PURPOSE, RandomStream } from "../kernel/random-stream";
import type { ClosedWorkloadPlan } from "../plan";
import { SEND } from "./event-kinds";
import { keyRequest, type WorkloadKey } from "./request-keys";
import { CLIENT, FIELDS, KEY_HIGH, KEY_LOW, type Requests, VISIT_STEP } from "./requests";
import { type Launcher, LEAST_SEND_INTERVAL_MS, type Sender, writeSender } from "./sender";

/** Users who send, wait for the answer or failure, think, and send again. */
export class ClosedClients implements Sender {
  /** Users there should be; after a reduction more may be waiting for their last answer. */
  private target = 0;
  /** How many requests client i has sent. */
  private sentBy = new Int32Array(64);
  /** Whether client i sends requests at present. */
  private active = new Uint8Array(64);
  private readonly stream = new RandomStream();

  /** @param number of the workload */
  constructor(
    private readonly plan: ClosedWorkloadPlan,
    private readonly number: number,
    private readonly key: WorkloadKey,
    private readonly events: EventList,
    private readonly requests: Requests,
    private readonly launcher: Launcher,
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

  /** A journey goes on with its next request; after its last, and after a failure, it begins anew. */
  private nextVisitStep(entry: number, failed: boolean): number {
    const { journey } = this.plan;
    if (journey === null || failed) return 0;
    const next = this.requests.fields[FIELDS * entry + VISIT_STEP]! + 1;
    return next < journey.length ? next : 0;
  }
}
