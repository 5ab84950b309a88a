import { createStore, type StoreApi } from "zustand/vanilla";
import type { RunSummary } from "../analysis/result-types";
import type { Scenario } from "../scenario/types";

export interface StoryRunsState {
  /** What was simulated, by `runKey`. */
  readonly summaries: ReadonlyMap<string, RunSummary>;
  /** How many are still to be simulated. */
  readonly waiting: number;
  /** That a run came to nothing, and why; null: none did. */
  readonly failure: string | null;
}

/** Simulates a scenario beside what the page shows, when nothing else is under way; null where that came first. */
export type SimulateAside = (
  scenario: Scenario,
) => Promise<RunSummary | "later" | { readonly failure: string }>;

/** As much of a scenario as changes what a run of it gives. */
export function runKey(scenario: Scenario): string {
  return JSON.stringify({ ...scenario, name: "", notes: "" });
}

/** While the page simulates something of its own it is asked again this much later. */
const AGAIN_AFTER_MS = 200;

/** So many results are kept: those of the largest step with its neighbours. */
const MOST_KEPT = 120;

/** The runs that a story's claims and chart need, one after the other, whenever the page has nothing else to simulate. */
export class StoryRuns {
  readonly store: StoreApi<StoryRunsState> = createStore<StoryRunsState>(() => ({
    summaries: new Map(),
    waiting: 0,
    failure: null,
  }));
  readonly #simulate: SimulateAside;
  readonly #after: (delayMs: number, callback: () => void) => () => void;
  #wanted: readonly Scenario[] = [];
  #isRunning = false;
  #callOff: () => void = () => undefined;

  /** @param after calls back once after a delay in milliseconds; gives back what calls it off */
  constructor(simulate: SimulateAside, after: (delayMs: number, callback: () => void) => () => void) {
    this.#simulate = simulate;
    this.#after = after;
  }

  /** Wants these, in this order, and nothing that was wanted before. */
  want(scenarios: readonly Scenario[]): void {
    const { summaries } = this.store.getState();
    this.#wanted = scenarios.filter((scenario) => !summaries.has(runKey(scenario)));
    this.store.setState({ waiting: this.#wanted.length, failure: null });
    void this.#next();
  }

  /** Wants nothing more. */
  stop(): void {
    this.#wanted = [];
    this.#callOff();
    this.store.setState({ waiting: 0 });
  }

  async #next(): Promise<void> {
    this.#callOff();
    if (this.#isRunning) return;
    this.#isRunning = true;
    for (let [scenario] = this.#wanted; scenario !== undefined; [scenario] = this.#wanted) {
      const result = await this.#simulate(scenario);
      if (result === "later") {
        if (this.#wanted.length > 0) this.#callOff = this.#after(AGAIN_AFTER_MS, () => void this.#next());
        break;
      }
      this.#wanted = this.#wanted.filter((other) => other !== scenario);
      if ("failure" in result) this.store.setState({ failure: result.failure });
      else this.#keep(scenario, result);
      this.store.setState({ waiting: this.#wanted.length });
    }
    this.#isRunning = false;
  }

  #keep(scenario: Scenario, summary: RunSummary): void {
    const kept = [...this.store.getState().summaries, [runKey(scenario), summary] as const];
    this.store.setState({ summaries: new Map(kept.slice(-MOST_KEPT)) });
  }
}
