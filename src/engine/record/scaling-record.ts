import type { ScalingPolicy } from "../../scenario/types";

/** What became of a policy at the end of one of its periods, where its bound was crossed. */
export type ScalingOutcome =
  | "scaled"
  /** The size is right already: nothing to change. */
  | "no-change"
  /** It has acted too recently. */
  | "cooldown"
  | "at-maximum"
  | "at-minimum"
  /** Too few of the last periods were beyond the bound. */
  | "not-enough-datapoints"
  /** Another policy asked for more at the same time. */
  | "outvoted"
  /** The size lay outside minimum and maximum, and was brought inside. No policy asked for it. */
  | "bounds";

/** One line of an autoscaler's log. */
export interface ScalingDecision {
  readonly atMs: number;
  /** Its place among the record's policies; −1 where none asked. */
  readonly policy: number;
  readonly outcome: ScalingOutcome;
  /** What the policy saw in its last periods, oldest first; NaN: no data. In the metric's own unit. */
  readonly values: readonly number[];
  /** Up and booting, before and after. */
  readonly fromSize: number;
  readonly toSize: number;
  /** What the policy asked for, before minimum, maximum and other policies. */
  readonly wantedSize: number;
}

/** `no-data`: in no period yet, or in none of those that count, was there anything to judge. */
export type AlarmState = "ok" | "alarm" | "no-data";

/** A policy's alarm goes from one state to another. */
export interface AlarmChange {
  readonly atMs: number;
  readonly policy: number;
  readonly state: AlarmState;
}

/** A policy, and while it was in force. */
export interface PolicyTerm {
  readonly policy: ScalingPolicy;
  readonly fromMs: number;
  /** Infinity: it still is. */
  readonly untilMs: number;
}

/** Between which sizes an autoscaler keeps to, from a moment on. */
export interface SizeBounds {
  readonly fromMs: number;
  readonly min: number;
  readonly max: number;
}

/** What one autoscaler did in one replication. */
export interface ScalerRecord {
  /** Its fleet's number in the scenario, or "replicas". */
  readonly target: number | "replicas";
  /** Every policy that it has had, in the order in which they came. */
  readonly policies: readonly PolicyTerm[];
  /** In order of time. */
  readonly bounds: readonly SizeBounds[];
  readonly decisions: readonly ScalingDecision[];
  /** Decisions beyond the first MOST_DECISIONS, which are not kept. */
  readonly forgotten: number;
  /** In order of time. Every policy begins without data. */
  readonly alarms: readonly AlarmChange[];
}

export const MOST_DECISIONS = 10_000;
