import { transfer } from "comlink";
import type { SizedScenario } from "../scenario/sizes";
import type { EnginePort, PreparedScenario, RunningReplication } from "./engine-port";
import { SLICE_MS, StepSize } from "./step-size";
import type { ReportListener, WorkerReport } from "./worker-api";
import type { WorkerClock } from "./worker-clock";
import { describeError } from "./worker-error";

/** A first partial record comes early, since someone is waiting for a picture; later ones at the page's pace. */
const FIRST_RECORD_AFTER_MS = 16;
const RECORD_EVERY_MS = 50;
/** Making a record costs time too; about this share of the worker's time is spent on it, but silence stays short. */
const RECORD_TIME_SHARE = 0.1;
const LONGEST_SILENCE_MS = 1_000;

interface Assignment<Record> {
  readonly runId: number;
  readonly prepared: PreparedScenario<Record>;
  readonly waiting: number[];
}

/**
 * Simulates a share of a run's replications, one after the other, in slices of a few milliseconds with a turn of the
 * event loop between them, so that `begin` and `cancel` take effect while it works.
 */
export class ReplicationRunner<Record> {
  readonly #engine: EnginePort<Record>;
  readonly #clock: WorkerClock;
  #listener: ReportListener<Record> = () => undefined;
  #assignment: Assignment<Record> | null = null;
  #working = false;
  #sliceEndsAt = 0;
  #recordDueAt = 0;
  readonly #stepSize = new StepSize();

  constructor(engine: EnginePort<Record>, clock: WorkerClock) {
    this.#engine = engine;
    this.#clock = clock;
  }

  connect(listener: ReportListener<Record>): void {
    this.#listener = listener;
  }

  begin(runId: number, sized: SizedScenario): void {
    this.#assignment = null;
    try {
      const problems = this.#engine.unsupportedFields(sized.scenario);
      if (problems.length > 0) {
        this.#report({ kind: "refused", runId, problems });
        return;
      }
      this.#assignment = { runId, prepared: this.#engine.prepare(sized), waiting: [] };
      this.#recordDueAt = this.#clock.now() + FIRST_RECORD_AFTER_MS;
    } catch (error) {
      this.#fail(runId, error);
    }
  }

  simulate(runId: number, replication: number): void {
    if (this.#assignment?.runId !== runId) return;
    this.#assignment.waiting.push(replication);
    if (!this.#working) void this.#work();
  }

  cancel(runId: number): void {
    if (this.#assignment?.runId === runId) this.#assignment = null;
  }

  async #work(): Promise<void> {
    this.#working = true;
    // The messages that hand out the rest of this worker's share are already on their way.
    await this.#turn();
    for (;;) {
      const assignment = this.#assignment;
      const replication = assignment?.waiting.shift();
      if (assignment === null || replication === undefined) break;
      try {
        await this.#run(assignment, replication);
      } catch (error) {
        if (this.#assignment === assignment) this.#assignment = null;
        this.#fail(assignment.runId, error);
      }
    }
    this.#working = false;
  }

  async #run(assignment: Assignment<Record>, replication: number): Promise<void> {
    const { runId, prepared } = assignment;
    const running = prepared.start(replication);
    while (!this.#step(running, prepared.durationMs)) {
      if (this.#clock.now() < this.#sliceEndsAt) continue;
      if (this.#clock.now() >= this.#recordDueAt) {
        this.#reportRecord(runId, replication, running, prepared.durationMs, false);
      }
      await this.#turn();
      if (this.#assignment !== assignment) return;
    }
    this.#reportRecord(runId, replication, running, prepared.durationMs, true);
    if (this.#clock.now() >= this.#sliceEndsAt) await this.#turn();
  }

  #step(running: RunningReplication<Record>, durationMs: number): boolean {
    const from = this.#clock.now();
    const isDone = running.advance(durationMs, this.#stepSize.events);
    this.#stepSize.took(this.#clock.now() - from, isDone);
    return isDone;
  }

  async #turn(): Promise<void> {
    await this.#clock.nextTurn();
    this.#sliceEndsAt = this.#clock.now() + SLICE_MS;
  }

  #reportRecord(
    runId: number,
    replication: number,
    running: RunningReplication<Record>,
    durationMs: number,
    isFinal: boolean,
  ): void {
    const from = this.#clock.now();
    const record = running.record();
    const buffers = this.#engine.transferables(record);
    const progress = isFinal ? 1 : Math.min(1, running.nowMs / durationMs);
    this.#report({ kind: "record", runId, replication, record, buffers, progress, isFinal }, buffers);
    const now = this.#clock.now();
    const affordable = Math.min(LONGEST_SILENCE_MS, (now - from) / RECORD_TIME_SHARE);
    this.#recordDueAt = now + Math.max(RECORD_EVERY_MS, affordable);
  }

  #fail(runId: number, error: unknown): void {
    this.#report({ kind: "failed", runId, error: describeError(error) });
  }

  #report(report: WorkerReport<Record>, buffers: ArrayBuffer[] = []): void {
    // Across threads the listener answers with a promise; where it fails, the client must not wait for ever.
    Promise.resolve(this.#listener(transfer(report, buffers))).catch((error: unknown) => {
      if (report.kind !== "failed") this.#fail(report.runId, error);
    });
  }
}
