import { describe, expect, it } from "vitest";
import { fetchStory, forgetOwnStory, knownOwnStory } from "../../../src/scenario/known-presets";
import { HEROKU_POOLING } from "../../../src/scenario/stories/heroku-pooling";
import type { Story } from "../../../src/scenario/stories/story";
import { writtenStory } from "../../../src/scenario/stories/written-story";
import { readHash } from "../../../src/share/link";
import { pack } from "../../../src/share/packed";
import type { Removal } from "../../../src/store/own-stories";
import { settle } from "../../support/fake-client";
import { FakeEnvironment } from "../../support/fake-environment";
import { DYNOS, OPENING, openSession } from "../../support/open-session";

function lastOf(removals: readonly Removal[]): Removal {
  const last = removals.at(-1);
  if (last === undefined) throw new Error("nothing was removed");
  return last;
}

/** A text that packing makes hardly shorter. */
function manyLetters(count: number): string {
  let state = 1;
  return Array.from({ length: count }, () => {
    state = (state * 48_271) % 2_147_483_647;
    return String.fromCharCode(33 + (state % 90));
  }).join("");
}

const KEY = "headroom.1.stories";

/** A session whose reader has begun a story with the opening scenario and added a step with 40 dynos. */
async function withStory(environment?: FakeEnvironment) {
  const opened = await openSession(environment);
  const own = await opened.session.ownStories();
  await own.begin("My review", "As it is");
  opened.session.edit(DYNOS, 40);
  const [story] = own.store.getState().stories;
  if (story === undefined) throw new Error("not begun");
  await own.addStep(story.id, "More dynos");
  return {
    ...opened,
    own,
    id: story.id,
    story: () => own.find(story.id),
    removals: () => own.store.getState().removals,
    titles: () => own.find(story.id)?.steps.map(({ title }) => title),
    step: (place: number) => {
      const step = own.find(story.id)?.steps[place];
      if (step === undefined) throw new Error(`no step at ${place}`);
      return step;
    },
  };
}

describe("a story of one's own", () => {
  it("begins with the present scenario, and goes on with what is added as a step", async () => {
    const { story, state, step, dynos } = await withStory();
    expect(story()).toMatchObject({
      title: "My review",
      steps: [{ title: "As it is" }, { title: "More dynos" }],
    });
    expect(step(0).scenario).toEqual({ ...OPENING, name: "As it is" });
    expect(step(1).changes).toEqual([
      { path: "name", value: "More dynos" },
      { path: DYNOS, value: 40 },
    ]);
    expect(state().baseId).toBe(step(1).presetId);
    expect(dynos()).toBe(40);
  });

  it("gets a new step after the one that is shown", async () => {
    const { own, id, session, step, titles } = await withStory();
    session.replaceScenario(step(0).scenario, step(0).presetId);
    await own.addStep(id, "Between");
    expect(titles()).toEqual(["As it is", "Between", "More dynos"]);
  });

  it("takes other words, charts and another title", async () => {
    const { own, id, step, story, state, inAddress } = await withStory();
    const { presetId } = step(1);
    await own.writeStep(presetId, { title: "Forty", text: "**More**.", note: "Pause.", charts: ["queue"] });
    await own.rename(id, { title: "Renamed", lesson: "One lesson." });
    expect(step(1)).toMatchObject({
      presetId,
      title: "Forty",
      text: "**More**.",
      note: "Pause.",
      charts: ["queue"],
    });
    expect(step(1).scenario.name).toBe("Forty");
    expect(state().scenario).toEqual(step(1).scenario);
    expect(await inAddress()).toEqual(step(1).scenario);
    expect(story()).toMatchObject({ title: "Renamed", lesson: "One lesson." });
    await own.writeStep(presetId, { title: "Forty", text: "", note: "", charts: [] });
    expect(step(1)).not.toHaveProperty("note");
    expect(state().baseId).toBe(presetId);
  });

  it("takes words one after the other, each without the others'", async () => {
    const { own, step } = await withStory();
    const { presetId } = step(0);
    await Promise.all([
      own.writeStep(presetId, { text: "Text." }),
      own.writeStep(presetId, { note: "Note." }),
      own.writeStep(presetId, { title: "Title" }),
    ]);
    expect(step(0)).toMatchObject({ title: "Title", text: "Text.", note: "Note." });
  });

  it("can have its steps in another order: each keeps its scenario and its address", async () => {
    const { own, step, titles } = await withStory();
    const [first, second] = [step(0), step(1)];
    await own.moveStep(second.presetId, 0);
    expect(titles()).toEqual(["More dynos", "As it is"]);
    expect(step(0)).toMatchObject({ presetId: second.presetId, scenario: second.scenario, label: "1" });
    expect(step(1).scenario).toEqual(first.scenario);
    expect(step(1).changes).toContainEqual({ path: DYNOS, value: OPENING.fleets[0]?.dynos });
  });

  it("takes the present scenario into a step", async () => {
    const { own, session, step, state } = await withStory();
    session.edit(DYNOS, 55);
    await own.saveScenario(step(1).presetId);
    expect(step(1).scenario.fleets[0]?.dynos).toBe(55);
    expect(state()).toMatchObject({ baseId: step(1).presetId, scenario: step(1).scenario });
  });

  it("was another before it was saved over, and can be that again", async () => {
    const { own, session, step, dynos, removals } = await withStory();
    session.edit(DYNOS, 55);
    await own.saveScenario(step(1).presetId);
    await own.bringBack(lastOf(removals()));
    expect(step(1).scenario.fleets[0]?.dynos).toBe(40);
    expect(dynos()).toBe(40);
  });

  it("loses a step only until it is brought back, whatever is written meanwhile", async () => {
    const { own, id, step, titles, state, removals } = await withStory();
    const removed = step(1);
    await own.removeStep(removed.presetId);
    expect(titles()).toEqual(["As it is"]);
    expect(state().baseId).toBe(step(0).presetId);
    await own.rename(id, { title: "Another title" });
    await own.bringBack(lastOf(removals()));
    expect(step(1)).toMatchObject({ presetId: removed.presetId, scenario: removed.scenario });
    expect(state().baseId).toBe(removed.presetId);
    expect(removals()).toEqual([]);
  });

  it("brings back each of several, the last one first", async () => {
    const { own, step, titles, removals } = await withStory();
    await own.removeStep(step(1).presetId);
    await own.removeStep(step(0).presetId);
    expect(titles()).toBeUndefined();
    await own.bringBack(lastOf(removals()));
    await own.bringBack(lastOf(removals()));
    expect(titles()).toEqual(["As it is", "More dynos"]);
  });

  it("is gone with its last step, and what the page shows stays", async () => {
    const { own, step, story, state, inAddress, environment } = await withStory();
    await own.removeStep(step(0).presetId);
    const { scenario } = state();
    await own.removeStep(step(0).presetId);
    expect(story()).toBeUndefined();
    expect(state()).toMatchObject({ baseId: "default", scenario });
    expect(await inAddress()).toEqual(scenario);
    expect(environment.address.hash()).not.toContain("story=");
  });

  it("keeps its claims where a step goes that they are about, and comes back whole at the next visit", async () => {
    const { session, environment } = await openSession();
    const own = await session.ownStories();
    await own.copy(HEROKU_POOLING, 5);
    const story = () => own.store.getState().stories[0];
    const sixth = story()?.steps[5];
    if (sixth === undefined) throw new Error("no sixth step");
    const claims = story()?.steps[7]?.claims;
    await own.removeStep(sixth.presetId);
    expect(story()?.steps[6]?.claims).toEqual(claims);
    const again = await (await openSession(new FakeEnvironment("", environment.kept))).session.ownStories();
    expect(again.store.getState()).toMatchObject({ stories: [story()], damaged: [] });
  });

  it("has its new name wherever undo leads, and a drag goes on through it", async () => {
    const { own, session, step, state, dynos } = await withStory();
    session.edit(DYNOS, 50);
    session.edit(DYNOS, 60, { dragging: true });
    await own.writeStep(step(1).presetId, { title: "Renamed" });
    session.edit(DYNOS, 70, { dragging: true });
    session.commitEdit();
    session.undo();
    expect(dynos()).toBe(50);
    expect(state().scenario.name).toBe("Renamed");
    session.undo();
    expect(state().scenario).toEqual(step(1).scenario);
  });

  it("can be made of any other, at the step that is shown", async () => {
    const { session, state } = await openSession();
    const own = await session.ownStories();
    await own.copy(HEROKU_POOLING, 5);
    const [copy] = own.store.getState().stories;
    expect(copy?.title).toBe(HEROKU_POOLING.title);
    expect(copy?.steps.map(({ claims }) => claims)).toEqual(HEROKU_POOLING.steps.map(({ claims }) => claims));
    expect(state().baseId).toBe(copy?.steps[5]?.presetId);
    await own.copy(HEROKU_POOLING, 0);
    expect(own.store.getState().stories[1]?.title).toBe(`${HEROKU_POOLING.title} (2)`);
  });
});

describe("a copy", () => {
  it("takes along what was changed of the step, as a change", async () => {
    const { session, state, dynos } = await openSession();
    const [first] = HEROKU_POOLING.steps;
    if (first === undefined) throw new Error("no first step");
    session.replaceScenario(first.scenario, first.presetId);
    session.edit(DYNOS, 7);
    const own = await session.ownStories();
    await own.copy(HEROKU_POOLING, 0);
    const [step] = own.store.getState().stories[0]?.steps ?? [];
    expect(state().baseId).toBe(step?.presetId);
    expect(dynos()).toBe(7);
    expect(step?.scenario.fleets[0]?.dynos).toBe(first.scenario.fleets[0]?.dynos);
  });
});

describe("what is kept", () => {
  it("is there again at the next visit, at the step that was shown", async () => {
    const { environment, story, step, id } = await withStory();
    const again = await openSession(new FakeEnvironment("", environment.kept));
    expect(again.state().baseId).toBe(step(1).presetId);
    const own = await again.session.ownStories();
    expect(own.find(id)).toEqual(story());
  });

  it("holds of each step only what differs", async () => {
    const { environment } = await withStory();
    const { stories } = JSON.parse(environment.kept.get(KEY) ?? "");
    expect(stories[0].steps.map(({ changes }: { changes: unknown }) => changes)).toEqual([
      {},
      { [DYNOS]: 40 },
    ]);
  });

  it("stays as it is where it cannot be read", async () => {
    const newer = { headroomStory: 9, title: "From the future" };
    const environment = new FakeEnvironment("", new Map([[KEY, JSON.stringify({ stories: [newer] })]]));
    const { own } = await withStory(environment);
    expect(own.store.getState().stories).toHaveLength(1);
    expect(JSON.parse(environment.kept.get(KEY) ?? "").stories[0]).toEqual(newer);
  });

  it("takes in what another tab has done to the same story", async () => {
    const { own, environment, id, step, titles } = await withStory();
    const other = await openSession(new FakeEnvironment("", environment.kept));
    const theirs = await other.session.ownStories();
    other.session.edit(DYNOS, 80);
    await theirs.addStep(id, "From the other tab");
    await own.writeStep(step(0).presetId, { note: "From this tab" });
    expect(titles()).toEqual(["As it is", "More dynos", "From the other tab"]);
    expect(JSON.parse(environment.kept.get(KEY) ?? "").stories[0].steps).toMatchObject([
      { note: "From this tab" },
      {},
      { title: "From the other tab" },
    ]);
  });

  it("is opened as far as it can be read, and set aside whole before anything is written in its place", async () => {
    const damaged = {
      headroomStory: 1,
      id: "my-damaged0",
      title: "Damaged",
      steps: [{ id: "one", title: "One", changes: { "fleets.web.dynos": "many", "fleets.web.threads": 3 } }],
    };
    const kept = new Map([[KEY, JSON.stringify({ stories: [damaged] })]]);
    const { session } = await openSession(new FakeEnvironment("", kept));
    const own = await session.ownStories();
    expect(own.store.getState()).toMatchObject({ stories: [{ title: "Damaged" }], damaged: ["my-damaged0"] });
    await own.rename("my-damaged0", { title: "Mended" });
    expect(own.store.getState().damaged).toEqual([]);
    expect(JSON.parse(kept.get(KEY) ?? "").stories).toMatchObject([{ title: "Mended" }]);
    expect(JSON.parse(kept.get(`${KEY}.unread`) ?? "")).toEqual(damaged);
  });

  it("is set aside where it is nothing that can be read", async () => {
    const kept = new Map([[KEY, "{ damaged"]]);
    await withStory(new FakeEnvironment("", kept));
    expect(JSON.parse(kept.get(KEY) ?? "").stories).toHaveLength(1);
    expect(kept.get(`${KEY}.unread`)).toBe("{ damaged\n");
  });

  it("is not touched by another tab that works on another story", async () => {
    const { own, environment, id } = await withStory();
    const other = await openSession(new FakeEnvironment("", environment.kept));
    const theirs = await other.session.ownStories();
    await theirs.begin("In the other tab", "One");
    await own.rename(id, { title: "In this tab" });
    const { stories } = JSON.parse(environment.kept.get(KEY) ?? "");
    expect(stories.map(({ title }: { title: string }) => title)).toEqual(["In this tab", "In the other tab"]);
  });

  it("is said to be nothing where the browser keeps nothing, and all else works", async () => {
    const environment = new FakeEnvironment();
    environment.refusesStorage = true;
    const { own, titles } = await withStory(environment);
    expect(own.store.getState().isKept).toBe(false);
    expect(titles()).toHaveLength(2);
  });
});

describe("a link to a step", () => {
  it("holds the whole story, and opens at the step with what was changed since", async () => {
    const { session, environment, story, step, state } = await withStory();
    session.edit("pooler.enabled", true);
    const link = await session.shareLink();
    expect(link).toBe(`https://headroom.example/${environment.address.hash()}`);
    const hash = environment.address.hash();
    expect(hash).toMatch(/^#story=1\.[\w-]+&from=my-\w+\.s2&pooler\.enabled=true$/);
    forgetOwnStory(story()?.id ?? "");
    const elsewhere = await openSession(new FakeEnvironment(hash));
    expect(elsewhere.state()).toMatchObject({
      baseId: step(1).presetId,
      scenario: state().scenario,
      problems: [],
    });
    const own = await elsewhere.session.ownStories();
    expect(own.store.getState().stories).toEqual([]);
    expect(await fetchStory(story()?.id ?? "")).toEqual({ ...story(), isReceived: true });
  });

  it("of an earlier version leads to that version's numbers, and leaves the story as it is now", async () => {
    const { session, own, environment, step, story, state } = await withStory();
    const earlier = environment.address.hash();
    session.edit(DYNOS, 90);
    await own.saveScenario(step(1).presetId);
    const now = story();
    environment.type(earlier);
    await settle();
    await expect.poll(() => state().scenario.fleets[0]?.dynos).toBe(40);
    expect(state().baseId).toBe(step(1).presetId);
    expect(own.find(now?.id)).toEqual(now);
    expect(own.store.getState().stories).toHaveLength(1);
  });

  it("of another version than the reader's opens beside it, as received", async () => {
    const { own, id, environment, story } = await withStory();
    const theirs = { ...story(), title: "Their version", steps: [story()?.steps[1]] } as Story;
    const packed = await pack(writtenStory(theirs));
    const before = story();
    environment.type(`#story=${packed}&from=${theirs.steps[0]?.presetId}`);
    await expect.poll(() => knownOwnStory(`${id}v`)?.title).toBe("Their version");
    expect(own.find(id)).toEqual(before);
    expect(knownOwnStory(`${id}v`)).toMatchObject({ isReceived: true, steps: [{ title: "More dynos" }] });
  });

  it("that is too long is named in the address, so that a reload finds it again", async () => {
    const { own, step, environment, state, session } = await withStory();
    await own.writeStep(step(1).presetId, { text: manyLetters(90_000) });
    expect(environment.address.hash()).toMatch(/^#from=default&at=my-/);
    expect(await session.shareLink()).not.toContain("story=");
    const again = await openSession(new FakeEnvironment(environment.address.hash(), environment.kept));
    expect(again.state()).toMatchObject({
      baseId: step(1).presetId,
      scenario: state().scenario,
      problems: [],
    });
  });

  it("to a step that was taken away since leads to its numbers too", async () => {
    const { own, environment, step, state } = await withStory();
    const earlier = environment.address.hash();
    await own.removeStep(step(1).presetId);
    environment.type(earlier);
    await expect.poll(() => state().scenario.fleets[0]?.dynos).toBe(40);
    expect(state()).toMatchObject({ baseId: step(0).presetId, problems: [] });
  });

  it("that is damaged says so, and the page opens all the same", async () => {
    const { environment, id } = await withStory();
    const hash = environment.address
      .hash()
      .replace(/story=1\.\w{9}/, "story=1.broken")
      .replace(id, "my-elsewhere");
    const content = await readHash(hash);
    expect(content.problems[0]?.path).toBe("story");
    expect(content.scenario).toEqual(OPENING);
  });
});

describe("a story's file", () => {
  it("opens as one more of the reader's own", async () => {
    const { own, id, environment } = await withStory();
    const [document] = JSON.parse(environment.kept.get(KEY) ?? "").stories;
    expect(await own.importText(JSON.stringify(document))).toEqual([]);
    const { stories } = own.store.getState();
    expect(stories.map(({ title }) => title)).toEqual(["My review", "My review (2)"]);
    expect(stories[1]?.id).not.toBe(id);
    expect(stories[1]?.steps.map(({ scenario }) => scenario)).toEqual(
      stories[0]?.steps.map(({ scenario }) => scenario),
    );
  });

  it("with something wrong is told by path, opens as far as it can be read, and touches no other", async () => {
    const { own, story } = await withStory();
    const before = story();
    const problems = await own.importText(
      JSON.stringify({
        headroomStory: 1,
        title: "Theirs",
        steps: [{ title: "One", changes: { "fleets.web.dynos": -3 } }],
      }),
    );
    expect(problems.map(({ path }) => path)).toEqual(["steps.0.changes.fleets.web.dynos"]);
    expect(story()).toEqual(before);
    expect(own.store.getState().stories.map(({ title }) => title)).toEqual(["My review", "Theirs"]);
  });

  it("without an id gets one of its own", async () => {
    const { own } = await withStory();
    for (let time = 0; time < 2; time++)
      await own.importText('{"headroomStory":1,"steps":[{"title":"One"}]}');
    const ids = own.store.getState().stories.map(({ id }) => id);
    expect(new Set(ids).size).toBe(3);
    for (const id of ids) expect(id).toMatch(/^my-[a-z0-9]{8,}$/);
    expect(ids).not.toContain("my-unnamed");
  });

  it("that is none changes nothing", async () => {
    const { own, state } = await withStory();
    const [stories, entry] = [own.store.getState().stories, state()];
    for (const text of ["", "[]", '{"schema":1}', "{"]) expect(await own.importText(text)).toHaveLength(1);
    expect(own.store.getState().stories).toBe(stories);
    expect(state()).toEqual(entry);
  });
});
