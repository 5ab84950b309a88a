import type { ScalingPolicy } from "../../scenario/types";
import {
  type AlarmChange,
  type AlarmState,
  MOST_DECISIONS,
  type PolicyTerm,
  type ScalerRecord,
  type ScalingDecision,
  type SizeBounds,
} from "./scaling-record";

/** Keeps what one autoscaler did, up to a bound. */
export class ScalerLog {
  private readonly decisions: ScalingDecision[] = [];
  private forgotten = 0;
  private readonly alarms: AlarmChange[] = [];
  private readonly states: AlarmState[] = [];
  private readonly policies: PolicyTerm[] = [];
  private readonly bounds: SizeBounds[] = [];

  constructor(private readonly target: number | "replicas") {}

  /** A policy is in force from now on. @returns its number */
  begin(policy: ScalingPolicy, atMs: number): number {
    return this.policies.push({ policy, fromMs: atMs, untilMs: Infinity }) - 1;
  }

  /** A policy is in force no more. */
  end(policy: number, atMs: number): void {
    const term = this.policies[policy];
    if (term !== undefined) this.policies[policy] = { ...term, untilMs: atMs };
  }

  /** The size is kept between these from now on. */
  setBounds(min: number, max: number, atMs: number): void {
    const latest = this.bounds.at(-1);
    if (latest?.min === min && latest.max === max) return;
    this.bounds.push({ fromMs: atMs, min, max });
  }

  decided(decision: ScalingDecision): void {
    if (this.decisions.length < MOST_DECISIONS) this.decisions.push(decision);
    else this.forgotten += 1;
  }

  /** A policy's alarm is in this state from now on. */
  setAlarm(policy: number, state: AlarmState, atMs: number): void {
    if ((this.states[policy] ?? "no-data") === state) return;
    this.states[policy] = state;
    if (this.alarms.length < MOST_DECISIONS) this.alarms.push({ policy, state, atMs });
  }

  record(): ScalerRecord {
    return {
      target: this.target,
      policies: this.policies.slice(),
      bounds: this.bounds.slice(),
      decisions: this.decisions.slice(),
      forgotten: this.forgotten,
      alarms: this.alarms.slice(),
    };
  }
}
