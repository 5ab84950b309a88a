import type { EventList } from "../kernel/event-list";
import { SharedProcessors, type Sharing } from "../kernel/shared-processors";
import type { FleetPlan } from "../plan";
import type { FleetRecorder } from "../record/fleet-recorder";
import type { Recorder } from "../record/recorder";
import { GAUGE } from "../record/replication-record";
import { Balancer } from "./balancer";
import { ConnectionPools, type PoolUser } from "./connection-pools";
import type { DatabaseServers } from "./database-servers";
import { Dispatcher, type DispatchUser } from "./dispatcher";
import { Dynos, type DynoUser, type ThreadWork } from "./dynos";
import type { EventHandlers } from "./event-kinds";
import { CONNECTION, READ_CONNECTION, type Requests } from "./requests";

const SHARING: Readonly<Record<FleetPlan["runtime"], Sharing>> = {
  gvl: "shared",
  "event-loop": "in-line",
  parallel: "parallel",
};

/** Who does the requests' work in a fleet's threads. */
export interface FleetUser extends ThreadWork, PoolUser {
  computed(entry: number): void;
}

/** A fleet: its balancer and line, its dynos with their processors, and its processes' connection pools. */
export class Fleet implements DynoUser {
  readonly balancer: Balancer;
  readonly dynos: Dynos;
  readonly dispatcher: Dispatcher;
  readonly processors: SharedProcessors;
  readonly pools: ConnectionPools;
  /** For reading from replicas; null where queries that only read go to the primary as well. */
  readonly readPools: ConnectionPools | null;
  private user: FleetUser | null = null;

  constructor(
    private readonly plan: FleetPlan,
    queueTimeoutMs: number,
    events: EventList,
    handlers: EventHandlers,
    requests: Requests,
    servers: DatabaseServers,
    private readonly recorder: Recorder,
    fleetRecorder: FleetRecorder,
  ) {
    const { dynos, processes } = plan;
    this.balancer = new Balancer(plan.balancer, dynos, plan.maxOutstandingPerDyno, requests);
    this.dynos = new Dynos(plan, events, handlers, requests, this.balancer, recorder, fleetRecorder, this);
    this.dispatcher = new Dispatcher(
      queueTimeoutMs,
      events,
      handlers,
      requests,
      this.balancer,
      this.dynos,
      recorder,
    );
    const timerKind = handlers.register((timer) => this.processors.timerEnded(timer));
    this.processors = new SharedProcessors(events, timerKind, processes, SHARING[plan.runtime], this);
    this.processors.grow(dynos, plan.vcpus, plan.processorSpeed);
    const poolsFor = (column: typeof CONNECTION | typeof READ_CONNECTION): ConnectionPools =>
      new ConnectionPools(
        plan.pool,
        dynos * processes,
        column,
        column === CONNECTION ? servers.primary : servers.reading,
        events,
        handlers,
        requests,
        servers,
        recorder,
      );
    this.pools = poolsFor(CONNECTION);
    this.readPools = plan.readsReplicas ? poolsFor(READ_CONNECTION) : null;
  }

  /** Whether a request keeps its connection from its first query to its end. */
  get holdsForRequest(): boolean {
    return this.plan.pool.holdForRequest;
  }

  setUsers(user: FleetUser, clients: DispatchUser): void {
    this.user = user;
    this.dynos.setWork(user);
    this.dispatcher.setUser(clients);
    this.pools.setUser(user);
    this.readPools?.setUser(user);
  }

  start(): void {
    this.dynos.start();
    this.pools.start();
    this.readPools?.start();
  }

  setPoolSize(size: number): void {
    this.dynos.setPoolSize(size);
    this.pools.setSize(size);
    this.readPools?.setSize(size);
  }

  grown(dynos: number): void {
    this.processors.grow(dynos, this.plan.vcpus, this.plan.processorSpeed);
  }

  dynoUp(): void {
    this.dispatcher.dynoUp();
  }

  allDynosGone(): void {
    this.dispatcher.allDynosGone();
  }

  processesEnded(first: number, count: number): void {
    this.pools.closeProcesses(first, count);
    this.readPools?.closeProcesses(first, count);
  }

  /** A processor step is done. */
  computed(entry: number): void {
    this.user!.computed(entry);
  }

  processorsInUse(_dyno: number, by: number): void {
    this.recorder.change(GAUGE.cpu, by);
  }
}
