import { measuredOf, scenarioOf } from "../../scenario/stories/step-runs";
import type { Assumption, Story, StoryStep } from "../../scenario/stories/story";
import type { Scenario } from "../../scenario/types";
import type { RunSummary } from "../result-types";
import { type JudgedClaim, judgeClaim } from "./judge-claims";

/** What came of a step's claims, with one neighbour of its assumptions, or with none. */
export interface JudgedStep {
  readonly neighbour: string | null;
  readonly claims: readonly JudgedClaim[];
}

/** Runs a scenario; the same one is asked for again and again. */
export type RunScenario = (scenario: Scenario) => RunSummary;

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
    claims: claims.map((claim) =>
      judgeClaim(claim, (measured) => run(scenarioOf(story, step, measured, neighbour))),
    ),
  };
}

/** The step's claims as they stand, and once for each neighbouring value of what was assumed. */
export function judgeWithNeighbours(story: Story, step: StoryStep, run: RunScenario): readonly JudgedStep[] {
  const neighbours = (step.assumptions ?? []).flatMap((assumption) => assumption.neighbours);
  return [null, ...neighbours].map((neighbour) => judgeStep(story, step, run, neighbour));
}

/** Each scenario that a step's claims need, once. */
export function scenariosOf(story: Story, step: StoryStep): readonly Scenario[] {
  const byText = new Map<string, Scenario>();
  for (const measured of measuredOf(step)) {
    const scenario = scenarioOf(story, step, measured);
    byText.set(JSON.stringify(scenario), scenario);
  }
  return [...byText.values()];
}
