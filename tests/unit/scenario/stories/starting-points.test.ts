import { describe, expect, it } from "vitest";
import { judgeStep } from "../../../../src/analysis/claims/judge-step";
import { findStory } from "../../../../src/scenario/stories";
import { STORY_GROUPS } from "../../../../src/scenario/stories/cards";
import type { Assumption, Story, StoryStep } from "../../../../src/scenario/stories/story";
import type { Scenario } from "../../../../src/scenario/types";
import { remembering } from "../../../support/judged";

/** What each starting point is there to teach: the claims, of one step, that say it. */
const LESSONS: Readonly<Record<string, { readonly step: string; readonly claims: readonly string[] }>> = {
  "small-rails": { step: "3", claims: ["wait"] },
  "puma-on-aws": { step: "3", claims: ["four"] },
  "node-pool": { step: "3", claims: ["quick"] },
  "pooler-modes": { step: "3", claims: ["nothing-fails", "more"] },
  "retry-storm-trap": { step: "3", claims: ["recovers", "trap"] },
  heartbeats: { step: "3", claims: ["wait", "pages"] },
  "pool-below-threads": { step: "3", claims: ["quick"] },
  "slow-third-parties": { step: "3", claims: ["pages"] },
};
const OTHER_SEEDS = [2, 3, 4, 5, 6, 7, 8, 9];

type Neighbour = Assumption["neighbours"][number];

function lessonOf(id: string): { story: Story; step: StoryStep } {
  const lesson = LESSONS[id];
  const story = findStory(id);
  const step = story?.steps.find((one) => one.id === lesson?.step);
  if (lesson === undefined || story === undefined || step === undefined)
    throw new Error(`no lesson of ${id}`);
  return {
    story,
    step: { ...step, claims: step.claims.filter((claim) => lesson.claims.includes(claim.id)) },
  };
}

/** How the lesson comes out where the run's chances are others: one replication, which is harder than eight. */
function withSeed(id: string, seed: number, neighbour: Neighbour | null = null): readonly string[] {
  const { story, step } = lessonOf(id);
  const run = remembering();
  const seeded = (scenario: Scenario) =>
    run({ ...scenario, run: { ...scenario.run, seed, replications: 1 } });
  const { claims } = judgeStep(story, step, seeded, neighbour);
  return claims.map(({ claim, verdict, value }) =>
    verdict === "agrees" ? claim.id : `${claim.id} with seed ${seed}, ${neighbour?.label ?? ""}: ${value}`,
  );
}

const ids = STORY_GROUPS.at(-1)?.stories.map(({ id }) => id) ?? [];

it("every starting point has a lesson", () => {
  expect(Object.keys(LESSONS)).toEqual(ids);
});

describe.each(ids)("%s", (id) => {
  it("is short, and says that nobody measured its numbers", () => {
    const { story } = lessonOf(id);
    expect(story.steps.length).toBeGreaterThanOrEqual(2);
    expect(story.steps.length).toBeLessThanOrEqual(4);
    expect(story.source).toContain("made up");
    for (const { scenario } of story.steps) expect(scenario.notes).toContain("nobody measured these numbers");
  });

  it("teaches what follows by arithmetic: nothing in it is reported, or comes out otherwise", () => {
    for (const { claims } of lessonOf(id).story.steps) {
      expect(claims.length).toBeLessThanOrEqual(4);
      for (const { status, differs, notComparable } of claims)
        expect({ status, differs, notComparable }).toEqual({ status: "derived" });
    }
  });

  it("teaches the same with other seeds", () => {
    for (const seed of OTHER_SEEDS) expect(withSeed(id, seed)).toEqual(LESSONS[id]?.claims);
  });

  it("teaches the same with a fifth less or more of what it assumes", () => {
    const neighbours = (lessonOf(id).step.assumptions ?? []).flatMap((assumption) => assumption.neighbours);
    expect(neighbours.length).toBeGreaterThanOrEqual(2);
    for (const neighbour of neighbours) expect(withSeed(id, 2, neighbour)).toEqual(LESSONS[id]?.claims);
  });
});
