import type { RunSummary } from "../analysis/result-types";
import type { SizedChange, SizedScenario } from "../scenario/sizes";
import type { Scenario } from "../scenario/types";
import type { WantedRun } from "../study/simulator";
import type { LiveMoment, LiveSnapshot } from "./protocol";
import type { WorkerError } from "./worker-error";

/**
 * What a simulating worker tells the client, all of it data. Every report names its run, so that a report of an older
 * run is recognised and dropped.
 */
export type WorkerReport<Record> =
  | {
      readonly kind: "record";
      readonly runId: number;
      readonly replication: number;
      readonly record: Record;
      /** The record's memory, named again so that whoever relays the record can hand it on without copying. */
      readonly buffers: ArrayBuffer[];
      /** 0 to 1, of this replication's simulated time. */
      readonly progress: number;
      /** The replication's last record: it is complete. */
      readonly isFinal: boolean;
    }
  | { readonly kind: "live"; readonly runId: number; readonly snapshot: LiveSnapshot }
  | { readonly kind: "failed"; readonly runId: number; readonly error: WorkerError }
  /** Nothing new, but it works on. */
  | { readonly kind: "alive"; readonly runId: number };

export type ReportListener<Record> = (report: WorkerReport<Record>) => void | Promise<void>;

/** The answer to `summarize`: `stale` where the run is no longer the one the worker keeps records of. */
export type SummaryAnswer =
  | { readonly kind: "summary"; readonly summary: RunSummary }
  | { readonly kind: "stale" }
  | { readonly kind: "failed"; readonly error: WorkerError };

/** The records of the first of some runs, one at least, and how long they took altogether. */
export interface SimulatedRuns<Record = unknown> {
  readonly kind: "records";
  readonly records: readonly Record[];
  readonly tookMs: number;
}

/** The answer to `studyRuns`. */
export type StudyRunsAnswer<Record> =
  | SimulatedRuns<Record>
  | { readonly kind: "cancelled" }
  | { readonly kind: "failed"; readonly error: WorkerError };

/**
 * What every worker offers. All workers run the same script; the client uses some of them to simulate, one to sum
 * up, and one for live runs. `Record` is the engine's record of one replication, which the client only relays and never looks into.
 */
export interface WorkerApi<Record> {
  /** Called once, before anything else: where reports go. */
  connect(listener: ReportListener<Record>): void;

  /** Simulating: makes this the run to work on; an older one is abandoned. */
  begin(runId: number, sized: SizedScenario): void;
  /** Simulating: adds a replication (0, 1, …) to the run's line; ignored where `runId` is not the present run. */
  simulate(runId: number, replication: number): void;

  /** Summing up: makes this the run whose records are kept, and forgets those of the older one. */
  open(runId: number, sized: SizedScenario): void;
  /** Summing up: keeps the latest record of a replication. */
  keep(runId: number, replication: number, record: Record): void;
  /** Summing up: merges the records kept, in order of replication. `wallMs` is stated in the result. */
  summarize(runId: number, wallMs: number): SummaryAnswer;

  /** Live: begins a run, paused, once it has come to `fromMs`; an older one is abandoned. For all: see `LiveRun`. */
  liveBegin(runId: number, sized: SizedScenario, fromMs: number): Promise<void>;
  /** Live: lets time run. */
  liveGo(runId: number, speed: number): Promise<void>;
  /** Live: stops time. */
  livePause(runId: number): Promise<void>;
  /** Live: lets so much time pass. */
  liveStep(runId: number, byMs: number): Promise<void>;
  /** Live: stands still until `liveChange`; null where the run ends before. */
  liveHold(runId: number): Promise<LiveMoment | null>;
  /** Live: goes on, with another timeline from here on. */
  liveChange(runId: number, scenario: Scenario, changes: readonly SizedChange[]): Promise<void>;
  /** Live: the page has drawn the last summary, and is ready for another. */
  liveDrawn(runId: number): Promise<void>;

  /**
   * Studies: simulates some replications, in this order, and answers before the last where they take long; those of a study that was cancelled, or of
   * an older one, are not simulated.
   */
  studyRuns(studyId: number, runs: readonly WantedRun[]): Promise<StudyRunsAnswer<Record>>;
  /** Studies: calls this one off, and those before it. */
  studyCancel(studyId: number): Promise<void>;

  /** All: gives the run up and frees its memory. */
  cancel(runId: number): void;
}
