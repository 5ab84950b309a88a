import { boundText, VERDICT_WORDS, valueText } from "../../../analysis/claims/claim-text";
import type { JudgedClaim } from "../../../analysis/claims/judge-claims";
import type { Story, StoryStep } from "../../../scenario/stories/story";

/** A picture of a chart, with what it is called in a folder. */
export interface Picture {
  readonly name: string;
  readonly alternative: string;
  readonly png: Blob;
}

/** A step as a document tells it: words, numbers and pictures. */
export interface ToldStep {
  readonly step: StoryStep;
  /** What changed from the step before, in words. */
  readonly changes: readonly string[];
  /** Names and values; empty where it was not simulated. */
  readonly figures: readonly (readonly [name: string, value: string])[];
  readonly claims: readonly ToldClaim[];
  readonly pictures: readonly Picture[];
  /** A link that opens the step; null where there is no such address. */
  readonly link: string | null;
}

export interface ToldClaim {
  readonly id: string;
  readonly status: string;
  readonly text: string;
  readonly bound: string;
  readonly value: string;
  readonly verdict: string;
  /** Why it is known to come out otherwise, or cannot be compared. */
  readonly why: string | null;
}

/** A story as a document tells it. */
export interface ToldStory {
  readonly story: Story;
  readonly steps: readonly ToldStep[];
}

/** A claim, and what came of it. */
export function toldClaim(judged: JudgedClaim): ToldClaim {
  const { claim, verdict } = judged;
  const { id, status, text, differs, notComparable } = claim;
  return {
    id,
    status,
    text,
    bound: boundText(judged),
    value: verdict === "not-comparable" ? "" : valueText(judged),
    verdict: VERDICT_WORDS[verdict],
    why: differs ?? notComparable ?? null,
  };
}
