import type { SystemState } from "../analysis/system-state";
import type { TimelineEntry } from "../scenario/types";
import type { RunFailure } from "../workers/protocol";

/** Simulated seconds per second; `max`: as fast as the machine can. */
export type LiveSpeed = 1 | 5 | 20 | 100 | "max";

/** What can be done to a running system beside setting its values. */
export type LiveAction =
  | { readonly do: "deploy"; readonly fleet: string }
  | { readonly do: "killDyno"; readonly fleet: string }
  | { readonly do: "failover" }
  | { readonly do: "restartDatabase" }
  /** Four times the traffic for 20 s. */
  | { readonly do: "spike" };

export interface LiveState {
  /**
   * `restarting`: it begins, or is simulated again from 0 to where it was. `failed`: it can be taken up again where it
   * was. The picture of it is in the run store, while this is not `off`.
   */
  readonly status: "off" | "running" | "paused" | "restarting" | "failed";
  /** Time is to run; while it restarts, it will then. */
  readonly isPlaying: boolean;
  /** Simulated seconds so far. */
  readonly nowS: number;
  readonly speed: LiveSpeed;
  /** Simulated seconds per second, lately; null while that is not known. */
  readonly speedReached: number | null;
  /** Where the system stands, some 25 times a second. */
  readonly state: SystemState | null;
  /** What the reader did, as entries of a timeline, oldest first; what is still to come of it, too. */
  readonly recorded: readonly TimelineEntry[];
  /** What charts over time show; null while nothing is known. Changes with the summary. */
  readonly window: { readonly fromS: number; readonly toS: number } | null;
  /** Set while `status` is `failed`. */
  readonly failure: RunFailure | null;
  /** What happened without the reader's doing, in a sentence. */
  readonly notice: string | null;
}

export const LIVE_OFF: LiveState = {
  status: "off",
  isPlaying: false,
  nowS: 0,
  speed: 1,
  speedReached: null,
  state: null,
  recorded: [],
  window: null,
  failure: null,
  notice: null,
};

/** Flying the system live: time runs, and what the reader changes acts on the running system. */
export interface LiveControls {
  /** Begins, goes on, or takes up again after a failure. */
  play(): void;
  pause(): void;
  /** One or the other. */
  toggle(): void;
  /** One simulated second, and a pause. */
  step(): void;
  /** Begins again at 0, with the values as they are and nothing recorded. */
  reset(): void;
  setSpeed(speed: LiveSpeed): void;
  act(action: LiveAction): void;
  /**
   * Back to whole runs. What was done is kept as the timeline of a scenario, which is one step that can be undone; where
   * nothing was done everything is as it was before.
   */
  stop(): void;
}
