import type { EventList } from "../kernel/event-list";
import type { ReplayWorkloadPlan } from "../plan";
import type { EventHandlers } from "./event-kinds";
import { keyRequest, type WorkloadKey } from "./request-keys";
import { FIELDS, REPLAYED, type Requests } from "./requests";
import { type Launcher, type Sender, writeSender } from "./sender";

/** Recorded requests, sent again at their own times with their own durations: nothing is drawn but routing. */
export class ReplayedRequests implements Sender {
  private readonly kind: number;
  private readonly timer: number;
  private nextPlace = 0;

  /**
   * @param number of the workload
   * @param durationsFrom where this workload's durations begin among those of all replays
   */
  constructor(
    private readonly plan: ReplayWorkloadPlan,
    private readonly number: number,
    private readonly durationsFrom: number,
    private readonly key: WorkloadKey,
    private readonly events: EventList,
    handlers: EventHandlers,
    private readonly requests: Requests,
    private readonly launcher: Launcher,
  ) {
    this.kind = handlers.register(() => this.sendNext());
    this.timer = events.allocate();
  }

  start(): void {
    this.schedule();
  }

  private schedule(): void {
    if (this.nextPlace >= this.plan.atMs.length) return;
    this.events.time[this.timer] = this.plan.atMs[this.nextPlace]!;
    this.events.schedule(this.timer, this.kind);
  }

  private sendNext(): void {
    const { events, requests, plan } = this;
    const place = this.nextPlace;
    this.nextPlace += 1;
    this.schedule();
    const entry = events.allocate();
    const row = plan.row[place]!;
    writeSender(requests, entry, this.number, row, 0);
    requests.fields[FIELDS * entry + REPLAYED] = this.durationsFrom + row * plan.stepsPerRequest;
    this.launcher.succeed(entry, entry);
    keyRequest(requests, entry, this.key, 0, place);
    this.launcher.launch(entry);
  }

  /** No client of a record waits before it sends: the record says when. */
  send(entry: number): void {
    this.launcher.launch(entry);
  }

  ended(): void {
    // What comes next stands in the record.
  }

  adopt(): void {
    // What was recorded can't be changed.
  }
}
