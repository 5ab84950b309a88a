import type { compile, Simulation, withStepOverheads } from "../../src/engine";

/** The engine as this folder uses it: imported in the command, bundled beforehand in tests, where the test runner's own transformation would make it slow. */
export interface Engine {
  readonly compile: typeof compile;
  readonly Simulation: typeof Simulation;
  readonly withStepOverheads: typeof withStepOverheads;
}

/** Mean and percentiles of successful requests, in ms. */
export interface MeasuredTimes {
  readonly mean: number;
  readonly p50: number;
  readonly p75: number;
  readonly p90: number;
  readonly p95: number;
  readonly p99: number;
  readonly max: number;
}

/** What the lab measured in a trial's window. */
export interface Measured {
  readonly requests: number;
  readonly ok: number;
  /** By the lab's own words. */
  readonly failed: Readonly<Record<string, number>>;
  readonly failureRate: number;
  readonly throughputPerSecond: number;
  readonly latencyMs: MeasuredTimes;
  readonly queueMs: MeasuredTimes;
}

/** One trial, as its file has it. */
export interface Trial {
  readonly id: string;
  readonly family: string;
  readonly description: string;
  readonly strictlyValid: boolean;
  /** A scenario document, with what it leaves out still to be filled in. */
  readonly scenario: unknown;
  readonly measured: Measured;
}

/** One request of a trace. */
export interface TracedRequest {
  /** ms from the trace's begin. */
  readonly sentAtMs: number;
  readonly latencyMs: number;
  /** As drawn, in the order of the endpoint's steps. */
  readonly steps: readonly { readonly kind: "wait" | "query"; readonly ms: number }[];
  /** What its query took at the database as the application saw it; 0 without one. */
  readonly databaseMs: number;
}

export interface Trace {
  /** The trial's. */
  readonly id: string;
  /** In order of sending. */
  readonly requests: readonly TracedRequest[];
}
