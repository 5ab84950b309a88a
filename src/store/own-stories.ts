import { createStore, type StoreApi } from "zustand/vanilla";
import { forgetOwnStory, learnOwnStory, storyOfPreset } from "../scenario/known-presets";
import {
  newStep,
  type StepWords,
  withoutStep,
  withScenario,
  withStep,
  withStepMoved,
  withWords,
} from "../scenario/stories/edit-story";
import { type OwnStep, ownStepOf, ownStory } from "../scenario/stories/own-story";
import { readStoryText } from "../scenario/stories/read-story";
import type { Story, StoryStep } from "../scenario/stories/story";
import { MOST_STEPS } from "../scenario/stories/story-shape";
import type { Problem, Scenario } from "../scenario/types";
import { packStory } from "../share/packed";
import type { TextStorage } from "./environment";
import { drop, keep, keptIds, keptText, readKept } from "./kept-stories";
import type { ScenarioEntry } from "./scenario-editor";

/** A step that was taken away or saved over, or a whole story that was taken away (`step` is null). */
export interface Removal {
  readonly story: Story;
  readonly step: OwnStep | null;
  readonly place: number;
}

export interface OwnStoriesState {
  /** The stories that the reader keeps, in the order in which they were begun. */
  readonly stories: readonly Story[];
  /** The ids of those of which parts could not be read. */
  readonly damaged: readonly string[];
  /** The one worked on last; null: none yet. */
  readonly lastId: string | null;
  /** Whether the browser keeps them over visits: its storage may be full, or forbidden. */
  readonly isKept: boolean;
  /** What was taken away in this visit and can be brought back, the last one last. */
  readonly removals: readonly Removal[];
}

/** What the stories need of the session that they belong to. */
export interface StoriesHost {
  readonly storage: TextStorage;
  /** The scenario to hand on, and what it began from. */
  present(): ScenarioEntry;
  /** Puts a scenario in place of the present one, as a step that can be undone. */
  open(scenario: Scenario, baseId: string): void;
  /** Gives what began from a preset and has its old name the new one, without a step. */
  rename(baseId: string, before: string, after: string): void;
  /** Spells the address anew: what it begins from has changed. */
  respell(): void;
}

/** A story in more letters than these has no link: browsers cut it. */
const LONGEST_STORY_TEXT = 60_000;
const MOST_REMOVALS = 50;

/** The reader's own stories: kept in the browser, and in each link to one of their steps. */
export class OwnStories {
  readonly store: StoreApi<OwnStoriesState> = createStore<OwnStoriesState>(() => ({
    stories: [],
    damaged: [],
    lastId: null,
    isKept: true,
    removals: [],
  }));
  readonly #host: StoriesHost;
  /** What the browser kept when it was last looked at: another tab may have changed it since. */
  #seen: string | null = null;
  /** The story that was begun and not shown yet. */
  #begun: string | null = null;
  /** Changes happen one after the other: packing a story takes a moment. */
  #last: Promise<unknown> = Promise.resolve();

  private constructor(host: StoriesHost) {
    this.#host = host;
  }

  /** Brings the stories that are kept; from then on their steps are presets. Never rejects. */
  static async open(host: StoriesHost): Promise<OwnStories> {
    const own = new OwnStories(host);
    await own.#look();
    own.store.setState(({ stories }) => ({ lastId: stories.at(-1)?.id ?? null }));
    return own;
  }

  /** A story that is kept; undefined where there is none of that id. */
  find(id: string | undefined): Story | undefined {
    return this.store.getState().stories.find((story) => story.id === id);
  }

  /** Whether a story was just begun: true once. */
  takeBegun(storyId: string): boolean {
    const isIt = this.#begun === storyId;
    if (isIt) this.#begun = null;
    return isIt;
  }

  /** Begins a story with the present scenario as its first step, and goes there. */
  begin(title: string, stepTitle: string): Promise<void> {
    return this.#do(async () => {
      const step = newStep([], this.#host.present().scenario, stepTitle, undefined);
      await this.#begin({ id: this.#freeId(), title, lesson: "", source: "" }, [step], 0);
    });
  }

  /** Makes the present scenario a step of a story: after the present step where that is one of its, else the last. */
  addStep(storyId: string, title: string): Promise<void> {
    return this.#do(async () => {
      const story = this.find(storyId);
      if (story === undefined || story.steps.length >= MOST_STEPS) return;
      const { baseId, scenario } = this.#host.present();
      const place = story.steps.findIndex(({ presetId }) => presetId === baseId);
      const step = newStep(story.steps, scenario, title, story.steps.at(place));
      const at = place < 0 ? story.steps.length : place + 1;
      await this.#put(withStep(story, step, at));
      this.#goTo(this.find(storyId)?.steps[at]);
    });
  }

  /** Makes any story one of the reader's own, and goes to the step of it that stands at `place`. */
  copy(story: Story, place: number): Promise<void> {
    return this.#do(async () => {
      const { baseId, scenario } = this.#host.present();
      const id = this.#freeId();
      await this.#begin({ ...story, id }, story.steps.map(ownStepOf), place);
      const step = this.find(id)?.steps[place];
      // What was changed of the step goes along.
      if (step !== undefined && baseId === story.steps[place]?.presetId)
        this.#host.open({ ...scenario, name: step.title }, step.presetId);
    });
  }

  /** Another title, or another sentence of what it teaches. */
  rename(storyId: string, words: Partial<Pick<Story, "title" | "lesson">>): Promise<void> {
    return this.#change(storyId, (story) => ({ ...story, ...words }));
  }

  /** Other words or charts for a step: those that are given. */
  writeStep(presetId: string, words: Partial<StepWords>): Promise<void> {
    return this.#change(storyOfPreset(presetId), (story) => withWords(story, presetId, words));
  }

  /** Makes the present scenario that of a step; `bringBack` brings back what it was. */
  async saveScenario(presetId: string): Promise<void> {
    const { scenario } = this.#host.present();
    const story = this.find(storyOfPreset(presetId));
    const place = story?.steps.findIndex((step) => step.presetId === presetId) ?? -1;
    const step = story?.steps[place];
    if (story === undefined || step === undefined) return;
    await this.#change(story.id, (present) => withScenario(present, presetId, scenario));
    this.#note({ story, step: ownStepOf(step), place });
    this.#goTo(this.find(story.id)?.steps.find((one) => one.presetId === presetId));
  }

  /** Moves a step to another place. */
  moveStep(presetId: string, toPlace: number): Promise<void> {
    return this.#change(storyOfPreset(presetId), (story) => withStepMoved(story, presetId, toPlace));
  }

  /** Takes a step away, and with the last one the story; `bringBack` brings it back. */
  removeStep(presetId: string): Promise<void> {
    return this.#do(async () => {
      const story = this.find(storyOfPreset(presetId));
      const place = story?.steps.findIndex((step) => step.presetId === presetId) ?? -1;
      const step = story?.steps[place];
      if (story === undefined || step === undefined) return;
      if (story.steps.length === 1) return this.#remove(story);
      const isShown = this.#host.present().baseId === presetId;
      await this.#put(withoutStep(story, presetId));
      this.#note({ story, step: ownStepOf(step), place });
      if (isShown) this.#goTo(this.find(story.id)?.steps[Math.min(place, story.steps.length - 2)]);
    });
  }

  /** Takes a whole story away; `bringBack` brings it back. */
  remove(storyId: string): Promise<void> {
    return this.#do(async () => {
      const story = this.find(storyId);
      if (story !== undefined) this.#remove(story);
    });
  }

  /** Brings back what was taken away, and goes there. */
  bringBack(removal: Removal): Promise<void> {
    return this.#do(async () => {
      const { story, step, place } = removal;
      const present = this.find(story.id);
      if (step !== null && present === undefined) return;
      await this.#put(step === null || present === undefined ? story : withStep(present, step, place));
      this.store.setState(({ removals }) => ({ removals: removals.filter((one) => one !== removal) }));
      const steps = this.find(story.id)?.steps ?? [];
      this.#goTo(step === null ? steps[0] : steps.find(({ id }) => id === step.id));
    });
  }

  /**
   * Opens a story's JSON text as one more of the reader's own, with an id of its own, and goes to its first step: what can be read of it. No
   * other story is touched, whatever the text is.
   */
  async importText(text: string): Promise<readonly Problem[]> {
    const { story, problems } = readStoryText(text);
    if (story !== null) await this.copy(story, 0);
    return problems;
  }

  #do(change: () => Promise<void>): Promise<void> {
    const done = this.#last.then(() => this.#look()).then(change);
    this.#last = done.catch(() => undefined);
    return done;
  }

  /** Takes in what another tab has changed. */
  async #look(): Promise<void> {
    const text = keptText(this.#host.storage);
    if (text === null || text === this.#seen) return;
    this.#seen = text;
    const { stories, damaged } = readKept(text);
    for (const story of stories) learnOwnStory(story, await textOf(story));
    this.store.setState({ stories, damaged });
  }

  #change(storyId: string | undefined, change: (story: Story) => Story): Promise<void> {
    return this.#do(async () => {
      const story = this.find(storyId);
      if (story !== undefined) await this.#put(change(story));
    });
  }

  async #begin(parts: Omit<Story, "steps">, steps: readonly OwnStep[], place: number): Promise<void> {
    this.#begun = parts.id;
    await this.#put(ownStory({ ...parts, title: this.#freeTitle(parts.title) }, steps));
    this.#goTo(this.find(parts.id)?.steps[place]);
  }

  async #put(story: Story): Promise<void> {
    const before = this.find(story.id);
    learnOwnStory(story, await textOf(story));
    const { stories, damaged } = this.store.getState();
    this.#set(
      before === undefined ? [...stories, story] : stories.map((one) => (one === before ? story : one)),
      story.id,
      keep(this.#host.storage, story, damaged.includes(story.id)),
    );
    for (const { presetId, title } of story.steps) {
      const nameBefore = before?.steps.find((step) => step.presetId === presetId)?.title;
      if (nameBefore !== undefined && nameBefore !== title) this.#host.rename(presetId, nameBefore, title);
    }
    if (storyOfPreset(this.#host.present().baseId) === story.id) this.#host.respell();
  }

  #remove(story: Story): void {
    forgetOwnStory(story.id);
    const stories = this.store.getState().stories.filter(({ id }) => id !== story.id);
    this.#set(stories, stories.at(-1)?.id ?? null, drop(this.#host.storage, story.id));
    this.#note({ story, step: null, place: 0 });
    const { baseId, scenario } = this.#host.present();
    // What is on the page stays there, and begins from nothing any more.
    if (storyOfPreset(baseId) === story.id) this.#host.open(scenario, "default");
  }

  #note(removal: Removal): void {
    this.store.setState(({ removals }) => ({ removals: [...removals, removal].slice(-MOST_REMOVALS) }));
  }

  #set(stories: readonly Story[], lastId: string | null, isKept: boolean): void {
    const ids = stories.map(({ id }) => id);
    this.#seen = keptText(this.#host.storage);
    this.store.setState(({ damaged }) => ({
      stories,
      lastId,
      isKept,
      damaged: damaged.filter((id) => ids.includes(id) && id !== lastId),
    }));
  }

  #goTo(step: StoryStep | undefined): void {
    if (step !== undefined) this.#host.open(step.scenario, step.presetId);
  }

  /** An id that no story has, whether it can be read or not. */
  #freeId(): string {
    const taken = [...keptIds(this.#host.storage), ...this.store.getState().stories.map(({ id }) => id)];
    const id = `my-${Math.random().toString(36).slice(2, 12).padEnd(8, "0")}`;
    return taken.includes(id) ? this.#freeId() : id;
  }

  /** The title, with a number where another story has it. */
  #freeTitle(wanted: string): string {
    const taken = this.store.getState().stories.map(({ title }) => title);
    let title = wanted;
    for (let number = 2; taken.includes(title); number++)
      title = `${[...wanted].slice(0, 90).join("")} (${number})`;
    return title;
  }
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
