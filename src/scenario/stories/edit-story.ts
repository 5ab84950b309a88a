import type { Scenario } from "../types";
import { freeStepId, type OwnStep, ownStepOf, ownStory } from "./own-story";
import type { Story, StoryStep } from "./story";

/** The words and charts of a step, as its writer chooses them. */
export type StepWords = Pick<OwnStep, "title" | "text" | "charts"> & { readonly note: string };

const STANDARD_CHARTS: OwnStep["charts"] = ["throughput", "latency", "queue"];

/** A new step of a story, with an id that none of its steps has. It shows the charts of the step before it. */
export function newStep(
  steps: readonly StoryStep[],
  scenario: Scenario,
  title: string,
  before: StoryStep | undefined,
): OwnStep {
  const id = freeStepId(
    undefined,
    steps.map((step) => step.id),
  );
  return { id, title, text: "", charts: before?.charts ?? STANDARD_CHARTS, claims: [], scenario };
}

/** The story with a step put in at a place, or in place of the one that has its id. */
export function withStep(story: Story, step: OwnStep, place: number): Story {
  const steps = story.steps.map(ownStepOf);
  const present = steps.findIndex(({ id }) => id === step.id);
  if (present >= 0) steps[present] = step;
  else steps.splice(place, 0, step);
  return ownStory(story, steps);
}

/** The story without a step. */
export function withoutStep(story: Story, presetId: string): Story {
  return ownStory(story, story.steps.filter((step) => step.presetId !== presetId).map(ownStepOf));
}

/** The story with a step at another place. Its scenario stays as it is, so what differs from the step before becomes another. */
export function withStepMoved(story: Story, presetId: string, toPlace: number): Story {
  const steps = story.steps.map(ownStepOf);
  const from = story.steps.findIndex((step) => step.presetId === presetId);
  const moved = from < 0 ? [] : steps.splice(from, 1);
  steps.splice(toPlace, 0, ...moved);
  return ownStory(story, steps);
}

/** The story with other words or charts for a step: those that are given. */
export function withWords(story: Story, presetId: string, words: Partial<StepWords>): Story {
  return withStepChanged(story, presetId, (step) => {
    const { note, ...others } = { ...step, ...words };
    return note === undefined || note === "" ? others : { ...others, note };
  });
}

/** The story with another scenario for a step. */
export function withScenario(story: Story, presetId: string, scenario: Scenario): Story {
  return withStepChanged(story, presetId, (step) => ({ ...step, scenario }));
}

function withStepChanged(story: Story, presetId: string, change: (step: OwnStep) => OwnStep): Story {
  const steps = story.steps.map((step) =>
    step.presetId === presetId ? change(ownStepOf(step)) : ownStepOf(step),
  );
  return ownStory(story, steps);
}
