import { createStore, type StoreApi } from "zustand/vanilla";
import type { RunSummary } from "../analysis/result-types";
import type { Scenario } from "../scenario/types";
import type { RunController } from "./run-controller";
import { simulatesSame } from "./same";
import type { Stored } from "./stored";

export interface BaselineState {
  /** What everything is compared with; null where nothing is pinned. */
  readonly scenario: Scenario | null;
  /** Its result at full precision; null until it has been simulated. */
  readonly summary: RunSummary | null;
}

/**
 * The pinned baseline. Only its scenario is kept over visits: results are never stored, but simulated again when
 * nothing else is under way.
 */
export class Baseline {
  readonly store: StoreApi<BaselineState>;
  readonly #stored: Stored;
  #hasFailed = false;

  constructor(stored: Stored) {
    this.#stored = stored;
    this.store = createStore<BaselineState>(() => ({ scenario: stored.readBaseline(), summary: null }));
  }

  /** `summary` is null where the scenario's result is not complete yet. */
  pin(scenario: Scenario, summary: RunSummary | null): void {
    this.#hasFailed = false;
    this.store.setState({ scenario, summary });
    this.#stored.write("baseline", scenario);
  }

  unpin(): void {
    this.store.setState({ scenario: null, summary: null });
    this.#stored.remove("baseline");
  }

  /** Takes over a complete result, where it is the one that is missing. */
  offer(scenario: Scenario, summary: RunSummary): void {
    const pinned = this.store.getState();
    if (pinned.scenario === null || pinned.summary !== null || !simulatesSame(pinned.scenario, scenario))
      return;
    this.store.setState({
      summary: { ...summary, figures: { ...summary.figures, scenario: pinned.scenario } },
    });
  }

  /** Simulates what is missing, without anyone noticing. One that cannot be simulated is not tried again. */
  async complete(runs: RunController): Promise<void> {
    const { scenario, summary } = this.store.getState();
    if (scenario === null || summary !== null || this.#hasFailed || !runs.isIdle) return;
    const outcome = await runs.quietly(scenario);
    if (outcome.ok) this.offer(scenario, outcome.summary);
    else if (outcome.failure.code !== "cancelled")
      this.#hasFailed = this.store.getState().scenario === scenario;
  }
}
