import { createStore, type StoreApi } from "zustand/vanilla";
import { forgetOwnStory, isOwnStory, learnOwnStory, storyOfPreset } from "../scenario/known-presets";
import {
  freeStepId,
  type OwnStep,
  ownStepOf,
  ownStory,
  UNNAMED_STORY_ID,
} from "../scenario/stories/own-story";
import { readStoryText } from "../scenario/stories/read-story";
import type { Story, StoryStep } from "../scenario/stories/story";
import { MOST_STEPS } from "../scenario/stories/story-shape";
import type { Problem, Scenario } from "../scenario/types";
import { packStory } from "../share/packed";
import type { TextStorage } from "./environment";
import { drop, keep, readKept } from "./kept-stories";
import type { ScenarioEntry } from "./scenario-editor";

export interface OwnStoriesState {
  /** The stories that the reader keeps, in the order in which they were begun. */
  readonly stories: readonly Story[];
  /** The one worked on last; null: none yet. */
  readonly lastId: string | null;
  /** Whether the browser keeps them over visits: its storage may be full, or forbidden. */
  readonly isKept: boolean;
  /** A story as it was before a step, or all of it, was taken away; null: nothing was since the last change. */
  readonly beforeRemoval: Story | null;
}

/** What the stories need of the session that they belong to. */
export interface StoriesHost {
  readonly storage: TextStorage;
  /** The scenario to hand on, and what it began from. */
  present(): ScenarioEntry;
  /** Puts a scenario in place of the present one, as a step that can be undone. */
  open(scenario: Scenario, baseId: string): void;
  /** Gives the present scenario another name, without a step. */
  rename(name: string): void;
  /** Spells the address anew: what it begins from has changed. */
  respell(): void;
}

/** The words and charts of a step, as the reader writes and chooses them. */
export type StepWords = Pick<OwnStep, "title" | "text" | "charts"> & { readonly note: string };

/** A story in more letters than these has no link: chat tools and browsers cut it. */
const LONGEST_STORY_TEXT = 60_000;

/** The reader's own stories: kept in the browser, and in each link to one of their steps. */
export class OwnStories {
  readonly store: StoreApi<OwnStoriesState>;
  readonly #host: StoriesHost;
  /** Changes happen one after the other: packing a story takes a moment. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(host: StoriesHost, stories: readonly Story[]) {
    this.#host = host;
    this.store = createStore<OwnStoriesState>(() => ({
      stories,
      lastId: stories.at(-1)?.id ?? null,
      isKept: true,
      beforeRemoval: null,
    }));
  }

  /** Brings the stories that are kept; from then on their steps are presets. Never rejects. */
  static async open(host: StoriesHost): Promise<OwnStories> {
    const kept = readKept(host.storage);
    for (const story of kept) learnOwnStory(story, await textOf(story));
    return new OwnStories(host, kept);
  }

  /** A story that is kept; undefined where there is none of that id. */
  find(id: string | undefined): Story | undefined {
    return this.store.getState().stories.find((story) => story.id === id);
  }

  /** Begins a story with the present scenario as its first step, and goes there. */
  begin(title: string, stepTitle: string): Promise<void> {
    return this.#do(async () => {
      const { scenario } = this.#host.present();
      const step = stepOf(scenario, stepTitle, freeStepId(undefined, []), undefined);
      const parts = { id: this.#freeId(undefined), title: this.#freeTitle(title), lesson: "", source: "" };
      await this.#put(ownStory(parts, [step]));
      this.#goTo(this.find(parts.id)?.steps[0]);
    });
  }

  /** Makes the present scenario a step of a story: after the present step where that is one of its, else the last. */
  addStep(storyId: string, title: string): Promise<void> {
    return this.#do(async () => {
      const story = this.find(storyId);
      if (story === undefined || story.steps.length >= MOST_STEPS) return;
      const { baseId, scenario } = this.#host.present();
      const place = story.steps.findIndex(({ presetId }) => presetId === baseId);
      const before = story.steps.at(place);
      const id = freeStepId(
        undefined,
        story.steps.map((step) => step.id),
      );
      const steps = story.steps.map(ownStepOf);
      steps.splice(place < 0 ? steps.length : place + 1, 0, stepOf(scenario, title, id, before));
      await this.#put(ownStory(story, steps));
      this.#goTo(this.find(storyId)?.steps.find((step) => step.id === id));
    });
  }

  /** Makes any story one of the reader's own, and goes to the step of it that stands at `place`. */
  copy(story: Story, place: number): Promise<void> {
    return this.#do(async () => {
      const id = this.#freeId(undefined);
      await this.#put(
        ownStory({ ...story, id, title: this.#freeTitle(story.title) }, story.steps.map(ownStepOf)),
      );
      this.#goTo(this.find(id)?.steps[place]);
    });
  }

  /** Another title, or another sentence of what it teaches. */
  rename(storyId: string, words: Partial<Pick<Story, "title" | "lesson">>): Promise<void> {
    return this.#change(storyId, (story) => ({ ...story, ...words }));
  }

  /** Other words or charts for a step: those that are given. */
  writeStep(presetId: string, words: Partial<StepWords>): Promise<void> {
    return this.#changeStep(presetId, (step) => {
      const { note, ...others } = { ...step, ...words };
      return note === undefined || note === "" ? others : { ...others, note };
    });
  }

  /** Makes the present scenario that of a step. */
  async saveScenario(presetId: string): Promise<void> {
    const { scenario } = this.#host.present();
    await this.#changeStep(presetId, (step) => ({ ...step, scenario }));
    this.#goTo(this.#step(presetId));
  }

  /** Moves a step to another place. Its scenario stays as it is, so what differs from the step before becomes another. */
  moveStep(presetId: string, toPlace: number): Promise<void> {
    return this.#change(storyOfPreset(presetId) ?? "", (story) => {
      const steps = story.steps.map(ownStepOf);
      const from = story.steps.findIndex((step) => step.presetId === presetId);
      const moved = from < 0 ? [] : steps.splice(from, 1);
      steps.splice(toPlace, 0, ...moved);
      return ownStory(story, steps);
    });
  }

  /** Takes a step away, and with the last one the story; `undoRemoval` brings it back. */
  removeStep(presetId: string): Promise<void> {
    return this.#do(async () => {
      const story = this.find(storyOfPreset(presetId));
      if (story === undefined) return;
      const place = story.steps.findIndex((step) => step.presetId === presetId);
      const steps = story.steps.filter((step) => step.presetId !== presetId).map(ownStepOf);
      if (steps.length === 0) this.#remove(story);
      else await this.#put(ownStory(story, steps));
      this.store.setState({ beforeRemoval: story });
      const { baseId } = this.#host.present();
      if (baseId === presetId)
        this.#goTo(this.find(story.id)?.steps[Math.min(Math.max(place, 0), steps.length - 1)]);
    });
  }

  /** Takes a whole story away; `undoRemoval` brings it back. */
  remove(storyId: string): Promise<void> {
    return this.#do(async () => {
      const story = this.find(storyId);
      if (story === undefined) return;
      this.#remove(story);
      this.store.setState({ beforeRemoval: story });
    });
  }

  /** Brings back what was taken away last. */
  undoRemoval(): Promise<void> {
    return this.#do(async () => {
      const { beforeRemoval } = this.store.getState();
      if (beforeRemoval !== null) await this.#put(beforeRemoval);
    });
  }

  /**
   * Opens a story's JSON text as one more of the reader's own, and goes to its first step: what can be read of it. No other
   * story is touched, whatever the text is.
   */
  async importText(text: string): Promise<readonly Problem[]> {
    const { story, problems } = readStoryText(text);
    if (story === null) return problems;
    await this.#do(async () => {
      const id = this.#freeId(story.id);
      await this.#put(
        ownStory({ ...story, id, title: this.#freeTitle(story.title) }, story.steps.map(ownStepOf)),
      );
      this.#goTo(this.find(id)?.steps[0]);
    });
    return problems;
  }

  #do(change: () => Promise<void>): Promise<void> {
    const done = this.#last.then(change);
    this.#last = done.catch(() => undefined);
    return done;
  }

  #change(storyId: string, change: (story: Story) => Story): Promise<void> {
    return this.#do(async () => {
      const story = this.find(storyId);
      if (story !== undefined) await this.#put(change(story));
    });
  }

  #changeStep(presetId: string, change: (step: OwnStep) => OwnStep): Promise<void> {
    return this.#change(storyOfPreset(presetId) ?? "", (story) =>
      ownStory(
        story,
        story.steps.map((step) => (step.presetId === presetId ? change(ownStepOf(step)) : ownStepOf(step))),
      ),
    );
  }

  async #put(story: Story): Promise<void> {
    learnOwnStory(story, await textOf(story));
    const { baseId, scenario } = this.#host.present();
    const nameBefore = this.#step(baseId)?.scenario.name;
    const { stories } = this.store.getState();
    const isNew = !stories.some(({ id }) => id === story.id);
    const next = isNew ? [...stories, story] : stories.map((one) => (one.id === story.id ? story : one));
    this.#set(next, story.id, keep(this.#host.storage, story));
    if (storyOfPreset(baseId) !== story.id) return;
    // The scenario has its step's name as long as nobody gave it another.
    const name = this.#step(baseId)?.scenario.name;
    if (name !== undefined && scenario.name === nameBefore && name !== nameBefore) this.#host.rename(name);
    this.#host.respell();
  }

  #remove(story: Story): void {
    forgetOwnStory(story.id);
    const stories = this.store.getState().stories.filter(({ id }) => id !== story.id);
    this.#set(stories, stories.at(-1)?.id ?? null, drop(this.#host.storage, story.id));
    const { baseId, scenario } = this.#host.present();
    // What is on the page stays there, and begins from nothing any more.
    if (storyOfPreset(baseId) === story.id) this.#host.open(scenario, "default");
  }

  #set(stories: readonly Story[], lastId: string | null, isKept: boolean): void {
    this.store.setState({ stories, lastId, isKept, beforeRemoval: null });
  }

  #step(presetId: string): StoryStep | undefined {
    return this.find(storyOfPreset(presetId))?.steps.find((step) => step.presetId === presetId);
  }

  #goTo(step: StoryStep | undefined): void {
    if (step !== undefined) this.#host.open(step.scenario, step.presetId);
  }

  /** The id where it can stand and no story here has it, else a new one. */
  #freeId(wanted: string | undefined): string {
    if (wanted !== undefined && wanted !== UNNAMED_STORY_ID && this.find(wanted) === undefined) return wanted;
    const id = `my-${Math.random().toString(36).slice(2, 12).padEnd(8, "0")}`;
    return isOwnStory(id) && this.find(id) === undefined ? id : this.#freeId(undefined);
  }

  /** The title, with a number where another story has it. */
  #freeTitle(wanted: string): string {
    const taken = this.store.getState().stories.map(({ title }) => title);
    let title = wanted;
    for (let number = 2; taken.includes(title); number++) title = `${wanted.slice(0, 190)} (${number})`;
    return title;
  }
}

/** A new step: it shows the charts of the step before it. */
function stepOf(scenario: Scenario, title: string, id: string, before: StoryStep | undefined): OwnStep {
  return {
    id,
    title,
    text: "",
    charts: before?.charts ?? ["throughput", "latency", "queue"],
    claims: [],
    scenario,
  };
}

/** The story as links hold it; null where it is too long for one, or the browser cannot pack it. */
async function textOf(story: Story): Promise<string | null> {
  try {
    const text = await packStory(story);
    return text.length > LONGEST_STORY_TEXT ? null : text;
  } catch {
    return null;
  }
}
