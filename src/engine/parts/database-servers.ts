import { type EventList, NONE } from "../kernel/event-list";
import { grownInt32 } from "../kernel/grown";
import { type ProcessTable, SharedProcessors } from "../kernel/shared-processors";
import type { Plan } from "../plan";
import type { Recorder } from "../record/recorder";
import { GAUGE, SUCCESS } from "../record/replication-record";
import type { ConnectionTarget } from "./connection-target";
import { Database } from "./database";
import type { EventHandlers } from "./event-kinds";
import { type HangingOwner, HangingQueries } from "./hanging-queries";
import { Pooler, type PoolerUser } from "./pooler";
import { ReplicaName, ReplicaProxy } from "./replica-choice";
import { type MemberUser, ReplicaMembers } from "./replica-members";
import { FIELDS, type Requests, SERVER, WORKLOAD } from "./requests";
import { RunningQueries } from "./running-queries";
import type { ServerMeter } from "./scaling/server-meter";
import type { Timers } from "./timers";

/** In the place of a server: the proxy before the replicas. */
const PROXY = -2;
/** A connection leads to server i itself, or (POOLERS + p) to the p-th pooler that there has been. */
const POOLERS = 1 << 20;

/** A connection that keeps no session of its own at a database. */
const NO_SESSION = -1;

/** Who runs queries. */
export interface QueryUser extends PoolerUser {
  queryComputed(entry: number): void;
  /** @param hangs whether the request does not learn of it */
  sessionLost(entry: number, server: number, hangs: boolean): void;
  queryRefused(entry: number, failure: number): void;
  /** A query that hung has failed at last. */
  hangingEnded(entry: number): void;
  /** Connections lead elsewhere from now on. */
  routesChanged(): void;
  /** There are replicas now. */
  replicasThere(): void;
}

/** The primary, its replicas, the pooler before each, and the proxy before the replicas: whatever a pool's connection can lead to. */
export class DatabaseServers implements MemberUser {
  /** Machine i is server i. */
  readonly processors: SharedProcessors;
  /** Where connections for the primary lead to, and those for reading. */
  readonly primary: ConnectionTarget = { choose: () => this.routeTo(0) };
  readonly reading: ConnectionTarget = {
    choose: () =>
      this.plan.replicas.isPerQuery && this.members.count > 0 ? PROXY : this.routeTo(this.name.choose()),
  };
  readonly hanging: HangingQueries;
  readonly members: ReplicaMembers;
  private readonly table: { machineOf: Int32Array } & ProcessTable = { machineOf: new Int32Array(0) };
  private readonly databases: Database[] = [];
  private readonly replicaServers: Database[] = [];
  private readonly poolers: Pooler[] = [];
  /** The pooler that new connections to server i go through, or NONE. */
  private readonly poolerOf: number[] = [];
  private readonly proxy: ReplicaProxy;
  private readonly name: ReplicaName;
  private readonly queries: RunningQueries;
  private isFailingOver = false;
  private meter: ServerMeter | null = null;
  private user: QueryUser | null = null;

  constructor(
    private plan: Plan,
    private readonly events: EventList,
    private readonly handlers: EventHandlers,
    timers: Timers,
    private readonly requests: Requests,
    private readonly recorder: Recorder,
  ) {
    const { database, replicas } = plan;
    const timerKind = handlers.register((timer) => this.processors.timerEnded(timer));
    this.processors = new SharedProcessors(events, timerKind, this.table, "parallel", this);
    this.queries = new RunningQueries(events, requests);
    this.hanging = new HangingQueries(events, handlers, requests, (entry) => this.user!.hangingEnded(entry));
    this.members = new ReplicaMembers(timers, recorder, this, replicas.server.monthlyUsd);
    this.proxy = new ReplicaProxy(this.replicaServers);
    this.name = new ReplicaName(this.members, replicas.dnsTtlMs, events);
    this.addServer();
    recorder.changePrice(database.monthlyUsd);
    this.members.resize(replicas.count, 0);
  }

  /** The server of the next number, with its machine and its pooler. */
  private addServer(): Database {
    const { plan, events, handlers, recorder } = this;
    const number = this.databases.length;
    const server = number === 0 ? plan.database : plan.replicas.server;
    this.table.machineOf = grownInt32(this.table.machineOf, number + 1);
    this.table.machineOf[number] = number;
    this.processors.grow(number + 1, server.vcpus, 1);
    // Before the server says that it is up.
    recorder.growReplicas(number);
    const database = new Database(number, server, events, handlers, this.queries, this.processors, recorder);
    database.setUser({
      sessionLost: (entry, lost, hangs) => this.user!.sessionLost(entry, lost, hangs),
      replicationLost: (entry) => events.release(entry),
      recovered: (recovered) => this.recovered(recovered),
      openChanged: (changed, by) => this.meter?.changeConnections(changed, by),
    });
    this.databases.push(database);
    if (number > 0) this.replicaServers.push(database);
    this.poolerOf.push(NONE);
    this.setPooler(number);
    return database;
  }

  /** Gives a server the pooler that the plan says; an old one goes on until its clients have gone. @returns whether new connections take another way than before */
  private setPooler(server: number): boolean {
    const { pooler } = this.plan;
    const present = this.poolers[this.poolerOf[server]!];
    if (present !== undefined && pooler !== null && present.isLike(pooler)) {
      present.adopt(pooler);
      return false;
    }
    present?.close();
    this.poolerOf[server] = NONE;
    if (pooler === null) return present !== undefined;
    const { events, handlers, requests, recorder } = this;
    const fresh = new Pooler(pooler, events, handlers, requests, this.databases[server]!, recorder);
    if (this.user !== null) fresh.setUser(this.user);
    this.poolerOf[server] = this.poolers.push(fresh) - 1;
    recorder.growPoolers(server + 1);
    return true;
  }

  setUser(user: QueryUser): void {
    this.user = user;
    for (const pooler of this.poolers) pooler.setUser(user);
  }

  joined(server: number): void {
    const known = this.databases.length;
    // Servers of lower numbers can still be booting.
    while (this.databases.length < server) this.addServer().lose(Infinity, false);
    if (server < known) this.databases[server]!.revive();
    else this.addServer();
    this.meter?.changeMember(server, 1);
    if (this.members.count === 1) this.user?.replicasThere();
  }

  left(server: number): void {
    this.meter?.changeMember(server, -1);
    this.databases[server]!.lose(Infinity, false);
  }

  /** The servers are to be as this plan says. */
  adopt(plan: Plan, isResized: boolean): void {
    const before = this.plan;
    this.plan = plan;
    this.databases.forEach((database, number) => {
      database.adopt(number === 0 ? plan.database : plan.replicas.server);
    });
    this.recorder.changePrice(plan.database.monthlyUsd - before.database.monthlyUsd);
    this.members.setPrice(plan.replicas.server.monthlyUsd);
    this.name.setTtl(plan.replicas.dnsTtlMs);
    const known = this.databases.length;
    let isRerouted = plan.replicas.isPerQuery !== before.replicas.isPerQuery;
    for (let server = 0; server < known; server += 1) isRerouted = this.setPooler(server) || isRerouted;
    if (isResized || plan.replicas.count !== before.replicas.count)
      this.members.resize(plan.replicas.count, 0);
    if (isRerouted) this.user!.routesChanged();
    // Connections may need more memory than before, or have less.
    for (const database of this.databases) database.crashIfExhausted();
  }

  private routeTo(server: number): number {
    const pooler = this.poolerOf[server]!;
    return pooler === NONE ? server : POOLERS + pooler;
  }

  /** Whether connections to a server lead through a pooler. */
  hasPoolerTo(server: number): boolean {
    return this.poolerOf[server]! !== NONE;
  }

  /** The pooler that a connection leads to, if it does. */
  private poolerAt(target: number): Pooler | undefined {
    return target < POOLERS ? undefined : this.poolers[target - POOLERS];
  }

  private databaseAt(target: number): Database {
    return this.poolerAt(target)?.database ?? this.databases[target]!;
  }

  database(server: number): Database {
    return this.databases[server]!;
  }

  /** The poolers that new connections go through; none where the scenario has none. */
  get activePoolers(): readonly Pooler[] {
    return this.poolerOf.flatMap((pooler) => this.poolers[pooler] ?? []);
  }

  /** All poolers that there have been. */
  get allPoolers(): readonly Pooler[] {
    return this.poolers;
  }

  get allDatabases(): readonly Database[] {
    return this.databases;
  }

  /** Sessions that the proxy keeps and that run nothing. */
  get idleProxySessions(): number {
    return this.proxy.idleSessions;
  }

  /** Opens a connection. @returns SUCCESS or one of FAILURE */
  connect(target: number): number {
    if (target === PROXY) return SUCCESS;
    return (this.poolerAt(target) ?? this.databases[target]!).connect();
  }

  /** The database's life that a connection opened now belongs to; negative: it keeps no session. */
  lifeOf(target: number): number {
    return target === PROXY || target >= POOLERS ? NO_SESSION : this.databases[target]!.life;
  }

  disconnect(target: number, life: number): void {
    if (target !== PROXY) (this.poolerAt(target) ?? this.databases[target]!).disconnect(life);
  }

  isAlive(target: number, life: number): boolean {
    return life === NO_SESSION || life === this.databaseAt(target).life;
  }

  /** Whether the connection's session was lost, and nobody knows. */
  isHung(target: number, life: number): boolean {
    return life !== NO_SESSION && this.databaseAt(target).isHung(life);
  }

  /** A query arrives over a connection that leads to `target`. */
  arrive(entry: number, target: number): void {
    if (target === PROXY) this.takeToReplica(entry);
    else if (target >= POOLERS) this.poolers[target - POOLERS]!.arrive(entry);
    else this.user!.runQuery(entry, target);
  }

  private takeToReplica(entry: number): void {
    const place = this.proxy.choose();
    const outcome = this.proxy.open(place);
    if (outcome === SUCCESS) this.user!.runQuery(entry, place + 1);
    else this.user!.queryRefused(entry, outcome);
  }

  /** On POOLER_PASSED, of the pooler that a connection leads to. */
  poolerPassed(entry: number, target: number): void {
    this.poolers[target - POOLERS]!.passed(entry);
  }

  /** A query that waits in the line of the pooler that its connection leads to leaves it. */
  leavePooler(entry: number, target: number): void {
    this.poolerAt(target)?.leaveLine(entry);
  }

  /** A query on a session that is lost without its knowing waits until the operating system gives up. @param target that its connection leads to, where the session is a pooler's to end */
  hang(entry: number, target: number | null): void {
    this.hangAt(entry, target === null ? null : (this.poolerAt(target)?.hangingOwner ?? null));
  }

  /** Nobody waits any more for a query that would hang. */
  hungEnded(target: number | null): void {
    if (target !== null) this.poolerAt(target)?.hungEnded();
  }

  /** @param owner whose server connection it is */
  hangAt(entry: number, owner: HangingOwner | null): void {
    this.hanging.begin(entry, owner, this.plan.failover.tcpTimeoutMs);
  }

  /** The query on `server` has ended; its connection leads to `target`. */
  queryEnded(server: number, target: number): void {
    this.databases[server]!.queryEnds();
    if (target === PROXY) this.proxy.giveBack(server - 1);
    else this.poolerAt(target)?.giveBack();
  }

  /** Every replica that is up does the work of a write over. @param drawn the write's processor part, in ms, at [1] */
  replicate(drawn: Float64Array): void {
    const workMs = drawn[1]!;
    for (let server = 1; server < this.databases.length; server += 1) {
      if (!this.databases[server]!.isUp) continue;
      const entry = this.events.allocate();
      this.requests.fields[FIELDS * entry + WORKLOAD] = NONE;
      this.requests.fields[FIELDS * entry + SERVER] = NONE;
      this.processors.workMs[entry] = workMs;
      this.processors.begin(entry, server);
    }
  }

  /** A job on some server's processors is done: a query's, or a replica's part in a write. */
  computed(entry: number): void {
    if (this.requests.fields[FIELDS * entry + WORKLOAD] === NONE) this.events.release(entry);
    else this.user!.queryComputed(entry);
  }

  /** An autoscaler wants to know from now on what happens here. */
  measure(meter: ServerMeter): void {
    this.meter = meter;
    this.databases.forEach((database, server) => {
      if (server > 0 && this.members.isMember(server)) meter.changeMember(server, 1);
      meter.changeConnections(server, database.openConnections);
      meter.changeProcessors(server, this.processors.inUseOf(server));
    });
  }

  processorsInUse(server: number, by: number): void {
    this.meter?.changeProcessors(server, by);
    this.recorder.change(server === 0 ? GAUGE.databaseCpu : GAUGE.replicaCpu, by);
  }

  /** The primary is lost; another server takes its place after a while, with no session open. */
  failOver(): void {
    const { downMs, hangs } = this.plan.failover;
    this.isFailingOver = true;
    this.databases[0]!.lose(downMs, hangs);
  }

  /** The primary drops every session and takes no connections for a while. */
  restart(downMs: number): void {
    this.databases[0]!.lose(downMs, false);
  }

  /**
   * After a failover the primary is one of the replicas, which lost its readers by that; a new replica stands in its place. A proxy that splits reads per query
   * notices the switch, and closes what hangs.
   */
  private recovered(server: number): void {
    if (server !== 0 || !this.isFailingOver) return;
    this.isFailingOver = false;
    const promoted = this.members.after(0);
    if (promoted > 0) this.databases[promoted]!.loseSessions(false);
    if (!this.plan.replicas.isPerQuery) return;
    this.databases[0]!.endHanging();
    for (const pooler of this.poolers) if (pooler.database.number === 0) pooler.endHanging();
    this.hanging.endAll();
  }
}
