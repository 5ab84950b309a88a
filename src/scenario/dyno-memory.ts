import { resolveDynoType } from "./catalogue";
import type { Fleet } from "./types";

/** What a dyno's processes and threads take, in MiB. */
export function dynoMemoryMb(fleet: Fleet): number {
  return fleet.processes * fleet.memory.perProcessMb + fleet.threads * fleet.memory.perThreadMb;
}

/** The same as a fraction of the dyno's memory: over 1 is over quota, over 2 the dyno is killed. */
export function dynoMemoryShare(fleet: Fleet): number {
  return dynoMemoryMb(fleet) / resolveDynoType(fleet.dynoType).memoryMb;
}
