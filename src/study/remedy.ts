import type { ResultFigures } from "../analysis/result-types";
import { explain } from "../analysis/verdict";
import type { Suggestion } from "../analysis/verdict-types";
import { applyChanges, getAt, type PathValue } from "../scenario/paths";
import type { Scenario } from "../scenario/types";
import { type Ladder, laddersFor } from "./ladders";

/** Changes that were simulated. */
export interface Outcome {
  /** As an imperative: "Run 31 dynos". */
  readonly label: string;
  readonly changes: readonly PathValue[];
  /** Of the run with them. */
  readonly figures: ResultFigures;
  /** What they cost more a month; negative: less. */
  readonly extraUsd: number;
}

/** What simulating found to help a run that misses its objective. */
export interface Remedy {
  /** What the verdict advises, simulated; null where it advises nothing. */
  readonly advice: Outcome | null;
  /** Of the single changes that meet the objective, the one that costs least, and of these the smallest; null where none was found. */
  readonly smallest: Outcome | null;
  /** Where none is enough: one advice after the other until the objective is met; null where that leads nowhere either. */
  readonly together: Outcome | null;
  /** How many scenarios were simulated. */
  readonly tried: number;
}

/** Simulates a scenario; null where nobody wants to know any more. */
export type TryScenario = (scenario: Scenario) => Promise<ResultFigures | null>;

/** One advice may uncover the next limit; who needs more than this has another system in mind. */
const MOST_TOGETHER = 4;

/**
 * What to change so that a run meets its objective, found by simulating: the verdict's own advice, and the smallest single change along each parameter that has to do with
 * what limits the run. null where the trying was called off.
 * @param onMore hears of what is known so far
 */
export async function findRemedy(
  figures: ResultFigures,
  tryScenario: TryScenario,
  onMore: (remedy: Remedy) => void,
): Promise<Remedy | null> {
  const search = new Search(figures, tryScenario);
  const { suggestion, limit } = explain(figures);
  let remedy: Remedy = { advice: null, smallest: null, together: null, tried: 0 };
  const know = (more: Partial<Remedy>): void => {
    remedy = { ...remedy, ...more, tried: search.tried };
    onMore(remedy);
  };
  try {
    if (suggestion !== null) know({ advice: await search.outcome(suggestion) });
    const singles: Outcome[] = remedy.advice !== null && isSingle(remedy.advice) ? [remedy.advice] : [];
    for (const ladder of laddersFor(figures.scenario, limit)) {
      const found = await smallestOn(ladder, search);
      if (found !== null) singles.push(found);
      know({ smallest: smallestOf(singles, figures.scenario) });
    }
    if (remedy.smallest === null && remedy.advice !== null && !isMet(remedy.advice))
      know({ together: await oneAfterTheOther(remedy.advice, search) });
    return remedy;
  } catch (error) {
    if (error instanceof CalledOff) return null;
    throw error;
  }
}

/** Nobody wants to know any more. */
class CalledOff extends Error {}

/** Simulates changes of one scenario, each combination once. */
class Search {
  readonly #from: ResultFigures;
  readonly #tryScenario: TryScenario;
  readonly #known = new Map<string, Outcome>();

  constructor(from: ResultFigures, tryScenario: TryScenario) {
    this.#from = from;
    this.#tryScenario = tryScenario;
  }

  get tried(): number {
    return this.#known.size;
  }

  /** null where the changes cannot be made. */
  async outcome({ label, changes }: Suggestion): Promise<Outcome | null> {
    const key = JSON.stringify(changes);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const result = applyChanges(this.#from.scenario, changes);
    if (!result.ok) return null;
    const figures = await this.#tryScenario(result.scenario);
    if (figures === null) throw new CalledOff();
    const extraUsd = figures.cost.monthlyUsd - this.#from.cost.monthlyUsd;
    const outcome = { label, changes, figures, extraUsd };
    this.#known.set(key, outcome);
    return outcome;
  }
}

function isMet({ figures }: Outcome): boolean {
  return figures.slo.met;
}

function isSingle(outcome: Outcome): boolean {
  return outcome.changes.length === 1 && isMet(outcome);
}

/** The first step of a ladder that meets the objective: in strides that double, and then by halves back to the last that does not. */
async function smallestOn({ steps }: Ladder, search: Search): Promise<Outcome | null> {
  const at = async (place: number): Promise<Outcome | null> => {
    const step = steps[place];
    const outcome = step === undefined ? null : await search.outcome(step);
    return outcome !== null && isMet(outcome) ? outcome : null;
  };
  let missed = -1;
  let met = steps.length;
  let found: Outcome | null = null;
  for (let place = 0, stride = 1; place < steps.length && found === null; stride *= 2) {
    found = await at(place);
    if (found !== null) met = place;
    else missed = place;
    place = place === steps.length - 1 ? steps.length : Math.min(place + stride, steps.length - 1);
  }
  while (found !== null && met - missed > 1) {
    const middle = Math.floor((missed + met) / 2);
    const outcome = await at(middle);
    if (outcome === null) missed = middle;
    else [met, found] = [middle, outcome];
  }
  return found;
}

/** The cheapest, and of those that cost the same the one that changes its value least. */
function smallestOf(singles: readonly Outcome[], scenario: Scenario): Outcome | null {
  return singles.reduce<Outcome | null>((best, one) => {
    if (best === null) return one;
    const cheaper = one.extraUsd - best.extraUsd;
    if (Math.abs(cheaper) > 0.005) return cheaper < 0 ? one : best;
    return sizeOf(one, scenario) < sizeOf(best, scenario) ? one : best;
  }, null);
}

/** Something switched, or chosen anew, counts as much as a number that becomes half as large again. */
const SWITCHED = 1.5;

function sizeOf({ changes }: Outcome, scenario: Scenario): number {
  const [change] = changes;
  if (change === undefined || typeof change.value !== "number") return SWITCHED;
  const before = getAt(scenario, change.path);
  if (typeof before !== "number" || before <= 0 || change.value <= 0) return SWITCHED;
  return Math.max(change.value / before, before / change.value);
}

/** Takes one advice after the other, each after the run with those before it. */
async function oneAfterTheOther(first: Outcome, search: Search): Promise<Outcome | null> {
  let sofar = first;
  for (let count = 1; count < MOST_TOGETHER; count += 1) {
    const { suggestion } = explain(sofar.figures);
    if (suggestion === null) return null;
    const paths = new Set(suggestion.changes.map(({ path }) => path));
    const next = await search.outcome({
      label: `${sofar.label}; then ${lowerFirst(suggestion.label)}`,
      // A later advice may change what an earlier one did.
      changes: [...sofar.changes.filter(({ path }) => !paths.has(path)), ...suggestion.changes],
    });
    if (next === null) return null;
    if (isMet(next)) return next;
    sofar = next;
  }
  return null;
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1);
}
