import { deepFreeze } from "./objects";
import { DEFAULT_PRESET } from "./presets/default";
import { OPENING_PRESET } from "./presets/opening";
import type { Preset } from "./presets/preset";

export { OPENING_PRESET_ID } from "./presets/opening";

/** Most visits need no more than these: the others are fetched where a link, a kept scenario or the menu names them. */
let known: readonly Preset[] = deepFreeze([OPENING_PRESET, DEFAULT_PRESET]);

/** Fetches all presets. Rejects where they cannot be had. */
export async function fetchPresets(): Promise<readonly Preset[]> {
  known = (await import("./presets")).PRESETS;
  return known;
}

/** The preset with this id; undefined where there is none, or it was not fetched yet. */
export function knownPreset(id: string): Preset | undefined {
  return known.find((preset) => preset.id === id);
}

/** The preset with this id, fetched where it has to be; undefined where there is none, or it cannot be had. */
export async function obtainPreset(id: string): Promise<Preset | undefined> {
  if (knownPreset(id) === undefined) await fetchPresets().catch(() => undefined);
  return knownPreset(id);
}

/** The ids of all presets that are known. */
export function knownPresetIds(): readonly string[] {
  return known.map(({ id }) => id);
}
