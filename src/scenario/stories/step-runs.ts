import type { PathValue } from "../path-text";
import { applyChanges } from "../paths";
import type { Scenario } from "../types";
import type { Assumption, Measured, Story, StoryStep } from "./story";

type Neighbour = Assumption["neighbours"][number];

/**
 * The scenario of a step, or of one of its variants, with a neighbour of an assumption where one is given. undefined where the step
 * has no such variant, or the changes do not fit it: readers change the steps of their stories.
 */
export function scenarioOfStep(
  step: StoryStep,
  variantId: string | undefined,
  neighbour: Neighbour | null = null,
): Scenario | undefined {
  const near = withChanges(step.scenario, neighbour?.changes ?? []);
  if (variantId === undefined) return near;
  const variant = step.variants?.find(({ id }) => id === variantId);
  return variant === undefined || near === undefined ? undefined : withChanges(near, variant.changes);
}

function withChanges(scenario: Scenario, changes: readonly PathValue[]): Scenario | undefined {
  const result = applyChanges(scenario, changes);
  return result.ok ? result.scenario : undefined;
}

/**
 * The scenario that a measured number is of; undefined where the story has none such any more.
 * @param neighbour tried with the claim's own step only
 */
export function scenarioOf(
  story: Story,
  step: StoryStep,
  measured: Measured,
  neighbour: Neighbour | null = null,
): Scenario | undefined {
  if (measured.step === undefined || measured.step === step.id)
    return scenarioOfStep(step, measured.of, neighbour);
  const other = story.steps.find(({ id }) => id === measured.step);
  return other === undefined ? undefined : scenarioOfStep(other, measured.of);
}

/** Everything that a step's claims are measured on. */
export function measuredOf(step: StoryStep): readonly Measured[] {
  return step.claims.flatMap(({ measured, per, minus, notComparable }) =>
    notComparable === undefined ? [measured, per, minus].filter((one) => one !== undefined) : [],
  );
}
