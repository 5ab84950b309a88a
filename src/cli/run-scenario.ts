import type { RunSummary } from "../analysis/result-types";
import { summarize } from "../analysis/summarize";
import { compile, type ReplicationRecord, Simulation } from "../engine";
import { withSizes } from "../scenario/sizes";
import type { Scenario } from "../scenario/types";

/** Runs every replication, one after the other; progress goes to standard error, and only on a terminal. */
export function runScenario(scenario: Scenario): RunSummary {
  const started = performance.now();
  const sized = withSizes(scenario);
  const plan = compile(sized);
  const records: ReplicationRecord[] = [];
  for (let replication = 0; replication < scenario.run.replications; replication += 1) {
    const simulation = new Simulation(plan, replication);
    while (!simulation.advance(plan.durationMs, 1_000_000)) {
      showProgress((replication + simulation.nowMs / plan.durationMs) / scenario.run.replications);
    }
    records.push(simulation.record());
  }
  showProgress(null);
  return summarize(sized, records, performance.now() - started);
}

function showProgress(share: number | null): void {
  if (!process.stderr.isTTY) return;
  process.stderr.write(share === null ? "\r\x1b[K" : `\r${Math.floor(share * 100)} % simulated`);
}
