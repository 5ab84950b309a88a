import { formatMs, formatUsd } from "../../base/format";
import { deepEqual } from "../../scenario/objects";
import { getAt } from "../../scenario/paths";
import type { Scenario } from "../../scenario/types";
import type { Candidate, CheapestAnswer } from "../../study/answer-types";
import type { ControlWords } from "../shell/parameters";

type Words = Pick<ControlWords, "nameOf" | "valueText">;

/** A configuration by its values: "Dynos 22, Pooler on". */
export function valuesText({ values }: Candidate, base: Scenario, { nameOf, valueText }: Words): string {
  return values.map(({ path, value }) => `${nameOf(path, base)} ${valueText(path, value)}`).join(", ");
}

/** What it changes of the scenario: "Dynos 25 → 22"; "" where it changes nothing. */
function changesText({ values }: Candidate, base: Scenario, { nameOf, valueText }: Words): string {
  return values
    .filter(({ path, value }) => !deepEqual(getAt(base, path), value))
    .map(
      ({ path, value }) =>
        `${nameOf(path, base)} ${valueText(path, getAt(base, path))} → ${valueText(path, value)}`,
    )
    .join(", ");
}

/** The cheapest that meets the objective, against what there is. */
export function bestSentence(answer: CheapestAnswer, base: Scenario, words: Words): string {
  const { best, present, isComplete } = answer;
  if (best === null) {
    return isComplete
      ? "No configuration among these meets the objective."
      : "No configuration that meets the objective is known yet.";
  }
  const cost = best.measures.monthlyUsd.mean ?? 0;
  const changes = changesText(best, base, words);
  const sure = best.meets === "yes" ? "meets" : "likely meets";
  const before = isComplete ? "" : "So far: ";
  if (changes === "")
    return `${before}The present configuration is the cheapest of these that ${sure} the objective, at ${formatUsd(cost)} a month.`;
  const found = `${before}${changes} ${sure} the objective at ${formatUsd(cost)} a month${against(cost, present)}`;
  const p95 = best.measures.p95.mean;
  return limitsLatency(base) || p95 === null ? `${found}.` : `${found}, with a p95 of ${formatMs(p95)}.`;
}

/** Whether the objective says how fast is fast enough; without that the cheapest is merely one that does not fail. */
export function limitsLatency({ slo }: Scenario): boolean {
  return slo.p95Ms !== null || slo.p99Ms !== null || slo.queueP95Ms !== null;
}

function against(cost: number, present: Candidate | null): string {
  const now = present?.measures.monthlyUsd.mean ?? null;
  if (present === null || now === null) return "";
  const meets = present.meets === "yes" || present.meets === "likely";
  const own = meets ? "the present" : "the present, which misses it,";
  if (cost < now) return `, ${formatUsd(now - cost)} less than ${own.replace(/,$/, "")}`;
  if (cost > now) return `, ${formatUsd(cost - now)} more than ${own.replace(/,$/, "")}`;
  return `, as much as ${own.replace(/,$/, "")}`;
}
