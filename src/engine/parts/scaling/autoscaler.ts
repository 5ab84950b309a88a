import type { ScalingPolicy } from "../../../scenario/types";
import type { ScalerPlan } from "../../plan";
import type { ScalerLog } from "../../record/scaler-log";
import type { Timers } from "../timers";
import type { MetricWindow } from "./metric-window";
import { type Judgement, type Policy, policyOf } from "./policy";

/** Ends of periods nearer to each other than this are one moment: they differ by rounding. */
const SAME_MOMENT_MS = 1e-6;

/** What is scaled. */
export interface ScalingTarget {
  /** How many there are to be: those that serve and those that boot. */
  readonly size: number;
  resize(size: number, bootMs: number): void;
  /** What a policy measures, from now on. */
  window(policy: ScalingPolicy): MetricWindow;
}

interface Watched {
  readonly number: number;
  readonly plan: ScalingPolicy;
  readonly policy: Policy;
  readonly window: MetricWindow;
  periodEndMs: number;
}

/** Adds and removes dynos or replicas as its policies ask. Where several ask at one moment the largest size wins. */
export class Autoscaler {
  private watched: readonly Watched[] = [];
  /** Rises when what is awaited means nothing any more. */
  private turn = 0;

  /** @param nowMs the clock */
  constructor(
    private plan: ScalerPlan,
    private readonly target: ScalingTarget,
    private readonly timers: Timers,
    private readonly log: ScalerLog,
    private readonly nowMs: () => number,
  ) {
    this.adopt(plan);
  }

  /** Follows this plan from now on. Policies that are as they were keep what they have seen, and their cooldowns. */
  adopt(plan: ScalerPlan): void {
    this.plan = plan;
    const now = this.nowMs();
    const before = new Map(this.watched.map((watched) => [JSON.stringify(watched.plan), watched]));
    this.watched = plan.policies.map((policy) => {
      const same = JSON.stringify(policy);
      const known = before.get(same);
      before.delete(same);
      return known ?? this.watch(policy, now);
    });
    for (const ended of before.values()) this.leave(ended, now);
    this.log.setBounds(plan.min, plan.max, now);
    this.awaitNext();
  }

  /** It decides nothing any more. */
  stop(): void {
    this.turn += 1;
    for (const watched of this.watched) this.leave(watched, this.nowMs());
  }

  private watch(policy: ScalingPolicy, now: number): Watched {
    return {
      number: this.log.begin(policy, now),
      plan: policy,
      policy: policyOf(policy),
      window: this.target.window(policy),
      periodEndMs: now + policy.periodS * 1000,
    };
  }

  private leave({ number, window }: Watched, now: number): void {
    window.end?.();
    this.log.end(number, now);
  }

  private awaitNext(): void {
    this.turn += 1;
    const { turn } = this;
    const next = Math.min(...this.watched.map(({ periodEndMs }) => periodEndMs));
    this.timers.after(next - this.nowMs(), () => {
      if (this.turn === turn) this.judge();
    });
  }

  /** Judges every policy whose period ends now. */
  private judge(): void {
    const now = this.nowMs();
    const { size } = this.target;
    const judged = this.watched
      .filter(({ periodEndMs }) => periodEndMs <= now + SAME_MOMENT_MS)
      .map((watched) => {
        watched.periodEndMs += watched.plan.periodS * 1000;
        const judgement = watched.policy.judge(watched.window.close(), size, now);
        this.log.setAlarm(watched.number, judgement.state, now);
        return { watched, judgement };
      });
    this.decide(judged, size, now);
    this.awaitNext();
  }

  private decide(
    judged: readonly { readonly watched: Watched; readonly judgement: Judgement }[],
    size: number,
    now: number,
  ): void {
    const { min, max, bootMs } = this.plan;
    const asked = judged.flatMap(({ judgement }) => (judgement.wanted === null ? [] : [judgement.wanted]));
    const wanted = asked.length === 0 ? size : Math.max(...asked);
    const next = Math.min(max, Math.max(min, wanted));
    // Where the size lies outside the bounds, they can move it against what is asked.
    const isAsked = (next - size) * (wanted - size) > 0;
    for (const { watched, judgement } of judged)
      this.write(watched, judgement, { size, wanted, next: isAsked ? next : size, now });
    if (next === size) return;
    if (!isAsked)
      this.log.decided({
        atMs: now,
        policy: -1,
        outcome: "bounds",
        values: [],
        fromSize: size,
        toSize: next,
        wantedSize: size,
      });
    this.target.resize(next, bootMs);
  }

  /** @param decided what is asked for in all, and the size that comes of it */
  private write(
    { number, policy }: Watched,
    { wanted, refrains, wouldWant }: Judgement,
    decided: { readonly size: number; readonly wanted: number; readonly next: number; readonly now: number },
  ): void {
    if (wanted === null && refrains === null) return;
    const { size, next, now } = decided;
    const isWinner = wanted === decided.wanted;
    const acts = isWinner && next !== size;
    if (acts) policy.acted(size, next, now);
    const outcome = refrains ?? (acts ? "scaled" : isWinner ? this.whyNot(wouldWant, size) : "outvoted");
    this.log.decided({
      atMs: now,
      policy: number,
      outcome,
      values: [...policy.values],
      fromSize: size,
      toSize: acts ? next : size,
      wantedSize: wouldWant,
    });
  }

  private whyNot(wanted: number, size: number): "at-maximum" | "at-minimum" | "no-change" {
    if (wanted > size) return "at-maximum";
    return wanted < size ? "at-minimum" : "no-change";
  }
}
