import type { Scenario } from "../types";
import { type Assumption, changed, type Measured, type Story, type StoryStep } from "./story";

type Neighbour = Assumption["neighbours"][number];

/** The step with that id. Throws where the story has none. */
function stepOf(story: Story, id: string): StoryStep {
  const step = story.steps.find((one) => one.id === id);
  if (step === undefined) throw new Error(`${story.id} has no step ${id}`);
  return step;
}

/** The scenario of a step, or of one of its variants, with a neighbour of an assumption where one is given. Throws where the step has no such variant. */
export function scenarioOfStep(
  step: StoryStep,
  variantId: string | undefined,
  neighbour: Neighbour | null = null,
): Scenario {
  const near =
    neighbour === null
      ? step.scenario
      : changed(step.scenario, neighbour.changes, `${step.id}, ${neighbour.label}`);
  if (variantId === undefined) return near;
  const variant = step.variants?.find(({ id }) => id === variantId);
  if (variant === undefined) throw new Error(`step ${step.id} has no variant ${variantId}`);
  return changed(near, variant.changes, `${step.id}, ${variant.label}`);
}

/** The scenario that a measured number is of. @param neighbour tried with the claim's own step only */
export function scenarioOf(
  story: Story,
  step: StoryStep,
  measured: Measured,
  neighbour: Neighbour | null = null,
): Scenario {
  if (measured.step === undefined || measured.step === step.id)
    return scenarioOfStep(step, measured.of, neighbour);
  return scenarioOfStep(stepOf(story, measured.step), measured.of);
}

/** Everything that a step's claims are measured on. */
export function measuredOf(step: StoryStep): readonly Measured[] {
  return step.claims.flatMap(({ measured, per, minus, notComparable }) =>
    notComparable === undefined ? [measured, per, minus].filter((one) => one !== undefined) : [],
  );
}
