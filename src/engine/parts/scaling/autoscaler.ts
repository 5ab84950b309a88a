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
  private readonly watched: readonly Watched[];
  private isStopped = false;

  /** @param nowMs the clock */
  constructor(
    private readonly plan: ScalerPlan,
    private readonly target: ScalingTarget,
    private readonly timers: Timers,
    private readonly log: ScalerLog,
    private readonly nowMs: () => number,
  ) {
    const begin = nowMs();
    this.watched = plan.policies.map((policy, number) => ({
      number,
      plan: policy,
      policy: policyOf(policy),
      window: target.window(policy),
      periodEndMs: begin + policy.periodS * 1000,
    }));
    this.awaitNext();
  }

  /** It decides nothing any more. */
  stop(): void {
    this.isStopped = true;
  }

  private awaitNext(): void {
    const next = Math.min(...this.watched.map(({ periodEndMs }) => periodEndMs));
    this.timers.after(next - this.nowMs(), () => {
      if (!this.isStopped) this.judge();
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
    for (const { watched, judgement } of judged) this.write(watched, judgement, { size, wanted, next, now });
    if (next === size) return;
    if (asked.length === 0)
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
