import type { ScalingPolicy, StepPolicy, TargetPolicy } from "../../../scenario/types";
import type { AlarmState } from "../../record/scaling-record";
import { Alarm } from "./alarm";

/** Target tracking scales in only after so many periods below this share of the target (AWS: its low alarm). */
const IN_AFTER_PERIODS = 15;
const IN_BELOW_SHARE = 0.9;
/** Less than this above a whole number is rounding, and no reason for one more. */
const ROUNDING = 1e-9;

/** What a policy says at the end of a period. */
export interface Judgement {
  readonly state: AlarmState;
  /** The size it asks for; null: it asks for nothing. */
  readonly wanted: number | null;
  /** Why it asks for nothing although its bound was crossed. */
  readonly refrains: "cooldown" | "not-enough-datapoints" | null;
  /** The size it would ask for, where it refrains. */
  readonly wouldWant: number;
}

/** One policy, judged at the end of each period on that period's data. */
export interface Policy {
  readonly values: readonly number[];
  judge(value: number, size: number, nowMs: number): Judgement;
  /** The size was changed as it had asked. */
  acted(fromSize: number, toSize: number, nowMs: number): void;
}

export function policyOf(plan: ScalingPolicy): Policy {
  return plan.kind === "step" ? new StepScaling(plan) : new TargetTracking(plan);
}

/** So many dynos more, or fewer, while an alarm rings, and then nothing for a while. */
class StepScaling implements Policy {
  private readonly alarm: Alarm;
  private cooldownUntilMs = 0;

  constructor(private readonly plan: StepPolicy) {
    const { above, below } = plan;
    const isBeyond = (value: number): boolean =>
      above === undefined ? value < (below ?? -Infinity) : value > above;
    this.alarm = new Alarm(isBeyond, plan.datapoints, plan.outOf);
  }

  get values(): readonly number[] {
    return this.alarm.values;
  }

  judge(value: number, size: number, nowMs: number): Judgement {
    const state = this.alarm.push(value);
    const wouldWant = size + this.plan.change;
    if (state !== "alarm") {
      const refrains = this.alarm.isLatestBeyond ? "not-enough-datapoints" : null;
      return { state, wanted: null, refrains, wouldWant };
    }
    if (nowMs < this.cooldownUntilMs) return { state, wanted: null, refrains: "cooldown", wouldWant };
    return { state, wanted: wouldWant, refrains: null, wouldWant };
  }

  acted(_fromSize: number, _toSize: number, nowMs: number): void {
    this.cooldownUntilMs = nowMs + this.plan.cooldownS * 1000;
  }
}

/** As many as bring the metric to its target: more at once, fewer only when it has been well below for long. */
class TargetTracking implements Policy {
  readonly values: number[] = [];
  private outUntilMs = 0;
  private inUntilMs = 0;
  private lowPeriods = 0;

  constructor(private readonly plan: TargetPolicy) {}

  judge(value: number, size: number, nowMs: number): Judgement {
    const { target } = this.plan;
    this.values[0] = value;
    if (Number.isNaN(value)) {
      this.lowPeriods = 0;
      return { state: "no-data", wanted: null, refrains: null, wouldWant: size };
    }
    const isLow = value < IN_BELOW_SHARE * target;
    this.lowPeriods = isLow ? this.lowPeriods + 1 : 0;
    const wouldWant = Math.ceil((size * value) / target - ROUNDING);
    const state = value > target ? "alarm" : "ok";
    if (wouldWant > size) return this.unlessCooling(state, wouldWant, nowMs < this.outUntilMs);
    if (!isLow || wouldWant >= size) return { state, wanted: null, refrains: null, wouldWant };
    if (this.lowPeriods < IN_AFTER_PERIODS)
      return { state, wanted: null, refrains: "not-enough-datapoints", wouldWant };
    return this.unlessCooling(state, wouldWant, nowMs < this.inUntilMs);
  }

  private unlessCooling(state: AlarmState, wouldWant: number, isCooling: boolean): Judgement {
    return isCooling
      ? { state, wanted: null, refrains: "cooldown", wouldWant }
      : { state, wanted: wouldWant, refrains: null, wouldWant };
  }

  acted(fromSize: number, toSize: number, nowMs: number): void {
    if (toSize > fromSize) this.outUntilMs = nowMs + this.plan.scaleOutCooldownS * 1000;
    else this.inUntilMs = nowMs + this.plan.scaleInCooldownS * 1000;
  }
}
