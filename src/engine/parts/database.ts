import { type EventList, NOW } from "../kernel/event-list";
import type { DatabasePlan } from "../plan";
import type { Recorder } from "../record/recorder";
import { FAILURE, GAUGE, SUCCESS } from "../record/replication-record";
import { DATABASE_RECOVERED, QUERY_ENDED } from "./event-kinds";

/** Who runs queries, and must hear when the database loses its sessions. */
export interface QueryUser {
  sessionLost(entry: number): void;
}

/** Who holds sessions between queries: the pooler. */
export interface SessionOwner {
  /** Called before the running queries are told. */
  allSessionsLost(): void;
}

/** The database server: its connection slots, and the crash when connections take more memory than there is. */
export class Database {
  /** Rises whenever all sessions are lost: a connection opened in an earlier life is dead. */
  life = 0;
  private open = 0;
  private active = 0;
  private isUp = true;
  private readonly recoveryTimer: number;
  private queryUser: QueryUser | null = null;
  private sessionOwner: SessionOwner | null = null;

  constructor(
    private readonly plan: DatabasePlan,
    private readonly events: EventList,
    private readonly recorder: Recorder,
  ) {
    this.recoveryTimer = events.allocate();
  }

  setUsers(queryUser: QueryUser, sessionOwner: SessionOwner | null): void {
    this.queryUser = queryUser;
    this.sessionOwner = sessionOwner;
  }

  get openConnections(): number {
    return this.open;
  }

  get activeQueries(): number {
    return this.active;
  }

  /**
   * Opens a connection. Taking the slot may exhaust the server's memory: then the server kills a backend, drops every session, this one too,
   * and is down until it has recovered (PostgreSQL's postmaster after the loss of a backend).
   * @returns SUCCESS or one of FAILURE
   */
  connect(): number {
    if (!this.isUp) return FAILURE["database-down"];
    if (this.open >= this.plan.usableConnections) return FAILURE["connection-refused"];
    this.open += 1;
    this.recorder.changeWithPeak(GAUGE.databaseConnections, 1);
    if (this.open <= this.plan.crashAboveConnections) return SUCCESS;
    this.crash();
    return FAILURE["database-down"];
  }

  /** Closes a connection that was opened in the given life; one from an earlier life is closed already. */
  disconnect(life: number): void {
    if (life !== this.life) return;
    this.open -= 1;
    this.recorder.changeWithPeak(GAUGE.databaseConnections, -1);
  }

  queryBegins(): void {
    this.active += 1;
    this.recorder.change(GAUGE.databaseActive, 1);
  }

  queryEnds(): void {
    this.active -= 1;
    this.recorder.change(GAUGE.databaseActive, -1);
  }

  private crash(): void {
    const { events } = this;
    this.isUp = false;
    this.life += 1;
    this.recorder.changeWithPeak(GAUGE.databaseConnections, -this.open);
    this.open = 0;
    events.time[this.recoveryTimer] = events.clock[NOW]! + this.plan.recoveryMs;
    events.schedule(this.recoveryTimer, DATABASE_RECOVERED);
    const running = this.runningQueries();
    this.sessionOwner?.allSessionsLost();
    for (const entry of running) {
      events.cancel(entry);
      this.queryUser?.sessionLost(entry);
    }
  }

  /** In the order in which they began: a crash is rare, so the list is made only then. */
  private runningQueries(): number[] {
    const { events } = this;
    const running: number[] = [];
    for (let entry = 0; entry < events.capacity; entry += 1) {
      if (events.isPending(entry) && events.kindOf(entry) === QUERY_ENDED) running.push(entry);
    }
    return running.sort((a, b) => events.sequence[a]! - events.sequence[b]!);
  }

  /** On DATABASE_RECOVERED. */
  recovered(): void {
    this.isUp = true;
  }
}
