import type { PathValue } from "../scenario/path-text";

/** Changes as a question holds them, as a list. */
export function pathValues(changes: Readonly<Record<string, unknown>>): PathValue[] {
  return Object.entries(changes).map(([path, value]) => ({ path, value }));
}
