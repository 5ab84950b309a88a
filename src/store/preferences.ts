import { createStore, type StoreApi } from "zustand/vanilla";
import { isObject, type Stored } from "./stored";

/** How one reader likes the page; no part of the scenario, and never in a link. */
export interface PreferencesState {
  readonly theme: "system" | "light" | "dark";
  readonly latencyScale: "linear" | "log";
  /** Groups of controls that stand open. */
  readonly openSections: readonly string[];
  /** Series switched off in the charts' legends. */
  readonly hiddenSeries: readonly string[];
  readonly tourSeen: boolean;
}

export const STANDARD_PREFERENCES: PreferencesState = {
  theme: "system",
  latencyScale: "linear",
  openSections: [],
  hiddenSeries: [],
  tourSeen: false,
};

const MOST_NAMES = 200;
const LONGEST_NAME = 100;

/** The preferences kept from the last visit; later changes are kept as they are made. */
export function createPreferences(stored: Stored, standard: PreferencesState): StoreApi<PreferencesState> {
  const store = createStore<PreferencesState>(() => readPreferences(stored.read("preferences"), standard));
  store.subscribe((state) => stored.write("preferences", state));
  return store;
}

/** Takes over each preference that can be understood, and the standard for each that cannot. */
export function readPreferences(input: unknown, standard: PreferencesState): PreferencesState {
  if (!isObject(input)) return standard;
  return {
    theme: oneOf(input.theme, ["system", "light", "dark"] as const) ?? standard.theme,
    latencyScale: oneOf(input.latencyScale, ["linear", "log"] as const) ?? standard.latencyScale,
    openSections: names(input.openSections) ?? standard.openSections,
    hiddenSeries: names(input.hiddenSeries) ?? standard.hiddenSeries,
    tourSeen: typeof input.tourSeen === "boolean" ? input.tourSeen : standard.tourSeen,
  };
}

function oneOf<Word extends string>(value: unknown, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === value);
}

function names(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((name) => typeof name === "string" && name.length <= LONGEST_NAME).slice(0, MOST_NAMES);
}
