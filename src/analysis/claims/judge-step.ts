import { measuredOf, scenarioOf, scenarioOfStep } from "../../scenario/stories/step-runs";
import type { Assumption, Claim, Story, StoryStep } from "../../scenario/stories/story";
import type { Scenario } from "../../scenario/types";
import type { RunSummary } from "../result-types";
import { type JudgedClaim, judgeClaim } from "./judge-claims";

/** What came of a step's claims, with one neighbour of its assumptions, or with none. */
export interface JudgedStep {
  readonly neighbour: string | null;
  readonly claims: readonly JudgedClaim[];
}

/** The run of a scenario; the same one is asked for again and again. undefined: not simulated yet. */
export type RunScenario = (scenario: Scenario) => RunSummary | undefined;

/** Holds all claims of a step against runs of its scenario and variants. */
export function judgeStep(
  story: Story,
  step: StoryStep,
  run: RunScenario,
  neighbour: Assumption["neighbours"][number] | null = null,
): JudgedStep {
  const claims =
    neighbour === null ? step.claims : step.claims.filter(({ isSensitive }) => isSensitive !== false);
  return {
    neighbour: neighbour?.label ?? null,
    claims: claims.map((claim) => judgeOne(claim, story, step, run, neighbour)),
  };
}

/** In a reader's own story what a claim is about may have been removed, or changed so that its variants do not fit any more. */
const GONE = "What it is about is not in the story any more, or does not fit its step.";

function judgeOne(
  claim: Claim,
  story: Story,
  step: StoryStep,
  run: RunScenario,
  neighbour: Assumption["neighbours"][number] | null,
): JudgedClaim {
  const isGone = [claim.measured, claim.per, claim.minus].some(
    (one) => one !== undefined && scenarioOf(story, step, one, neighbour) === undefined,
  );
  const judged = isGone && claim.notComparable === undefined ? { ...claim, notComparable: GONE } : claim;
  return judgeClaim(judged, (measured) => {
    const scenario = scenarioOf(story, step, measured, neighbour);
    return scenario === undefined ? undefined : run(scenario);
  });
}

/** The step's claims as they stand, and once for each neighbouring value of what was assumed. */
export function judgeWithNeighbours(story: Story, step: StoryStep, run: RunScenario): readonly JudgedStep[] {
  const neighbours = (step.assumptions ?? []).flatMap((assumption) => assumption.neighbours);
  return [null, ...neighbours].map((neighbour) => judgeStep(story, step, run, neighbour));
}

/** The scenarios that a step's chart and claims need, in that order; some may be there twice. */
export function scenariosOf(
  story: Story,
  step: StoryStep,
  neighbour: Assumption["neighbours"][number] | null = null,
): readonly Scenario[] {
  const ofChart = neighbour === null ? (step.variants ?? []) : [];
  return [
    ...ofChart.map(({ id }) => scenarioOfStep(step, id)),
    ...measuredOf(step).map((measured) => scenarioOf(story, step, measured, neighbour)),
  ].filter((scenario) => scenario !== undefined);
}
