import { describe, expect, it } from "vitest";
import type { JudgedClaim } from "../../../../src/analysis/claims/judge-claims";
import { judgeStep, judgeWithNeighbours } from "../../../../src/analysis/claims/judge-step";
import type { RunSummary } from "../../../../src/analysis/result-types";
import { fetchStory, knownPreset, obtainPreset, storyOfPreset } from "../../../../src/scenario/known-presets";
import { STORIES } from "../../../../src/scenario/stories";
import { STORY_GROUPS } from "../../../../src/scenario/stories/cards";
import { measuredOf, scenarioOf, scenarioOfStep } from "../../../../src/scenario/stories/step-runs";
import type { Story, StoryStep } from "../../../../src/scenario/stories/story";
import type { Scenario } from "../../../../src/scenario/types";
import { remembering } from "../../../support/judged";

const inWords = ({ claim, verdict, value }: JudgedClaim): string => `${claim.id}: ${verdict} (${value})`;
const STEPS = STORIES.flatMap((story) =>
  story.steps.map((step) => [`${story.id} ${step.id}`, story, step] as const),
);

const STARTING_POINTS = STORY_GROUPS.at(-1)?.stories.map(({ id }) => id) ?? [];
const isStartingPoint = ({ id }: Story): boolean => STARTING_POINTS.includes(id);

describe("every story", () => {
  it("has a card with its title, its lesson and the way to its first step", () => {
    expect(STORY_GROUPS.flatMap(({ stories }) => stories)).toEqual(
      STORIES.map(({ id, title, lesson, steps }) => ({ id, title, lesson, firstStep: steps[0]?.presetId })),
    );
  });

  it.each(STORIES.map((story) => [story.id, story] as const))(
    "%s is on the shelf, and its steps are presets",
    async (id, story) => {
      const { steps } = await fetchStory(id);
      expect(steps.map(({ presetId }) => presetId)).toEqual(story.steps.map(({ presetId }) => presetId));
      for (const { presetId, scenario } of story.steps) {
        expect(storyOfPreset(presetId)).toBe(id);
        expect(knownPreset(presetId)?.scenario).toEqual(scenario);
      }
    },
  );

  it("has steps whose ids, variants and claims are named once", () => {
    const twice = (names: readonly string[]): readonly string[] =>
      names.filter((name, at) => names.indexOf(name) !== at);
    for (const { steps } of STORIES) {
      expect(twice(steps.map(({ id }) => id))).toEqual([]);
      for (const { variants = [], claims } of steps) {
        expect(twice(variants.map(({ id }) => id))).toEqual([]);
        expect(twice(claims.map(({ id }) => id))).toEqual([]);
      }
    }
  });

  it.each(STEPS)(
    "%s: every claim is about a run that there is, and has a bound or says why not",
    (_, story, step) => {
      for (const measured of measuredOf(step)) expect(scenarioOf(story, step, measured)).toBeDefined();
      for (const { id } of step.variants ?? []) expect(() => scenarioOfStep(step, id)).not.toThrow();
      for (const { atLeast, atMost, notComparable } of step.claims)
        expect(atLeast !== undefined || atMost !== undefined || notComparable !== undefined).toBe(true);
      expect(step.claims.length).toBeGreaterThan(0);
    },
  );
});

it("an unknown story, or step, is none", async () => {
  expect(storyOfPreset("carwow-pooling")).toBeUndefined();
  expect(await obtainPreset("nonsense.a1")).toBeUndefined();
  expect(await obtainPreset("heroku-pooling.z9")).toBeUndefined();
  await expect(fetchStory("__proto__")).rejects.toThrow("There is no story");
});

/** Steps whose runs take seconds; `npm run stories -- --neighbours` holds all of them. */
const isQuick = (story: Story, step: StoryStep): boolean =>
  story.id === "heroku-pooling" || isStartingPoint(story) || ["C1", "D1", "D2", "D3", "D4"].includes(step.id);
const quick = STEPS.filter(([, story, step]) => isQuick(story, step));

describe("what a story claims", () => {
  const runs = new Map<string, (scenario: Scenario) => RunSummary>();
  const runOf = (story: Story) => {
    const run = runs.get(story.id) ?? remembering();
    runs.set(story.id, run);
    return run;
  };

  it.each(quick)("%s comes out, or differs as the story says", (_, story, step) => {
    const { claims } = judgeStep(story, step, runOf(story));
    expect(claims.filter(({ verdict }) => verdict === "fails").map(inWords)).toEqual([]);
    const differing = claims.filter(({ verdict }) => verdict === "differs");
    expect(differing.map(({ claim }) => claim.id)).toEqual(
      step.claims.filter(({ differs }) => differs !== undefined).map(({ id }) => id),
    );
  });

  const assuming: readonly (readonly [string, Story, StoryStep])[] = quick.filter(
    ([, , { id, assumptions = [] }]) =>
      ["A6", "D1"].includes(id) && assumptions.some(({ neighbours }) => neighbours.length > 0),
  );
  it.each(assuming)("%s does not hang on its assumptions", (_, story, step) => {
    const failing = judgeWithNeighbours(story, step, runOf(story)).flatMap(({ neighbour, claims }) =>
      claims.filter(({ verdict }) => verdict === "fails").map((judged) => `${neighbour}: ${inWords(judged)}`),
    );
    expect(failing).toEqual([]);
  });
});
