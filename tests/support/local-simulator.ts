import type { Simulator } from "../../src/study/simulator";
import { builtEngine } from "./built-engine.mjs";

const { compile, Simulation } = await builtEngine();

/** Simulates in this thread, one run after the other. */
export function localSimulator(): Simulator & { readonly calls: number; readonly runs: number } {
  let calls = 0;
  let runs = 0;
  return {
    get calls() {
      return calls;
    },
    get runs() {
      return runs;
    },
    async simulate(wanted, onRecord) {
      calls += 1;
      for (const [index, { sized, replication, detail }] of wanted.entries()) {
        const plan = compile(sized, detail);
        const simulation = new Simulation(plan, replication);
        while (!simulation.advance(plan.durationMs, 1_000_000));
        runs += 1;
        onRecord(index, simulation.record());
      }
    },
  };
}
