import type { RunSummary } from "../analysis/result-types";
import { explain } from "../analysis/verdict";
import type { Verdict } from "../analysis/verdict-types";
import { findRemedy, type Outcome, type Remedy } from "../study/remedy";
import { adviceText, noneText, smallestText, togetherText } from "../study/remedy-words";
import { runScenario } from "./run-scenario";

/** What is said of a run, and what simulating found to help. */
export interface Why {
  readonly verdict: Verdict;
  /** null: the objective is met, or there is none. */
  readonly remedy: Remedy | null;
}

/** Explains a run; where it misses its objective, simulates what would help. */
export async function why({ figures, breakdown }: RunSummary): Promise<Why> {
  const verdict = explain(figures, breakdown);
  if (figures.slo.met) return { verdict, remedy: null };
  const remedy = await findRemedy(
    figures,
    async (scenario) => runScenario(scenario).figures,
    () => undefined,
  );
  return { verdict, remedy };
}

/** The same as lines for a terminal. */
export function whyText({ verdict, remedy }: Why): string {
  const { sentence, arithmetic, slowest, suggestion } = verdict;
  const lines = [sentence, arithmetic, slowest, suggestion === null ? "" : `To try: ${suggestion.label}.`];
  if (remedy !== null) {
    const { advice, smallest, together, tried } = remedy;
    lines.push(
      advice === null ? "" : adviceText(advice),
      smallest === null ? noneText(tried) : smallestText(smallest),
      together === null ? "" : togetherText(together),
    );
  }
  return `\n${lines.filter((line) => line !== "").join("\n")}\n`;
}

/** The same for the result document: of what was tried, what it changes and what came of it. */
export function whyDocument({ verdict, remedy }: Why): object {
  const outcome = (of: Outcome | null): object | null => {
    if (of === null) return null;
    const { throughputPerSecond, latencyMs, failureRate, slo } = of.figures;
    const { label, changes, extraUsd } = of;
    return { label, changes, extraUsd, throughputPerSecond, p95Ms: latencyMs.p95, failureRate, slo };
  };
  if (remedy === null) return { verdict, remedy };
  const { advice, smallest, together, tried } = remedy;
  return {
    verdict,
    remedy: { advice: outcome(advice), smallest: outcome(smallest), together: outcome(together), tried },
  };
}
