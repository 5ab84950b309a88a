import { applyChanges } from "../scenario/paths";
import type { Problem, Scenario } from "../scenario/types";
import type { Axis } from "./question-types";

/** Every combination of places on axes of these lengths; the last moves fastest. */
export function combinations(lengths: readonly number[]): number[][] {
  return lengths.reduce<number[][]>(
    (all, length) => all.flatMap((at) => Array.from({ length }, (_, place) => [...at, place])),
    [[]],
  );
}

/** The values at a place on each axis. */
export function valuesAt(axes: readonly Axis[], at: readonly number[]) {
  return axes.map(({ path, values }, axis) => ({ path, value: values[at[axis] ?? 0] ?? null }));
}

/** The scenario at a combination of values; the first reason why they cannot stand together where there is one. */
export function scenarioAt(
  base: Scenario,
  axes: readonly Axis[],
  at: readonly number[],
): { readonly scenario: Scenario; readonly problem: Problem | null } {
  const result = applyChanges(base, valuesAt(axes, at));
  return { scenario: result.scenario, problem: result.ok ? null : (result.problems[0] ?? null) };
}

/**
 * All combinations, coarse to fine: first those far from each other, all over the grid, then those between them; so that a picture of some of them
 * is a picture of the whole.
 */
export function coarseToFine(lengths: readonly number[]): number[][] {
  const all = combinations(lengths);
  const level = (at: readonly number[]): number =>
    at.reduce((finest, place, axis) => Math.max(finest, fineness(place, lengths[axis] ?? 1)), 0);
  return all
    .map((at) => ({ at, level: level(at) }))
    .sort((one, other) => one.level - other.level)
    .map(({ at }) => at);
}

/** How fine a grid must be to have this place: 0 the ends, 1 a step of half or so of the length, and so on. */
function fineness(place: number, length: number): number {
  if (place === 0 || place === length - 1) return 0;
  let level = 0;
  for (let step = largestStep(length); place % step !== 0; step /= 2) level += 1;
  return level;
}

/** The largest power of two below the length, and no more than a third of it, so that the coarsest grid shows a shape. */
function largestStep(length: number): number {
  let step = 1;
  while (step * 2 <= length / 3) step *= 2;
  return step;
}
