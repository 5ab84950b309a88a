import { readScenario } from "../scenario/read-scenario";
import type { Problem, Scenario } from "../scenario/types";
import type { TextStorage } from "./environment";
import type { ScenarioEntry } from "./scenario-editor";

const KEYS = {
  scenario: "headroom.1.scenario",
  baseline: "headroom.1.baseline",
  preferences: "headroom.1.preferences",
} as const;
export type StoredName = keyof typeof KEYS;

/** Larger texts are not ours. */
const LONGEST_TEXT = 5_000_000;

/** What is kept over visits. Storage that fails, or holds something else, counts as empty, and never breaks anything. */
export class Stored {
  readonly #storage: TextStorage;

  constructor(storage: TextStorage) {
    this.#storage = storage;
  }

  /** The value kept under a name, not yet checked; undefined where there is none. */
  read(name: StoredName): unknown {
    try {
      const text = this.#storage.read(KEYS[name]);
      return text === null || text.length > LONGEST_TEXT ? undefined : JSON.parse(text);
    } catch {
      return undefined;
    }
  }

  write(name: StoredName, value: unknown): void {
    try {
      this.#storage.write(KEYS[name], JSON.stringify(value));
    } catch {
      // A full or forbidden storage: what was kept before would be out of date, so it goes if it can.
      this.remove(name);
    }
  }

  remove(name: StoredName): void {
    try {
      this.#storage.remove(KEYS[name]);
    } catch {
      // Nothing more can be done, and nothing depends on it.
    }
  }

  /** The scenario last worked on, with what could not be read of it; null where there is none. */
  readLastScenario(): (ScenarioEntry & { readonly problems: readonly Problem[] }) | null {
    const stored = this.read("scenario");
    if (!isObject(stored) || typeof stored.baseId !== "string" || !isObject(stored.scenario)) return null;
    const result = readScenario(stored.scenario);
    return { baseId: stored.baseId, scenario: result.scenario, problems: result.ok ? [] : result.problems };
  }

  /** The scenario of the pinned baseline; null where there is none, or it cannot be read whole. */
  readBaseline(): Scenario | null {
    const stored = this.read("baseline");
    if (!isObject(stored)) return null;
    const result = readScenario(stored);
    return result.ok ? result.scenario : null;
  }
}

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
