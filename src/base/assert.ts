/** Throws when a condition that the program itself must guarantee does not hold: a defect, never bad input. */
export function assert(condition: boolean, message: string): asserts condition {
  if (!condition) throw new Error(`Defect: ${message}`);
}

/** For the last branch of a switch over a union: fails to compile when a case is missing. */
export function unreachable(value: never): never {
  throw new Error(`Defect: unexpected ${String(value)}`);
}
