import type { EnginePort } from "./engine-port";
import type { LiveRunner } from "./live-runner";
import { RecordKeeper } from "./record-keeper";
import { ReplicationRunner } from "./replication-runner";
import type { StudyRunner } from "./study-runner";
import type { ReportListener, WorkerApi } from "./worker-api";
import type { WorkerClock } from "./worker-clock";

/** Everything a worker offers, on a given engine and clock: what the worker's entry exposes, and tests run in-process. */
export function createWorkerService<Record>(
  engine: EnginePort<Record>,
  clock: WorkerClock,
): WorkerApi<Record> {
  const runner = new ReplicationRunner(engine, clock);
  const keeper = new RecordKeeper(engine);
  let listener: ReportListener<Record> = () => undefined;
  let live: Promise<LiveRunner<Record>> | null = null;

  /** Fetched by the one worker that simulates live, when it does: see docs/decisions/what-loads-first.md. */
  async function fetchLive(): Promise<LiveRunner<Record>> {
    const [module] = await Promise.all([import("./live-runner"), engine.loadExtras()]);
    const fetched = new module.LiveRunner(engine, clock);
    fetched.connect((report) => listener(report));
    return fetched;
  }
  /** In the order in which it was asked. */
  async function withLive<Answer>(ask: (live: LiveRunner<Record>) => Answer): Promise<Awaited<Answer>> {
    live ??= fetchLive();
    return await ask(await live);
  }

  let studies: Promise<StudyRunner<Record>> | null = null;
  /** Fetched by the workers of studies alone. */
  function fetchStudies(): Promise<StudyRunner<Record>> {
    studies ??= import("./study-runner").then(
      ({ StudyRunner }) => new StudyRunner(engine, clock, (report) => listener(report)),
    );
    return studies;
  }

  return {
    connect(to) {
      listener = to;
      runner.connect(to);
    },
    begin: (runId, sized) => runner.begin(runId, sized),
    simulate: (runId, replication) => runner.simulate(runId, replication),
    open: (runId, sized) => keeper.open(runId, sized),
    keep: (runId, replication, record) => keeper.keep(runId, replication, record),
    summarize: (runId, wallMs) => keeper.summarize(runId, wallMs),
    liveBegin: (runId, sized, fromMs) => withLive((live) => live.begin(runId, sized, fromMs)),
    liveGo: (runId, speed) => withLive((live) => live.go(runId, speed)),
    livePause: (runId) => withLive((live) => live.pause(runId)),
    liveStep: (runId, byMs) => withLive((live) => live.step(runId, byMs)),
    liveHold: (runId) => withLive((live) => live.hold(runId)),
    liveChange: (runId, scenario, changes) => withLive((live) => live.change(runId, scenario, changes)),
    liveDrawn: (runId) => withLive((live) => live.drawn(runId)),
    studyRuns: async (studyId, runs) => (await fetchStudies()).run(studyId, runs),
    studyCancel: async (studyId) => (await fetchStudies()).cancel(studyId),
    cancel(runId) {
      runner.cancel(runId);
      keeper.cancel(runId);
      live?.then((fetched) => fetched.cancel(runId));
    },
  };
}
