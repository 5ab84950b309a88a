import { describe, expect, it } from "vitest";
import { judgeStep, judgeWithNeighbours, scenariosOf } from "../../../../src/analysis/claims/judge-step";
import type { Story } from "../../../../src/scenario/stories";
import { STORIES } from "../../../../src/scenario/stories";
import { ownStepOf, ownStory } from "../../../../src/scenario/stories/own-story";
import { readStory, readStoryText } from "../../../../src/scenario/stories/read-story";
import { writtenStory } from "../../../../src/scenario/stories/written-story";

/** A story as it would come out of a file. */
const asFile = (document: unknown): unknown => JSON.parse(JSON.stringify(document));

const TWO_STEPS = {
  headroomStory: 1,
  id: "my-example1",
  title: "Pool and threads",
  lesson: "A pool smaller than the threads makes them wait.",
  source: "",
  base: { fleets: [{ name: "web", dynos: 4, threads: 10, pool: { size: 10 } }] },
  steps: [
    {
      id: "one",
      title: "As it is",
      text: "Ten threads, ten connections.",
      changes: {},
      charts: ["queue"],
      claims: [],
    },
    {
      id: "two",
      title: "A smaller pool",
      text: "Half of them.",
      note: "Pause here.",
      changes: { "fleets.web.pool.size": 5 },
      charts: ["queue", "connections"],
      claims: [],
    },
  ],
};

describe("a story that is written and read again", () => {
  it.each(STORIES.map((story) => [story.id, story] as const))("is the same: %s", (_, published) => {
    const own = ownStory({ ...published, id: "my-copy000" }, published.steps.map(ownStepOf));
    const { story, problems } = readStory(asFile(writtenStory(own)));
    expect(problems).toEqual([]);
    expect(story).toEqual(own);
    expect(story?.steps.map(({ scenario }) => ({ ...scenario, name: "" }))).toEqual(
      published.steps.map(({ scenario }) => ({ ...scenario, name: "" })),
    );
  });

  it("holds of each step only what differs from the one before", () => {
    const { story } = readStory(TWO_STEPS);
    if (story === null) throw new Error("not read");
    const written = writtenStory(story);
    expect(written).toEqual(asFile({ ...TWO_STEPS, base: written.base }));
    expect(JSON.stringify(written.base)).not.toContain("replications");
  });

  it("has steps named after their titles, called by their places, and known by their ids", () => {
    const { story } = readStory(TWO_STEPS);
    expect(story?.steps.map(({ label, presetId, scenario }) => [label, presetId, scenario.name])).toEqual([
      ["1", "my-example1.one", "As it is"],
      ["2", "my-example1.two", "A smaller pool"],
    ]);
    expect(story?.steps[1]?.scenario.fleets[0]?.pool.size).toBe(5);
  });
});

describe("a story with something wrong in it", () => {
  const read = (change: (story: typeof TWO_STEPS & Record<string, unknown>) => unknown) =>
    readStory(change(structuredClone(TWO_STEPS)));
  const paths = ({ problems }: ReturnType<typeof readStory>) => problems.map(({ path }) => path);

  it("says by path which change cannot be made, and keeps the step with its words and its other changes", () => {
    const reading = read((story) => {
      const [one, two] = story.steps;
      return {
        ...story,
        steps: [
          one,
          {
            ...two,
            changes: { "fleets.web.dynos": "many", "fleets.web.threads": 3, "fleets.nowhere.dynos": 2 },
          },
        ],
      };
    });
    expect(paths(reading)).toEqual([
      "steps.1.changes.fleets.nowhere.dynos",
      "steps.1.changes.fleets.web.dynos",
    ]);
    const step = reading.story?.steps[1];
    expect(step).toMatchObject({ title: "A smaller pool", text: "Half of them.", note: "Pause here." });
    expect(step?.scenario.fleets[0]).toMatchObject({ dynos: 4, threads: 3 });
  });

  it("says by path what is wrong with its base", () => {
    expect(paths(read((story) => ({ ...story, base: { fleets: [{ dynos: -1 }] } })))).toEqual([
      "base.fleets.0.dynos",
    ]);
  });

  it("never has the id of a published story", () => {
    const reading = read((story) => ({ ...story, id: "heroku-pooling" }));
    expect(paths(reading)).toEqual(["id"]);
    expect(reading.story?.steps[0]?.presetId).toBe("my-unnamed.one");
    expect(paths(read(({ id: _id, ...story }) => story))).toEqual([]);
  });

  it("leaves out a chart that there is none of, and a field that there is none of", () => {
    const reading = read((story) => ({
      ...story,
      steps: [{ ...story.steps[0], charts: ["queue", "weather"], colour: "red" }],
    }));
    expect(paths(reading)).toEqual(["steps.0.colour", "steps.0.charts.1"]);
    expect(reading.story?.steps[0]?.charts).toEqual(["queue"]);
  });

  it("says what a claim is about that is not there, and keeps the claim: it cannot be compared", () => {
    const claim = (id: string, measured: object) => ({
      id,
      status: "derived",
      text: "",
      measured: { metric: "latencyP95", ...measured },
      atMost: 1,
    });
    const claims = [claim("a", {}), claim("b", { of: "none" }), claim("c", { step: "three" })];
    const [first] = TWO_STEPS.steps;
    const reading = readStoryText(JSON.stringify({ ...TWO_STEPS, steps: [{ ...first, claims }] }));
    expect(paths(reading)).toEqual(["steps.0.claims.1", "steps.0.claims.2"]);
    if (reading.story === null) throw new Error("not read");
    const [step] = reading.story.steps;
    if (step === undefined) throw new Error("no step");
    const judged = judgeStep(reading.story, step, () => undefined).claims;
    expect(judged.map(({ verdict }) => verdict)).toEqual(["fails", "not-comparable", "not-comparable"]);
    expect(scenariosOf(reading.story, step)).toEqual([step.scenario]);
  });

  it("says which variant and which neighbour do not fit their step, and keeps them: they are not simulated", () => {
    const [first] = TWO_STEPS.steps;
    const off = { changes: { "pooler.enabled": 7 } };
    const reading = readStoryText(
      JSON.stringify({
        ...TWO_STEPS,
        steps: [
          {
            ...first,
            variants: [
              { id: "a", label: "A", ...off },
              { id: "b", label: "B", changes: { "pooler.enabled": true } },
            ],
            assumptions: [{ what: "", value: "", why: "", neighbours: [{ label: "N", ...off }] }],
          },
        ],
      }),
    );
    expect(paths(reading)).toEqual([
      "steps.0.variants.0.changes.pooler.enabled",
      "steps.0.assumptions.0.neighbours.0.changes.pooler.enabled",
    ]);
    const [step] = reading.story?.steps ?? [];
    if (step === undefined || reading.story === null) throw new Error("no step");
    expect(step.variants?.map(({ id }) => id)).toEqual(["a", "b"]);
    expect(scenariosOf(reading.story, step)).toHaveLength(1);
    expect(() => judgeWithNeighbours(reading.story as Story, step, () => undefined)).not.toThrow();
  });

  it("leaves out a claim that is not whole, gives one with another's id its own, and says what no number can meet", () => {
    const [first] = TWO_STEPS.steps;
    const whole = { id: "x", status: "derived", text: "", measured: { metric: "latencyP95" } };
    const claims = [whole, { id: "half" }, { ...whole, atLeast: 2, atMost: 1 }];
    const reading = readStoryText(JSON.stringify({ ...TWO_STEPS, steps: [{ ...first, claims }] }));
    expect(paths(reading)).toEqual([
      "steps.0.claims.1.status",
      "steps.0.claims.1.text",
      "steps.0.claims.1.measured",
      "steps.0.claims.1.id",
      "steps.0.claims.1",
    ]);
    expect(reading.story?.steps[0]?.claims.map(({ id }) => id)).toEqual(["x", "x-2"]);
  });

  it("gives steps whose id cannot stand, or is taken, another, and says so; one without needs no word", () => {
    const withIds = (ids: readonly string[]) =>
      read((story) => ({ ...story, steps: story.steps.map((step, place) => ({ ...step, id: ids[place] })) }));
    const reading = withIds(["one/?", "s1"]);
    expect(reading.story?.steps.map(({ id }) => id)).toEqual(["s1", "s2"]);
    expect(paths(reading)).toEqual(["steps.0.id", "steps.1.id"]);
    expect(paths(withIds([]))).toEqual([]);
  });

  it.each([
    ["nothing", null],
    ["a list", []],
    ["a scenario", { schema: 1, fleets: [] }],
    ["no steps", { headroomStory: 1, steps: [] }],
    ["a newer version", { ...TWO_STEPS, headroomStory: 2 }],
  ])("is none at all where it is %s", (_, document) => {
    const { story, problems } = readStory(document);
    expect(story).toBeNull();
    expect(problems).toHaveLength(1);
    expect(problems[0]?.sentence).toMatch(/\.$/);
  });

  it("says so where the text is no JSON", () => {
    expect(readStoryText("{ not").problems[0]?.sentence).toMatch(/^The file is not JSON/);
  });
});
