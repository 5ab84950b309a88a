import type { Shape } from "../shape";
import { allowedBy } from "./allowed";
import type { Place, ProblemLog } from "./problem-log";

/** Returned for a value that cannot stand, where nothing can stand in its place. */
export const REJECTED: unique symbol = Symbol("rejected");

/**
 * Reads a value of a shape, and reports everything wrong with it at its place. What is missing becomes the shape's
 * default. What is wrong becomes `spare`, a value known to be valid, or is `REJECTED` where there is none (`undefined`).
 * A value that is the very spare is taken as it is.
 */
export type Reader = (
  shape: Shape,
  input: unknown,
  spare: unknown,
  place: Place | null,
  log: ProblemLog,
) => unknown;

/** What stands in place of a value that cannot stand. */
export function instead(spare: unknown): unknown {
  return spare === undefined ? REJECTED : spare;
}

/** Reports a value that does not fit its shape, and gives what stands in its place. */
export function refuse(
  shape: Shape,
  input: unknown,
  spare: unknown,
  place: Place | null,
  log: ProblemLog,
): unknown {
  log.add(place, input, allowedBy(shape), spare);
  return instead(spare);
}
