import { listDifferences } from "../paths";
import type { Scenario } from "../types";
import { type StepDocument, type Story, type StoryStep, stepPresetId } from "./story";

/** A step of a reader's own story: its scenario is what counts, and what differs from the step before follows from it. */
export type OwnStep = Omit<StepDocument, "changes" | "after"> & { readonly scenario: Scenario };

/** A step of any story as one of a reader's own. */
export function ownStepOf(step: StoryStep): OwnStep {
  const { after: _after, changes: _changes, label: _label, presetId: _presetId, ...own } = step;
  return own;
}

/** A reader's own story, of its parts. The steps are called by their places; each scenario has the name of its step. */
export function ownStory(
  parts: Pick<Story, "id" | "title" | "lesson" | "source">,
  steps: readonly OwnStep[],
): Story {
  const { id, title, lesson, source } = parts;
  const named = steps.map((step) => ({ ...step, scenario: { ...step.scenario, name: step.title } }));
  return {
    id,
    title,
    lesson,
    source,
    steps: named.map((step, place) => ({
      ...step,
      label: String(place + 1),
      changes: listDifferences((named[place - 1] ?? step).scenario, step.scenario),
      presetId: stepPresetId(id, step.id),
    })),
  };
}

/** What steps of readers' stories may be called: short, and nothing that an address would have to spell otherwise. */
const STEP_ID = /^[a-z0-9][a-z0-9-]{0,39}$/i;

/** The id where it can stand and nobody has it yet (however it is written), else the next free one: "s4". */
export function freeStepId(wanted: string | undefined, taken: readonly string[]): string {
  const used = new Set(taken.map((id) => id.toLowerCase()));
  if (wanted !== undefined && STEP_ID.test(wanted) && !used.has(wanted.toLowerCase())) return wanted;
  let number = taken.length + 1;
  while (used.has(`s${number}`)) number += 1;
  return `s${number}`;
}

/** What a reader's story may be called in addresses. */
export const OWN_STORY_ID = /^my-[a-z0-9]{6,20}$/;

/** What a story is called that says no id: whoever keeps it gives it one. */
export const UNNAMED_STORY_ID = "my-unnamed";
