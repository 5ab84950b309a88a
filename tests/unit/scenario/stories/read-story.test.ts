import { describe, expect, it } from "vitest";
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

  it("leaves out a claim that is about a variant or a step that is not there", () => {
    const claim = (measured: object) => ({
      id: "x",
      status: "derived",
      text: "",
      measured: { metric: "latencyP95", ...measured },
      atMost: 1,
    });
    const reading = read((story) => ({
      ...story,
      steps: [
        {
          ...story.steps[0],
          claims: [claim({}), claim({ of: "none" }), claim({ step: "three" }), { id: "half" }],
        },
      ],
    }));
    expect(paths(reading)).toEqual([
      "steps.0.claims.3.status",
      "steps.0.claims.3.text",
      "steps.0.claims.3.measured",
      "steps.0.claims.1",
      "steps.0.claims.2",
    ]);
    expect(reading.story?.steps[0]?.claims).toHaveLength(1);
  });

  it("leaves out a variant whose changes cannot be made", () => {
    const reading = read((story) => ({
      ...story,
      steps: [
        {
          ...story.steps[0],
          variants: [
            { id: "a", label: "A", changes: { "pooler.enabled": 7 } },
            { id: "b", label: "B", changes: { "pooler.enabled": true } },
          ],
        },
      ],
    }));
    expect(paths(reading)).toEqual(["steps.0.variants.0.changes.pooler.enabled"]);
    expect(reading.story?.steps[0]?.variants?.map(({ id }) => id)).toEqual(["b"]);
  });

  it("gives steps that say no id, or one that is taken, another", () => {
    const reading = read((story) => ({
      ...story,
      steps: story.steps.map((step) => ({ ...step, id: "ONE/?" })),
    }));
    expect(reading.story?.steps.map(({ id }) => id)).toEqual(["s1", "s2"]);
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
