import { DurationDistribution } from "../kernel/distribution";
import type { Plan, StepPlan } from "../plan";

/** What a step is. END stands behind the last step of each endpoint. */
export const STEP_KIND = { wait: 0, query: 1, cpu: 2, end: 3 } as const;

const NOTHING = DurationDistribution.from(0);

/** The steps of all endpoints as columns, one endpoint after the other, each closed by END: a request's next step is always the next row. */
export class Steps {
  /** First row of endpoint e. */
  first = new Int32Array(0);
  kind = new Uint8Array(0);
  /** Its place in its endpoint, from 0. */
  place = new Int32Array(0);
  /** How many times it runs. */
  count = new Int32Array(0);
  isWrite = new Uint8Array(0);
  duration: readonly DurationDistribution[] = [];
  /** Of a query. */
  processor: readonly DurationDistribution[] = [];
  /** Added to each repetition. */
  overheadMs = new Float64Array(0);
  /** Durations of replayed requests, of all replays one after the other. */
  readonly replayedMs: Float64Array;
  private rows: (StepPlan | null)[] = [];
  private places: number[] = [];

  constructor({ endpoints, workloads }: Plan) {
    this.append(endpoints);
    const replays = workloads.filter((workload) => workload.kind === "replay");
    this.replayedMs = new Float64Array(replays.reduce((sum, { durationsMs }) => sum + durationsMs.length, 0));
    let at = 0;
    for (const { durationsMs } of replays) {
      this.replayedMs.set(durationsMs, at);
      at += durationsMs.length;
    }
  }

  /**
   * Steps that begin from now on last as this plan says. Where endpoints have other steps than before, requests under way go on with the old ones, which keep their rows.
   */
  adopt({ endpoints }: Plan): void {
    const isAlike = endpoints.every((endpoint, number) => this.isAlike(endpoint.steps, this.first[number]!));
    if (!isAlike) {
      this.append(endpoints);
      return;
    }
    endpoints.forEach(({ steps }, number) => {
      this.rows.splice(this.first[number]!, steps.length, ...steps);
    });
    this.build();
  }

  /** Whether rows hold steps of these kinds. */
  private isAlike(steps: readonly StepPlan[], first: number): boolean {
    return (
      this.rows[first + steps.length] === null &&
      steps.every(({ kind, count, isWrite }, place) => {
        const row = this.rows[first + place];
        return row?.kind === kind && row.count === count && row.isWrite === isWrite;
      })
    );
  }

  private append(endpoints: Plan["endpoints"]): void {
    this.first = Int32Array.from(endpoints, ({ steps }) => this.rows.push(...steps, null) - steps.length - 1);
    this.places.push(...endpoints.flatMap(({ steps }) => [...steps.keys(), steps.length]));
    this.build();
  }

  private build(): void {
    const { rows } = this;
    this.kind = Uint8Array.from(rows, (step) => (step === null ? STEP_KIND.end : STEP_KIND[step.kind]));
    this.place = Int32Array.from(this.places);
    this.count = Int32Array.from(rows, (step) => step?.count ?? 1);
    this.isWrite = Uint8Array.from(rows, (step) => (step?.isWrite ? 1 : 0));
    this.duration = rows.map((step) => step?.duration ?? NOTHING);
    this.processor = rows.map((step) => step?.processor ?? NOTHING);
    this.overheadMs = Float64Array.from(rows, (step) => step?.overheadMs ?? 0);
  }
}
