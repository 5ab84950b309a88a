import { useCallback, useSyncExternalStore } from "react";
import { DEFAULT_SCENARIO } from "../../scenario/defaults";
import { knownPreset, watchOwnStories } from "../../scenario/known-presets";
import { deepEqual } from "../../scenario/objects";
import { getAt } from "../../scenario/paths";
import type { Scenario } from "../../scenario/types";
import { standardAt } from "../../store/standard";
import { useBaseline, useScenario, useSession } from "../shell/session-context";
import { useShownPath } from "./shown";

/** The preset that the scenario began from: what "default" means on this page. */
function baseScenario(baseId: string): Scenario {
  return knownPreset(baseId)?.scenario ?? DEFAULT_SCENARIO;
}

/** Whether the value at a path differs from its default; false where it has none. */
export function isChangedAt(path: string, scenario: Scenario, baseId: string): boolean {
  const standard = standardAt(baseScenario(baseId), scenario, path);
  return standard !== undefined && !deepEqual(getAt(scenario, path), standard);
}

interface Field {
  /** Where it stands in the document, with the shown item's name. */
  readonly path: string;
  readonly value: unknown;
  /** The value in the preset that the scenario began from, or the document's default; undefined where it has none. */
  readonly defaultValue: unknown;
  /** The value in the pinned baseline; undefined where none is pinned. */
  readonly baselineValue: unknown;
  readonly isChanged: boolean;
  /** Applies a value with one undo entry. Returns why it was refused, or null. */
  readonly apply: (value: unknown) => string | null;
  readonly reset: () => void;
}

/**
 * One value of the scenario, by its path with `*` for the shown item; the component is drawn again only when that
 * value changes.
 */
export function useField(template: string): Field {
  const session = useSession();
  const path = useShownPath(template);
  const value = useScenario((state) => getAt(state.scenario, path));
  const baseId = useScenario((state) => state.baseId);
  const baseline = useBaseline((state) => state.scenario);
  // A reader's own step may have become another: what was changed may be what it is now.
  const base = useSyncExternalStore(watchOwnStories, () => baseScenario(baseId));
  const defaultValue = standardAt(base, session.scenario.getState().scenario, path);
  const apply = useCallback(
    (next: unknown) => session.edit(path, next)[0]?.sentence ?? null,
    [session, path],
  );
  const reset = useCallback(() => session.resetField(path), [session, path]);
  return {
    path,
    value,
    defaultValue,
    baselineValue: baseline === null ? undefined : getAt(baseline, path),
    isChanged: defaultValue !== undefined && !deepEqual(value, defaultValue),
    apply,
    reset,
  };
}
