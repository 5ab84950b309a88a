import { createStore, type StoreApi } from "zustand/vanilla";
import { ownValue } from "../scenario/objects";
import { isObject, type Stored } from "./stored";

/** How one reader likes the page; no part of the scenario, and never in a link. */
export interface PreferencesState {
  readonly theme: "system" | "light" | "dark";
  readonly latencyScale: "linear" | "log";
  /** Groups of controls that stand open. */
  readonly openSections: readonly string[];
  /** The workload, endpoint and fleet that the controls are about, by name; the first where it is gone. */
  readonly shown: Readonly<Record<"workloads" | "endpoints" | "fleets", string>>;
  /** Series switched off in the charts' legends. */
  readonly hiddenSeries: readonly string[];
  readonly tourSeen: boolean;
  /** Whether the picture of the system stands open; "fitting": where a window has room for it. */
  readonly picture: "fitting" | "open" | "closed";
}

export const STANDARD_PREFERENCES: PreferencesState = {
  theme: "system",
  latencyScale: "linear",
  openSections: [],
  shown: { workloads: "", endpoints: "", fleets: "" },
  hiddenSeries: [],
  tourSeen: false,
  picture: "fitting",
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
    shown: {
      workloads: name(ownValue(input.shown, "workloads")) ?? standard.shown.workloads,
      endpoints: name(ownValue(input.shown, "endpoints")) ?? standard.shown.endpoints,
      fleets: name(ownValue(input.shown, "fleets")) ?? standard.shown.fleets,
    },
    hiddenSeries: names(input.hiddenSeries) ?? standard.hiddenSeries,
    tourSeen: typeof input.tourSeen === "boolean" ? input.tourSeen : standard.tourSeen,
    picture: oneOf(input.picture, ["fitting", "open", "closed"] as const) ?? standard.picture,
  };
}

function oneOf<Word extends string>(value: unknown, words: readonly Word[]): Word | undefined {
  return words.find((word) => word === value);
}

function name(value: unknown): string | undefined {
  return typeof value === "string" && value.length <= LONGEST_NAME ? value : undefined;
}

function names(value: unknown): string[] | undefined {
  if (!Array.isArray(value)) return undefined;
  return value.filter((entry) => name(entry) !== undefined).slice(0, MOST_NAMES);
}
