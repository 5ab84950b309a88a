import type { Estimate, ObjectiveName, ResultFigures } from "../../analysis/result-types";
import type { FigureKind } from "../shell/figure-text";
import type { GlossaryKey } from "../shell/glossary";

export interface FigureDefinition {
  readonly id: string;
  readonly label: string;
  readonly term: GlossaryKey;
  readonly kind: FigureKind;
  readonly estimate: (figures: ResultFigures) => Estimate;
  /** The part of the objective that bounds it; null where none does. */
  readonly objective: ObjectiveName | null;
}

/** The figures above the charts, in order. */
export const FIGURES: readonly FigureDefinition[] = [
  {
    id: "throughput",
    label: "Throughput",
    term: "throughput",
    kind: "rate",
    estimate: (figures) => figures.throughputPerSecond,
    objective: null,
  },
  {
    id: "p50",
    label: "p50",
    term: "p50",
    kind: "duration",
    estimate: (figures) => figures.latencyMs.p50,
    objective: null,
  },
  {
    id: "p95",
    label: "p95",
    term: "p95",
    kind: "duration",
    estimate: (figures) => figures.latencyMs.p95,
    objective: "p95Ms",
  },
  {
    id: "p99",
    label: "p99",
    term: "p99",
    kind: "duration",
    estimate: (figures) => figures.latencyMs.p99,
    objective: "p99Ms",
  },
  {
    id: "queue-p95",
    label: "Queue p95",
    term: "queueTime",
    kind: "duration",
    estimate: (figures) => figures.queueMs.p95,
    objective: "queueP95Ms",
  },
  {
    id: "failures",
    label: "Failures",
    term: "failureRate",
    kind: "share",
    estimate: (figures) => figures.failureRate,
    objective: "failureRate",
  },
  {
    id: "cost",
    label: "Monthly cost",
    term: "cost",
    kind: "money",
    // A price list has no noise: its interval has no width.
    estimate: ({ cost }) => ({ mean: cost.monthlyUsd, ci95: [cost.monthlyUsd, cost.monthlyUsd] }),
    objective: null,
  },
];
