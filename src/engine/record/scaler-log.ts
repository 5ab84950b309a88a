import {
  type AlarmChange,
  type AlarmState,
  MOST_DECISIONS,
  type ScalerRecord,
  type ScalingDecision,
} from "./scaling-record";

/** Keeps what one autoscaler did, up to a bound. */
export class ScalerLog {
  private readonly decisions: ScalingDecision[] = [];
  private forgotten = 0;
  private readonly alarms: AlarmChange[] = [];
  private readonly states: AlarmState[] = [];

  constructor(private readonly target: number | "replicas") {}

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
      decisions: this.decisions.slice(),
      forgotten: this.forgotten,
      alarms: this.alarms.slice(),
    };
  }
}
