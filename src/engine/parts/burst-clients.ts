import { DurationDistribution } from "../kernel/distribution";
import { type EventList, NOW } from "../kernel/event-list";
import type { BurstWorkloadPlan } from "../plan";
import type { EventHandlers } from "./event-kinds";
import type { WorkloadKey } from "./request-keys";
import type { Requests } from "./requests";
import type { Launcher, Sender } from "./sender";
import { Visits } from "./visits";

/** Clients in step (heartbeats): all of them send once a round, evenly over the beginning of the round, whether or not they have their last answer. */
export class BurstClients implements Sender {
  private readonly visits: Visits;
  private readonly roundKind: number;
  private readonly sendKind: number;
  private readonly roundTimer: number;
  private round = 0;
  /** The number of the next request, over all rounds. */
  private arrivals = 0;
  /** Per timer of a round under way: when the round began, and how many it has sent. A long spread can reach into the next round. */
  private readonly under = new Map<number, { readonly fromMs: number; sent: number }>();

  /** @param number of the workload */
  constructor(
    private readonly plan: BurstWorkloadPlan,
    number: number,
    key: WorkloadKey,
    private readonly events: EventList,
    handlers: EventHandlers,
    requests: Requests,
    launcher: Launcher,
  ) {
    const noPause = DurationDistribution.from(0);
    this.visits = new Visits(number, plan.journey, noPause, key, events, requests, launcher);
    this.roundKind = handlers.register(() => this.beginRound());
    this.sendKind = handlers.register((timer) => this.sendNext(timer));
    this.roundTimer = events.allocate();
  }

  start(): void {
    if (this.plan.clients === 0) return;
    this.events.time[this.roundTimer] = this.events.clock[NOW]!;
    this.events.schedule(this.roundTimer, this.roundKind);
  }

  private beginRound(): void {
    const { events, roundTimer, plan } = this;
    this.round += 1;
    events.time[roundTimer] = this.round * plan.everyMs;
    events.schedule(roundTimer, this.roundKind);
    const timer = events.allocate();
    this.under.set(timer, { fromMs: events.clock[NOW]!, sent: 0 });
    this.sendNext(timer);
  }

  /** One client of the round sends; the next is due its share of the spread later. */
  private sendNext(timer: number): void {
    const { events, plan } = this;
    const round = this.under.get(timer);
    if (round === undefined) return;
    round.sent += 1;
    if (round.sent < plan.clients) {
      events.time[timer] = round.fromMs + (plan.spreadMs * round.sent) / plan.clients;
      events.schedule(timer, this.sendKind);
    } else {
      this.under.delete(timer);
      events.release(timer);
    }
    const arrival = this.arrivals;
    this.arrivals += 1;
    this.visits.arrive(Math.floor(arrival / 4294967296), arrival | 0);
  }

  send(entry: number): void {
    this.visits.send(entry);
  }

  ended(entry: number, failed: boolean): void {
    this.visits.ended(entry, failed);
  }
}
