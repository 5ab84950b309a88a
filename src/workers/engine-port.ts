import type { RunSummary } from "../analysis/result-types";
import type { Detail, SystemLevels } from "../engine/index";
import type { SizedChange, SizedScenario } from "../scenario/sizes";

/** One replication under way. */
export interface RunningReplication<Record> {
  /** Simulated milliseconds so far. */
  readonly nowMs: number;
  /** Goes on until `untilMs` or for about `maximumEvents` events; true once `untilMs`, or the end of the run, is reached. */
  advance(untilMs: number, maximumEvents: number): boolean;
  /** Changes the running system, now. @param sized what it was begun with */
  apply(change: SizedChange, sized: SizedScenario): void;
  /** Where the system stands now; a copy. */
  levels(): SystemLevels;
  /** A copy of what was recorded so far. */
  record(): Record;
}

/** A scenario made ready to run. */
export interface PreparedScenario<Record> {
  readonly durationMs: number;
  /** Whether it can begin only after `loadExtras`. */
  readonly needsExtras: boolean;
  start(replication: number): RunningReplication<Record>;
}

/** What the workers need of the engine; an interface, so that their tests can do without it. */
export interface EnginePort<Record> {
  /** Fetches the code that only some scenarios need, and `levels` always. Safe to call again. */
  loadExtras(): Promise<void>;
  /** @param detail how much is recorded; "series" where not said */
  prepare(sized: SizedScenario, detail?: Detail): PreparedScenario<Record>;
  /** The memory of a record that can be handed to another thread without copying. */
  transferables(record: Record): ArrayBuffer[];
  summarize(sized: SizedScenario, records: readonly Record[], wallMs: number): RunSummary;
}
