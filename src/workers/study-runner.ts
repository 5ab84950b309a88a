import { transfer } from "comlink";
import type { WantedRun } from "../study/simulator";
import type { EnginePort, RunningReplication } from "./engine-port";
import { StepSize } from "./step-size";
import type { ReportListener, StudyRunsAnswer } from "./worker-api";
import type { WorkerClock } from "./worker-clock";
import { describeError } from "./worker-error";

/** Nobody drags a slider on a study: it looks for messages less often than a run that someone waits for. */
const STUDY_SLICE_MS = 30;
/** So long, and no longer, an answer waits for the next run that was asked for with it. */
const LONGEST_LOAD_MS = 100;
/** A replication that takes longer says now and then that it goes on. */
const SIGN_OF_LIFE_EVERY_MS = 1_000;

/** Simulates replications of any scenarios, one after the other, and looks for messages between slices. */
export class StudyRunner<Record> {
  readonly #engine: EnginePort<Record>;
  readonly #clock: WorkerClock;
  readonly #listener: ReportListener<Record>;
  readonly #stepSize = new StepSize(STUDY_SLICE_MS);
  /** What was asked before; the next begins after it. */
  #line: Promise<unknown> = Promise.resolve();
  /** Studies up to this one have been called off. */
  #cancelledUpTo = 0;
  #signDueAt = 0;
  #sliceEndsAt = 0;

  constructor(engine: EnginePort<Record>, clock: WorkerClock, listener: ReportListener<Record>) {
    this.#engine = engine;
    this.#clock = clock;
    this.#listener = listener;
  }

  run(studyId: number, runs: readonly WantedRun[]): Promise<StudyRunsAnswer<Record>> {
    const answer = this.#line.then(() => this.#run(studyId, runs));
    this.#line = answer;
    return answer;
  }

  /** Calls off a study and those before it. */
  cancel(studyId: number): void {
    this.#cancelledUpTo = Math.max(this.#cancelledUpTo, studyId);
  }

  async #run(studyId: number, runs: readonly WantedRun[]): Promise<StudyRunsAnswer<Record>> {
    const startedAt = this.#clock.now();
    this.#sliceEndsAt = startedAt + STUDY_SLICE_MS;
    this.#signDueAt = startedAt + SIGN_OF_LIFE_EVERY_MS;
    try {
      const records: Record[] = [];
      for (const run of runs) {
        const record = await this.#simulate(studyId, run);
        if (record === null) return { kind: "cancelled" };
        records.push(record);
        if (this.#clock.now() - startedAt >= LONGEST_LOAD_MS) break;
      }
      return transfer(
        { kind: "records", records, tookMs: this.#clock.now() - startedAt },
        records.flatMap((record) => this.#engine.transferables(record)),
      );
    } catch (error) {
      return { kind: "failed", error: describeError(error) };
    }
  }

  /** The record of one replication; null where the study was called off. */
  async #simulate(studyId: number, { sized, replication, detail }: WantedRun): Promise<Record | null> {
    if (studyId <= this.#cancelledUpTo) return null;
    const prepared = this.#engine.prepare(sized, detail);
    if (prepared.needsExtras) await this.#engine.loadExtras();
    const running = prepared.start(replication);
    return (await this.#finish(studyId, running, prepared.durationMs)) ? running.record() : null;
  }

  /** Simulates to the end; false where the study was called off meanwhile. */
  async #finish(studyId: number, running: RunningReplication<Record>, durationMs: number): Promise<boolean> {
    while (!this.#step(running, durationMs)) {
      if (this.#clock.now() < this.#sliceEndsAt) continue;
      await this.#clock.nextTurn();
      if (studyId <= this.#cancelledUpTo) return false;
      if (this.#clock.now() >= this.#signDueAt) this.#sign(studyId);
      this.#sliceEndsAt = this.#clock.now() + STUDY_SLICE_MS;
    }
    return true;
  }

  #step(running: RunningReplication<Record>, durationMs: number): boolean {
    const from = this.#clock.now();
    const isDone = running.advance(durationMs, this.#stepSize.events);
    this.#stepSize.took(this.#clock.now() - from, isDone);
    return isDone;
  }

  #sign(studyId: number): void {
    this.#signDueAt = this.#clock.now() + SIGN_OF_LIFE_EVERY_MS;
    void this.#listener({ kind: "alive", runId: studyId });
  }
}
