import type { Estimate, RunSummary } from "../analysis/result-types";
import type { PathValue } from "../scenario/path-text";
import type { Scenario } from "../scenario/types";
import type { Axis, MeasureName } from "./question-types";

/** How far an answer has come: replications done, and those wanted as far as is known by now. */
export interface Progress {
  readonly done: number;
  readonly wanted: number;
}

/** What every answer has; an answer that is still being worked out is told with what is known so far. */
interface AnswerBase {
  readonly progress: Progress;
  /** Nothing more will come. */
  readonly isComplete: boolean;
}

/** Every measure of a configuration. */
export type Measures = Readonly<Record<MeasureName, Estimate>>;

/** How a figure differs from another scenario's, the same random numbers given: the mean difference over pairs of replications. */
export interface Difference {
  /** null: one of the two was not measured. */
  readonly mean: number | null;
  /** Half the 95 % interval for it; null with fewer than two pairs. */
  readonly half: number | null;
  /** Whether the interval leaves 0 out; `same`: every pair is equal to the last bit. */
  readonly verdict: "lower" | "higher" | "same" | "unknown";
}

export interface ComparedColumn {
  readonly name: string;
  /** What differs from the first. */
  readonly changes: readonly PathValue[];
  readonly scenario: Scenario;
  /** null until something of it was simulated. */
  readonly summary: RunSummary | null;
}

export interface ComparedRow {
  readonly measure: MeasureName;
  /** One per column. */
  readonly values: readonly Estimate[];
  /** Each column's, less the first's; null for the first. */
  readonly differences: readonly (Difference | null)[];
}

export interface CompareAnswer extends AnswerBase {
  readonly kind: "compare";
  readonly columns: readonly ComparedColumn[];
  readonly rows: readonly ComparedRow[];
  /** Complete ones of every column. */
  readonly replications: number;
}

export interface CapacityPoint {
  /** In the curve's own unit. */
  readonly load: number;
  /** What all workloads are multiplied by. */
  readonly factor: number;
  readonly measures: Measures;
  readonly replications: number;
  /** Whether the objective is met, as measured. */
  readonly isMet: boolean;
}

/** A line that follows from arithmetic, not from simulation. */
export interface BoundLine {
  readonly label: string;
  readonly of: "throughput" | "mean" | "p95";
  /** The law it follows from, and the numbers. */
  readonly because: string;
  /** [load, value], in order of load. */
  readonly points: readonly (readonly [number, number])[];
}

/** How much more load the objective allows. */
export type Headroom =
  | {
      readonly kind: "found";
      /** The load where it is no longer met lies between these two: met at the one, missed at the other. */
      readonly metAt: number;
      readonly missedAt: number;
      /** 0.38: 38 % more than now, at `metAt`; negative where it is missed now. */
      readonly share: number;
      /** Whether the intervals at both leave the limit out; else it is where it seems to be. */
      readonly isSure: boolean;
    }
  /** Met, and missed nowhere among the loads looked at; missed at the smallest. */
  | { readonly kind: "none missed" | "none met"; readonly lookedTo: number }
  | { readonly kind: "no objective" };

export interface CapacityAnswer extends AnswerBase {
  readonly kind: "capacity";
  /** What the load is counted in; `factor`: in times of the present, where workloads are of several kinds. */
  readonly unit: "clients" | "requestsPerSecond" | "factor";
  /** The scenario's own load. */
  readonly now: number;
  /** In order of load. */
  readonly points: readonly CapacityPoint[];
  readonly headroom: Headroom;
  /** Where throughput ÷ mean latency is largest: with less load capacity lies idle, with more requests mostly wait. null where the largest lies at an end. */
  readonly knee: { readonly load: number; readonly throughputPerSecond: number } | null;
  readonly bounds: readonly BoundLine[];
  /** Why there is no curve; null where there is one. */
  readonly impossible: string | null;
}

export interface SweepCell {
  /** The place on each axis. */
  readonly at: readonly number[];
  /** 0: not looked at yet. */
  readonly replications: number;
  /** null while there is none, and where the values cannot stand together. */
  readonly measures: Measures | null;
  readonly isMet: boolean | null;
  /** Why there is nothing; null where there is, or will be. */
  readonly problem: string | null;
}

export interface SweepAnswer extends AnswerBase {
  readonly kind: "sweep";
  readonly axes: readonly Axis[];
  /** One per combination; the last axis moves fastest. */
  readonly cells: readonly SweepCell[];
}

export interface Candidate {
  /** Of each axis. */
  readonly values: readonly PathValue[];
  readonly measures: Measures;
  readonly replications: number;
  /** `likely` and `unlikely`: as measured, but the interval reaches over the limit. */
  readonly meets: "yes" | "likely" | "unlikely" | "no";
}

export interface RuledOut {
  readonly reason: string;
  readonly count: number;
}

export interface CheapestAnswer extends AnswerBase {
  readonly kind: "cheapest";
  /** The scenario as it is. */
  readonly present: Candidate | null;
  /** The cheapest of those that meet the objective; null while none is known. */
  readonly best: Candidate | null;
  /** Of those that meet the objective: none costs less and is faster as well. From cheap to dear. */
  readonly frontier: readonly Candidate[];
  /** All that were simulated. */
  readonly tried: readonly Candidate[];
  /** How many configurations there are. */
  readonly space: number;
  /** Not simulated, and why. */
  readonly ruledOut: readonly RuledOut[];
  /** One to three sentences: how sure this is, and what was not looked at. */
  readonly sureness: readonly string[];
  /** Why there is no search; null where there is one. */
  readonly impossible: string | null;
}

export interface SensitivityBar {
  readonly path: string;
  /** The input as it is, smaller and larger. */
  readonly value: number;
  readonly lowValue: number;
  readonly highValue: number;
  /** What the figure does then. */
  readonly low: Difference;
  readonly high: Difference;
}

export interface SensitivityAnswer extends AnswerBase {
  readonly kind: "sensitivity";
  readonly of: MeasureName;
  readonly by: number;
  readonly base: Estimate;
  readonly replications: number;
  /** The largest effect first. */
  readonly bars: readonly SensitivityBar[];
  /** Inputs that cannot be moved by so little, or at all. */
  readonly leftOut: readonly { readonly path: string; readonly reason: string }[];
}

export interface PrecisionAnswer extends AnswerBase {
  readonly kind: "precision";
  readonly of: MeasureName;
  readonly within: number;
  readonly most: number;
  readonly estimate: Estimate;
  readonly replications: number;
  /** After each round. */
  readonly history: readonly { readonly replications: number; readonly estimate: Estimate }[];
  readonly warmup: {
    /** The scenario's own. */
    readonly givenS: number;
    /** What MSER-5 finds in the requests in flight; null: the run does not settle in its first half. */
    readonly foundS: number | null;
    /** What this study's runs used. */
    readonly usedS: number;
  };
  /** Why it ended; null while it goes on. */
  readonly ended: "precise" | "budget" | "not measured" | null;
}

export type Answer =
  | CompareAnswer
  | CapacityAnswer
  | SweepAnswer
  | CheapestAnswer
  | SensitivityAnswer
  | PrecisionAnswer;
