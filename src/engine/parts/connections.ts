import { NONE, NOW } from "../kernel/event-list";
import { grownFloat64, grownInt32 } from "../kernel/grown";

/** The connections that pools hold, as columns, with each process's idle ones in a list: last returned first. */
export class Connections {
  /** The database's life in which its session was opened; negative: it has none of its own, and outlives the database's. */
  life = new Int32Array(64);
  /** Where it leads to: the number of a database server, or PROXY. */
  server = new Int32Array(64);
  /** Whose it is. */
  process = new Int32Array(64);
  idleCount = 0;
  /** How often they were outdated before each was opened, and until now. */
  private generation = new Int32Array(64);
  private generations = 0;
  private openedAtMs = new Float64Array(64);
  private idleSinceMs = new Float64Array(64);
  private next = new Int32Array(64);
  private firstIdle: Int32Array;
  private free = NONE;
  private known = 0;

  constructor(processes: number) {
    this.firstIdle = new Int32Array(processes).fill(NONE);
  }

  /** Makes room for more processes. */
  growProcesses(processes: number): void {
    const known = this.firstIdle.length;
    this.firstIdle = grownInt32(this.firstIdle, processes).fill(NONE, known);
  }

  /** A new connection, in use. */
  open(process: number, server: number, life: number, clock: Float64Array): number {
    let connection = this.free;
    if (connection === NONE) connection = this.addRow();
    else this.free = this.next[connection]!;
    this.process[connection] = process;
    this.server[connection] = server;
    this.life[connection] = life;
    this.generation[connection] = this.generations;
    this.openedAtMs[connection] = clock[NOW]!;
    return connection;
  }

  private addRow(): number {
    if (this.known === this.life.length) {
      const capacity = 2 * this.known;
      this.life = grownInt32(this.life, capacity);
      this.server = grownInt32(this.server, capacity);
      this.process = grownInt32(this.process, capacity);
      this.openedAtMs = grownFloat64(this.openedAtMs, capacity);
      this.idleSinceMs = grownFloat64(this.idleSinceMs, capacity);
      this.next = grownInt32(this.next, capacity);
      this.generation = grownInt32(this.generation, capacity);
    }
    return this.known++;
  }

  /** Forgets a connection that is not idle. */
  release(connection: number): void {
    this.next[connection] = this.free;
    this.free = connection;
  }

  /** All that there are by now lead where new ones would not. */
  outdate(): void {
    this.generations += 1;
  }

  isOutdated(connection: number): boolean {
    return this.generation[connection] !== this.generations;
  }

  ageMs(connection: number, clock: Float64Array): number {
    return clock[NOW]! - this.openedAtMs[connection]!;
  }

  /** Puts a connection in front of its process's idle ones. */
  putIdle(connection: number, clock: Float64Array): void {
    const process = this.process[connection]!;
    this.idleSinceMs[connection] = clock[NOW]!;
    this.next[connection] = this.firstIdle[process]!;
    this.firstIdle[process] = connection;
    this.idleCount += 1;
  }

  /** Takes the idle connection that was returned last; NONE where there is none. */
  takeIdle(process: number): number {
    const connection = this.firstIdle[process]!;
    if (connection === NONE) return NONE;
    this.firstIdle[process] = this.next[connection]!;
    this.idleCount -= 1;
    return connection;
  }

  /** Takes all connections of a process that have been idle since before `idleSinceMs`, the latest returned first. */
  takeIdleBefore(process: number, idleSinceMs: number): number[] {
    let keep = NONE;
    let connection = this.firstIdle[process]!;
    while (connection !== NONE && this.idleSinceMs[connection]! >= idleSinceMs) {
      keep = connection;
      connection = this.next[connection]!;
    }
    // The list is in the order of return, so whatever follows has been idle for longer.
    const taken: number[] = [];
    for (; connection !== NONE; connection = this.next[connection]!) taken.push(connection);
    if (taken.length === 0) return taken;
    if (keep === NONE) this.firstIdle[process] = NONE;
    else this.next[keep] = NONE;
    this.idleCount -= taken.length;
    return taken;
  }
}
