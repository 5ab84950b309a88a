import { transfer } from "comlink";
import type { SizedScenario } from "../scenario/sizes";
import type { WantedRun } from "../study/simulator";
import type { EnginePort, RunningReplication } from "./engine-port";
import { StepSize } from "./step-size";
import type { ReportListener, StudyRunAnswer } from "./worker-api";
import type { WorkerClock } from "./worker-clock";
import { describeError } from "./worker-error";

/** Nobody drags a slider on a study: it looks for messages less often than a run that someone waits for. */
const STUDY_SLICE_MS = 30;
/** A replication that takes longer says now and then that it goes on. */
const SIGN_OF_LIFE_EVERY_MS = 1_000;

/** Simulates single replications of any scenarios, one after the other, and looks for messages between slices. */
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

  constructor(engine: EnginePort<Record>, clock: WorkerClock, listener: ReportListener<Record>) {
    this.#engine = engine;
    this.#clock = clock;
    this.#listener = listener;
  }

  run(
    studyId: number,
    sized: SizedScenario,
    replication: number,
    detail: WantedRun["detail"],
  ): Promise<StudyRunAnswer<Record>> {
    const answer = this.#line.then(() => this.#run(studyId, sized, replication, detail));
    this.#line = answer;
    return answer;
  }

  /** Calls off a study and those before it. */
  cancel(studyId: number): void {
    this.#cancelledUpTo = Math.max(this.#cancelledUpTo, studyId);
  }

  async #run(
    studyId: number,
    sized: SizedScenario,
    replication: number,
    detail: WantedRun["detail"],
  ): Promise<StudyRunAnswer<Record>> {
    if (studyId <= this.#cancelledUpTo) return { kind: "cancelled" };
    try {
      const prepared = this.#engine.prepare(sized, detail);
      if (prepared.needsExtras) await this.#engine.loadExtras();
      const running = prepared.start(replication);
      if (!(await this.#finish(studyId, running, prepared.durationMs))) return { kind: "cancelled" };
      const record = running.record();
      return transfer({ kind: "record", record }, this.#engine.transferables(record));
    } catch (error) {
      return { kind: "failed", error: describeError(error) };
    }
  }

  /** Simulates to the end; false where the study was called off meanwhile. */
  async #finish(studyId: number, running: RunningReplication<Record>, durationMs: number): Promise<boolean> {
    this.#signDueAt = this.#clock.now() + SIGN_OF_LIFE_EVERY_MS;
    let sliceEndsAt = this.#clock.now() + STUDY_SLICE_MS;
    while (!this.#step(running, durationMs)) {
      if (this.#clock.now() < sliceEndsAt) continue;
      await this.#clock.nextTurn();
      if (studyId <= this.#cancelledUpTo) return false;
      if (this.#clock.now() >= this.#signDueAt) this.#sign(studyId);
      sliceEndsAt = this.#clock.now() + STUDY_SLICE_MS;
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
