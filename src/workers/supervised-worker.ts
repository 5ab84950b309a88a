import { proxy, type Remote, wrap } from "comlink";
import type { WorkerApi, WorkerReport } from "./worker-api";
import { describeError } from "./worker-error";

/** A record as the client sees it: something to relay, not to look into. */
export type OpaqueReport = WorkerReport<unknown>;

type OpaqueApi = WorkerApi<unknown>;

/**
 * One worker and what is known of its health. It starts when it is first needed and dies for good: on an error event,
 * on a message nobody can read, or when it was silent for too long while something was asked of it. Whoever holds it
 * then makes a new one.
 */
export class SupervisedWorker {
  onReport: (report: OpaqueReport) => void = () => undefined;
  onDeath: (reason: string) => void = () => undefined;

  readonly #createWorker: () => Worker;
  #worker: Worker | null = null;
  #remote: Remote<OpaqueApi> | null = null;
  #isDead = false;
  #silentTicks = 0;

  constructor(createWorker: () => Worker) {
    this.#createWorker = createWorker;
  }

  get isDead(): boolean {
    return this.#isDead;
  }

  /** Starts the worker's script; safe to call again. A worker that cannot even start is dead at once. */
  start(): void {
    if (this.#worker !== null || this.#isDead) return;
    try {
      const worker = this.#createWorker();
      this.#worker = worker;
      worker.addEventListener("error", this.#onError);
      worker.addEventListener("messageerror", this.#onMessageError);
      this.#remote = wrap<OpaqueApi>(worker);
      const listener = (report: OpaqueReport): void => {
        this.#silentTicks = 0;
        if (!this.#isDead) this.onReport(report);
      };
      this.#remote.connect(proxy(listener)).catch(this.#onRejection);
    } catch (error) {
      this.giveUp(describeError(error).message);
    }
  }

  /**
   * Asks something of the worker. A promise across threads never settles once its worker is terminated, so nothing may
   * hang on the returned one: `onDeath` tells of that case.
   */
  ask<Answer>(
    question: (remote: Remote<OpaqueApi>) => Promise<Answer>,
    onAnswer?: (answer: Answer) => void,
  ): void {
    this.start();
    if (this.#remote === null) return;
    question(this.#remote).then((answer) => {
      this.#silentTicks = 0;
      if (!this.#isDead) onAnswer?.(answer);
    }, this.#onRejection);
  }

  /**
   * Called at a steady pace while the worker owes something. Counts calls rather than time, so that a page that was
   * itself asleep (a background tab, a closed lid) blames no worker for it.
   */
  tick(allowedTicks: number): void {
    this.#silentTicks += 1;
    if (this.#silentTicks > allowedTicks) this.giveUp("no sign of life");
  }

  /** A new piece of work starts: silence before it does not count. */
  resetSilence(): void {
    this.#silentTicks = 0;
  }

  /** Ends the worker for a reason, and tells of it; nothing happens where it is dead already. */
  giveUp(reason: string): void {
    if (this.#isDead) return;
    this.terminate();
    this.onDeath(reason);
  }

  /** Ends the worker without a word. */
  terminate(): void {
    this.#isDead = true;
    this.#worker?.removeEventListener("error", this.#onError);
    this.#worker?.removeEventListener("messageerror", this.#onMessageError);
    this.#worker?.terminate();
    this.#worker = null;
    this.#remote = null;
  }

  readonly #onError = (event: ErrorEvent): void => {
    // Handled here: what the page says about it goes through the run's failure, not through the console.
    event.preventDefault();
    this.giveUp(event.message || "the worker's script failed");
  };

  readonly #onMessageError = (): void => this.giveUp("a message could not be read");

  readonly #onRejection = (error: unknown): void => {
    this.giveUp(describeError(error).message);
  };
}
