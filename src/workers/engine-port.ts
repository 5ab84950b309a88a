import type { RunSummary } from "../analysis/result-types";
import type { SystemLevels } from "../engine/levels";
import type { SizedChange, SizedScenario } from "../scenario/sizes";
import type { Problem, Scenario } from "../scenario/types";

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
  start(replication: number): RunningReplication<Record>;
}

/** What the workers need of the engine; an interface, so that their tests can do without it. */
export interface EnginePort<Record> {
  /** Fields the engine does not simulate yet, in this scenario; empty where it can be run. */
  unsupportedFields(scenario: Scenario): readonly Problem[];
  prepare(sized: SizedScenario): PreparedScenario<Record>;
  /** The memory of a record that can be handed to another thread without copying. */
  transferables(record: Record): ArrayBuffer[];
  summarize(sized: SizedScenario, records: readonly Record[], wallMs: number): RunSummary;
}
