import type { ReplicationRecord } from "../engine";
import type { SizedScenario } from "../scenario/sizes";
import { type Simulator, StudyCancelled, type WantedRun } from "../study/simulator";
import { browserClock, type ClientClock } from "./client-clock";
import type { StudyClient } from "./protocol";
import { SupervisedWorker } from "./supervised-worker";
import type { StudyRunAnswer } from "./worker-api";

/** A run at work, and some to go on with while the page draws, which takes as long as several short runs. */
const MOST_AT_HAND = 8;
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
  readonly studyId: number;
  readonly index: number;
  readonly run: WantedRun;
  tries: number;
}

/** What is being simulated for one call of `simulate`. */
interface Batch {
  readonly studyId: number;
  readonly waiting: Job[];
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
  const owed = new Map<SupervisedWorker, Set<Job>>();
  let batch: Batch | null = null;
  let lastStudyId = 0;

  const endWatch = clock.every(WATCH_EVERY_MS, () => {
    for (const [worker, jobs] of owed) if (jobs.size > 0) worker.tick(SILENT_TICKS_ALLOWED);
  });

  function createSupervised(): void {
    const worker = new SupervisedWorker(createWorker);
    const jobs = new Set<Job>();
    owed.set(worker, jobs);
    worker.onDeath = (reason) => {
      owed.delete(worker);
      giveBack(jobs, reason);
    };
  }

  /** What a dead worker owed is for another to do; what it owed an older batch, for nobody. */
  function giveBack(jobs: ReadonlySet<Job>, reason: string): void {
    if (batch === null) return;
    const { studyId, waiting } = batch;
    const owing = [...jobs].filter((job) => job.studyId === studyId);
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
    for (let round = 0; round < MOST_AT_HAND; round += 1) {
      for (const [worker, jobs] of [...owed]) {
        if (jobs.size <= round && !worker.isDead) giveTo(worker, jobs);
      }
    }
  }

  /** Whether so few runs are waiting that they are better left to whoever is done first. */
  function isEnding({ waiting }: Batch, jobs: ReadonlySet<Job>): boolean {
    return jobs.size > 1 && waiting.length < jobs.size * workers;
  }

  function giveTo(worker: SupervisedWorker, jobs: Set<Job>): void {
    if (batch === null || isEnding(batch, jobs)) return;
    const job = batch.waiting.shift();
    if (job === undefined) return;
    const { studyId } = job;
    const { sized, replication, detail } = job.run;
    if (jobs.size === 0) worker.resetSilence();
    jobs.add(job);
    worker.ask(
      async (remote) =>
        (await remote.studyRun(studyId, sized, replication, detail)) as StudyRunAnswer<ReplicationRecord>,
      (answer) => {
        jobs.delete(job);
        if (batch?.studyId === studyId) onAnswer(batch, job, answer);
        if (batch !== null) giveTo(worker, jobs);
      },
    );
  }

  function onAnswer(of: Batch, { index }: Job, answer: StudyRunAnswer<ReplicationRecord>): void {
    switch (answer.kind) {
      case "record":
        of.unfinished -= 1;
        tell(of, index, answer.record);
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
      for (const [worker, jobs] of owed)
        if (jobs.size > 0) worker.ask((remote) => remote.studyCancel(ended.studyId));
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
      lastStudyId += 1;
      const studyId = lastStudyId;
      const onAbort = (): void => end(new StudyCancelled());
      signal.addEventListener("abort", onAbort, { once: true });
      batch = {
        studyId,
        waiting: runs.map((run, index) => ({ studyId, index, run, tries: 0 })),
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
    if (owed.size === workers) return;
    while (owed.size < workers) createSupervised();
    lastStudyId += 1;
    for (const worker of owed.keys()) {
      worker.resetSilence();
      worker.ask(async (remote) => {
        await remote.studyRun(lastStudyId, sized, 0, "measures");
      });
    }
  }

  return {
    warmUp,
    simulator: (signal): Simulator => ({
      simulate: (runs, onRecord) => simulate(signal, runs, onRecord),
    }),
    dispose() {
      end(new StudyCancelled());
      endWatch();
      for (const worker of owed.keys()) worker.terminate();
      owed.clear();
    },
  };
}
