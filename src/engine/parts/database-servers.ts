import { type EventList, NONE } from "../kernel/event-list";
import { SharedProcessors } from "../kernel/shared-processors";
import type { Plan } from "../plan";
import type { Recorder } from "../record/recorder";
import { GAUGE, SUCCESS } from "../record/replication-record";
import type { ConnectionTarget } from "./connection-target";
import { Database } from "./database";
import type { EventHandlers } from "./event-kinds";
import { Pooler, type PoolerUser } from "./pooler";
import { ReplicaName, ReplicaProxy } from "./replica-choice";
import { FIELDS, type Requests, SERVER, WORKLOAD } from "./requests";
import { RunningQueries } from "./running-queries";

/** In the place of a server: the proxy before the replicas. */
const PROXY = -2;

/** A connection that keeps no session of its own at a database. */
const NO_SESSION = -1;

/** Who runs queries. */
export interface QueryUser extends PoolerUser {
  queryComputed(entry: number): void;
  sessionLost(entry: number, server: number): void;
  queryRefused(entry: number, failure: number): void;
}

/** The primary, its replicas, the pooler before each, and the proxy before the replicas: whatever a pool's connection can lead to. */
export class DatabaseServers {
  /** Machine i is server i. */
  readonly processors: SharedProcessors;
  /** Where connections for the primary lead to, and those for reading. */
  readonly primary: ConnectionTarget = { choose: () => 0 };
  readonly reading: ConnectionTarget;
  private readonly databases: readonly Database[];
  private readonly poolers: readonly Pooler[];
  private readonly proxy: ReplicaProxy;
  private user: QueryUser | null = null;

  constructor(
    private readonly plan: Plan,
    private readonly events: EventList,
    handlers: EventHandlers,
    private readonly requests: Requests,
    private readonly recorder: Recorder,
  ) {
    const { database, replicas, pooler } = plan;
    const timerKind = handlers.register((timer) => this.processors.timerEnded(timer));
    this.processors = new SharedProcessors(events, timerKind, 1, "parallel", this);
    this.processors.grow(1, database.vcpus, 1);
    this.processors.grow(1 + replicas.count, replicas.server.vcpus, 1);
    const queries = new RunningQueries(events, requests);
    this.databases = Array.from({ length: 1 + replicas.count }, (_, number) => {
      const server = number === 0 ? database : replicas.server;
      return new Database(number, server, events, handlers, queries, this.processors, recorder);
    });
    this.poolers =
      pooler === null
        ? []
        : this.databases.map((server) => new Pooler(pooler, events, handlers, requests, server, recorder));
    this.proxy = new ReplicaProxy(this.databases.slice(1));
    const perQuery: ConnectionTarget = { choose: () => PROXY };
    this.reading = replicas.isPerQuery
      ? perQuery
      : new ReplicaName(replicas.count, replicas.dnsTtlMs, events);
    recorder.change(GAUGE.replicas, replicas.count);
  }

  setUser(user: QueryUser): void {
    this.user = user;
    for (const pooler of this.poolers) pooler.setUser(user);
    this.databases.forEach((database, i) => {
      database.setUsers(
        {
          sessionLost: (entry, server) => user.sessionLost(entry, server),
          replicationLost: (entry) => this.events.release(entry),
        },
        this.poolers[i] ?? null,
      );
    });
  }

  get replicas(): number {
    return this.plan.replicas.count;
  }

  database(server: number): Database {
    return this.databases[server]!;
  }

  /** All poolers; none where the scenario has none. */
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
    return this.poolers[target] === undefined
      ? this.databases[target]!.connect()
      : this.poolers[target]!.connect();
  }

  /** The database's life that a connection opened now belongs to; negative: it keeps no session. */
  lifeOf(target: number): number {
    return target === PROXY || this.poolers.length > 0 ? NO_SESSION : this.databases[target]!.life;
  }

  disconnect(target: number, life: number): void {
    if (target === PROXY) return;
    if (this.poolers[target] === undefined) this.databases[target]!.disconnect(life);
    else this.poolers[target]!.disconnect(life);
  }

  isAlive(target: number, life: number): boolean {
    return life === NO_SESSION || life === this.databases[target]!.life;
  }

  /** A query arrives over a connection that leads to `target`. */
  arrive(entry: number, target: number): void {
    if (target === PROXY) this.takeToReplica(entry);
    else if (this.poolers[target] === undefined) this.user!.runQuery(entry, target);
    else this.poolers[target]!.arrive(entry);
  }

  private takeToReplica(entry: number): void {
    const place = this.proxy.choose();
    const outcome = this.proxy.open(place);
    if (outcome === SUCCESS) this.user!.runQuery(entry, place + 1);
    else this.user!.queryRefused(entry, outcome);
  }

  /** On POOLER_PASSED, of the pooler that a connection leads to. */
  poolerPassed(entry: number, target: number): void {
    this.poolers[target]!.passed(entry);
  }

  /** The query on `server` has ended; its connection leads to `target`. */
  queryEnded(server: number, target: number): void {
    this.databases[server]!.queryEnds();
    if (target === PROXY) this.proxy.giveBack(server - 1);
    else this.poolers[target]?.giveBack();
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

  processorsInUse(server: number, by: number): void {
    this.recorder.change(server === 0 ? GAUGE.databaseCpu : GAUGE.replicaCpu, by);
  }
}
