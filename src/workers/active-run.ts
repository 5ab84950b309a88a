import { transfer } from "comlink";
import type { RunSummary } from "../analysis/result-types";
import { withSizes } from "../scenario/sizes";
import type { ClientClock } from "./client-clock";
import type { RunFailure, RunOutcome, RunUpdate, SimulationRequest } from "./protocol";
import * as failures from "./run-failures";
import type { OpaqueReport, SupervisedWorker } from "./supervised-worker";
import type { SummaryAnswer } from "./worker-api";
import type { WorkerError } from "./worker-error";

/** The first picture of a run comes early; the next ones at this pace, or slower where summing up takes long. */
const FIRST_UPDATE_AFTER_MS = 25;
const UPDATE_EVERY_MS = 50;
const SUMMING_TIME_SHARE = 0.5;
/** Replications a worker has at hand: one under way and one to go on with while the page is busy drawing. */
const REPLICATIONS_AT_HAND = 2;

const WATCH_EVERY_MS = 1_000;
const SILENT_TICKS_ALLOWED = 10;

export interface ActiveRunOptions {
  readonly runId: number;
  readonly request: SimulationRequest;
  readonly simulators: readonly SupervisedWorker[];
  readonly summer: SupervisedWorker;
  readonly clock: ClientClock;
  readonly onUpdate: (update: RunUpdate) => void;
  /** Called exactly once. */
  readonly onEnd: (outcome: RunOutcome) => void;
}

/**
 * One run, from the request to its outcome: hands out replications, passes records on to the worker that sums up, asks
 * for summaries at a steady pace and one at a time, and ends exactly once.
 */
export class ActiveRun {
  readonly runId: number;
  readonly #options: ActiveRunOptions;
  readonly #startedAt: number;
  readonly #progress: Float64Array;
  /** Replications each worker still owes. */
  readonly #owed = new Map<SupervisedWorker, number>();
  #nextReplication = 0;
  #unfinished: number;
  #wallMs = 0;
  #hasFreshRecords = false;
  #isSumming = false;
  #updateDueAt: number;
  #callOffUpdate: (() => void) | null = null;
  #endWatch: (() => void) | null = null;
  #hasEnded = false;

  constructor(options: ActiveRunOptions) {
    this.#options = options;
    this.runId = options.runId;
    this.#startedAt = options.clock.now();
    this.#updateDueAt = this.#startedAt + FIRST_UPDATE_AFTER_MS;
    this.#progress = new Float64Array(options.request.replications);
    this.#unfinished = options.request.replications;
  }

  start(): void {
    const { simulators, summer, clock, request } = this.#options;
    // Looked up here, once, so that the workers load no catalogue.
    const sized = withSizes(request.scenario);
    this.#endWatch = clock.every(WATCH_EVERY_MS, () => this.#watch());
    summer.resetSilence();
    summer.ask((remote) => remote.open(this.runId, sized));
    for (const worker of simulators) {
      // A worker that cannot start ends the run at once.
      if (this.#hasEnded) return;
      worker.resetSilence();
      worker.ask((remote) => remote.begin(this.runId, sized));
      this.#owed.set(worker, 0);
    }
    for (let round = 0; round < REPLICATIONS_AT_HAND; round += 1) {
      for (const worker of simulators) this.#handOut(worker);
    }
  }

  onReport(worker: SupervisedWorker, report: OpaqueReport): void {
    if (this.#hasEnded || report.runId !== this.runId) return;
    switch (report.kind) {
      case "record":
        this.#onRecord(worker, report);
        break;
      case "failed":
        this.#onError(worker, report.error);
        break;
    }
  }

  onDeath(worker: SupervisedWorker, reason: string): void {
    const { summer, simulators } = this.#options;
    if (worker === summer || simulators.includes(worker)) this.end(failures.crashed(reason));
  }

  /** Ends the run without a result; workers stop at their next turn. Nothing happens where it has ended. */
  end(failure: RunFailure): void {
    if (this.#hasEnded) return;
    for (const worker of [...this.#options.simulators, this.#options.summer]) {
      if (!worker.isDead) worker.ask((remote) => remote.cancel(this.runId));
    }
    this.#finish({ ok: false, failure });
  }

  #handOut(worker: SupervisedWorker): void {
    if (this.#hasEnded || this.#nextReplication >= this.#options.request.replications) return;
    const replication = this.#nextReplication;
    this.#nextReplication += 1;
    this.#owed.set(worker, (this.#owed.get(worker) ?? 0) + 1);
    worker.ask((remote) => remote.simulate(this.runId, replication));
  }

  #onRecord(worker: SupervisedWorker, report: Extract<OpaqueReport, { kind: "record" }>): void {
    const { replication, record, buffers, progress, isFinal } = report;
    this.#wallMs = this.#options.clock.now() - this.#startedAt;
    this.#progress[replication] = progress;
    this.#hasFreshRecords = true;
    this.#options.summer.ask((remote) =>
      remote.keep(this.runId, replication, transfer(record as object, buffers)),
    );
    if (isFinal) {
      this.#unfinished -= 1;
      this.#owed.set(worker, (this.#owed.get(worker) ?? 0) - 1);
      this.#handOut(worker);
    }
    this.#planSummary();
  }

  /** Sums up when it is time; while a summary is being made the next one is only planned, never queued. */
  #planSummary(): void {
    if (this.#hasEnded || this.#isSumming || !this.#hasFreshRecords) return;
    const wait = this.#unfinished === 0 ? 0 : this.#updateDueAt - this.#options.clock.now();
    if (wait <= 0) {
      this.#sumUp();
      return;
    }
    this.#callOffUpdate ??= this.#options.clock.after(wait, () => {
      this.#callOffUpdate = null;
      this.#planSummary();
    });
  }

  #sumUp(): void {
    const { summer, clock } = this.#options;
    const isFinal = this.#unfinished === 0;
    const askedAt = clock.now();
    this.#callOffUpdate?.();
    this.#callOffUpdate = null;
    this.#isSumming = true;
    this.#hasFreshRecords = false;
    summer.resetSilence();
    summer.ask(
      async (remote): Promise<SummaryAnswer> => remote.summarize(this.runId, this.#wallMs),
      (answer) => {
        this.#isSumming = false;
        const now = clock.now();
        this.#updateDueAt = now + Math.max(UPDATE_EVERY_MS, (now - askedAt) / SUMMING_TIME_SHARE);
        this.#onAnswer(answer, isFinal);
      },
    );
  }

  #onAnswer(answer: SummaryAnswer, isFinal: boolean): void {
    if (this.#hasEnded) return;
    switch (answer.kind) {
      case "summary":
        if (isFinal) this.#finish({ ok: true, summary: answer.summary });
        else if (this.#unfinished > 0) this.#update(answer.summary);
        break;
      case "failed":
        this.#onError(this.#options.summer, answer.error);
        break;
      case "stale":
        this.end(failures.internal("the records of this run were lost"));
        break;
    }
    this.#planSummary();
  }

  /** A worker without memory is of no more use; one that met a defect in the program is. */
  #onError(worker: SupervisedWorker, { message, isOutOfMemory }: WorkerError): void {
    if (isOutOfMemory) worker.giveUp(message);
    else this.end(failures.internal(message));
  }

  #update(summary: RunSummary): void {
    const sum = this.#progress.reduce((total, part) => total + part, 0);
    this.#options.onUpdate({ summary, progress: sum / this.#progress.length });
  }

  #watch(): void {
    for (const [worker, owed] of this.#owed) if (owed > 0) worker.tick(SILENT_TICKS_ALLOWED);
    if (this.#isSumming) this.#options.summer.tick(SILENT_TICKS_ALLOWED);
  }

  #finish(outcome: RunOutcome): void {
    this.#hasEnded = true;
    this.#callOffUpdate?.();
    this.#callOffUpdate = null;
    this.#endWatch?.();
    this.#endWatch = null;
    this.#options.onEnd(outcome);
  }
}
