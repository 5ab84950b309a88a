/** One figure of the engine beside what queueing theory says it must be. */
export interface TheoryCase {
  /** The model, as "M/M/c, one dyno of c threads". */
  readonly group: string;
  /** Its parameters, as "10 threads at utilization 0.8". */
  readonly name: string;
  /** What was measured, as "mean wait". */
  readonly quantity: string;
  /** The formula, or the table, that `exact` comes from. */
  readonly formula: string;
  readonly unit: TheoryUnit;
  readonly exact: number;
  /** Mean over the run's replications. */
  readonly measured: number;
  /** Half the width of the 99 % interval over replications (Student's t), in the same unit. */
  readonly halfWidth: number;
  /** How much wider than that a difference may be for a stated reason (a percentile's bins, a limit that is not reached); 0 for most. */
  readonly resolution: number;
  /** |measured − exact| ≤ halfWidth + resolution. */
  readonly within: boolean;
  /**
   * One case in a hundred is outside its first 99 % interval by chance. It is measured again, with other random numbers and four times as long, and must then be inside:
   * these are the figures of the second run.
   */
  readonly repeated: boolean;
  /** Requests that the figure was measured on, over all replications. */
  readonly requests: number;
}

/** Units of the figures: milliseconds, requests per second, a share of 1, a mean number of requests or threads, requests per second gained each second. */
export type TheoryUnit = "ms" | "per s" | "share" | "number" | "per s per s";

/** What the full theory suite writes (`npm run theory -- --write`): every case of that run, in the order of the suite. */
export interface TheoryReport {
  /** ENGINE_VERSION of the engine that was measured. */
  readonly engine: string;
  readonly cases: readonly TheoryCase[];
}
