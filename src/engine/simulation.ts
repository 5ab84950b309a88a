import { type Books, booksOf } from "./books";
import type { Change } from "./change";
import { EventList, NONE, NOW } from "./kernel/event-list";
import { stubLevels } from "./live-stub";
import { Application } from "./parts/application";
import { DatabaseServers } from "./parts/database-servers";
import { Edge } from "./parts/edge";
import * as KIND from "./parts/event-kinds";
import { Fleet } from "./parts/fleet";
import { ReplicaLag } from "./parts/replica-lag";
import { Requests } from "./parts/requests";
import { Steps } from "./parts/steps";
import { Workloads } from "./parts/workloads";
import type { Plan } from "./plan";
import type { AnswerObserver } from "./record/answer-observer";
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
export class Simulation {
  private readonly events = new EventList();
  private readonly handlers = new KIND.EventHandlers();
  private readonly recorder: Recorder;
  private readonly workloads: Workloads;
  private readonly edge: Edge;
  private readonly fleets: readonly Fleet[];
  private readonly servers: DatabaseServers;
  private readonly application: Application;

  /**
   * @param replication numbered from 0; the first also keeps a sample of whole requests
   * @param observer hears of every answer
   */
  constructor(
    private readonly plan: Plan,
    replication: number,
    observer: AnswerObserver | null = null,
  ) {
    const { events, handlers } = this;
    const requests = new Requests(events, replication === 0);
    const standing = (entry: number): Standing => this.application.standing(entry);
    const recorder = new Recorder(plan, replication, events, requests, standing, observer);
    this.recorder = recorder;
    const steps = new Steps(plan);
    const hasLag = plan.replicas.count > 0 && plan.replicas.lagMs > 0;
    const lag = hasLag ? new ReplicaLag(plan.replicas.lagMs, events, recorder) : null;
    const servers = new DatabaseServers(plan, events, handlers, requests, recorder);
    this.servers = servers;
    this.fleets = plan.fleets.map((fleet, number) => {
      const fleetRecorder = recorder.fleets[number]!;
      const { queueTimeoutMs } = plan.edge;
      return new Fleet(fleet, queueTimeoutMs, events, handlers, requests, servers, recorder, fleetRecorder);
    });
    this.workloads = new Workloads(plan, replication, events, handlers, requests, steps, lag, recorder);
    this.edge = new Edge(plan.edge, events, handlers, requests, this.fleets, this.workloads, recorder);
    this.application = new Application(events, requests, steps, this.fleets, servers, lag, this.edge);
    servers.setUser(this.application);
    this.workloads.setEdge(this.edge);
    for (const fleet of this.fleets) fleet.setUsers(this.application, this.edge);
    for (const fleet of this.fleets) fleet.start();
    this.workloads.start();
  }

  /** How far the clock has come, in ms. */
  get nowMs(): number {
    return this.events.clock[NOW]!;
  }

  /** Whether the run has come to its end. */
  get finished(): boolean {
    return this.nowMs >= this.plan.durationMs;
  }

  /**
   * Runs everything that is due before `untilMs` (exclusive: a change applied at a time comes before what happens at that time), but no more than about
   * `maximumEvents` events.
   * @returns whether the clock has reached `untilMs` (or the end of the run)
   */
  advance(untilMs: number, maximumEvents = Infinity): boolean {
    const end = Math.min(untilMs, this.plan.durationMs);
    let left = maximumEvents;
    while (this.nowMs < end) {
      if (left <= 0) return false;
      const limit = Math.min(this.recorder.segmentEndMs, end);
      this.events.setLimit(limit);
      const run = this.runChunk();
      left -= run;
      this.events.adapt(run);
      if (run < CHUNK) {
        this.events.clock[NOW] = limit;
        if (limit >= this.recorder.segmentEndMs) this.recorder.closeSegment();
      }
    }
    return true;
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
        this.workloads.closed(change.workload ?? 0).setClients(change.clients, 0);
        break;
      case "requestsPerSecond":
        this.workloads.open(change.workload ?? 0).setRate(change.requestsPerSecond);
        break;
      case "dynos":
        this.fleet(change.fleet).dynos.setDynos(change.dynos);
        break;
      case "threads":
        this.fleet(change.fleet).dynos.setThreads(change.threads);
        break;
      case "balancer":
        this.fleet(change.fleet).balancer.setAlgorithm(change.balancer);
        break;
      case "poolSize":
        this.fleet(change.fleet).setPoolSize(change.size);
        break;
      case "poolerConnections":
        if (this.servers.allPoolers.length === 0)
          throw new Error("poolerConnections: the scenario has no pooler");
        for (const pooler of this.servers.allPoolers) pooler.setConnections(change.connections);
        break;
      default:
        throw new Error(`Not yet: ${change.kind}`);
    }
  }

  private fleet(number = 0): Fleet {
    const fleet = this.fleets[number];
    if (fleet === undefined) throw new Error(`There is no fleet ${number}`);
    return fleet;
  }

  levels(): import("./levels").SystemLevels {
    return stubLevels(this.nowMs);
  }

  /** A copy of everything recorded until now; may be called at any time, and changes nothing. */
  record(): ReplicationRecord {
    return this.recorder.record();
  }

  /** The counts that must agree with each other at every moment; for tests. */
  books(): Books {
    return booksOf(this.recorder, this.edge, this.fleets, this.servers);
  }
}
