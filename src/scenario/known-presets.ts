import { deepFreeze } from "./objects";
import { DEFAULT_PRESET } from "./presets/default";
import { OPENING_PRESET } from "./presets/opening";
import type { Preset } from "./presets/preset";
import type { Story } from "./stories/story";

export { OPENING_PRESET_ID } from "./presets/opening";

/** Most visits need no more than these: the others are fetched where a link, a kept scenario or the menu names them. */
const known = new Map<string, Preset>();
learn([OPENING_PRESET, DEFAULT_PRESET]);

function learn(presets: readonly Preset[]): void {
  for (const preset of deepFreeze(presets)) known.set(preset.id, preset);
}

/** Whether a story is a reader's own: no other's id begins like this. */
export function isOwnStory(id: string): boolean {
  return id.startsWith("my-");
}

/** The story that a preset is a step of; undefined for others. No other preset's id has a dot. */
export function storyOfPreset(id: string): string | undefined {
  return id.includes(".") ? id.slice(0, id.indexOf(".")) : undefined;
}

/** Readers' own stories, by id. */
const ownStories = new Map<string, Story>();
const listeners = new Set<() => void>();
let bringOwnStories: () => Promise<unknown> = async () => undefined;

/** Says how the stories that the reader keeps are brought here. */
export function onOwnStories(bring: () => Promise<unknown>): void {
  bringOwnStories = bring;
}

/** Calls back whenever a reader's own story has become another; the returned function ends it. */
export function watchOwnStories(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** A reader's own story that is here already; undefined where there is none. */
export function knownOwnStory(id: string): Story | undefined {
  return ownStories.get(id);
}

/**
 * From now on there is this story of a reader, and its steps are presets. Steps that it had before and has no more stay
 * presets, for what began from them; no link holds them.
 * @param storyText the story as links hold it; null where it is too long for one
 */
export function learnOwnStory(story: Story, storyText: string | null): void {
  takeOutOfLinks(story.id);
  ownStories.set(story.id, story);
  learn(presetsOf(story).map((preset) => ({ ...preset, storyText })));
  for (const listener of listeners) listener();
}

/** From now on there is no such story. */
export function forgetOwnStory(id: string): void {
  takeOutOfLinks(id);
  ownStories.delete(id);
  for (const listener of listeners) listener();
}

/** No link holds the steps of this story as it was. */
function takeOutOfLinks(id: string): void {
  for (const { presetId } of ownStories.get(id)?.steps ?? []) {
    const preset = known.get(presetId);
    if (preset !== undefined) learn([{ ...preset, storyText: null }]);
  }
}

/** A reader's own story: one that is kept here, or came with a link. undefined where there is none. */
export async function obtainOwnStory(id: string): Promise<Story | undefined> {
  await bringOwnStories();
  return ownStories.get(id);
}

/** Fetches a story; each of its steps is a preset too, from then on. Rejects where it cannot be had. */
export async function fetchStory(id: string): Promise<Story> {
  if (isOwnStory(id)) {
    const own = await obtainOwnStory(id);
    if (own !== undefined) return own;
  }
  const { takeStory } = await import("./stories/shelf");
  const story = await takeStory(id);
  learn(presetsOf(story));
  return story;
}

/** The steps of a story as presets. */
function presetsOf({ steps }: Story): readonly Preset[] {
  return steps.map(({ presetId, title, text, scenario }) => ({
    id: presetId,
    title,
    description: text,
    scenario,
  }));
}

/** Fetches all presets but the stories' steps. Rejects where they cannot be had. */
export async function fetchPresets(): Promise<readonly Preset[]> {
  const { PRESETS } = await import("./presets");
  learn(PRESETS);
  return PRESETS;
}

/** The preset with this id; undefined where there is none, or it was not fetched yet. */
export function knownPreset(id: string): Preset | undefined {
  return known.get(id);
}

/** The preset with this id, fetched where it has to be; undefined where there is none, or it cannot be had. */
export async function obtainPreset(id: string): Promise<Preset | undefined> {
  if (known.has(id)) return known.get(id);
  const story = storyOfPreset(id);
  await (story === undefined ? fetchPresets() : fetchStory(story)).catch(() => undefined);
  return known.get(id);
}

/** The ids of all presets that are known. */
export function knownPresetIds(): readonly string[] {
  return [...known.keys()];
}
