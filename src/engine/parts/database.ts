import { type EventList, NOW } from "../kernel/event-list";
import type { SharedProcessors } from "../kernel/shared-processors";
import type { DatabasePlan } from "../plan";
import type { Recorder } from "../record/recorder";
import { FAILURE, GAUGE, SUCCESS } from "../record/replication-record";
import type { EventHandlers } from "./event-kinds";
import type { RunningQueries } from "./running-queries";

/** Who runs queries, and must hear when the database loses its sessions. */
export interface SessionUser {
  sessionLost(entry: number, server: number): void;
  /** A write's work on a replica is not finished any more. */
  replicationLost(entry: number): void;
}

/** Who holds sessions between queries: the pooler. */
export interface SessionOwner {
  /** Called before the running queries are told. */
  allSessionsLost(): void;
}

/** One database server: its connection slots, its load, and the crash when connections take more memory than there is. */
export class Database {
  /** Rises whenever all sessions are lost: a connection opened in an earlier life is dead. */
  life = 0;
  private open = 0;
  private active = 0;
  private up = true;
  private readonly recoveryTimer: number;
  private readonly recoveryKind: number;
  private readonly gauge: number;
  private readonly hasContention: boolean;
  private sessionUser: SessionUser | null = null;
  private sessionOwner: SessionOwner | null = null;

  /** @param number 0 for the primary, then the replicas: also its machine among `processors` */
  constructor(
    readonly number: number,
    private readonly plan: DatabasePlan,
    private readonly events: EventList,
    handlers: EventHandlers,
    private readonly queries: RunningQueries,
    private readonly processors: SharedProcessors,
    private readonly recorder: Recorder,
  ) {
    this.recoveryTimer = events.allocate();
    this.recoveryKind = handlers.register(() => this.recovered());
    this.gauge = number === 0 ? GAUGE.databaseConnections : GAUGE.replicaConnections;
    this.hasContention = plan.alpha > 0 || plan.beta > 0;
  }

  setUsers(sessionUser: SessionUser, sessionOwner: SessionOwner | null): void {
    this.sessionUser = sessionUser;
    this.sessionOwner = sessionOwner;
  }

  get openConnections(): number {
    return this.open;
  }

  get activeQueries(): number {
    return this.active;
  }

  get isUp(): boolean {
    return this.up;
  }

  /**
   * Opens a connection. Taking the slot may exhaust the server's memory: then the server kills a backend, drops every session, this one too,
   * and is down until it has recovered (PostgreSQL's postmaster after the loss of a backend).
   * @returns SUCCESS or one of FAILURE
   */
  connect(): number {
    if (!this.up) return FAILURE["database-down"];
    if (this.open >= this.plan.usableConnections) return FAILURE["connection-refused"];
    this.open += 1;
    this.recorder.changeWithPeak(this.gauge, 1);
    if (this.open <= this.plan.crashAboveConnections) return SUCCESS;
    this.crash();
    return FAILURE["database-down"];
  }

  /** Closes a connection that was opened in the given life; one from an earlier life is closed already. */
  disconnect(life: number): void {
    if (life !== this.life) return;
    this.open -= 1;
    this.recorder.changeWithPeak(this.gauge, -1);
  }

  queryBegins(entry: number): void {
    this.queries.began(entry);
    this.changeActive(1);
  }

  queryEnds(): void {
    this.changeActive(-1);
  }

  private changeActive(by: number): void {
    this.active += by;
    if (this.number === 0) this.recorder.change(GAUGE.databaseActive, by);
    if (this.hasContention) this.processors.setSpeed(this.number, 1 / this.slowdown());
  }

  /** The Universal Scalability Law (N. Gunther): how much longer work takes with so many active connections. */
  private slowdown(): number {
    const others = Math.max(0, this.active - 1);
    return 1 + this.plan.alpha * others + this.plan.beta * this.active * others;
  }

  private crash(): void {
    const { events, sessionUser } = this;
    this.up = false;
    this.life += 1;
    this.recorder.changeWithPeak(this.gauge, -this.open);
    this.open = 0;
    events.time[this.recoveryTimer] = events.clock[NOW]! + this.plan.recoveryMs;
    events.schedule(this.recoveryTimer, this.recoveryKind);
    const running = this.queries.of(this.number);
    const queries = new Set(running);
    const computing = this.processors.clear(this.number).sort((a, b) => a - b);
    for (const entry of computing) if (!queries.has(entry)) sessionUser?.replicationLost(entry);
    this.sessionOwner?.allSessionsLost();
    for (const entry of running) {
      if (events.isPending(entry)) events.cancel(entry);
      sessionUser?.sessionLost(entry, this.number);
    }
  }

  private recovered(): void {
    this.up = true;
  }
}
