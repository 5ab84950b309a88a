import type { RunSummary } from "../analysis/result-types";
import type { Problem, Scenario } from "../scenario/types";

/** What the page asks of the workers. */
export interface SimulationRequest {
  readonly scenario: Scenario;
  /** How many of the scenario's replications to run; fewer while a slider is being dragged. At least 1. */
  readonly replications: number;
}

/** A picture of a run, while it streams in or when it is complete. */
export interface RunUpdate {
  readonly summary: RunSummary;
  /** 0 to 1, of the simulated time over all replications. */
  readonly progress: number;
}

/** Why a run ended without a result. Failures cross threads as data, never as thrown errors. */
export interface RunFailure {
  /**
   * `unsupported`: the scenario asks for what the engine does not simulate yet (`problems` names each field).
   * `cancelled`: by `cancel()` or by a newer run. `crashed`: a worker died and was replaced. `internal`: a defect.
   */
  readonly code: "unsupported" | "cancelled" | "crashed" | "internal";
  readonly message: string;
  readonly problems: readonly Problem[];
}

export type RunOutcome =
  | { readonly ok: true; readonly summary: RunSummary }
  | { readonly ok: false; readonly failure: RunFailure };

export interface RunHandle {
  /** Settles exactly once, also after a cancel or a crash. Never rejects. */
  readonly done: Promise<RunOutcome>;
  cancel(): void;
}

/** The page's door to the simulation. A newer `run` cancels the older one. */
export interface SimulationClient {
  /** `onUpdate` is called at most every 50 ms while the run streams in, and never after `done` has settled. */
  run(request: SimulationRequest, onUpdate: (update: RunUpdate) => void): RunHandle;
  dispose(): void;
}
