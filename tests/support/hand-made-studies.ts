import type { Scenario } from "../../src/scenario/types";
import type { Answer, CapacityPoint, Measures } from "../../src/study/answer-types";
import { forEachMeasure } from "../../src/study/measures";
import type { MeasureName } from "../../src/study/question-types";
import type { Simulator, WantedRun } from "../../src/study/simulator";
import type { OnMore } from "../../src/study/work";
import { localSimulator } from "./local-simulator";
import { type Part, theoryScenario } from "./theory-scenario";

/** Requests for exponential times of 100 ms on some threads: M/M/c, quickly simulated. */
export function station(parts: {
  readonly requestsPerSecond?: number;
  readonly threads?: number;
  readonly run?: Part;
  readonly slo?: Part;
  readonly fleet?: Part;
}): Scenario {
  const { requestsPerSecond = 20, threads = 4, run = {}, slo = {}, fleet = {} } = parts;
  const scenario = theoryScenario({
    run: { durationS: 22, warmupS: 2, replications: 4, ...run },
    workload: { kind: "open", requestsPerSecond },
    steps: [{ kind: "wait", ms: { dist: "exponential", mean: 100 } }],
    fleet: { threads, ...fleet },
  });
  return { ...scenario, slo: { ...scenario.slo, ...slo } };
}

/** Simulates when it is told to, in any order. */
export class HeldSimulator implements Simulator {
  /** What was asked for, by call. */
  readonly asked: WantedRun[][] = [];
  #runs: readonly WantedRun[] = [];
  #onRecord: Parameters<Simulator["simulate"]>[1] = () => undefined;
  #settle: (failure: Error | null) => void = () => undefined;

  simulate(runs: readonly WantedRun[], onRecord: Parameters<Simulator["simulate"]>[1]): Promise<void> {
    this.asked.push([...runs]);
    this.#runs = runs;
    this.#onRecord = onRecord;
    return new Promise((resolve, reject) => {
      this.#settle = (failure) => (failure === null ? resolve() : reject(failure));
    });
  }

  /** Simulates those of the latest call, by their places in it. */
  async release(...places: readonly number[]): Promise<void> {
    const chosen = places.flatMap((place) => this.#runs[place] ?? []);
    await localSimulator().simulate(chosen, (index, record) => {
      this.#onRecord(places[index] ?? -1, record);
    });
  }

  async releaseAll(): Promise<void> {
    await this.release(...this.#runs.keys());
  }

  /** The latest call comes to its end. */
  end(failure: Error | null = null): void {
    this.#settle(failure);
  }
}

/** Keeps the latest answer of a study under way, as a page does that looks at each. */
export function watching(): { readonly onMore: OnMore; readonly seen: Answer[] } {
  const seen: Answer[] = [];
  return { seen, onMore: (latest) => seen.push(latest()) };
}

/** Measures made by hand: exact values, and nothing measured where none is given. */
function measuresOf(values: Readonly<Partial<Record<MeasureName, number>>>): Measures {
  return forEachMeasure((name) => {
    const mean = values[name];
    return mean === undefined ? { mean: null, ci95: null } : { mean, ci95: [mean, mean] };
  });
}

/** A point of a capacity curve made by hand. */
export function pointOf(
  load: number,
  values: Readonly<Partial<Record<MeasureName, number>>>,
  isMet = true,
): CapacityPoint {
  return { load, factor: load, measures: measuresOf(values), replications: 2, isMet };
}
