import type { Objective } from "../scenario/types";
import type { RuledOut } from "./answer-types";
import type { Configuration } from "./configuration";
import { SCREENED_WITH, type Screening } from "./screen";

interface Searched {
  readonly best: { readonly configuration: Configuration } | null;
  readonly tried: readonly unknown[];
  /** All combinations. */
  readonly count: number;
  readonly ruledOut: readonly RuledOut[];
  readonly screening: Screening;
}

/** How sure a search is of what it found, and what it did not look at: one to three sentences. */
export function sureness({ best, tried, count, ruledOut, screening }: Searched): string[] {
  const sentences: string[] = [];
  if (best !== null && !limitsLatency(best.configuration.scenario.slo)) sentences.push(NO_LATENCY);
  sentences.push(bestSentence(best));
  const withoutRun = ruledOut.reduce((sum, one) => sum + one.count, 0);
  sentences.push(
    screening.isWhole
      ? `All ${count} combinations were looked at: ${tried.length} were simulated${tried.length > 0 ? ` (${SCREENED_WITH} replications, and more of those that came near)` : ""}, ${withoutRun} needed no simulation.`
      : `Of ${count} combinations ${tried.length} were simulated. Along ${screening.along ?? "one parameter"} a few values were, and those by halves between the last that misses and the first that meets: a stretch in between that meets the objective, or misses it, may have been missed.`,
  );
  return sentences;
}

const NO_LATENCY =
  "The objective says nothing of latency, so the cheapest may be slow: set a limit for p95, or look at the frontier for what speed costs.";

function limitsLatency({ p95Ms, p99Ms, queueP95Ms }: Objective): boolean {
  return p95Ms !== null || p99Ms !== null || queueP95Ms !== null;
}

function bestSentence(best: Searched["best"]): string {
  if (best === null) return "None of those that were simulated meets the objective.";
  const { replications, meets } = best.configuration;
  const seen = `${replications} replications`;
  return meets === "yes"
    ? `In ${seen} the whole 95 % interval of each figure is within the objective.`
    : `In ${seen} the objective is met, but an interval reaches over its limit: it may as well be missed by a little.`;
}
