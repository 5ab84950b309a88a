import { DeadlineLine } from "../kernel/deadline-line";
import { type EventList, NONE, NOW } from "../kernel/event-list";
import { WaitingLines } from "../kernel/waiting-lines";
import type { PoolerPlan } from "../plan";
import type { Recorder } from "../record/recorder";
import { FAILURE, GAUGE, STAGE, SUCCESS } from "../record/replication-record";
import type { Database, SessionOwner } from "./database";
import { type EventHandlers, POOLER_PASSED } from "./event-kinds";
import type { HangingOwner } from "./hanging-queries";
import type { Requests } from "./requests";

/** Who sends queries through the pooler. */
export interface PoolerUser {
  /** The query has a session on this database server. */
  runQuery(entry: number, server: number): void;
  queryFailed(entry: number, failure: number): void;
  /** The query has got a server connection that hangs. */
  queryHangs(entry: number, owner: HangingOwner): void;
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
  /** Of the open server connections that run nothing, those whose server was lost without anybody being told. */
  private idleHung = 0;
  /** Since which life of the database its server connections count: those of earlier lives are forgotten. */
  private heldSince = 0;
  /** Whose server connections hang in the present stretch of lives; told by queries that hung when they end. */
  private present: Stretch = new Stretch(this);
  /** Whether nothing new is sent through it any more. */
  private isClosing = false;
  private connections: number;
  private readonly line: WaitingLines;
  private readonly deadlines: DeadlineLine;
  /** [when the pooler's one thread is free again, until when clients get the cached error] in ms */
  private readonly until = new Float64Array(2);
  /** [time of the one thread per query, what is left of the overhead after it] in ms */
  private readonly delay = new Float64Array(2);
  private user: PoolerUser | null = null;

  constructor(
    private plan: PoolerPlan,
    private readonly events: EventList,
    handlers: EventHandlers,
    private readonly requests: Requests,
    readonly database: Database,
    private readonly recorder: Recorder,
  ) {
    this.connections = plan.connections;
    this.line = new WaitingLines(events, 1);
    const deadlineKind = handlers.register(() => this.deadline());
    this.deadlines = new DeadlineLine(events, deadlineKind, plan.waitTimeoutMs);
    this.setDelay(plan);
    this.until[1] = -1;
    database.addOwner(this);
  }

  private setDelay({ capacityPerSecond, overheadMs }: PoolerPlan): void {
    this.delay[0] = 1000 / capacityPerSecond;
    this.delay[1] = Math.max(0, overheadMs - this.delay[0]!);
  }

  /** Whether it serves as this plan says but for numbers that can be changed while it runs. */
  isLike(plan: PoolerPlan): boolean {
    return plan.isSession === this.plan.isSession && !this.isClosing;
  }

  /** It is to be as this plan says. */
  adopt(plan: PoolerPlan): void {
    this.plan = plan;
    this.setDelay(plan);
    this.deadlines.setLength(plan.waitTimeoutMs);
    if (plan.connections !== this.connections) this.setConnections(plan.connections);
  }

  /** Nothing new is sent through it: its server connections are closed when the last client has gone. */
  close(): void {
    this.isClosing = true;
    this.closeWhenUnused();
  }

  private closeWhenUnused(): void {
    if (!this.isClosing || this.clients > 0) return;
    while (this.busy < this.open) this.closeServer();
  }

  /** How many server connections there may be. */
  get limit(): number {
    return this.isClosing ? 0 : this.connections;
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
    else if (life >= this.heldSince && this.database.isHung(life)) this.hungEnded();
    this.closeWhenUnused();
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
      this.changeServers(1);
      return true;
    }
    if (this.open === 0) this.cacheError();
    return false;
  }

  private cacheError(): void {
    this.until[1] = this.events.clock[NOW]! + this.plan.loginRetryMs;
  }

  private changeServers(by: number): void {
    this.open += by;
    this.recorder.change(GAUGE.poolerConnections, by);
  }

  private begin(entry: number): void {
    const isHung = this.open - this.busy === this.idleHung;
    this.changeBusy(1);
    if (isHung) {
      // Every server connection that is free hangs, and nobody knows.
      this.idleHung -= 1;
      this.requests.endStage(entry, STAGE.pooler);
      this.user!.queryHangs(entry, this.present);
    } else {
      this.serve(entry);
    }
  }

  /** A query that hung on one of the server connections has ended, and the connection with it. */
  hungEnded(): void {
    this.changeBusy(-1);
    this.changeServers(-1);
    this.serveLine();
  }

  /** Lets in whoever can be served now. */
  private serveLine(): void {
    while (this.waiting > 0 && (this.busy < this.open || (this.open < this.connections && this.openServer())))
      this.begin(this.takeFromLine());
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
    const isHung = this.open - this.busy === this.idleHung;
    this.changeServers(-1);
    if (isHung) this.idleHung -= 1;
    else this.database.disconnect(this.database.life);
  }

  /** A query leaves the line, if it stands there: nobody waits for it any more. */
  leaveLine(entry: number): void {
    if (!this.deadlines.isSet(entry)) return;
    this.deadlines.lift(entry);
    this.line.leave(0, entry);
    this.recorder.changeWithPeak(GAUGE.poolerQueued, -1);
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
    this.forgetServers();
    this.cacheError();
    for (let entry = this.takeFromLine(); entry !== NONE; entry = this.takeFromLine()) {
      this.fail(entry, FAILURE["database-down"]);
    }
  }

  /** Free server connections hang from now on, for whoever gets one of them. */
  allSessionsHang(): void {
    this.idleHung = this.open - this.busy;
  }

  /** All server connections hung, and are closed: the database has only just come back, so there is none that does not. */
  endHanging(): void {
    this.forgetServers();
    this.serveLine();
  }

  /** All server connections are gone. */
  private forgetServers(): void {
    this.changeServers(-this.open);
    this.changeBusy(-this.busy);
    this.idleHung = 0;
    this.heldSince = this.database.life;
    this.present.isOver = true;
    this.present = new Stretch(this);
  }

  /** Who is told when a query that hangs on one of its server connections ends. */
  get hangingOwner(): HangingOwner {
    return this.present;
  }

  /** Changes how many server connections there may be: above a lower number they are closed as their queries end. */
  setConnections(connections: number): void {
    this.connections = connections;
    while (this.open > connections && this.busy < this.open) this.closeServer();
    this.serveLine();
  }
}

/** From one loss of all server connections to the next. */
class Stretch implements HangingOwner {
  isOver = false;

  constructor(private readonly pooler: Pooler) {}

  hungEnded(): void {
    if (!this.isOver) this.pooler.hungEnded();
  }
}
