/** The figures that a study can be about, by their names in its document. */
export const MEASURE_NAMES = [
  "throughput",
  "failureRate",
  "mean",
  "p50",
  "p95",
  "p99",
  "queueP95",
  "monthlyUsd",
  "usdPerMillion",
] as const;
export type MeasureName = (typeof MEASURE_NAMES)[number];

/** One of the scenarios beside the first: its name, and what differs in it, by path as in a link. */
export interface ComparedScenario {
  readonly name: string;
  readonly changes: Readonly<Record<string, unknown>>;
}

/** One to three scenarios beside the one at hand, all with the same random numbers. */
export interface CompareQuestion {
  readonly kind: "compare";
  readonly others: readonly ComparedScenario[];
  /** Of each scenario. At least 2. */
  readonly replications: number;
}

/** Throughput, latency and failures against the offered load. */
export interface CapacityQuestion {
  readonly kind: "capacity";
  /** Of each point. At least 2. */
  readonly replications: number;
  /** At most so many points. */
  readonly points: number;
}

/** A parameter and the values that it takes, in the order in which they are drawn. */
export interface Axis {
  readonly path: string;
  readonly values: readonly (number | string | boolean | null)[];
}

/** Every combination of one or two parameters' values. */
export interface SweepQuestion {
  readonly kind: "sweep";
  /** One or two. */
  readonly axes: readonly Axis[];
  readonly replications: number;
}

/** Which configuration meets the objective at the least cost. */
export interface CheapestQuestion {
  readonly kind: "cheapest";
  /** What may be changed, and to what. At least one. */
  readonly axes: readonly Axis[];
  /** What a candidate is confirmed with at least; 4 or more. */
  readonly replications: number;
}

/** What a figure does where each input is by a share smaller, or larger. */
export interface SensitivityQuestion {
  readonly kind: "sensitivity";
  readonly of: MeasureName;
  /** 0.2: 20 % less and 20 % more. */
  readonly by: number;
  readonly replications: number;
}

/** As many replications as a figure's interval needs to be narrow enough. */
export interface PrecisionQuestion {
  readonly kind: "precision";
  readonly of: MeasureName;
  /** Half the width of the 95 % interval, as a share of the figure: 0.02. */
  readonly within: number;
  /** The budget: no more replications than this. */
  readonly most: number;
}

/** What can be asked of a scenario by simulating it many times. Plain data: its JSON is what a link, a file and a part of a study hold. */
export type Question =
  | CompareQuestion
  | CapacityQuestion
  | SweepQuestion
  | CheapestQuestion
  | SensitivityQuestion
  | PrecisionQuestion;
export type QuestionKind = Question["kind"];
