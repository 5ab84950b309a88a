import { withSizes } from "../scenario/sizes";
import type { Scenario } from "../scenario/types";
import type { Candidate, RuledOut } from "./answer-types";
import { Configuration, limits } from "./configuration";
import { combinations, scenarioAt, valuesAt } from "./grid";
import type { Axis } from "./question-types";
import { ruledOutBy } from "./rule-out";

/** One combination of the axes' values, made into a configuration when it is first looked at. */
export interface Spot {
  readonly at: readonly number[];
  /** By the catalogue's prices: what it costs while it stays as it is. */
  readonly monthlyUsd: number;
}

/** All combinations of some axes' values: what each costs, and why some need no simulation. */
export class SearchSpace {
  readonly #base: Scenario;
  readonly #axes: readonly Axis[];
  readonly #spots: ReadonlyMap<string, Spot>;
  /** What was looked at: a configuration, or why it needs no simulation. */
  readonly #seen = new Map<string, Configuration | string>();

  constructor(base: Scenario, axes: readonly Axis[]) {
    this.#base = base;
    this.#axes = axes;
    const price = new Prices(base, axes);
    const lengths = axes.map(({ values }) => values.length);
    this.#spots = new Map(
      combinations(lengths).map((at) => [at.join(), { at, monthlyUsd: price.of(at) }] as const),
    );
  }

  get size(): number {
    return this.#spots.size;
  }

  /** From cheap to dear. */
  get spots(): Spot[] {
    return [...this.#spots.values()].sort((one, other) => one.monthlyUsd - other.monthlyUsd);
  }

  /** The configuration of a spot; null where it cannot stand, or arithmetic rules it out. */
  configuration({ at }: Spot): Configuration | null {
    const key = at.join();
    let seen = this.#seen.get(key);
    if (seen === undefined) {
      const { scenario, problem } = scenarioAt(this.#base, this.#axes, at);
      const reason = problem === null ? ruledOutBy(scenario) : "these values cannot stand together";
      seen = reason ?? new Configuration(scenario);
      this.#seen.set(key, seen);
    }
    return typeof seen === "string" ? null : seen;
  }

  /** The same, where it was looked at before; null where it was not. */
  known({ at }: Spot): Configuration | null {
    const seen = this.#seen.get(at.join());
    return seen === undefined || typeof seen === "string" ? null : seen;
  }

  /** Whether it was looked at, if only by arithmetic. */
  isSeen({ at }: Spot): boolean {
    return this.#seen.has(at.join());
  }

  candidate(spot: Spot, { measures, replications, meets }: Configuration): Candidate {
    return { values: valuesAt(this.#axes, spot.at), measures, replications, meets };
  }

  /** Those that were simulated. */
  get tried(): { readonly spot: Spot; readonly configuration: Configuration }[] {
    return [...this.#seen].flatMap(([key, seen]) => {
      const spot = this.#spots.get(key);
      return typeof seen === "string" || spot === undefined || seen.replications === 0
        ? []
        : [{ spot, configuration: seen }];
    });
  }

  /** What was looked at and needed no simulation, by reason. */
  get ruledOut(): RuledOut[] {
    const counts = new Map<string, number>();
    for (const seen of this.#seen.values())
      if (typeof seen === "string") counts.set(seen, (counts.get(seen) ?? 0) + 1);
    return [...counts].map(([reason, count]) => ({ reason, count }));
  }
}

/** What a configuration costs depends on a few of the axes alone: looked up once for each combination of these. */
class Prices {
  readonly #base: Scenario;
  /** The axes that cost money, and their places among all. */
  readonly #paid: readonly Axis[];
  readonly #places: readonly number[];
  readonly #known = new Map<string, number>();

  constructor(base: Scenario, axes: readonly Axis[]) {
    this.#base = base;
    this.#paid = axes.filter(costsMoney);
    this.#places = this.#paid.map((axis) => axes.indexOf(axis));
  }

  of(at: readonly number[]): number {
    const paid = this.#places.map((place) => at[place] ?? 0);
    const key = paid.join();
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const { monthlyUsd } = withSizes(scenarioAt(this.#base, this.#paid, paid).scenario);
    this.#known.set(key, monthlyUsd);
    return monthlyUsd;
  }
}

function costsMoney({ path }: Axis): boolean {
  return path.startsWith("database.") || /\.(dynos|dynoType)(\.|$)/.test(path);
}

/** How far the worst figure of the objective is over its limit, as measured: 1 is at the limit, 0.5 half of it; Infinity where nothing succeeds. */
export function worstShare(configuration: Configuration): number {
  if (configuration.isBrokenOff) return Infinity;
  return limits(configuration.scenario.slo).reduce((worst, [name, limit]) => {
    const { mean } = configuration.measures[name];
    if (mean === null) return name === "failureRate" ? worst : Infinity;
    if (mean === 0) return worst;
    return Math.max(worst, limit === 0 ? Infinity : mean / limit);
  }, 0);
}
