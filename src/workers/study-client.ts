import type { ReplicationRecord } from "../engine";
import type { SizedScenario } from "../scenario/sizes";
import { type Simulator, StudyCancelled, type WantedRun } from "../study/simulator";
import { browserClock, type ClientClock } from "./client-clock";
import type { StudyClient } from "./protocol";
import { SupervisedWorker } from "./supervised-worker";
import type { SimulatedRuns, StudyRunsAnswer } from "./worker-api";

/** One at work, and one to go on with while the page draws. */
const LOADS_AT_HAND = 2;
/** Short runs are handed out together, so many that it takes about so long: a message costs the page as much as a part of a run. */
const LOAD_MS = 40;
const MOST_RUNS_IN_LOAD = 8;
/** How much a slow run still counts after the next. */
const FORGETTING = 0.8;
/** So long a worker simulates before it is fast: its code is compiled meanwhile, the more of it the better. */
const WARM_UP_MS = 600;
/** A run that takes its worker down once may have had bad luck; one that does it again takes too much. */
const MOST_TRIES = 2;
const WATCH_EVERY_MS = 1_000;
const SILENT_TICKS_ALLOWED = 10;

export interface StudyClientOptions {
  readonly createWorker: () => Worker;
  /** 1 or more. */
  readonly workers: number;
  readonly clock?: ClientClock;
}

interface Job {
  readonly index: number;
  readonly run: WantedRun;
  tries: number;
}

/** What a worker was asked for at once. */
interface Load {
  readonly studyId: number;
  readonly jobs: readonly Job[];
}

/** What is being simulated for one call of `simulate`. */
interface Batch {
  readonly studyId: number;
  readonly waiting: Job[];
  /** How long its runs take, the latest slow ones above all; null before the first is done. */
  runMs: number | null;
  unfinished: number;
  readonly onRecord: (index: number, record: ReplicationRecord) => void;
  readonly settle: (failure: Error | null) => void;
}

/**
 * The page's end of studies, with workers of its own that start with the first. One batch of runs is worked on at a time; a newer one ends the older. Every
 * promise settles, whatever happens to the workers: a run whose worker died is given to another, once.
 */
export function createStudyClient({
  createWorker,
  workers,
  clock = browserClock,
}: StudyClientOptions): StudyClient {
  const owed = new Map<SupervisedWorker, Set<Load>>();
  let batch: Batch | null = null;
  let lastStudyId = 0;
  let isDisposed = false;
  /** What the workers simulate, or have simulated, for nobody, under this number; null before, and from the first study on. */
  let warmingId: number | null = null;

  const endWatch = clock.every(WATCH_EVERY_MS, () => {
    for (const [worker, loads] of owed) if (loads.size > 0) worker.tick(SILENT_TICKS_ALLOWED);
  });

  function createSupervised(): void {
    const worker = new SupervisedWorker(createWorker);
    const loads = new Set<Load>();
    owed.set(worker, loads);
    worker.onDeath = (reason) => {
      owed.delete(worker);
      giveBack(loads, reason);
    };
  }

  /** What a dead worker owed is for another to do; what it owed an older batch, for nobody. */
  function giveBack(loads: ReadonlySet<Load>, reason: string): void {
    if (batch === null) return;
    const { studyId, waiting } = batch;
    const owing = [...loads].flatMap((load) => (load.studyId === studyId ? load.jobs : []));
    for (const job of owing) job.tries += 1;
    if (owing.some(({ tries }) => tries >= MOST_TRIES)) {
      end(new Error(`a worker stopped, most likely for lack of memory (${reason})`));
      return;
    }
    waiting.unshift(...owing);
    handOut();
  }

  function handOut(): void {
    while (owed.size < workers) createSupervised();
    for (let round = 0; round < LOADS_AT_HAND; round += 1) {
      for (const [worker, loads] of [...owed]) {
        if (loads.size <= round && !worker.isDead) giveTo(worker, loads);
      }
    }
  }

  /** How many runs to hand out together: fewer towards the end, so that all workers are done at about the same time. One that took a worker down goes alone. */
  function loadSize({ waiting, runMs }: Batch): number {
    if (runMs === null) return 1;
    const most = Math.min(MOST_RUNS_IN_LOAD, Math.floor(LOAD_MS / runMs));
    const shared = Math.min(most, Math.ceil(waiting.length / (2 * workers)));
    const suspect = waiting.findIndex(({ tries }) => tries > 0);
    return Math.max(1, suspect < 0 ? shared : Math.min(shared, suspect));
  }

  function giveTo(worker: SupervisedWorker, loads: Set<Load>): void {
    if (batch === null || batch.waiting.length === 0) return;
    const { studyId } = batch;
    const load: Load = { studyId, jobs: batch.waiting.splice(0, loadSize(batch)) };
    const runs = load.jobs.map(({ run }) => run);
    if (loads.size === 0) worker.resetSilence();
    loads.add(load);
    worker.ask(
      async (remote) => (await remote.studyRuns(studyId, runs)) as StudyRunsAnswer<ReplicationRecord>,
      (answer) => {
        loads.delete(load);
        const of = batch;
        if (of?.studyId === studyId && answer.kind === "records") learn(of, load.jobs, answer);
        // The workers go on while the page reads what this one has sent.
        if (of !== null) handOut();
        if (of?.studyId === studyId) onAnswer(of, load.jobs, answer);
      },
    );
  }

  /** A worker answers before all is done where that takes long: the rest is handed out anew. */
  function learn(of: Batch, jobs: readonly Job[], { records, tookMs }: SimulatedRuns): void {
    of.runMs = Math.max(tookMs / records.length, (of.runMs ?? 0) * FORGETTING);
    of.waiting.unshift(...jobs.slice(records.length));
  }

  function onAnswer(of: Batch, jobs: readonly Job[], answer: StudyRunsAnswer<ReplicationRecord>): void {
    switch (answer.kind) {
      case "records":
        answer.records.forEach((record, place) => {
          const job = jobs[place];
          if (job !== undefined && of === batch) tell(of, job.index, record);
        });
        break;
      case "failed":
        end(new Error(answer.error.message));
        break;
      case "cancelled":
        end(new StudyCancelled());
        break;
    }
  }

  /** Hands on a record, the last of which ends the batch; as does whoever cannot take one. */
  function tell(of: Batch, index: number, record: ReplicationRecord): void {
    of.unfinished -= 1;
    try {
      of.onRecord(index, record);
    } catch (error) {
      end(error instanceof Error ? error : new Error(String(error)));
    }
    if (of === batch && of.unfinished === 0) end(null);
  }

  /** Ends the batch under way; nothing happens where there is none. */
  function end(failure: Error | null): void {
    const ended = batch;
    batch = null;
    if (ended === null) return;
    if (ended.unfinished > 0)
      for (const [worker, loads] of owed)
        if (loads.size > 0) worker.ask((remote) => remote.studyCancel(ended.studyId));
    ended.settle(failure);
  }

  function simulate(
    signal: AbortSignal,
    runs: readonly WantedRun[],
    onRecord: Batch["onRecord"],
  ): Promise<void> {
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(new StudyCancelled());
        return;
      }
      end(new StudyCancelled());
      endWarming();
      lastStudyId += 1;
      const studyId = lastStudyId;
      const onAbort = (): void => end(new StudyCancelled());
      signal.addEventListener("abort", onAbort, { once: true });
      batch = {
        studyId,
        waiting: runs.map((run, index) => ({ index, run, tries: 0 })),
        runMs: null,
        unfinished: runs.length,
        onRecord,
        settle(failure) {
          signal.removeEventListener("abort", onAbort);
          if (failure === null) resolve();
          else reject(failure);
        },
      };
      if (runs.length === 0) end(null);
      else handOut();
    });
  }

  function warmUp(sized: SizedScenario): void {
    if (isDisposed || owed.size === workers) return;
    while (owed.size < workers) createSupervised();
    lastStudyId += 1;
    warmingId = lastStudyId;
    for (const worker of owed.keys()) {
      worker.resetSilence();
      goOnWarming(worker, warmingId, { sized, replication: 0, detail: "measures" }, 0);
    }
  }

  function endWarming(): void {
    const ended = warmingId;
    warmingId = null;
    if (ended !== null) for (const worker of owed.keys()) worker.ask((remote) => remote.studyCancel(ended));
  }

  /** Simulates for nobody, again and again, as long as no study is asked. */
  function goOnWarming(worker: SupervisedWorker, studyId: number, run: WantedRun, warmedMs: number): void {
    worker.ask(
      async (remote) => (await remote.studyRuns(studyId, [run])) as StudyRunsAnswer<ReplicationRecord>,
      (answer) => {
        if (answer.kind !== "records" || studyId !== warmingId) return;
        // At least a millisecond, so that runs which take no time do not go on for ever.
        const warmMs = warmedMs + Math.max(1, answer.tookMs);
        if (warmMs < WARM_UP_MS) goOnWarming(worker, studyId, run, warmMs);
      },
    );
  }

  return {
    warmUp,
    simulator: (signal): Simulator => ({
      simulate: (runs, onRecord) => simulate(signal, runs, onRecord),
    }),
    dispose() {
      end(new StudyCancelled());
      endWatch();
      isDisposed = true;
      warmingId = null;
      for (const worker of owed.keys()) worker.terminate();
      owed.clear();
    },
  };
}
