import { assert } from "../../base/assert";
import type { EventList } from "../kernel/event-list";
import { SharedProcessors, type Sharing } from "../kernel/shared-processors";
import type { FleetPlan, HealthCheckPlan } from "../plan";
import type { FleetRecorder } from "../record/fleet-recorder";
import type { Recorder } from "../record/recorder";
import { GAUGE } from "../record/replication-record";
import { Balancer } from "./balancer";
import { ConnectionPools, type PoolUser } from "./connection-pools";
import type { DatabaseServers } from "./database-servers";
import { Dispatcher, type DispatchUser } from "./dispatcher";
import { DynoLifecycle, type LifecycleUser } from "./dyno-lifecycle";
import { DynoList } from "./dyno-list";
import { DynoProcesses } from "./dyno-processes";
import { Dynos, type DynoUser, type ThreadWork } from "./dynos";
import type { EventHandlers } from "./event-kinds";
import type { HealthChecks } from "./health-checks";
import { CONNECTION, READ_CONNECTION, type Requests } from "./requests";
import type { AnswerMeter } from "./scaling/answer-meter";
import type { FleetMeter } from "./scaling/fleet-meter";
import type { Timers } from "./timers";

const SHARING: Readonly<Record<FleetPlan["runtime"], Sharing>> = {
  gvl: "shared",
  "event-loop": "in-line",
  parallel: "parallel",
};

/** Who does the requests' work in a fleet's threads. */
export interface FleetUser extends ThreadWork, PoolUser {
  computed(entry: number): void;
  /** The dyno of a request that had a thread has died. @returns whether its entry is still needed */
  abandon(entry: number): boolean;
}

/** Who answers clients. */
export interface FleetClients extends DispatchUser {
  /** The request's dyno has died. @param isUsed whether its entry is still needed */
  lost(entry: number, isUsed: boolean): void;
}

/** What all fleets share. */
export interface FleetSurroundings {
  readonly events: EventList;
  readonly handlers: EventHandlers;
  readonly timers: Timers;
  readonly requests: Requests;
  readonly servers: DatabaseServers;
  readonly recorder: Recorder;
  /** null: none of what it holds is needed. */
  /** What only some fleets need; null where it was not fetched. */
  readonly extras: { readonly HealthChecks: typeof HealthChecks } | null;
}

/** A fleet: its balancer and line, its dynos with their processors, and its processes' connection pools. */
export class Fleet implements DynoUser, LifecycleUser {
  readonly balancer: Balancer;
  readonly lifecycle: DynoLifecycle;
  readonly dynos: Dynos;
  readonly dispatcher: Dispatcher;
  readonly processors: SharedProcessors;
  readonly pools: ConnectionPools;
  /** For reading from replicas; null where queries that only read have always gone to the primary as well. */
  readPools: ConnectionPools | null = null;
  /** What its autoscaler measures; null where it has none. */
  meter: FleetMeter | null = null;
  /** Who measures its requests. */
  private readonly answerMeters: AnswerMeter[] = [];
  private readonly processes: DynoProcesses;
  private readonly list: DynoList;
  /** null as long as there are none. */
  private checks: HealthChecks | null;
  private user: FleetUser | null = null;
  private clients: FleetClients | null = null;

  /** @param number of the fleet in the plan */
  constructor(
    number: number,
    private plan: FleetPlan,
    queueTimeoutMs: number,
    private readonly around: FleetSurroundings,
    private readonly recorderOfFleet: FleetRecorder,
  ) {
    const { events, handlers, timers, requests, recorder } = around;
    const { dynos } = plan;
    this.balancer = new Balancer(plan.balancer, dynos, plan.maxOutstandingPerDyno, requests);
    const list = new DynoList(this.balancer, timers, dynos);
    this.list = list;
    this.processes = new DynoProcesses(dynos, plan.processes);
    this.lifecycle = new DynoLifecycle(plan, this.processes, list, timers, recorder, recorderOfFleet, this);
    this.dynos = new Dynos(number, plan, this.processes, events, requests, recorder, recorderOfFleet, this);
    this.dispatcher = new Dispatcher(
      queueTimeoutMs,
      plan.connect,
      events,
      handlers,
      requests,
      this.balancer,
      list,
      this.dynos,
      this.lifecycle,
      recorder,
    );
    this.checks = plan.healthCheck === null ? null : this.newChecks(plan.healthCheck);
    const timerKind = handlers.register((timer) => this.processors.timerEnded(timer));
    this.processors = new SharedProcessors(events, timerKind, this.processes, SHARING[plan.runtime], this);
    this.processors.grow(dynos, plan.vcpus, plan.processorSpeed);
    this.pools = this.newPools(CONNECTION);
    if (plan.readsReplicas && around.servers.members.count > 0)
      this.readPools = this.newPools(READ_CONNECTION);
  }

  private newChecks(plan: HealthCheckPlan | null): HealthChecks {
    const { extras, events, requests, timers } = this.around;
    assert(extras !== null, "this simulation was begun without the extras it needs");
    return new extras.HealthChecks(plan, this.dynos, this.lifecycle, this.list, events, requests, timers);
  }

  private newPools(column: typeof CONNECTION | typeof READ_CONNECTION): ConnectionPools {
    const { events, handlers, requests, servers, recorder } = this.around;
    const { pool } = this.plan;
    const target = column === CONNECTION ? servers.primary : servers.reading;
    const processes = this.processes.machineOf.length;
    return new ConnectionPools(
      pool,
      processes,
      column,
      target,
      events,
      handlers,
      requests,
      servers,
      recorder,
    );
  }

  /** Whether a request keeps its connection from its first query to its end. */
  get holdsForRequest(): boolean {
    return this.plan.pool.holdForRequest;
  }

  /** Whether queries that only read go to replicas, while there are any. */
  get readsReplicas(): boolean {
    return this.plan.readsReplicas;
  }

  setUsers(user: FleetUser, clients: FleetClients): void {
    this.user = user;
    this.clients = clients;
    this.dynos.setWork(user);
    this.dispatcher.setUser(clients);
    this.pools.setUser(user);
    this.readPools?.setUser(user);
  }

  start(): void {
    if (this.readPools !== null) this.lifecycle.addReadPools();
    this.lifecycle.start();
    this.pools.start();
    this.readPools?.start();
  }

  /** The fleet is to be as this plan says. Another `runtime` needs a new run. */
  adopt(plan: FleetPlan, queueTimeoutMs: number, isResized: boolean): void {
    this.plan = plan;
    this.balancer.adopt(plan.balancer, plan.maxOutstandingPerDyno);
    this.pools.adopt(plan.pool);
    this.readPools?.adopt(plan.pool);
    this.lifecycle.adopt(plan, isResized);
    this.dynos.adopt(plan);
    if (plan.healthCheck !== null) this.checks ??= this.newChecks(null);
    this.checks?.adopt(plan.healthCheck, this.dynos.busy.length);
    this.dispatcher.adopt(queueTimeoutMs, plan.connect);
    this.prepareReading();
  }

  /** The plan that it follows, for whoever changes a part of it. */
  get present(): FleetPlan {
    return this.plan;
  }

  /** Makes pools for reading from replicas where they are needed by now. */
  prepareReading(): void {
    if (this.readPools !== null || !this.plan.readsReplicas || this.around.servers.members.count === 0)
      return;
    const pools = this.newPools(READ_CONNECTION);
    if (this.user !== null) pools.setUser(this.user);
    pools.start();
    this.readPools = pools;
    this.lifecycle.addReadPools();
  }

  /** Connections lead elsewhere from now on. */
  renewConnections(): void {
    this.pools.renew();
    this.readPools?.renew();
  }

  grown(dynos: number): void {
    this.dynos.grow(dynos);
    this.processors.grow(dynos, this.plan.vcpus, this.plan.processorSpeed);
    this.meter?.grow(dynos);
  }

  dynoUp(dyno: number): void {
    this.checks?.watch(dyno);
    this.dispatcher.dynoUp();
  }

  allDynosGone(): void {
    this.dispatcher.allDynosGone();
  }

  idle(dyno: number): void {
    this.lifecycle.idle(dyno);
  }

  isIdle(dyno: number): boolean {
    return this.dynos.isIdle(dyno);
  }

  /** A dyno is dead: its clients lose their connections, and its processes all they were doing. */
  died(dyno: number): void {
    const waiting = this.dynos.clearLine(dyno);
    this.processors.clear(dyno);
    const working = this.dynos.clearThreads(dyno, this.around.events.entries);
    for (const entry of working) this.clients!.lost(entry, this.user!.abandon(entry));
    for (const entry of waiting) this.clients!.lost(entry, false);
    this.checks?.watch(dyno);
  }

  processesEnded(dyno: number): void {
    const { first, count } = this.processes;
    this.pools.closeProcesses(first[dyno]!, count[dyno]!);
    this.readPools?.closeProcesses(first[dyno]!, count[dyno]!);
  }

  openPools(dyno: number): void {
    const first = this.processes.first[dyno]!;
    for (let process = first; process < first + this.processes.count[dyno]!; process += 1) {
      this.pools.openAll(process, this.around.timers);
      this.readPools?.openAll(process, this.around.timers);
    }
  }

  tuned(dyno: number): void {
    this.processors.setProcessors(dyno, this.plan.vcpus);
    this.processors.setSpeed(dyno, this.plan.processorSpeed / this.lifecycle.factorOf(dyno));
  }

  /** A request that had its timeout in the line, and that no thread runs. */
  skipped(entry: number): void {
    this.clients!.lost(entry, false);
  }

  checkServed(entry: number): void {
    this.checks?.served(entry);
  }

  checkLost(entry: number): void {
    this.checks?.lost(entry);
  }

  /** An autoscaler wants to know from now on what happens here. */
  measure(meter: FleetMeter, answers: AnswerMeter): void {
    this.meter = meter;
    this.measureAnswers(answers);
    for (let dyno = 0; dyno < this.dynos.busy.length; dyno += 1) {
      if (this.lifecycle.isUp(dyno)) meter.changeUp(dyno, 1);
      meter.changeProcessors(dyno, this.processors.inUseOf(dyno));
    }
  }

  /** Somebody wants to know from now on of its requests. */
  measureAnswers(answers: AnswerMeter): void {
    this.answerMeters.push(answers);
  }

  /** Whether anybody measures its requests. */
  get isMeasured(): boolean {
    return this.answerMeters.length > 0;
  }

  /** For those who measure: a request for it has come. */
  meterReceived(): void {
    for (const meter of this.answerMeters) meter.received();
  }

  /** For those who measure: a request was answered with success. */
  meterAnswered(entry: number): void {
    for (const meter of this.answerMeters) meter.answered(entry);
  }

  upChanged(dyno: number, by: number): void {
    this.meter?.changeUp(dyno, by);
  }

  /** A processor step is done. */
  computed(entry: number): void {
    this.user!.computed(entry);
  }

  processorsInUse(dyno: number, by: number): void {
    this.around.recorder.change(GAUGE.cpu, by);
    this.meter?.changeProcessors(dyno, by);
  }

  /** What it has been doing, for the picture of the running system. */
  get record(): FleetRecorder {
    return this.recorderOfFleet;
  }
}
