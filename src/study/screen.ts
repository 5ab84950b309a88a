import type { Axis } from "./question-types";
import { type SearchSpace, type Spot, worstShare } from "./search-space";
import type { Work } from "./work";

/** A first look at a configuration takes so many replications. */
export const SCREENED_WITH = 2;
/** A space with no more than this is looked at whole. */
export const LOOKED_AT_WHOLE = 400;
/** Of a larger one, at most so many are looked at. */
const MOST_SCREENED = 800;
/** The places on a line that are looked at first are about so many. */
const FIRST_ON_LINE = 5;
/** Configurations are simulated so many at a time, so that all cores are at work. */
const BATCH = 16;

/** How a space was looked through. */
export interface Screening {
  readonly isWhole: boolean;
  /** The parameter along which a larger space is looked through by halves; null where it was looked at whole. */
  readonly along: string | null;
}

/**
 * A first look at the configurations of a space: at all of them where they are few; else line by line along one parameter, the cheapest line first, at a
 * few places of each and then by halves where it begins to meet the objective.
 */
export async function screen(space: SearchSpace, axes: readonly Axis[], work: Work): Promise<Screening> {
  if (space.size <= LOOKED_AT_WHOLE) {
    await lookAt(space.spots, space, work);
    return { isWhole: true, along: null };
  }
  const main = mainAxis(axes);
  let cheapestUsd = Infinity;
  for (const line of linesAlong(space, axes, main)) {
    if (space.tried.length >= MOST_SCREENED) break;
    const cheapest = Math.min(...line.map(({ monthlyUsd }) => monthlyUsd));
    // A line that costs twice the best is not where the cheapest is, and hardly where anyone would go for speed.
    if (cheapest > 2 * cheapestUsd) continue;
    await lookAt(spread(line), space, work);
    await halve(line, space, work);
    for (const spot of line) if (isMet(spot, space)) cheapestUsd = Math.min(cheapestUsd, spot.monthlyUsd);
  }
  return { isWhole: false, along: axes[main]?.path ?? null };
}

async function lookAt(spots: readonly Spot[], space: SearchSpace, work: Work): Promise<void> {
  for (let from = 0; from < spots.length; from += BATCH) {
    const configurations = spots.slice(from, from + BATCH).flatMap((spot) => space.configuration(spot) ?? []);
    await work.simulateUpTo(configurations, SCREENED_WITH);
  }
}

/** The dynos of a fleet where they may move, since nothing else has as many steps that cost alike; else the longest list of numbers. */
function mainAxis(axes: readonly Axis[]): number {
  const dynos = axes.findIndex(({ path }) => path.endsWith(".dynos"));
  if (dynos >= 0) return dynos;
  const length = ({ values }: Axis): number =>
    values.every((value) => typeof value === "number") ? values.length : 0;
  return axes.reduce((best, axis, index) => (length(axis) > length(axes[best] ?? axis) ? index : best), 0);
}

/** The lines along an axis, from cheap to dear by their first place; each in order of its axis's values. */
function linesAlong(space: SearchSpace, axes: readonly Axis[], main: number): Spot[][] {
  const values = axes[main]?.values ?? [];
  const order = [...values.keys()].sort((one, other) => Number(values[one]) - Number(values[other]));
  const lines = new Map<string, Spot[]>();
  for (const spot of space.spots) {
    const key = spot.at.with(main, 0).join();
    lines.set(key, [...(lines.get(key) ?? []), spot]);
  }
  const rank = (spot: Spot): number => order.indexOf(spot.at[main] ?? 0);
  return [...lines.values()].map((line) => line.sort((one, other) => rank(one) - rank(other)));
}

/** A few places, the ends among them. */
function spread(line: readonly Spot[]): Spot[] {
  const count = Math.min(FIRST_ON_LINE, line.length);
  const places = Array.from({ length: count }, (_, index) =>
    count === 1 ? 0 : Math.round((index * (line.length - 1)) / (count - 1)),
  );
  return [...new Set(places)].flatMap((place) => line[place] ?? []);
}

/** Between the last place that misses and the first after it that meets, the places in the middle, until there is none. */
async function halve(line: readonly Spot[], space: SearchSpace, work: Work): Promise<void> {
  for (;;) {
    const met = line.findIndex((spot) => isMet(spot, space));
    if (met <= 0) return;
    const before = line.slice(0, met).findLastIndex((spot) => space.isSeen(spot));
    const middle = line[Math.floor((before + met) / 2)];
    if (met - before < 2 || middle === undefined) return;
    await lookAt([middle], space, work);
  }
}

function isMet(spot: Spot, space: SearchSpace): boolean {
  const configuration = space.known(spot);
  return configuration !== null && configuration.replications > 0 && worstShare(configuration) <= 1;
}
