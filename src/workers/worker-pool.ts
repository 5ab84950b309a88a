import { type OpaqueReport, SupervisedWorker } from "./supervised-worker";

/** Who is told what the workers report, and when one dies. */
export interface PoolListener {
  onReport(worker: SupervisedWorker, report: OpaqueReport): void;
  onDeath(worker: SupervisedWorker, reason: string): void;
}

/**
 * The simulating workers and the one that sums up. Dead workers are replaced when the next run asks for them, not
 * before: a script that cannot be loaded then fails once a run, and not in a circle.
 */
export class WorkerPool {
  readonly #createWorker: () => Worker;
  readonly #size: number;
  readonly #listener: PoolListener;
  #simulators: SupervisedWorker[] = [];
  #summer: SupervisedWorker | null = null;

  constructor(createWorker: () => Worker, size: number, listener: PoolListener) {
    this.#createWorker = createWorker;
    this.#size = size;
    this.#listener = listener;
  }

  /** Starts all workers, so that a first run does not wait for their scripts. */
  start(): void {
    for (const worker of [...this.simulators(this.#size), this.summer()]) worker.start();
  }

  /** Up to `wanted` living simulating workers. */
  simulators(wanted: number): SupervisedWorker[] {
    const living = this.#simulators.filter((worker) => !worker.isDead);
    while (living.length < Math.min(wanted, this.#size)) living.push(this.#create());
    this.#simulators = living;
    return living.slice(0, wanted);
  }

  /** The living worker that sums up. */
  summer(): SupervisedWorker {
    if (this.#summer === null || this.#summer.isDead) this.#summer = this.#create();
    return this.#summer;
  }

  terminate(): void {
    for (const worker of [...this.#simulators, this.#summer]) worker?.terminate();
    this.#simulators = [];
    this.#summer = null;
  }

  #create(): SupervisedWorker {
    const worker = new SupervisedWorker(this.#createWorker);
    worker.onReport = (report) => this.#listener.onReport(worker, report);
    worker.onDeath = (reason) => this.#listener.onDeath(worker, reason);
    return worker;
  }
}
