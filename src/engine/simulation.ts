import { unreachable } from "../base/assert";
import type { Balancer as Algorithm } from "../scenario/types";
import { EventList, NONE, NOW } from "./kernel/event-list";
import { Application } from "./parts/application";
import { Balancer } from "./parts/balancer";
import { ClosedClients, OpenArrivals, workloadKey } from "./parts/clients";
import { ConnectionPools } from "./parts/connection-pools";
import { Database } from "./parts/database";
import { Dynos } from "./parts/dynos";
import { Edge } from "./parts/edge";
import * as KIND from "./parts/event-kinds";
import { Pooler } from "./parts/pooler";
import { Requests } from "./parts/requests";
import type { Plan } from "./plan";
import { Recorder } from "./record/recorder";
import type { ReplicationRecord } from "./record/replication-record";

/** Events run between two looks at the boundaries: short methods with their state in typed arrays are what the compiler does best. */
const CHUNK = 4096;

/** A change of the running system: a slider moved live, a timeline entry or an autoscaler's decision. */
export type Change =
  | { readonly kind: "clients"; readonly clients: number }
  | { readonly kind: "requestsPerSecond"; readonly requestsPerSecond: number }
  | { readonly kind: "dynos"; readonly dynos: number }
  | { readonly kind: "threads"; readonly threads: number }
  | { readonly kind: "balancer"; readonly balancer: Algorithm }
  | { readonly kind: "poolSize"; readonly size: number }
  | { readonly kind: "poolerConnections"; readonly connections: number };

/**
 * One replication of a plan: the clock, the parts of the system, and what is recorded. Holds no state outside itself, and knows no
 * clock and no chance but the plan's seed and the replication's number: the same of both give the same record, to the last bit,
 * however `advance` is divided and whenever `record` is called.
 */
export class Simulation {
  private readonly events = new EventList();
  private readonly requests = new Requests(this.events);
  private readonly recorder: Recorder;
  private readonly balancer: Balancer;
  private readonly dynos: Dynos;
  private readonly edge: Edge;
  private readonly database: Database;
  private readonly pooler: Pooler | null;
  private readonly pools: ConnectionPools;
  private readonly application: Application;
  private readonly closedClients: ClosedClients | null;
  private readonly openArrivals: OpenArrivals | null;

  /** @param replication numbered from 0 */
  constructor(
    private readonly plan: Plan,
    replication: number,
  ) {
    const { events, requests } = this;
    this.recorder = new Recorder(plan, replication, events, requests);
    this.balancer = new Balancer(plan.fleet.balancer, plan.fleet.dynos, requests);
    this.dynos = new Dynos(plan.fleet, events, requests, this.balancer, this.recorder);
    this.edge = new Edge(plan, events, requests, this.balancer, this.dynos, this.recorder);
    this.database = new Database(plan.database, events, this.recorder);
    this.pooler =
      plan.pooler === null ? null : new Pooler(plan.pooler, events, requests, this.database, this.recorder);
    const processes = plan.fleet.dynos * plan.fleet.processes;
    this.pools = new ConnectionPools(
      plan.fleet.pool,
      processes,
      events,
      requests,
      this.database,
      this.pooler,
      this.recorder,
    );
    this.application = new Application(
      plan,
      events,
      requests,
      this.dynos,
      this.edge,
      this.pools,
      this.pooler,
      this.database,
    );
    this.dynos.setWork(this.application);
    this.pools.setUser(this.application);
    this.pooler?.setUser(this.application);
    this.database.setUsers(this.application, this.pooler);
    const key = workloadKey(plan.seed, replication, 0);
    const { workload } = plan;
    this.closedClients =
      workload.kind === "closed" ? new ClosedClients(workload, key, events, requests, this.edge) : null;
    this.openArrivals =
      workload.kind === "open" ? new OpenArrivals(workload, key, events, requests, this.edge) : null;
    this.edge.setClient(this.closedClients);
    this.dynos.start();
    this.pools.start();
    this.closedClients?.start();
    this.openArrivals?.start();
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
    switch (this.events.kindOf(entry)) {
      case KIND.WAIT_ENDED:
        this.application.waitEnded(entry);
        break;
      case KIND.QUERY_ENDED:
        this.application.queryEnded(entry);
        break;
      case KIND.POOLER_PASSED:
        this.pooler!.passed(entry);
        break;
      case KIND.SEND:
        this.closedClients!.send(entry);
        break;
      case KIND.ARRIVAL:
        this.openArrivals!.arrive();
        break;
      default:
        this.actRarely(entry);
    }
  }

  private actRarely(entry: number): void {
    switch (this.events.kindOf(entry)) {
      case KIND.CONNECTED:
        this.pools.connected(entry);
        break;
      case KIND.DISCOVERED_DEAD:
        this.pools.discoveredDead(entry);
        break;
      case KIND.EDGE_DEADLINE:
        this.edge.deadline();
        break;
      case KIND.BOOT_DEADLINE:
        this.edge.bootDeadline();
        break;
      case KIND.CHECKOUT_DEADLINE:
        this.pools.deadline();
        break;
      case KIND.POOLER_DEADLINE:
        this.pooler!.deadline();
        break;
      case KIND.REAP:
        this.pools.reap();
        break;
      case KIND.DATABASE_RECOVERED:
        this.database.recovered();
        break;
      case KIND.DYNO_BOOTED:
        if (this.dynos.booted(entry)) this.edge.dynoUp();
        break;
    }
  }

  /**
   * Changes the running system, now. Limits that become lower are reached as work ends, not by force.
   * @throws Error when the change does not fit the plan (clients of an open workload …)
   */
  apply(change: Change): void {
    switch (change.kind) {
      case "clients":
        if (this.closedClients === null) throw new Error("clients: the workload is open and has a rate");
        this.closedClients.setClients(change.clients, 0);
        break;
      case "requestsPerSecond":
        if (this.openArrivals === null)
          throw new Error("requestsPerSecond: the workload is closed and has clients");
        this.openArrivals.setRate(change.requestsPerSecond);
        break;
      case "dynos":
        this.dynos.setDynos(change.dynos);
        break;
      case "threads":
        this.dynos.setThreads(change.threads);
        break;
      case "balancer":
        this.balancer.setAlgorithm(change.balancer);
        break;
      case "poolSize":
        this.dynos.setPoolSize(change.size);
        this.pools.setSize(change.size);
        break;
      case "poolerConnections":
        if (this.pooler === null) throw new Error("poolerConnections: the scenario has no pooler");
        this.pooler.setConnections(change.connections);
        break;
      default:
        unreachable(change);
    }
  }

  /** A copy of everything recorded until now; may be called at any time, and changes nothing. */
  record(): ReplicationRecord {
    return this.recorder.record();
  }

  /** The counts that must agree with each other at every moment; for tests. */
  books(): Books {
    return {
      ...this.recorder.levels(),
      busyThreadsOfDynos: Array.from(this.dynos.busy),
      busyThreadsOfProcesses: Array.from(this.dynos.busyOfProcess),
      waitingAtDynos: Array.from(this.dynos.busy, (_, dyno) => this.dynos.lines.length(dyno)),
      outstandingAtDynos: Array.from(this.balancer.outstanding),
      checkedOut: this.pools.checkedOutConnections,
      idle: this.pools.idleConnections,
      opening: this.pools.openingConnections,
      databaseOpen: this.database.openConnections,
      databaseActive: this.database.activeQueries,
      poolerOpen: this.pooler?.openConnections ?? 0,
      poolerBusy: this.pooler?.busyConnections ?? 0,
      poolerClients: this.pooler?.clientConnections ?? 0,
      poolerWaiting: this.pooler?.waiting ?? 0,
    };
  }
}

/** See `Simulation.books`. */
export interface Books {
  /** All of the run, warm-up included: sent = ok + failed + inFlight. */
  readonly sent: number;
  readonly ok: number;
  readonly failed: number;
  readonly inFlight: number;
  readonly busyThreadsOfDynos: readonly number[];
  readonly busyThreadsOfProcesses: readonly number[];
  readonly waitingAtDynos: readonly number[];
  readonly outstandingAtDynos: readonly number[];
  readonly checkedOut: number;
  readonly idle: number;
  readonly opening: number;
  readonly databaseOpen: number;
  readonly databaseActive: number;
  readonly poolerOpen: number;
  readonly poolerBusy: number;
  readonly poolerClients: number;
  readonly poolerWaiting: number;
}
