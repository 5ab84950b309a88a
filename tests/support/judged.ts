import type { ResultFigures, RunSummary } from "../../src/analysis/result-types";
import { summarize } from "../../src/analysis/summarize";
import { explain } from "../../src/analysis/verdict";
import type { Verdict } from "../../src/analysis/verdict-types";
import { compile, type ReplicationRecord, Simulation } from "../../src/engine";
import { applyChanges } from "../../src/scenario/paths";
import { withSizes } from "../../src/scenario/sizes";
import type { Scenario } from "../../src/scenario/types";

/** Every replication of a scenario, one after the other, to its end. */
export function recordsOf(scenario: Scenario): ReplicationRecord[] {
  const plan = compile(withSizes(scenario));
  return Array.from({ length: scenario.run.replications }, (_, replication) => {
    const simulation = new Simulation(plan, replication);
    simulation.advance(Number.POSITIVE_INFINITY);
    return simulation.record();
  });
}

/** A scenario's whole run, as it is shown. */
export function summaryOf(scenario: Scenario): RunSummary {
  return summarize(withSizes(scenario), recordsOf(scenario), 0);
}

/** What `summaryOf` gives, each scenario simulated once whatever it is called. */
export function remembering(): (scenario: Scenario) => RunSummary {
  const known = new Map<string, RunSummary>();
  return (scenario) => {
    const key = JSON.stringify({ ...scenario, name: "", notes: "" });
    const summary = known.get(key) ?? summaryOf(scenario);
    known.set(key, summary);
    return summary;
  };
}

export interface Judged {
  readonly scenario: Scenario;
  readonly figures: ResultFigures;
  readonly verdict: Verdict;
}

/** A scenario's run and what is said of it. */
export function judged(scenario: Scenario): Judged {
  const { figures } = summaryOf(scenario);
  return { scenario, figures, verdict: explain(figures) };
}

/** The same with the suggestion taken. Throws where there is none, or where it makes no valid scenario. */
export function afterSuggestion({ scenario, verdict }: Judged): Judged {
  const { suggestion } = verdict;
  if (suggestion === null) throw new Error(`nothing is suggested: ${verdict.sentence}`);
  const changed = applyChanges(scenario, suggestion.changes);
  if (!changed.ok) throw new Error(JSON.stringify(changed.problems));
  return judged(changed.scenario);
}
