import type { Scenario } from "../scenario/types";

/** Whether two JSON-like values are the same, whatever the order of their keys. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== "object" || typeof b !== "object" || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    if (!Array.isArray(a) || !Array.isArray(b) || a.length !== b.length) return false;
    return a.every((item, index) => isSame(item, b[index]));
  }
  const before = definedEntries(a);
  const after = new Map(definedEntries(b));
  return (
    before.length === after.size &&
    before.every(([key, value]) => after.has(key) && isSame(value, after.get(key)))
  );
}

/** Whether two scenarios give the same results: all but what only people read. */
export function simulatesSame(a: Scenario, b: Scenario): boolean {
  return a === b || isSame({ ...a, name: "", notes: "" }, { ...b, name: "", notes: "" });
}

function definedEntries(value: object): [string, unknown][] {
  return Object.entries(value).filter(([, item]) => item !== undefined);
}
