import type { RunSummary } from "../analysis/result-types";
import type { SizedScenario } from "../scenario/sizes";
import type { Problem } from "../scenario/types";
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
  | { readonly kind: "refused"; readonly runId: number; readonly problems: readonly Problem[] }
  | { readonly kind: "failed"; readonly runId: number; readonly error: WorkerError };

export type ReportListener<Record> = (report: WorkerReport<Record>) => void | Promise<void>;

/** The answer to `summarize`: `stale` where the run is no longer the one the worker keeps records of. */
export type SummaryAnswer =
  | { readonly kind: "summary"; readonly summary: RunSummary }
  | { readonly kind: "stale" }
  | { readonly kind: "failed"; readonly error: WorkerError };

/**
 * What every worker offers. All workers run the same script; the client uses some of them to simulate and one to sum
 * up. `Record` is the engine's record of one replication, which the client only relays and never looks into.
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

  /** Both: gives the run up and frees its memory. */
  cancel(runId: number): void;
}
