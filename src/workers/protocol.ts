import type { RunSummary } from "../analysis/result-types";
import type { SystemState } from "../analysis/system-state";
import type { SizedChange, SizedScenario } from "../scenario/sizes";
import type { Scenario } from "../scenario/types";
import type { Simulator } from "../study/simulator";

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
  /** `cancelled`: by `cancel()` or by a newer run. `crashed`: a worker died and was replaced. `internal`: a defect. */
  readonly code: "cancelled" | "crashed" | "internal";
  readonly message: string;
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

/** A live run at one moment: what the page hears of it 25 times a second, and at every pause, step and change. */
export interface LiveSnapshot {
  /** Simulated milliseconds. */
  readonly nowMs: number;
  /** `catching-up`: it is simulated again from the begin, silently, until where it was. */
  readonly phase: "running" | "paused" | "catching-up";
  /** Simulated seconds per second, lately; null while that is not known. */
  readonly speedReached: number | null;
  /** How many entries of its timeline have taken place. */
  readonly applied: number;
  /** How long the run is that is simulated; it grows as time gets there. Series are cut for it. */
  readonly durationS: number;
  /** Why it cannot go on: too many requests in the system, or no run may be longer. null: it can. */
  readonly halted: "overrun" | "longest" | null;
  /** null while catching up: the last one holds. */
  readonly state: SystemState | null;
  /** Some five times a second, where the page keeps up with them. */
  readonly summary: RunSummary | null;
}

/** Where a live run stands still to be changed. */
export interface LiveMoment {
  /** Whole simulated milliseconds. */
  readonly nowMs: number;
  /** How many entries of its timeline have taken place. */
  readonly applied: number;
}

export interface LiveListener {
  onSnapshot(snapshot: LiveSnapshot): void;
  /** It has ended; called at most once. Never `cancelled`. */
  onFailure(failure: RunFailure): void;
}

/** A live run. After its end, whoever ended it, nothing happens any more. */
export interface LiveRun {
  /** @param speed simulated seconds per second; Infinity: as fast as possible */
  go(speed: number): void;
  pause(): void;
  /** Goes on by so much simulated time, and pauses. */
  step(byMs: number): void;
  /**
   * Stands still at the next whole millisecond until `change`; the clock on the wall goes on. null where the run ends
   * before.
   */
  hold(): Promise<LiveMoment | null>;
  /** Ends a hold. @param changes the timeline from where it stands on, in order of time */
  change(scenario: Scenario, changes: readonly SizedChange[]): void;
  end(): void;
}

/** The page's door to live runs. There is one at a time: a newer one ends the older. */
export interface LiveClient {
  /**
   * Begins a live run, paused. @param fromMs where it takes up: all before is simulated silently, as fast as possible
   */
  begin(sized: SizedScenario, fromMs: number, listener: LiveListener): LiveRun;
  dispose(): void;
}

/** The page's door to the many runs of a study. */
export interface StudyClient {
  /** What simulates until the signal says that nobody wants it any more. */
  simulator(signal: AbortSignal): Simulator;
  /**
   * Starts the workers, and lets each run this again and again, for a moment and for nobody: code that has run before is several times as fast. A study
   * that is asked meanwhile does not wait for it.
   */
  warmUp(sized: SizedScenario): void;
  dispose(): void;
}
