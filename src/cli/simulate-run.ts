import { compile, type ReplicationRecord, Simulation } from "../engine";
import type { Simulator, WantedRun } from "../study/simulator";

/** Simulates a replication from beginning to end. */
export function simulateRun({ sized, replication, detail }: WantedRun): ReplicationRecord {
  const plan = compile(sized, detail);
  const simulation = new Simulation(plan, replication);
  while (!simulation.advance(plan.durationMs, 1_000_000));
  return simulation.record();
}

/** Simulates in this thread, one run after the other. */
export const thisThread: Simulator = {
  async simulate(runs, onRecord) {
    for (const [index, run] of runs.entries()) onRecord(index, simulateRun(run));
  },
};
