import { DurationDistribution } from "../kernel/distribution";
import type { Plan, StepPlan } from "../plan";

/** What a step is. END stands behind the last step of each endpoint. */
export const STEP_KIND = { wait: 0, query: 1, cpu: 2, end: 3 } as const;

const NOTHING = DurationDistribution.from(0);

/** The steps of all endpoints as columns, one endpoint after the other, each closed by END: a request's next step is always the next row. */
export class Steps {
  /** First row of endpoint e. */
  readonly first: Int32Array;
  readonly kind: Uint8Array;
  /** Its place in its endpoint, from 0. */
  readonly place: Int32Array;
  /** How many times it runs. */
  readonly count: Int32Array;
  readonly isWrite: Uint8Array;
  readonly duration: readonly DurationDistribution[];
  /** Of a query. */
  readonly processor: readonly DurationDistribution[];
  /** Added to each repetition. */
  readonly overheadMs: Float64Array;
  /** Durations of replayed requests, of all replays one after the other. */
  readonly replayedMs: Float64Array;

  constructor({ endpoints, workloads }: Plan) {
    const rows: (StepPlan | null)[] = [];
    this.first = Int32Array.from(endpoints, ({ steps }) => rows.push(...steps, null) - steps.length - 1);
    this.kind = Uint8Array.from(rows, (step) => (step === null ? STEP_KIND.end : STEP_KIND[step.kind]));
    this.place = Int32Array.from(endpoints.flatMap(({ steps }) => [...steps.keys(), steps.length]));
    this.count = Int32Array.from(rows, (step) => step?.count ?? 1);
    this.isWrite = Uint8Array.from(rows, (step) => (step?.isWrite ? 1 : 0));
    this.duration = rows.map((step) => step?.duration ?? NOTHING);
    this.processor = rows.map((step) => step?.processor ?? NOTHING);
    this.overheadMs = Float64Array.from(rows, (step) => step?.overheadMs ?? 0);
    const replays = workloads.filter((workload) => workload.kind === "replay");
    this.replayedMs = new Float64Array(replays.reduce((sum, { durationsMs }) => sum + durationsMs.length, 0));
    let at = 0;
    for (const { durationsMs } of replays) {
      this.replayedMs.set(durationsMs, at);
      at += durationsMs.length;
    }
  }
}
