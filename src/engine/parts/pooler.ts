import { DeadlineLine } from "../kernel/deadline-line";
import { type EventList, NONE, NOW } from "../kernel/event-list";
import { WaitingLines } from "../kernel/waiting-lines";
import type { PoolerPlan } from "../plan";
import type { Recorder } from "../record/recorder";
import { FAILURE, GAUGE, STAGE, SUCCESS } from "../record/replication-record";
import type { Database, SessionOwner } from "./database";
import { type EventHandlers, POOLER_PASSED } from "./event-kinds";
import type { Requests } from "./requests";

/** Who sends queries through the pooler. */
export interface PoolerUser {
  /** The query has a session on this database server. */
  runQuery(entry: number, server: number): void;
  queryFailed(entry: number, failure: number): void;
  /** In session mode: whether the request's connection has a server connection of its own already. */
  keepsSession(entry: number): boolean;
  /** In session mode: the request's connection has one from now on. */
  sessionGiven(entry: number, life: number): void;
}

/**
 * A pooler (PgBouncer) before one database server. In transaction mode each query borrows a server connection from one line; in session mode a client
 * connection keeps the one that its first query got, until it is closed.
 */
export class Pooler implements SessionOwner {
  /** Server connections that run a query, or in session mode belong to a client. */
  private busy = 0;
  private open = 0;
  private clients = 0;
  private connections: number;
  private readonly line: WaitingLines;
  private readonly deadlines: DeadlineLine;
  /** [when the pooler's one thread is free again, until when clients get the cached error] in ms */
  private readonly until = new Float64Array(2);
  /** [time of the one thread per query, what is left of the overhead after it] in ms */
  private readonly delay = new Float64Array(2);
  private user: PoolerUser | null = null;

  constructor(
    private readonly plan: PoolerPlan,
    private readonly events: EventList,
    handlers: EventHandlers,
    private readonly requests: Requests,
    private readonly database: Database,
    private readonly recorder: Recorder,
  ) {
    this.connections = plan.connections;
    this.line = new WaitingLines(events, 1);
    const deadlineKind = handlers.register(() => this.deadline());
    this.deadlines = new DeadlineLine(events, deadlineKind, plan.waitTimeoutMs);
    this.delay[0] = 1000 / plan.capacityPerSecond;
    this.delay[1] = Math.max(0, plan.overheadMs - this.delay[0]!);
    this.until[1] = -1;
  }

  setUser(user: PoolerUser): void {
    this.user = user;
  }

  get busyConnections(): number {
    return this.busy;
  }

  get openConnections(): number {
    return this.open;
  }

  get clientConnections(): number {
    return this.clients;
  }

  get waiting(): number {
    return this.line.length(0);
  }

  /** A client connection. @returns SUCCESS or FAILURE["pooler-full"] */
  connect(): number {
    if (this.clients >= this.plan.maxClients) return FAILURE["pooler-full"];
    this.clients += 1;
    this.recorder.changeWithPeak(GAUGE.poolerClients, 1);
    return SUCCESS;
  }

  /** A client connection is closed. @param life of the database in which it got a server connection of its own; negative: it has none */
  disconnect(life: number): void {
    this.clients -= 1;
    this.recorder.changeWithPeak(GAUGE.poolerClients, -1);
    if (life === this.database.life) this.freeServer();
  }

  /** A query arrives: it passes the pooler's one thread, first come first served, then waits what is left of the overhead. */
  arrive(entry: number): void {
    const { events, until, delay } = this;
    const now = events.clock[NOW]!;
    const passed = (until[0]! > now ? until[0]! : now) + delay[0]!;
    until[0] = passed;
    events.time[entry] = passed + delay[1]!;
    events.schedule(entry, POOLER_PASSED);
  }

  /** On POOLER_PASSED: takes a server connection, opens one, or waits in line. */
  passed(entry: number): void {
    if (this.events.clock[NOW]! < this.until[1]!) {
      this.fail(entry, FAILURE["database-down"]);
    } else if (this.plan.isSession && this.user!.keepsSession(entry)) {
      this.requests.endStage(entry, STAGE.pooler);
      this.user!.runQuery(entry, this.database.number);
    } else if (this.busy < this.open || (this.open < this.connections && this.openServer())) {
      this.begin(entry);
    } else if (this.open === 0) {
      this.fail(entry, FAILURE["database-down"]);
    } else {
      this.line.join(0, entry);
      this.deadlines.set(entry);
      this.recorder.changeWithPeak(GAUGE.poolerQueued, 1);
    }
  }

  /** @returns whether the database gave a connection. Refused with none held, clients get the cached error for a while. */
  private openServer(): boolean {
    if (this.database.connect() === SUCCESS) {
      this.open += 1;
      return true;
    }
    if (this.open === 0) this.cacheError();
    return false;
  }

  private cacheError(): void {
    this.until[1] = this.events.clock[NOW]! + this.plan.loginRetryMs;
  }

  private begin(entry: number): void {
    this.changeBusy(1);
    this.serve(entry);
  }

  /** A server connection that is counted as busy already serves this query. */
  private serve(entry: number): void {
    this.requests.endStage(entry, STAGE.pooler);
    if (this.plan.isSession) this.user!.sessionGiven(entry, this.database.life);
    this.user!.runQuery(entry, this.database.number);
  }

  private fail(entry: number, failure: number): void {
    this.requests.endStage(entry, STAGE.pooler);
    this.user!.queryFailed(entry, failure);
  }

  private changeBusy(by: number): void {
    this.busy += by;
    this.recorder.changePoolerBusy(this.database.number, by);
  }

  /** A query has ended: in transaction mode its server connection serves the next in line. */
  giveBack(): void {
    if (!this.plan.isSession) this.freeServer();
  }

  private freeServer(): void {
    const next = this.open > this.connections ? NONE : this.takeFromLine();
    if (next !== NONE) {
      // The same server connection goes on: nothing changes but the query.
      this.serve(next);
      return;
    }
    this.changeBusy(-1);
    if (this.open > this.connections) this.closeServer();
  }

  private takeFromLine(): number {
    const entry = this.line.takeFirst(0);
    if (entry !== NONE) {
      this.deadlines.lift(entry);
      this.recorder.changeWithPeak(GAUGE.poolerQueued, -1);
    }
    return entry;
  }

  private closeServer(): void {
    this.open -= 1;
    this.database.disconnect(this.database.life);
  }

  /** A query has waited as long as it may: query_wait_timeout, which also disconnects the client. */
  private deadline(): void {
    const entry = this.deadlines.takeDue();
    if (entry === NONE) return;
    this.line.leave(0, entry);
    this.recorder.changeWithPeak(GAUGE.poolerQueued, -1);
    this.fail(entry, FAILURE["pooler-timeout"]);
  }

  /** The database dropped every session: whoever waits gets the error, and so does everybody until the next attempt. */
  allSessionsLost(): void {
    this.open = 0;
    this.changeBusy(-this.busy);
    this.cacheError();
    for (let entry = this.takeFromLine(); entry !== NONE; entry = this.takeFromLine()) {
      this.fail(entry, FAILURE["database-down"]);
    }
  }

  /** Changes how many server connections there may be: above a lower number they are closed as their queries end. */
  setConnections(connections: number): void {
    this.connections = connections;
    while (this.open > connections && this.busy < this.open) this.closeServer();
    while (this.waiting > 0 && this.open < connections && this.openServer()) this.begin(this.takeFromLine());
  }
}
