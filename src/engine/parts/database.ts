import { type EventList, NOW } from "../kernel/event-list";
import type { SharedProcessors } from "../kernel/shared-processors";
import type { DatabasePlan } from "../plan";
import type { Recorder } from "../record/recorder";
import { FAILURE, GAUGE, SUCCESS } from "../record/replication-record";
import type { EventHandlers } from "./event-kinds";
import type { RunningQueries } from "./running-queries";

/** Who runs queries, and must hear when the database loses its sessions. */
export interface SessionUser {
  /** @param hangs whether nobody tells the session's user, who waits on */
  sessionLost(entry: number, server: number, hangs: boolean): void;
  /** A write's work on a replica is not finished any more. */
  replicationLost(entry: number): void;
  /** The server takes connections again. */
  recovered(server: number): void;
  /** Its open connections have become more, or fewer. */
  openChanged(server: number, by: number): void;
}

/** Who holds sessions between queries: the poolers. */
export interface SessionOwner {
  /** Called before the running queries are told. */
  allSessionsLost(): void;
  /** All sessions are lost, and nobody knows. */
  allSessionsHang(): void;
}

/** One database server: its connection slots, its load, and how it is lost and comes back. */
export class Database {
  /** Rises whenever all sessions are lost: a connection opened in an earlier life is dead. */
  life = 0;
  /** Earlier lives whose sessions hang: their users do not know. */
  private readonly hungLives = new Set<number>();
  private open = 0;
  private active = 0;
  private up = false;
  private readonly recoveryTimer: number;
  private readonly recoveryKind: number;
  private hasContention: boolean;
  private sessionUser: SessionUser | null = null;
  private readonly owners: SessionOwner[] = [];

  /** @param number 0 for the primary, then the replicas: also its machine among `processors` */
  constructor(
    readonly number: number,
    private plan: DatabasePlan,
    private readonly events: EventList,
    handlers: EventHandlers,
    private readonly queries: RunningQueries,
    private readonly processors: SharedProcessors,
    private readonly recorder: Recorder,
  ) {
    this.recoveryTimer = events.allocate();
    this.recoveryKind = handlers.register(() => this.recovered());
    this.hasContention = plan.alpha > 0 || plan.beta > 0;
    this.setUp(true);
  }

  setUser(sessionUser: SessionUser): void {
    this.sessionUser = sessionUser;
  }

  addOwner(owner: SessionOwner): void {
    this.owners.push(owner);
  }

  get openConnections(): number {
    return this.open;
  }

  get activeQueries(): number {
    return this.active;
  }

  get usableConnections(): number {
    return this.plan.usableConnections;
  }

  /** Share of its processors that compute. */
  get processorShare(): number {
    return this.processors.inUseOf(this.number) / this.plan.vcpus;
  }

  get isUp(): boolean {
    return this.up;
  }

  /** Whether sessions opened in this life hang. */
  isHung(life: number): boolean {
    return this.hungLives.has(life);
  }

  /** The server is to be as this plan says; connections above a lower limit stay until they are closed. */
  adopt(plan: DatabasePlan): void {
    this.plan = plan;
    this.hasContention = plan.alpha > 0 || plan.beta > 0;
    this.processors.setProcessors(this.number, plan.vcpus);
    this.processors.setSpeed(this.number, 1 / this.slowdown());
  }

  /**
   * Opens a connection. Taking the slot may exhaust the server's memory: then the server kills a backend, drops every session, this one too,
   * and is down until it has recovered (PostgreSQL's postmaster after the loss of a backend).
   * @returns SUCCESS or one of FAILURE
   */
  connect(): number {
    if (!this.up) return FAILURE["database-down"];
    if (this.open >= this.plan.usableConnections) return FAILURE["connection-refused"];
    this.changeOpen(1);
    return this.crashIfExhausted() ? FAILURE["database-down"] : SUCCESS;
  }

  /** Crashes if its connections need more memory than there is. @returns whether it did */
  crashIfExhausted(): boolean {
    if (!this.up || this.open <= this.plan.crashAboveConnections) return false;
    this.lose(this.plan.recoveryMs, false);
    return true;
  }

  /** Closes a connection that was opened in the given life; one from an earlier life is closed already. */
  disconnect(life: number): void {
    if (life === this.life) this.changeOpen(-1);
  }

  private changeOpen(by: number): void {
    this.open += by;
    this.sessionUser?.openChanged(this.number, by);
    if (this.number === 0) this.recorder.changeWithPeak(GAUGE.databaseConnections, by);
    else this.recorder.changeReplicaConnections(this.number - 1, by);
  }

  queryBegins(entry: number): void {
    this.queries.began(entry);
    this.recorder.queryBegan(this.number);
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

  /**
   * Loses all sessions and takes no connections for a while. One that is down already stays so for the longer of the two.
   * @param downMs Infinity: until it is brought back with `revive` @param hangs whether nobody is told
   */
  lose(downMs: number, hangs: boolean): void {
    this.setUp(false);
    this.setRecovery(downMs);
    this.loseSessions(hangs);
  }

  private setUp(isUp: boolean): void {
    if (this.up === isUp) return;
    this.up = isUp;
    if (this.number === 0) this.recorder.change(GAUGE.databaseUp, isUp ? 1 : -1);
    else this.recorder.changeReplicaUp(this.number - 1, isUp ? 1 : -1);
  }

  private setRecovery(downMs: number): void {
    const { events, recoveryTimer } = this;
    const due = events.clock[NOW]! + downMs;
    if (events.isPending(recoveryTimer)) {
      if (events.time[recoveryTimer]! >= due) return;
      events.cancel(recoveryTimer);
    }
    if (due === Infinity) return;
    events.time[recoveryTimer] = due;
    events.schedule(recoveryTimer, this.recoveryKind);
  }

  /** Every session is lost; the server itself may go on. @param hangs whether nobody is told */
  loseSessions(hangs: boolean): void {
    const { events, sessionUser } = this;
    if (hangs) this.hungLives.add(this.life);
    this.life += 1;
    this.changeOpen(-this.open);
    const running = this.queries.of(this.number);
    const queries = new Set(running);
    const computing = this.processors.clear(this.number).sort((a, b) => a - b);
    for (const entry of computing) if (!queries.has(entry)) sessionUser?.replicationLost(entry);
    for (const owner of this.owners) {
      if (hangs) owner.allSessionsHang();
      else owner.allSessionsLost();
    }
    for (const entry of running) {
      if (events.isPending(entry)) events.cancel(entry);
      sessionUser?.sessionLost(entry, this.number, hangs);
    }
  }

  /** Sessions that hung are closed: whoever uses one learns of it. */
  endHanging(): void {
    this.hungLives.clear();
  }

  /** The server takes connections, at once. */
  revive(): void {
    if (this.events.isPending(this.recoveryTimer)) this.events.cancel(this.recoveryTimer);
    if (!this.up) this.recovered();
  }

  private recovered(): void {
    this.setUp(true);
    this.sessionUser?.recovered(this.number);
  }
}
