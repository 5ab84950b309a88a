import { applyChanges, type PathValue } from "../paths";
import { ProblemLog } from "../reading/problem-log";
import { reportInside } from "../reading/report-inside";
import type { Problem, Scenario } from "../types";
import { scenarioOf } from "./step-runs";
import type { Claim, Story, StoryStep } from "./story";

/**
 * What does not fit together in a story that can be read: claims about variants or steps that it does not have, variants and neighbours whose
 * changes cannot be made, bounds that nothing can meet. All of it stays in the story: it is only not simulated, or not comparable.
 */
export function checkStory(story: Story): readonly Problem[] {
  const log = new ProblemLog();
  for (const [place, step] of story.steps.entries()) {
    const path = `steps.${place}`;
    for (const [index, { changes }] of (step.variants ?? []).entries())
      checkChanges(step.scenario, changes, `${path}.variants.${index}.changes`, log);
    for (const [index, { neighbours }] of (step.assumptions ?? []).entries()) {
      for (const [number, { changes }] of neighbours.entries())
        checkChanges(
          step.scenario,
          changes,
          `${path}.assumptions.${index}.neighbours.${number}.changes`,
          log,
        );
    }
    for (const [index, claim] of step.claims.entries())
      checkClaim(story, step, claim, `${path}.claims.${index}`, log);
  }
  return log.list();
}

function checkChanges(
  scenario: Scenario,
  changes: readonly PathValue[],
  path: string,
  log: ProblemLog,
): void {
  const result = applyChanges(scenario, changes);
  if (!result.ok) for (const problem of result.problems) reportInside(log, path, problem);
}

function checkClaim(story: Story, step: StoryStep, claim: Claim, path: string, log: ProblemLog): void {
  const { measured, per, minus, atLeast, atMost, notComparable } = claim;
  if (atLeast !== undefined && atMost !== undefined && atLeast > atMost) {
    const found = `at least ${atLeast} and at most ${atMost}`;
    log.addSentence(
      path,
      found,
      "bounds that a number can meet",
      `${path} wants ${found}, which no number is.`,
    );
  }
  if (notComparable !== undefined) return;
  for (const one of [measured, per, minus]) {
    if (one === undefined || scenarioOf(story, step, one) !== undefined) continue;
    const found = [
      one.step === undefined ? "" : `step ${one.step}`,
      one.of === undefined ? "" : `variant ${one.of}`,
    ];
    const what = found.filter((part) => part !== "").join(", ");
    const sentence = `${path} is about ${what}, which is not there, or does not fit: it cannot be compared.`;
    log.addSentence(path, what, "a step of the story, and a variant of it that fits", sentence);
    return;
  }
}
