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

/** The story that a preset is a step of; undefined for others. No other preset's id has a dot. */
export function storyOfPreset(id: string): string | undefined {
  return id.includes(".") ? id.slice(0, id.indexOf(".")) : undefined;
}

/** Fetches a story; each of its steps is a preset too, from then on. Rejects where it cannot be had. */
export async function fetchStory(id: string): Promise<Story> {
  const { takeStory } = await import("./stories/shelf");
  const { story, presets } = await takeStory(id);
  learn(presets);
  return story;
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
