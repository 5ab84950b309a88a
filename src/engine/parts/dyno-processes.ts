import { grownInt32 } from "../kernel/grown";
import type { ProcessTable } from "../kernel/shared-processors";

/**
 * Which processes are which dyno's. Those of one dyno follow each other; a dyno that begins anew keeps its old numbers where it has as many processes as before, all of which
 * have ended by then.
 */
export class DynoProcesses implements ProcessTable {
  /** The dyno of process p. */
  machineOf: Int32Array;
  /** The first process of dyno i, and how many it has. */
  first: Int32Array;
  count: Int32Array;

  /** @param processes of each dyno */
  constructor(dynos: number, processes: number) {
    this.first = Int32Array.from({ length: dynos }, (_, dyno) => dyno * processes);
    this.count = new Int32Array(dynos).fill(processes);
    this.machineOf = Int32Array.from({ length: dynos * processes }, (_, process) =>
      Math.floor(process / processes),
    );
  }

  /** Makes room for more dynos, without processes at first. */
  grow(dynos: number): void {
    this.first = grownInt32(this.first, dynos);
    this.count = grownInt32(this.count, dynos);
  }

  /** These dynos begin, each with so many processes. */
  begin(dynos: readonly number[], processes: number): void {
    const others = dynos.filter((dyno) => this.count[dyno] !== processes);
    let next = this.machineOf.length;
    if (others.length > 0) this.machineOf = grownInt32(this.machineOf, next + others.length * processes);
    for (const dyno of others) {
      this.first[dyno] = next;
      this.count[dyno] = processes;
      this.machineOf.fill(dyno, next, next + processes);
      next += processes;
    }
  }

  /** Whether a process is a dyno's. */
  isOf(process: number, dyno: number): boolean {
    return process >= 0 && this.machineOf[process] === dyno;
  }
}
