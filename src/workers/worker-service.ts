import type { EnginePort } from "./engine-port";
import { RecordKeeper } from "./record-keeper";
import { ReplicationRunner } from "./replication-runner";
import type { WorkerApi } from "./worker-api";
import type { WorkerClock } from "./worker-clock";

/** Everything a worker offers, on a given engine and clock: what the worker's entry exposes, and tests run in-process. */
export function createWorkerService<Record>(
  engine: EnginePort<Record>,
  clock: WorkerClock,
): WorkerApi<Record> {
  const runner = new ReplicationRunner(engine, clock);
  const keeper = new RecordKeeper(engine);
  return {
    connect: (listener) => runner.connect(listener),
    begin: (runId, sized) => runner.begin(runId, sized),
    simulate: (runId, replication) => runner.simulate(runId, replication),
    open: (runId, sized) => keeper.open(runId, sized),
    keep: (runId, replication, record) => keeper.keep(runId, replication, record),
    summarize: (runId, wallMs) => keeper.summarize(runId, wallMs),
    cancel(runId) {
      runner.cancel(runId);
      keeper.cancel(runId);
    },
  };
}
