import { DEFAULT_SCENARIO } from "../defaults";
import type { Preset } from "./preset";

export const DEFAULT_PRESET: Preset = {
  id: "default",
  title: "Defaults",
  description: "Every field at its default: 25 dynos, 250 clients, no pooler, no objective.",
  scenario: DEFAULT_SCENARIO,
};
