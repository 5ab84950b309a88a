import { judgeStep, scenariosOf } from "../../../analysis/claims/judge-step";
import { stepFigures } from "../../../analysis/claims/step-figures";
import type { RunSummary } from "../../../analysis/result-types";
import type { Story, StoryStep } from "../../../scenario/stories/story";
import type { Scenario } from "../../../scenario/types";
import { writeHash } from "../../../share/link";
import { runKey, type SimulateAside, type StoryRunsState } from "../../../store/story-runs";
import { takePictures } from "./take-pictures";
import { type ToldStep, type ToldStory, toldClaim } from "./told-step";

export interface Telling {
  readonly simulate: SimulateAside;
  readonly changes: (before: Scenario, after: Scenario) => readonly string[];
  readonly signal: AbortSignal;
  /** Says which step is at work, from 0. */
  readonly onStep: (place: number) => void;
}

/** While the page simulates something of its own it is asked again this much later. */
const AGAIN_AFTER_MS = 200;

/** Simulates these steps of a story and draws their charts. Rejects when it is called off, or a run comes to nothing. */
export async function tellStory(
  story: Story,
  steps: readonly StoryStep[],
  telling: Telling,
): Promise<ToldStory> {
  const summaries = new Map<string, RunSummary>();
  const told: ToldStep[] = [];
  for (const step of steps) {
    const place = story.steps.indexOf(step);
    telling.onStep(place);
    told.push(await tellStep(story, step, story.steps[place - 1], summaries, telling));
  }
  return { story, steps: told };
}

async function tellStep(
  story: Story,
  step: StoryStep,
  before: StoryStep | undefined,
  summaries: Map<string, RunSummary>,
  telling: Telling,
): Promise<ToldStep> {
  const words = {
    step,
    changes: before === undefined ? [] : telling.changes(before.scenario, step.scenario),
    link: linkTo(step),
  };
  if (step.isLong === true) return { ...words, figures: [], claims: [], pictures: [] };
  for (const scenario of [step.scenario, ...scenariosOf(story, step)]) {
    if (!summaries.has(runKey(scenario))) summaries.set(runKey(scenario), await simulate(scenario, telling));
  }
  const own = summaries.get(runKey(step.scenario));
  const runs: StoryRunsState = { summaries, waiting: 0, failure: null };
  const { claims } = judgeStep(story, step, (scenario) => summaries.get(runKey(scenario)));
  return {
    ...words,
    figures: own === undefined ? [] : stepFigures(own),
    claims: claims.map(toldClaim),
    pictures: own === undefined ? [] : await takePictures(step, own, runs),
  };
}

async function simulate(scenario: Scenario, { simulate: ask, signal }: Telling): Promise<RunSummary> {
  for (;;) {
    signal.throwIfAborted();
    const result = await ask(scenario);
    if (result === "later") await new Promise((resolve) => setTimeout(resolve, AGAIN_AFTER_MS));
    else if ("failure" in result) throw new Error(`A run came to nothing: ${result.failure}`);
    else return result;
  }
}

/** The address of a step, for others; null where the page itself has none that others could open. */
function linkTo(step: StoryStep): string | null {
  const { href, protocol } = window.location;
  return protocol.startsWith("http") ? new URL(writeHash(step.presetId, step.scenario), href).href : null;
}
