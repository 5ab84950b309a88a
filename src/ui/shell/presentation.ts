import { useSyncExternalStore } from "react";

/** The charts that are shown while a story is presented, by their ids; null: all. */
let shown: readonly string[] | null = null;
const listeners = new Set<() => void>();

/** Shows only these charts, or all again. */
export function showOnlyCharts(ids: readonly string[] | null): void {
  shown = ids;
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The ids of the charts to show; null: all. */
export function useShownCharts(): readonly string[] | null {
  return useSyncExternalStore(subscribe, () => shown);
}
