import { DeadlineLine } from "../kernel/deadline-line";
import { type EventList, NONE, NOW } from "../kernel/event-list";
import { grownInt32 } from "../kernel/grown";
import { WaitingLines } from "../kernel/waiting-lines";
import type { PoolPlan } from "../plan";
import type { Recorder } from "../record/recorder";
import { FAILURE, GAUGE, STAGE, SUCCESS } from "../record/replication-record";
import type { ConnectionTarget } from "./connection-target";
import { Connections } from "./connections";
import type { DatabaseServers } from "./database-servers";
import { CONNECTED, DISCOVERED_DEAD, type EventHandlers } from "./event-kinds";
import { type CONNECTION, FIELDS, PROCESS, READ_CONNECTION, type Requests } from "./requests";
import type { Timers } from "./timers";

/** Who borrows connections. */
export interface PoolUser {
  /** The request has its connection, whose session is there. @param server where it leads to */
  checkedOut(entry: number, server: number): void;
  /** The request has a connection whose session hangs, which nobody knows. */
  checkedOutHung(entry: number): void;
  /** It gets none. @param failure one of FAILURE */
  checkOutFailed(entry: number, failure: number): void;
}

/**
 * The connection pools of a fleet for one role (the primary, or reading from replicas), one per process, as ActiveRecord's: connections are opened when needed, the last returned is taken
 * first, and who finds none waits in line.
 */
export class ConnectionPools {
  /** Connections of process p: open, or being opened. */
  private size: number;
  private occupied: Int32Array;
  private readonly connections: Connections;
  private readonly lines: WaitingLines;
  private readonly deadlines: DeadlineLine;
  private readonly reaper: number;
  private readonly reapKind: number;
  private connecting = 0;
  private out = 0;
  private limitsLifetime: boolean;
  /** Connections that a process that does not serve yet is opening. */
  private readonly warming = new Map<number, number>();
  private readonly isForReading: boolean;
  private user: PoolUser | null = null;

  /** @param column of `requests.fields` that holds a request's connection of this role */
  constructor(
    private plan: PoolPlan,
    processes: number,
    private readonly column: typeof CONNECTION | typeof READ_CONNECTION,
    private readonly target: ConnectionTarget,
    private readonly events: EventList,
    handlers: EventHandlers,
    private readonly requests: Requests,
    private readonly servers: DatabaseServers,
    private readonly recorder: Recorder,
  ) {
    this.size = plan.size;
    this.isForReading = column === READ_CONNECTION;
    this.limitsLifetime = plan.maxLifetimeMs !== Infinity;
    this.occupied = new Int32Array(processes);
    this.connections = new Connections(processes);
    this.lines = new WaitingLines(events, processes);
    const deadlineKind = handlers.register(() => this.deadline());
    this.deadlines = new DeadlineLine(events, deadlineKind, plan.checkoutTimeoutMs);
    this.reapKind = handlers.register(() => this.reap());
    this.reaper = events.allocate();
  }

  setUser(user: PoolUser): void {
    this.user = user;
  }

  get checkedOutConnections(): number {
    return this.out;
  }

  get idleConnections(): number {
    return this.connections.idleCount;
  }

  get openingConnections(): number {
    return this.connecting;
  }

  /** Connections that process p holds, those being opened included. */
  occupiedSlots(process: number): number {
    return process < this.occupied.length ? this.occupied[process]! : 0;
  }

  /** Requests of process p that wait for a connection. */
  waitingIn(process: number): number {
    return process < this.occupied.length ? this.lines.length(process) : 0;
  }

  /** Requests of all processes that wait for a connection. */
  get waitingRequests(): number {
    let waiting = 0;
    for (let process = 0; process < this.occupied.length; process += 1) waiting += this.lines.length(process);
    return waiting;
  }

  /** Starts the reaper's clock. As in ActiveRecord, a frequency or an idle timeout of 0 turns it off. */
  start(): void {
    const { events, reaper, plan } = this;
    if (plan.reapEveryMs === 0 || plan.idleTimeoutMs === 0) return;
    events.time[reaper] = events.clock[NOW]! + plan.reapEveryMs;
    events.schedule(reaper, this.reapKind);
  }

  /** A request needs a connection: an idle one, a new one, or its turn in line. */
  checkOut(entry: number): void {
    const process = this.process(entry);
    const connection = this.connections.takeIdle(process);
    if (connection !== NONE) {
      this.countOut(1);
      this.handOver(entry, connection);
    } else if (this.occupied[process]! < this.size) {
      this.occupied[process]! += 1;
      this.connect(entry);
    } else {
      this.waitInLine(entry, process);
    }
  }

  private waitInLine(entry: number, process: number): void {
    this.lines.join(process, entry);
    this.deadlines.set(entry);
    this.recorder.change(GAUGE.checkoutQueued, 1);
  }

  /** The process of a request. */
  private process(entry: number): number {
    const process = this.requests.fields[FIELDS * entry + PROCESS]!;
    this.makeRoom(process);
    return process;
  }

  /** Processes of dynos that were added later make the tables longer. */
  private makeRoom(process: number): void {
    if (process < this.occupied.length) return;
    const processes = Math.max(process + 1, 2 * this.occupied.length);
    this.occupied = grownInt32(this.occupied, processes);
    this.connections.growProcesses(processes);
    this.lines.grow(processes);
  }

  /** Gives the request a connection that is counted as checked out already. */
  private handOver(entry: number, connection: number): void {
    if (this.isAlive(connection)) {
      this.requests.fields[FIELDS * entry + this.column] = connection;
      this.user!.checkedOut(entry, this.connections.server[connection]!);
      return;
    }
    this.handOverLost(entry, connection);
  }

  /** As `handOver`, of a connection whose session was lost. */
  private handOverLost(entry: number, connection: number): void {
    // Of a session that hangs nobody knows: a test of it hangs as well.
    if (this.isHung(connection)) {
      this.requests.fields[FIELDS * entry + this.column] = connection;
      this.user!.checkedOutHung(entry);
      return;
    }
    this.countOut(-1);
    this.connections.release(connection);
    this.servers.disconnect(this.connections.server[connection]!, this.connections.life[connection]!);
    if (this.plan.verify) {
      this.connect(entry);
      return;
    }
    this.occupied[this.requests.fields[FIELDS * entry + PROCESS]!]! -= 1;
    // The request learns of it at once, but as an event of its own: a row of dead connections must not nest calls.
    this.events.time[entry] = this.events.clock[NOW]!;
    this.events.schedule(entry, DISCOVERED_DEAD);
  }

  /** On DISCOVERED_DEAD. */
  discoveredDead(entry: number): void {
    this.connectNextInLine(this.requests.fields[FIELDS * entry + PROCESS]!);
    this.user!.checkOutFailed(entry, FAILURE["database-down"]);
  }

  private isAlive(connection: number): boolean {
    return this.servers.isAlive(this.connections.server[connection]!, this.connections.life[connection]!);
  }

  private isHung(connection: number): boolean {
    return this.servers.isHung(this.connections.server[connection]!, this.connections.life[connection]!);
  }

  /** Whether the request's connection leads to a session whose server is lost, and which nobody has closed. */
  holdsHungConnection(entry: number): boolean {
    return this.isHung(this.requests.fields[FIELDS * entry + this.column]!);
  }

  /** Whether the request has a connection. */
  holds(entry: number): boolean {
    return this.requests.fields[FIELDS * entry + this.column]! >= 0;
  }

  /** Whether the request waits for a connection. */
  isWaiting(entry: number): boolean {
    return this.deadlines.isSet(entry);
  }

  /** Whether the request's connection still leads to a session. */
  holdsLiveConnection(entry: number): boolean {
    return this.isAlive(this.requests.fields[FIELDS * entry + this.column]!);
  }

  /** Where the request's connection leads to. */
  serverOf(entry: number): number {
    return this.connections.server[this.requests.fields[FIELDS * entry + this.column]!]!;
  }

  /** Whether the request's connection keeps a session of its own at the server. */
  keepsSession(entry: number): boolean {
    return this.connections.life[this.requests.fields[FIELDS * entry + this.column]!]! >= 0;
  }

  /** The request's connection keeps a session from now on, opened in this life of the database. */
  keepSession(entry: number, life: number): void {
    this.connections.life[this.requests.fields[FIELDS * entry + this.column]!] = life;
  }

  private countOut(by: number): void {
    this.out += by;
    this.recorder.change(GAUGE.checkedOut, by);
    if (this.isForReading) this.recorder.change(GAUGE.readCheckedOut, by);
  }

  /** Opens a connection for the request, in a slot that is already counted. */
  private connect(entry: number): void {
    this.connecting += 1;
    this.events.time[entry] = this.events.clock[NOW]! + this.plan.connectMs;
    this.events.schedule(entry, CONNECTED);
  }

  /** On CONNECTED: the connection is there, or was refused. */
  connected(entry: number): void {
    this.connecting -= 1;
    this.requests.endStage(entry, STAGE.connect);
    const server = this.target.choose();
    const outcome = this.servers.connect(server);
    const process = this.requests.fields[FIELDS * entry + PROCESS]!;
    if (outcome !== SUCCESS) {
      this.occupied[process]! -= 1;
      this.connectNextInLine(process);
      this.user!.checkOutFailed(entry, outcome);
      return;
    }
    const connection = this.connections.open(process, server, this.servers.lifeOf(server), this.events.clock);
    this.requests.fields[FIELDS * entry + this.column] = connection;
    this.countOut(1);
    this.user!.checkedOut(entry, server);
  }

  /** A slot is free: whoever is first in line opens a connection. */
  private connectNextInLine(process: number): void {
    if (this.occupied[process]! >= this.size) return;
    const next = this.takeFromLine(process);
    if (next === NONE) return;
    this.occupied[process]! += 1;
    this.connect(next);
  }

  private takeFromLine(process: number): number {
    if (this.lines.length(process) === 0) return NONE;
    const entry = this.lines.takeFirst(process);
    this.deadlines.lift(entry);
    this.recorder.change(GAUGE.checkoutQueued, -1);
    this.requests.endStage(entry, STAGE.checkout);
    return entry;
  }

  /** The request returns its connection: to the first in line, else to the idle ones. */
  giveBack(entry: number): void {
    const connection = this.requests.fields[FIELDS * entry + this.column]!;
    const process = this.requests.fields[FIELDS * entry + PROCESS]!;
    this.requests.fields[FIELDS * entry + this.column] = NONE;
    if (
      this.occupied[process]! > this.size ||
      (this.limitsLifetime && this.isTooOld(connection)) ||
      this.connections.isOutdated(connection)
    ) {
      this.closeReturned(connection, process);
      return;
    }
    const next = this.takeFromLine(process);
    if (next === NONE) {
      this.countOut(-1);
      this.connections.putIdle(connection, this.events.clock);
    } else {
      this.handOver(next, connection);
    }
  }

  private closeReturned(connection: number, process: number): void {
    this.countOut(-1);
    this.close(connection);
    this.connectNextInLine(process);
  }

  private isTooOld(connection: number): boolean {
    return this.connections.ageMs(connection, this.events.clock) > this.plan.maxLifetimeMs;
  }

  /** The request's connection was lost under it. */
  discard(entry: number): void {
    const connection = this.requests.fields[FIELDS * entry + this.column]!;
    this.requests.fields[FIELDS * entry + this.column] = NONE;
    this.countOut(-1);
    this.close(connection);
    this.connectNextInLine(this.requests.fields[FIELDS * entry + PROCESS]!);
  }

  private close(connection: number): void {
    this.occupied[this.connections.process[connection]!]! -= 1;
    this.connections.release(connection);
    this.servers.disconnect(this.connections.server[connection]!, this.connections.life[connection]!);
  }

  /** A request has waited for a connection as long as it may. */
  private deadline(): void {
    const entry = this.deadlines.takeDue();
    if (entry === NONE) return;
    this.lines.leave(this.requests.fields[FIELDS * entry + PROCESS]!, entry);
    this.recorder.change(GAUGE.checkoutQueued, -1);
    this.requests.endStage(entry, STAGE.checkout);
    this.user!.checkOutFailed(entry, FAILURE["checkout-timeout"]);
  }

  /** Closes connections that were idle for too long. */
  private reap(): void {
    const idleSince = this.events.clock[NOW]! - this.plan.idleTimeoutMs;
    for (let process = 0; process < this.occupied.length; process += 1) {
      for (const connection of this.connections.takeIdleBefore(process, idleSince)) this.close(connection);
    }
    this.start();
  }

  /** Processes have ended, and with them their connections, all idle by now. */
  closeProcesses(first: number, count: number): void {
    for (let process = first; process < Math.min(first + count, this.occupied.length); process += 1) {
      const warming = this.warming.get(process) ?? 0;
      this.warming.delete(process);
      this.occupied[process]! -= warming;
      this.connecting -= warming;
      this.closeIdle(process, Number.MAX_SAFE_INTEGER);
    }
  }

  /** A process that does not serve yet opens all its connections; those that are refused stay closed until a request needs them. */
  openAll(process: number, timers: Timers): void {
    this.makeRoom(process);
    const missing = this.size - this.occupied[process]!;
    if (missing <= 0) return;
    this.occupied[process]! += missing;
    this.connecting += missing;
    this.warming.set(process, missing);
    timers.after(this.plan.connectMs, () => {
      if (this.warming.get(process) !== missing) return;
      this.warming.delete(process);
      for (let n = 0; n < missing; n += 1) this.openIdle(process);
    });
  }

  private openIdle(process: number): void {
    this.connecting -= 1;
    const server = this.target.choose();
    if (this.servers.connect(server) !== SUCCESS) {
      this.occupied[process]! -= 1;
      return;
    }
    const life = this.servers.lifeOf(server);
    const connection = this.connections.open(process, server, life, this.events.clock);
    this.connections.putIdle(connection, this.events.clock);
  }

  /** Connections lead elsewhere from now on: idle ones are closed at once, the others when they are returned. */
  renew(): void {
    this.connections.outdate();
    for (let process = 0; process < this.occupied.length; process += 1)
      this.closeIdle(process, Number.MAX_SAFE_INTEGER);
  }

  /**
   * The request's process has died, and what it had of the pool goes with it.
   * @param isRunning whether a query runs over its connection of this role: then that is closed when the query has ended (`closeAbandoned`)
   */
  abandon(entry: number, isRunning: boolean): void {
    const { fields } = this.requests;
    if (this.isWaiting(entry)) {
      this.lines.leave(fields[FIELDS * entry + PROCESS]!, entry);
      this.deadlines.lift(entry);
      this.recorder.change(GAUGE.checkoutQueued, -1);
    }
    const connection = fields[FIELDS * entry + this.column]!;
    if (connection < 0) return;
    this.countOut(-1);
    if (isRunning) {
      this.occupied[this.connections.process[connection]!]! -= 1;
      return;
    }
    fields[FIELDS * entry + this.column] = NONE;
    this.close(connection);
  }

  /** The query of a process that died long ago has ended. */
  closeAbandoned(entry: number): void {
    const connection = this.requests.fields[FIELDS * entry + this.column]!;
    this.connections.release(connection);
    this.servers.disconnect(this.connections.server[connection]!, this.connections.life[connection]!);
  }

  /** The request's process has died while it opened a connection. */
  abandonOpening(entry: number): void {
    this.connecting -= 1;
    this.occupied[this.requests.fields[FIELDS * entry + PROCESS]!]! -= 1;
  }

  /** The pools are to be as this plan says. */
  adopt(plan: PoolPlan): void {
    const { events, reaper } = this;
    const before = this.plan;
    this.plan = plan;
    this.deadlines.setLength(plan.checkoutTimeoutMs);
    this.limitsLifetime = plan.maxLifetimeMs !== Infinity;
    if (plan.reapEveryMs !== before.reapEveryMs || plan.idleTimeoutMs !== before.idleTimeoutMs) {
      if (events.isPending(reaper)) events.cancel(reaper);
      this.start();
    }
    if (plan.size !== this.size) this.setSize(plan.size);
  }

  private closeIdle(process: number, atMost: number): void {
    for (let closed = 0; closed < atMost; closed += 1) {
      const connection = this.connections.takeIdle(process);
      if (connection === NONE) return;
      this.close(connection);
    }
  }

  /** Changes the pools' size: connections above a smaller one are closed when they are idle or returned. */
  private setSize(size: number): void {
    this.size = size;
    for (let process = 0; process < this.occupied.length; process += 1) {
      this.closeIdle(process, this.occupied[process]! - size);
      while (this.occupied[process]! < size && this.lines.length(process) > 0)
        this.connectNextInLine(process);
    }
  }
}
