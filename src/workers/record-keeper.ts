import { transfer } from "comlink";
import type { RunSummary } from "../analysis/result-types";
import type { SizedScenario } from "../scenario/sizes";
import type { EnginePort } from "./engine-port";
import type { SummaryAnswer } from "./worker-api";
import { describeError } from "./worker-error";

/**
 * Keeps the latest record of each replication of one run and sums them up in order of replication, so that a result
 * does not depend on which worker simulated what, or on who was first.
 */
export class RecordKeeper<Record> {
  readonly #engine: EnginePort<Record>;
  #runId = Number.NaN;
  #scenario: SizedScenario | null = null;
  #records: (Record | undefined)[] = [];

  constructor(engine: EnginePort<Record>) {
    this.#engine = engine;
  }

  open(runId: number, scenario: SizedScenario): void {
    this.#runId = runId;
    this.#scenario = scenario;
    this.#records = [];
  }

  keep(runId: number, replication: number, record: Record): void {
    if (runId === this.#runId) this.#records[replication] = record;
  }

  summarize(runId: number, wallMs: number): SummaryAnswer {
    if (runId !== this.#runId || this.#scenario === null) return { kind: "stale" };
    const records = this.#records.filter((record) => record !== undefined);
    try {
      const summary = this.#engine.summarize(this.#scenario, records, wallMs);
      const kept = new Set(records.flatMap((record) => this.#engine.transferables(record)));
      // Memory a summary shares with a record is needed again for the next summary, and so is copied instead.
      const buffers = summaryBuffers(summary).filter((buffer) => !kept.has(buffer));
      return transfer({ kind: "summary", summary }, buffers);
    } catch (error) {
      return { kind: "failed", error: describeError(error) };
    }
  }

  cancel(runId: number): void {
    if (runId !== this.#runId) return;
    this.#runId = Number.NaN;
    this.#scenario = null;
    this.#records = [];
  }
}

/** The memory of all columns of a summary, each buffer once; empty ones may be shared, and are not worth it. */
export function summaryBuffers({ series, distribution, heatmap }: RunSummary): ArrayBuffer[] {
  const columns: unknown[] = [
    ...Object.values(series),
    ...Object.values(series.failedByKind),
    ...series.fleets.flatMap((fleet) => Object.values(fleet)),
    ...Object.values(distribution),
    ...Object.values(heatmap),
  ];
  const buffers = new Set<ArrayBuffer>();
  for (const column of columns) {
    if (!ArrayBuffer.isView(column) || column.byteLength === 0) continue;
    if (column.buffer instanceof ArrayBuffer) buffers.add(column.buffer);
  }
  return [...buffers];
}
