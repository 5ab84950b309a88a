import type { Objective } from "../scenario/types";
import type { RuledOut } from "./answer-types";
import type { Configuration } from "./configuration";
import type { Screening } from "./screen";

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
  const sentences = [bestSentence(best)];
  const withoutRun = ruledOut.reduce((sum, one) => sum + one.count, 0);
  sentences.push(
    screening.isWhole
      ? `All ${count} combinations were looked at: ${tried.length} were simulated, ${withoutRun} needed no simulation.`
      : `Of ${count} combinations ${tried.length} were simulated. Along ${screening.along ?? "one parameter"} a few values were, and those by halves between the last that misses and the first that meets: a stretch in between that meets the objective, or misses it, may have been missed.`,
  );
  if (best !== null) sentences.push(scopeSentence(best.configuration.scenario.slo));
  return sentences;
}

function scopeSentence({ p95Ms, p99Ms, queueP95Ms }: Objective): string {
  return p95Ms === null && p99Ms === null && queueP95Ms === null
    ? "The objective says nothing of latency, so the cheapest may be slow: the frontier shows what speed costs."
    : "It holds for this scenario's traffic; prices are those of the catalogue.";
}

function bestSentence(best: Searched["best"]): string {
  if (best === null) return "None of those that were simulated meets the objective.";
  const { replications, meets } = best.configuration;
  const seen = `${replications} replications`;
  return meets === "yes"
    ? `In ${seen} the whole 95 % interval of each figure is within the objective.`
    : `In ${seen} the objective is met, but an interval reaches over its limit: it may as well be missed by a little.`;
}
