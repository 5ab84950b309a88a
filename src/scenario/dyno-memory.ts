import type { Fleet } from "./types";

/** What a dyno's processes and threads take, in MiB. */
export function dynoMemoryMb(fleet: Fleet): number {
  return fleet.processes * fleet.memory.perProcessMb + fleet.threads * fleet.memory.perThreadMb;
}
