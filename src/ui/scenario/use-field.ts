import { useCallback } from "react";
import { DEFAULT_SCENARIO } from "../../scenario/defaults";
import { getAt } from "../../scenario/paths";
import { findPreset } from "../../scenario/presets";
import type { Scenario } from "../../scenario/types";
import { useBaseline, useScenario, useSession } from "../shell/session-context";

/** Whether two values of a document are the same. */
export function isSame(a: unknown, b: unknown): boolean {
  return Object.is(a, b) || JSON.stringify(a) === JSON.stringify(b);
}

/** The preset that the scenario began from: what "default" means on this page. */
export function baseScenario(baseId: string): Scenario {
  return findPreset(baseId)?.scenario ?? DEFAULT_SCENARIO;
}

interface Field {
  readonly value: unknown;
  /** The value in the preset that the scenario began from; undefined where it has none. */
  readonly defaultValue: unknown;
  /** The value in the pinned baseline; undefined where none is pinned. */
  readonly baselineValue: unknown;
  readonly isChanged: boolean;
  /** Applies a value with one undo entry. Returns why it was refused, or null. */
  readonly apply: (value: unknown) => string | null;
  readonly reset: () => void;
}

/** One value of the scenario, by its path; the component is drawn again only when that value changes. */
export function useField(path: string): Field {
  const session = useSession();
  const value = useScenario((state) => getAt(state.scenario, path));
  const baseId = useScenario((state) => state.baseId);
  const baseline = useBaseline((state) => state.scenario);
  const defaultValue = getAt(baseScenario(baseId), path);
  const apply = useCallback(
    (next: unknown) => session.edit(path, next)[0]?.sentence ?? null,
    [session, path],
  );
  const reset = useCallback(() => session.resetField(path), [session, path]);
  return {
    value,
    defaultValue,
    baselineValue: baseline === null ? undefined : getAt(baseline, path),
    isChanged: defaultValue !== undefined && !isSame(value, defaultValue),
    apply,
    reset,
  };
}
