import { parentPort, Worker } from "node:worker_threads";
import { type ReplicationRecord, transferables } from "../engine";
import type { Simulator, WantedRun } from "../study/simulator";
import { simulateRun } from "./simulate-run";

/** A run at work, and one to go on with at once. */
const RUNS_AT_HAND = 2;

interface Order {
  readonly index: number;
  readonly run: WantedRun;
}

interface Delivery {
  readonly index: number;
  readonly record: ReplicationRecord;
}

/** What a worker does: simulates what it is sent, until it is ended. */
export function serveRuns(): void {
  const port = parentPort;
  port?.on("message", ({ index, run }: Order) => {
    const record = simulateRun(run);
    port.postMessage({ index, record } satisfies Delivery, transferables(record));
  });
}

/** Simulates in several threads; the records come in the order of the runs, so that nothing depends on how fast each thread is. */
export class WorkerThreads implements Simulator {
  readonly #program: string;
  readonly #most: number;
  readonly #workers: Worker[] = [];

  /** @param program a module that calls `serveRuns` where it is started as a worker */
  constructor(program: string, most: number) {
    this.#program = program;
    this.#most = most;
  }

  async simulate(
    runs: readonly WantedRun[],
    onRecord: (index: number, record: ReplicationRecord) => void,
  ): Promise<void> {
    if (runs.length === 0) return;
    while (this.#workers.length < Math.min(this.#most, runs.length))
      this.#workers.push(new Worker(this.#program));
    const waiting = runs.entries();
    const early = new Map<number, ReplicationRecord>();
    let next = 0;
    const end = new AbortController();
    await new Promise<void>((resolve, reject) => {
      const give = (worker: Worker): void => {
        const { value } = waiting.next();
        if (value !== undefined) worker.postMessage({ index: value[0], run: value[1] } satisfies Order);
      };
      const take = (worker: Worker, { index, record }: Delivery): void => {
        give(worker);
        early.set(index, record);
        for (let due = early.get(next); due !== undefined; due = early.get(next)) {
          early.delete(next);
          onRecord(next, due);
          next += 1;
        }
        if (next === runs.length) resolve();
      };
      for (const worker of this.#workers)
        listen(worker, end.signal, (delivery) => take(worker, delivery), reject);
      for (let round = 0; round < RUNS_AT_HAND; round += 1) this.#workers.forEach(give);
    }).finally(() => end.abort());
  }

  /** Ends all threads. */
  async close(): Promise<void> {
    await Promise.all(this.#workers.splice(0).map((worker) => worker.terminate()));
  }
}

/** Listens to a worker until the signal. */
function listen(
  worker: Worker,
  signal: AbortSignal,
  onDelivery: (delivery: Delivery) => void,
  onFailure: (error: Error) => void,
): void {
  const deliver = (delivery: Delivery): void => {
    try {
      onDelivery(delivery);
    } catch (error) {
      onFailure(error instanceof Error ? error : new Error(String(error)));
    }
  };
  const fail = (error: Error): void => onFailure(error);
  const exit = (): void => onFailure(new Error("A worker stopped, most likely for lack of memory."));
  worker.on("message", deliver).on("error", fail).on("exit", exit);
  signal.addEventListener("abort", () => {
    worker.off("message", deliver).off("error", fail).off("exit", exit);
  });
}
