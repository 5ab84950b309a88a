import { deepFreeze } from "./objects";
import { CARWOW_PRESETS } from "./presets/carwow";
import { CHANGE_PRESETS } from "./presets/changes";
import { DEFAULT_PRESET } from "./presets/default";
import { MECHANISM_PRESETS } from "./presets/mechanisms";
import { OPENING_PRESET } from "./presets/opening";
import type { Preset } from "./presets/preset";

export { OPENING_PRESET_ID } from "./presets/opening";
export type { Preset } from "./presets/preset";

/** Every preset, the opening one first. */
export const PRESETS: readonly Preset[] = deepFreeze([
  OPENING_PRESET,
  ...CARWOW_PRESETS,
  ...MECHANISM_PRESETS,
  ...CHANGE_PRESETS,
  DEFAULT_PRESET,
]);

/** The preset with this id, or undefined. */
export function findPreset(id: string): Preset | undefined {
  return PRESETS.find((preset) => preset.id === id);
}
