import { MAXIMUM_NAME_LENGTH } from "../shape";

/**
 * Whether a name can stand in paths, and as a field of an object without meeting one that every object has
 * (`constructor`, `__proto__`).
 */
export function isUsableName(name: unknown): name is string {
  if (typeof name !== "string" || name === "" || name.length > MAXIMUM_NAME_LENGTH) return false;
  return !(name in Object.prototype) && !/[\p{Surrogate}\p{Cc}]/u.test(name);
}
