import { DEFAULT_SCENARIO } from "./defaults";
import { deepFreeze } from "./objects";
import { CARWOW_PRESETS } from "./presets/carwow";
import { CHANGE_PRESETS } from "./presets/changes";
import { MECHANISM_PRESETS } from "./presets/mechanisms";
import type { Preset } from "./presets/preset";

export { OPENING_PRESET_ID } from "./presets/carwow";
export type { Preset } from "./presets/preset";

/** Every preset, the opening one first. */
export const PRESETS: readonly Preset[] = deepFreeze([
  ...CARWOW_PRESETS,
  ...MECHANISM_PRESETS,
  ...CHANGE_PRESETS,
  {
    id: "default",
    title: "Defaults",
    description: "Every field at its default: 25 dynos, 250 clients, no pooler, no objective.",
    scenario: DEFAULT_SCENARIO,
  },
]);

/** The preset with this id, or undefined. */
export function findPreset(id: string): Preset | undefined {
  return PRESETS.find((preset) => preset.id === id);
}
