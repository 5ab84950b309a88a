import { ActiveRun } from "./active-run";
import { browserClock, type ClientClock } from "./client-clock";
import type { RunHandle, RunOutcome, SimulationClient } from "./protocol";
import { cancelled } from "./run-failures";
import { WorkerPool } from "./worker-pool";

export interface SimulationClientOptions {
  readonly createWorker: () => Worker;
  /** Simulating workers, 1 or more; one more sums up. */
  readonly workers: number;
  readonly clock?: ClientClock;
}

export interface StartableSimulationClient extends SimulationClient {
  /** Starts the workers before the first run asks for them. */
  start(): void;
}

/**
 * The page's end of the workers. It owns every promise and every run's number: what a worker says about a run that has
 * ended is dropped, and `done` settles whatever happens to the workers. The last summary comes with `done`, not as an
 * update.
 */
export function createSimulationClient(options: SimulationClientOptions): StartableSimulationClient {
  const clock = options.clock ?? browserClock;
  let active: ActiveRun | null = null;
  let lastRunId = 0;
  let isDisposed = false;

  const pool = new WorkerPool(options.createWorker, options.workers, {
    onReport: (worker, report) => active?.onReport(worker, report),
    onDeath: (worker, reason) => active?.onDeath(worker, reason),
  });

  return {
    start: () => pool.start(),

    run(request, onUpdate): RunHandle {
      active?.end(cancelled());
      if (isDisposed)
        return { done: Promise.resolve({ ok: false, failure: cancelled() }), cancel: () => undefined };
      const { promise, resolve } = withResolver<RunOutcome>();
      lastRunId += 1;
      const run: ActiveRun = new ActiveRun({
        runId: lastRunId,
        request,
        simulators: pool.simulators(request.replications),
        summer: pool.summer(),
        clock,
        onUpdate,
        onEnd(outcome) {
          if (active === run) active = null;
          resolve(outcome);
        },
      });
      active = run;
      run.start();
      return { done: promise, cancel: () => run.end(cancelled()) };
    },

    dispose() {
      isDisposed = true;
      active?.end(cancelled());
      pool.terminate();
    },
  };
}

function withResolver<Value>(): { promise: Promise<Value>; resolve: (value: Value) => void } {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((settle) => {
    resolve = settle;
  });
  return { promise, resolve };
}
