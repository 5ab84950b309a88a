import { capacity } from "../analysis/capacity";
import type { Scenario } from "../scenario/types";
import type { CapacityAnswer, CapacityPoint, Headroom } from "./answer-types";
import { boundLines, ceiling } from "./bounds";
import { Configuration, limits } from "./configuration";
import { kneeOf } from "./knee";
import { type Load, loadOf } from "./load";
import { loadNear, nextLoad } from "./next-load";
import type { CapacityQuestion } from "./question-types";
import type { Simulator } from "./simulator";
import { type OnMore, Work } from "./work";

/** Where the curve begins: shares of the present load, and of that under which the fullest resource would always be busy. */
const FIRST_SHARES = [0.25, 0.5, 1, 1.5];
const FIRST_SHARES_OF_SATURATION = [0.6, 1.2];
/** A saturation further away than so many times the present load is come to step by step, since what lies before it may limit. */
const FAR_AWAY = 8;
/** No load beyond so many times the larger of both is looked at: it would only fail more. */
const FURTHEST = 4;
const FURTHEST_OF_PRESENT = 64;
/** Where the objective's limit lies, a point whose interval reaches over it gets so many times the replications. */
const MORE_NEAR_LIMIT = 4;

/** One load that was simulated. */
interface Place {
  readonly load: number;
  readonly configuration: Configuration;
}

/**
 * Throughput, latency and failures against the offered load. Loads are chosen one after the other: on both sides of the one at which the objective ceases to
 * be met, around the knee, and where the curve bends most.
 */
export async function capacityCurve(
  question: CapacityQuestion,
  base: Scenario,
  simulator: Simulator,
  onMore: OnMore,
): Promise<CapacityAnswer> {
  const load = loadOf(base);
  if (typeof load === "string") return noCurve(load);
  const curve = new Curve(base, load, simulator, () => onMore(() => curve.answer(false)));
  await curve.look(curve.firstLoads(), question.replications);
  const reach = curve.furthest();
  while (curve.size < question.points) {
    await curve.sharpen(question.replications * MORE_NEAR_LIMIT);
    const next = nextLoad(curve.points(), load.isWhole, reach, limits(base.slo).length > 0);
    if (next === null) break;
    await curve.look([next], question.replications);
  }
  await curve.sharpen(question.replications * MORE_NEAR_LIMIT);
  return curve.answer(true);
}

function noCurve(impossible: string): CapacityAnswer {
  return {
    kind: "capacity",
    progress: { done: 0, wanted: 0 },
    isComplete: true,
    unit: "factor",
    now: 1,
    points: [],
    headroom: { kind: "no objective" },
    knee: null,
    bounds: [],
    impossible,
  };
}

/** The loads that were looked at. */
class Curve {
  readonly #base: Scenario;
  readonly #load: Load;
  readonly #work: Work;
  readonly #places: Place[] = [];

  constructor(base: Scenario, load: Load, simulator: Simulator, onMore: () => void) {
    this.#base = base;
    this.#load = load;
    this.#work = new Work(simulator, onMore);
  }

  get size(): number {
    return this.#places.length;
  }

  points(): CapacityPoint[] {
    return this.#places
      .filter(({ configuration }) => configuration.replications > 0)
      .map(({ load, configuration: { measures, replications, isMet } }) => ({
        load,
        factor: load / this.#load.now,
        measures,
        replications,
        isMet,
      }));
  }

  firstLoads(): number[] {
    const { now } = this.#load;
    const saturation = this.#saturation();
    const shares = FIRST_SHARES.map((share) => share * now);
    if (saturation > FAR_AWAY * now) return shares;
    return [...shares, ...FIRST_SHARES_OF_SATURATION.map((share) => share * saturation)];
  }

  furthest(): number {
    const { now } = this.#load;
    return Math.min(FURTHEST_OF_PRESENT * now, FURTHEST * Math.max(now, this.#saturation()));
  }

  /** Demand grows with the load; this is where it comes to the ceiling. */
  #saturation(): number {
    const demand = capacity(this.#base).demandInAllPerSecond;
    return demand > 0 ? (this.#load.now * ceiling(this.#base).perSecond) / demand : Infinity;
  }

  async look(loads: readonly number[], replications: number): Promise<void> {
    const { isWhole, at } = this.#load;
    const rounded = loads.map((load) => loadNear(load, isWhole));
    const fresh = [...new Set(rounded)].filter((load) => this.#places.every((place) => place.load !== load));
    const added = fresh.map((load) => ({ load, configuration: new Configuration(at(load)) }));
    this.#places.push(...added);
    this.#places.sort((one, other) => one.load - other.load);
    await this.#work.simulateUpTo(
      added.map(({ configuration }) => configuration),
      replications,
    );
  }

  /** More replications for the two loads between which the objective ceases to be met, where their intervals reach over its limit. */
  async sharpen(replications: number): Promise<void> {
    const missed = this.#places.findIndex(({ configuration }) => !configuration.isMet);
    const unsure = [this.#places[missed - 1], this.#places[missed]].flatMap((place) =>
      place !== undefined && ["likely", "unlikely"].includes(place.configuration.meets)
        ? [place.configuration]
        : [],
    );
    if (missed > 0) await this.#work.simulateUpTo(unsure, replications);
  }

  answer(isComplete: boolean): CapacityAnswer {
    const points = this.points();
    const { unit, now } = this.#load;
    return {
      kind: "capacity",
      progress: this.#work.progress,
      isComplete,
      unit,
      now,
      points,
      headroom: this.#headroom(points),
      knee: kneeOf(points),
      bounds: boundLines(this.#base, this.#load, evenly(points)),
      impossible: null,
    };
  }

  #headroom(points: readonly CapacityPoint[]): Headroom {
    const [first] = points;
    const last = points.at(-1);
    if (limits(this.#base.slo).length === 0 || first === undefined || last === undefined)
      return { kind: "no objective" };
    const missed = points.findIndex(({ isMet }) => !isMet);
    if (missed < 0) return { kind: "none missed", lookedTo: last.load };
    const [met, miss] = [points[missed - 1], points[missed]];
    if (met === undefined || miss === undefined) return { kind: "none met", lookedTo: first.load };
    const sides = this.#places.filter(({ load }) => load === met.load || load === miss.load);
    return {
      kind: "found",
      metAt: met.load,
      missedAt: miss.load,
      share: met.load / this.#load.now - 1,
      isSure: sides.every(({ configuration: { meets } }) => meets === "yes" || meets === "no"),
    };
  }
}

/** Places to draw a line through that may bend between the points. */
function evenly(points: readonly CapacityPoint[]): number[] {
  const [first, last] = [points[0]?.load ?? 0, points.at(-1)?.load ?? 0];
  const steps = 60;
  return Array.from({ length: steps + 1 }, (_, step) => first + ((last - first) * step) / steps);
}
