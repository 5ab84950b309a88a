import { assert, unreachable } from "../base/assert";
import { EventList, NONE, NOW } from "./kernel/event-list";
import type { SystemLevels } from "./levels";
import { type Extras, hasScaling } from "./needs-extras";
import { Application } from "./parts/application";
import { DatabaseServers } from "./parts/database-servers";
import { Edge } from "./parts/edge";
import * as KIND from "./parts/event-kinds";
import { Fleet } from "./parts/fleet";
import { ReplicaLag } from "./parts/replica-lag";
import { Requests } from "./parts/requests";
import type { Scaling } from "./parts/scaling/scaling";
import { Steps } from "./parts/steps";
import { Timers } from "./parts/timers";
import { Workloads } from "./parts/workloads";
import type { Change, FleetPlan, Plan } from "./plan";
import type { AnswerObserver } from "./record/answer-observer";
import { packed } from "./record/packed";
import { Recorder } from "./record/recorder";
import type { ReplicationRecord } from "./record/replication-record";
import type { Standing } from "./record/stage-trace";

/** Events run between two looks at the boundaries: short methods with their state in typed arrays are what the compiler does best. */
const CHUNK = 4096;

/**
 * One replication of a plan: the clock, the parts of the system, and what is recorded. Holds no state outside itself, and knows no
 * clock and no chance but the plan's seed and the replication's number: the same of both give the same record, to the last bit,
 * however `advance` is divided and whenever `record` is called.
 */
export class LeanSimulation {
  private readonly events = new EventList();
  private readonly handlers = new KIND.EventHandlers();
  protected readonly recorder: Recorder;
  private readonly workloads: Workloads;
  protected readonly edge: Edge;
  protected readonly fleets: readonly Fleet[];
  protected readonly servers: DatabaseServers;
  private readonly application: Application;
  private readonly steps: Steps;
  private readonly lag: ReplicaLag;
  /** null as long as nothing is scaled by itself. */
  private scaling: Scaling | null = null;
  private readonly timers: Timers;
  private readonly requests: Requests;
  /** How many of the plan's changes have been made. */
  private made = 0;
  /** What the system follows now; `plan` is what it began with. */
  private present: Plan;

  /**
   * @param replication numbered from 0; the first also keeps a sample of whole requests
   * @param observer hears of every answer
   * @param extras needed where `needsExtras` says so of the plan, and for `levels`
   */
  constructor(
    private readonly plan: Plan,
    replication: number,
    observer: AnswerObserver | null,
    private readonly extras: Extras | null,
  ) {
    const { events, handlers } = this;
    this.present = plan;
    const timers = new Timers(events, handlers);
    this.timers = timers;
    const keepsAll = plan.detail === "series";
    const isPictured = replication === 0 && keepsAll;
    const requests = new Requests(events, keepsAll, isPictured);
    this.requests = requests;
    const standing = (entry: number): Standing => this.application.standing(entry);
    const recorder = new Recorder(plan, replication, isPictured, events, requests, standing, observer);
    this.recorder = recorder;
    const steps = new Steps(plan);
    this.steps = steps;
    const lag = new ReplicaLag(plan.replicas.lagMs, events, recorder);
    this.lag = lag;
    const servers = new DatabaseServers(plan, events, handlers, timers, requests, recorder);
    this.servers = servers;
    const around = { events, handlers, timers, requests, servers, recorder, extras };
    this.fleets = plan.fleets.map(
      (fleet, number) => new Fleet(number, fleet, plan.edge.queueTimeoutMs, around, recorder.fleets[number]!),
    );
    this.workloads = new Workloads(
      plan,
      replication,
      events,
      handlers,
      requests,
      steps,
      lag,
      recorder,
      extras,
    );
    this.edge = new Edge(plan.edge, events, handlers, requests, this.fleets, this.workloads, recorder);
    this.application = new Application(
      events,
      requests,
      steps,
      this.fleets,
      servers,
      lag,
      this.edge,
      recorder,
    );
    servers.setUser(this.application);
    this.workloads.setEdge(this.edge);
    for (const fleet of this.fleets) fleet.setUsers(this.application, this.edge);
    for (const fleet of this.fleets) fleet.start();
    this.scale(plan);
    this.workloads.start();
  }

  /** How far the clock has come, in ms. */
  get nowMs(): number {
    return this.events.clock[NOW]!;
  }

  /** Whether the run has come to its end, or was broken off because too many requests were in the system. */
  get finished(): boolean {
    return this.nowMs >= this.plan.durationMs || this.recorder.isOverfull;
  }

  /**
   * Runs everything that is due before `untilMs` (exclusive: a change applied at a time comes before what happens at that time), but no more than about
   * `maximumEvents` events. The plan's own changes are made when it is their time, before anything that happens then.
   * @returns whether the clock has reached `untilMs` (or the end of the run)
   */
  advance(untilMs: number, maximumEvents = Infinity): boolean {
    const end = Math.min(untilMs, this.plan.durationMs);
    let left = maximumEvents;
    while (this.nowMs < end && !this.recorder.isOverfull) {
      if (left <= 0) return false;
      this.makeDueChanges();
      const limit = Math.min(this.recorder.segmentEndMs, this.nextChangeMs, end);
      this.events.setLimit(limit);
      const run = this.runChunk();
      left -= run;
      if (this.recorder.isOverfull) return true;
      this.events.adapt(run);
      if (run < CHUNK) {
        this.events.clock[NOW] = limit;
        if (limit >= this.recorder.segmentEndMs) this.recorder.closeSegment();
      }
    }
    return true;
  }

  private get nextChangeMs(): number {
    return this.plan.timeline[this.made]?.atMs ?? Infinity;
  }

  private makeDueChanges(): void {
    while (this.nextChangeMs <= this.nowMs) {
      const { change } = this.plan.timeline[this.made]!;
      this.made += 1;
      this.apply(change);
    }
  }

  /** Runs up to CHUNK events that are due before the limit. @returns how many */
  private runChunk(): number {
    for (let run = 0; run < CHUNK; run += 1) {
      const entry = this.events.take();
      if (entry === NONE) return run;
      this.act(entry);
    }
    return CHUNK;
  }

  private act(entry: number): void {
    const kind = this.events.kindOf(entry);
    switch (kind) {
      case KIND.WAIT_ENDED:
        this.application.waitEnded(entry);
        break;
      case KIND.QUERY_ENDED:
        this.application.queryEnded(entry);
        break;
      case KIND.POOLER_PASSED:
        this.application.poolerPassed(entry);
        break;
      case KIND.SEND:
        this.workloads.send(entry);
        break;
      case KIND.ARRIVAL:
        this.workloads.arrive(entry);
        break;
      case KIND.CONNECTED:
        this.application.connected(entry);
        break;
      case KIND.DISCOVERED_DEAD:
        this.application.discoveredDead(entry);
        break;
      case KIND.START:
        this.application.start(entry);
        break;
      default:
        this.handlers.act(kind, entry);
    }
  }

  /**
   * Changes the running system, now. Limits that become lower are reached as work ends, not by force.
   * @throws Error when the change does not fit the plan (clients of an open workload …)
   */
  apply(change: Change): void {
    switch (change.kind) {
      case "clients":
        this.workloads.closed(change.workload ?? 0).setClients(change.clients);
        break;
      case "requestsPerSecond":
        this.workloads.open(change.workload ?? 0).setRate(change.requestsPerSecond);
        break;
      case "dynos":
        this.fleet(change.fleet).lifecycle.setDynos(change.dynos);
        break;
      case "threads":
        this.changeFleet(change.fleet, () => ({ threads: change.threads }));
        break;
      case "balancer":
        this.changeFleet(change.fleet, () => ({ balancer: change.balancer }));
        break;
      case "poolSize":
        this.changeFleet(change.fleet, ({ pool }) => ({ pool: { ...pool, size: change.size } }));
        break;
      case "poolerConnections":
        if (this.servers.activePoolers.length === 0)
          throw new Error("poolerConnections: the scenario has no pooler");
        for (const pooler of this.servers.activePoolers) pooler.setConnections(change.connections);
        break;
      case "plan":
        this.adopt(change.plan, change.resized);
        break;
      case "deploy":
        this.fleet(change.fleet).lifecycle.deploy();
        break;
      case "killDyno":
        this.fleet(change.fleet).lifecycle.kill(change.count, change.graceful, change.backAfterMs);
        break;
      case "slowDyno":
        this.fleet(change.fleet).lifecycle.slow(change.count, change.factor, change.forMs);
        break;
      case "failover":
        this.servers.failOver();
        break;
      case "restartDatabase":
        this.servers.restart(change.downMs);
        break;
      default:
        unreachable(change);
    }
  }

  /** The system is to be as this plan says, whose lists are as long as those of the plan it began with. What does not differ from before goes on undisturbed. */
  private adopt(plan: Plan, resized: number | "replicas" | null): void {
    this.present = plan;
    this.steps.adopt(plan);
    this.lag.setLag(plan.replicas.lagMs);
    this.edge.adopt(plan.edge);
    this.servers.adopt(plan, resized === "replicas");
    plan.fleets.forEach((fleet, number) => {
      this.fleet(number).adopt(fleet, plan.edge.queueTimeoutMs, number === resized);
    });
    this.scale(plan);
    this.workloads.adopt(plan);
  }

  private scale(plan: Plan): void {
    if (this.scaling !== null) this.scaling.adopt(plan);
    else if (hasScaling(plan)) {
      const { fleets, servers, events, timers, requests, recorder } = this;
      this.scaling = new this.needed.Scaling(plan, fleets, servers, events, timers, requests, recorder);
      this.scaling.start();
    }
  }

  private get needed(): Extras {
    assert(this.extras !== null, "this simulation was begun without the extras it needs");
    return this.extras;
  }

  private changeFleet(number: number | undefined, changed: (plan: FleetPlan) => Partial<FleetPlan>): void {
    const fleet = this.fleet(number);
    fleet.adopt({ ...fleet.present, ...changed(fleet.present) }, this.present.edge.queueTimeoutMs, false);
  }

  private fleet(number = 0): Fleet {
    const fleet = this.fleets[number];
    if (fleet === undefined) throw new Error(`There is no fleet ${number}`);
    return fleet;
  }

  /** Where the system stands now, for its picture; changes nothing. */
  levels(): SystemLevels {
    return this.needed.levelsOf(
      this.present,
      this.nowMs,
      this.recorder,
      this.edge,
      this.fleets,
      this.servers,
    );
  }

  /** A copy of everything recorded until now; may be called at any time, and changes nothing. */
  record(): ReplicationRecord {
    return packed(this.recorder.record());
  }
}
