import { DurationDistribution } from "../kernel/distribution";
import { type EventList, NOW } from "../kernel/event-list";
import { LevelCurve } from "../kernel/level-curve";
import type { BurstWorkloadPlan, WorkloadPlan } from "../plan";
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
  /** [when the rounds that are counted began, in ms] */
  private readonly from = new Float64Array(1);
  /** Rounds since then. */
  private round = 0;
  /** The number of the next request, over all rounds. */
  private arrivals = 0;
  /** Per timer of a round under way: when the round began, and how many it has sent. A long spread can reach into the next round. */
  private readonly under = new Map<number, Round>();
  private profile: LevelCurve | null;

  /** @param number of the workload */
  constructor(
    private plan: BurstWorkloadPlan,
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
    this.profile = profileOf(plan);
  }

  start(): void {
    if (this.plan.clients === 0) return;
    this.from[0] = this.events.clock[NOW]!;
    this.events.time[this.roundTimer] = this.events.clock[NOW]!;
    this.events.schedule(this.roundTimer, this.roundKind);
  }

  private beginRound(): void {
    const { events, roundTimer, plan } = this;
    const now = events.clock[NOW]!;
    this.round += 1;
    events.time[roundTimer] = this.from[0]! + this.round * plan.everyMs;
    events.schedule(roundTimer, this.roundKind);
    const clients = this.profile === null ? plan.clients : this.profile.levelAt(plan.clients, now);
    if (clients === 0) return;
    const timer = events.allocate();
    this.under.set(timer, { fromMs: now, spreadMs: plan.spreadMs, clients, sent: 0 });
    this.sendNext(timer);
  }

  /** One client of the round sends; the next is due its share of the spread later. */
  private sendNext(timer: number): void {
    const { events } = this;
    const round = this.under.get(timer);
    if (round === undefined) return;
    round.sent += 1;
    if (round.sent < round.clients) {
      events.time[timer] = round.fromMs + (round.spreadMs * round.sent) / round.clients;
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

  /** The rounds after the present one are as the plan says; another interval counts from now. */
  adopt(plan: WorkloadPlan): void {
    if (plan.kind !== "burst") return;
    const { events, roundTimer } = this;
    const isPaceKept = plan.everyMs === this.plan.everyMs;
    this.plan = { ...plan, journey: this.plan.journey };
    this.profile = profileOf(plan);
    const isPending = events.isPending(roundTimer);
    if (plan.clients === 0) {
      if (isPending) events.cancel(roundTimer);
    } else if (!isPending) {
      this.round = 0;
      this.start();
    } else if (!isPaceKept) {
      events.cancel(roundTimer);
      this.from[0] = events.clock[NOW]!;
      this.round = 1;
      events.time[roundTimer] = this.from[0]! + plan.everyMs;
      events.schedule(roundTimer, this.roundKind);
    }
  }
}

interface Round {
  readonly fromMs: number;
  readonly spreadMs: number;
  readonly clients: number;
  sent: number;
}

function profileOf({ profile }: BurstWorkloadPlan): LevelCurve | null {
  return profile === null ? null : new LevelCurve(profile);
}
