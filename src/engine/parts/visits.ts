import type { DurationDistribution } from "../kernel/distribution";
import { type EventList, NOW } from "../kernel/event-list";
import { PURPOSE, RandomStream } from "../kernel/random-stream";
import { SEND } from "./event-kinds";
import { keyRequest, type WorkloadKey } from "./request-keys";
import { CLIENT, FIELDS, KEY_HIGH, KEY_LOW, type Requests, VISIT_STEP } from "./requests";
import { type Launcher, LEAST_SEND_INTERVAL_MS, writeSender } from "./sender";

/** What follows an arrival: nothing, or the rest of a journey, request by request. */
export class Visits {
  private readonly stream = new RandomStream();

  /**
   * @param number of the workload
   * @param journey endpoints of a visit; null: one request
   * @param think between two requests of a visit
   */
  constructor(
    private readonly number: number,
    private readonly journey: readonly number[] | null,
    private think: DurationDistribution,
    private readonly key: WorkloadKey,
    private readonly events: EventList,
    private readonly requests: Requests,
    private readonly launcher: Launcher,
  ) {}

  /** Changes the pauses that begin from now on. */
  setThink(think: DurationDistribution): void {
    this.think = think;
  }

  /** Sends the first request of the visit of this number (two words), now. */
  arrive(numberHigh: number, numberLow: number): void {
    const entry = this.events.allocate();
    writeSender(this.requests, entry, this.number, numberLow, 0);
    this.launcher.succeed(entry, entry);
    if (this.journey === null) keyRequest(this.requests, entry, this.key, numberHigh, numberLow);
    else keyRequest(this.requests, entry, this.key, numberLow, 0);
    this.launcher.launch(entry);
  }

  /** On SEND: the visit's next request is due. */
  send(entry: number): void {
    const { fields } = this.requests;
    const row = FIELDS * entry;
    keyRequest(this.requests, entry, this.key, fields[row + CLIENT]!, fields[row + VISIT_STEP]!);
    this.launcher.launch(entry);
  }

  /** The visit goes on after a pause; a failure ends it. */
  ended(entry: number, failed: boolean): void {
    const { events, requests, journey } = this;
    if (journey === null || failed) return;
    const row = FIELDS * entry;
    const next = requests.fields[row + VISIT_STEP]! + 1;
    if (next >= journey.length) return;
    const successor = events.allocate();
    writeSender(requests, successor, this.number, requests.fields[row + CLIENT]!, next);
    this.launcher.succeed(entry, successor);
    this.stream.rekey(requests.fields[row + KEY_LOW]!, requests.fields[row + KEY_HIGH]!, PURPOSE.think);
    events.time[successor] = events.clock[NOW]!;
    this.think.addTo(events.time, successor, this.stream);
    const earliest = requests.sentAtMs(entry) + LEAST_SEND_INTERVAL_MS;
    if (events.time[successor]! < earliest) events.time[successor] = earliest;
    events.schedule(successor, SEND);
  }
}
