import { deepFreeze } from "./objects";
import { CARWOW_PRESETS } from "./presets/carwow";
import { CHANGE_PRESETS } from "./presets/changes";
import { DEFAULT_PRESET } from "./presets/default";
import { MECHANISM_PRESETS } from "./presets/mechanisms";
import { OPENING_PRESET } from "./presets/opening";
import type { Preset } from "./presets/preset";

export { OPENING_PRESET_ID } from "./presets/opening";
export type { Preset } from "./presets/preset";

interface PresetGroup {
  readonly title: string;
  readonly presets: readonly Preset[];
}

/** The presets as the menu shows them. */
export const PRESET_GROUPS: readonly PresetGroup[] = deepFreeze([
  { title: "Connection pooling, single trials", presets: [OPENING_PRESET, ...CARWOW_PRESETS] },
  { title: "One mechanism each", presets: MECHANISM_PRESETS },
  { title: "When something changes", presets: CHANGE_PRESETS },
  { title: "From the beginning", presets: [DEFAULT_PRESET] },
]);

/** Every preset, the opening one first. */
export const PRESETS: readonly Preset[] = PRESET_GROUPS.flatMap(({ presets }) => presets);

/** The preset with this id, or undefined. */
export function findPreset(id: string): Preset | undefined {
  return PRESETS.find((preset) => preset.id === id);
}
