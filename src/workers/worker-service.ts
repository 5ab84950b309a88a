import type { EnginePort } from "./engine-port";
import { LiveRunner } from "./live-runner";
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
  const live = new LiveRunner(engine, clock);
  return {
    connect(listener) {
      runner.connect(listener);
      live.connect(listener);
    },
    begin: (runId, sized) => runner.begin(runId, sized),
    simulate: (runId, replication) => runner.simulate(runId, replication),
    open: (runId, sized) => keeper.open(runId, sized),
    keep: (runId, replication, record) => keeper.keep(runId, replication, record),
    summarize: (runId, wallMs) => keeper.summarize(runId, wallMs),
    liveBegin: (runId, sized, fromMs) => live.begin(runId, sized, fromMs),
    liveGo: (runId, speed) => live.go(runId, speed),
    livePause: (runId) => live.pause(runId),
    liveStep: (runId, byMs) => live.step(runId, byMs),
    liveHold: (runId) => live.hold(runId),
    liveChange: (runId, scenario, changes) => live.change(runId, scenario, changes),
    cancel(runId) {
      runner.cancel(runId);
      keeper.cancel(runId);
      live.cancel(runId);
    },
  };
}
