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

/** One second of a trial that changes the system while it runs, by the lab's clock. */
export interface MeasuredSecond {
  /** It lasts from here to t + 1, in s. */
  readonly t: number;
  /** Requests by when they were sent; answers and failures by when the client had them. */
  readonly sent: number;
  readonly ok: number;
  readonly failed: number;
  /** Of the second's successes, in ms; null without any. */
  readonly p95: number | null;
  /** By the lab's own words; absent where nothing failed. */
  readonly failed_by_kind?: Readonly<Record<string, number>>;
  /** What the balancer thought of each dyno at the second's end: U is up, D down, M not in use yet. Absent: all up. */
  readonly lb_status?: string;
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
  /** Where something changes while it runs: every second of it, and of the time until the last answer. */
  readonly timeseries?: readonly MeasuredSecond[];
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
