import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { type ReplicationRecord, Simulation } from "../../src/engine";
import type { Plan } from "../../src/engine/plan";

/** CPU seconds that this process has taken, system calls included. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** One of several things that are measured in turn. */
export interface Contestant {
  readonly name: string;
  /** Does the work once. @returns how many requests it simulated */
  readonly work: () => number;
}

export interface Speed {
  readonly name: string;
  /** Requests per CPU second: the median of all rounds, and the slowest and fastest. */
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** Measures all contestants in turn, round after round, so that whatever else the machine does meets all alike. The first round is not counted. */
export function race(contestants: readonly Contestant[], rounds: number): Speed[] {
  const speeds = contestants.map((): number[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    contestants.forEach(({ work }, i) => {
      const before = cpuSeconds();
      const requests = work();
      const speed = requests / (cpuSeconds() - before);
      if (round > 0) speeds[i]?.push(speed);
    });
  }
  return contestants.map(({ name }, i) => {
    const own = speeds[i] ?? [];
    return { name, median: median(own), least: Math.min(...own), most: Math.max(...own) };
  });
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? Number.NaN) + upper) / 2;
}

/** One replication, to its end, with everything recorded. */
export function simulate(plan: Plan, replication: number): ReplicationRecord {
  const simulation = new Simulation(plan, replication);
  simulation.advance(Number.POSITIVE_INFINITY);
  return simulation.record();
}

setFlagsFromString("--expose-gc");
const collectGarbage = runInNewContext("gc") as () => void;

/** Mebibytes that are in use, after what is not has been collected: the heap, and typed arrays beside it. */
export function memoryInUse(): { heap: number; arrays: number } {
  // Twice: what typed arrays hold is freed only after their owners are gone.
  collectGarbage();
  collectGarbage();
  const { heapUsed, arrayBuffers } = process.memoryUsage();
  return { heap: heapUsed / 2 ** 20, arrays: arrayBuffers / 2 ** 20 };
}
