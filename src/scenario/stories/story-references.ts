import type { ProblemLog } from "../reading/problem-log";
import type { Claim, Measured, Story, StoryStep } from "./story";

/** The story without the claims that are about variants or steps that it does not have: each of them is reported. */
export function keepsItsReferences(story: Story, log: ProblemLog): Story {
  return {
    ...story,
    steps: story.steps.map((step, place) => ({
      ...step,
      claims: step.claims.filter((claim, index) => {
        const complaint = missingIn(story, step, claim);
        if (complaint === null) return true;
        const path = `steps.${place}.claims.${index}`;
        log.addSentence(
          path,
          complaint.found,
          complaint.allowed,
          `${path} is about ${complaint.found}, which is not there, so it was left out.`,
        );
        return false;
      }),
    })),
  };
}

interface Missing {
  readonly found: string;
  readonly allowed: string;
}

/** What a claim is about that is not there; null where all of it is. */
function missingIn(story: Story, step: StoryStep, { measured, per, minus }: Claim): Missing | null {
  for (const one of [measured, per, minus]) {
    const missing = one === undefined ? null : missingOf(story, step, one);
    if (missing !== null) return missing;
  }
  return null;
}

function missingOf(story: Story, own: StoryStep, measured: Measured): Missing | null {
  const step = measured.step === undefined ? own : story.steps.find(({ id }) => id === measured.step);
  if (step === undefined)
    return {
      found: `step ${measured.step}`,
      allowed: `a step of the story: ${story.steps.map(({ id }) => id).join(", ")}`,
    };
  const variants = (step.variants ?? []).map(({ id }) => id);
  if (measured.of === undefined || variants.includes(measured.of)) return null;
  return {
    found: `variant ${measured.of}`,
    allowed: `a variant of the step: ${variants.join(", ") || "there are none"}`,
  };
}
