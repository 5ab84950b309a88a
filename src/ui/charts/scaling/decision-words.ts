import type { ScalingDecision } from "../../../analysis/result-types";
import { formatCount } from "../../../base/format";
import { spanText } from "../../../base/run-time";
import type { ScalingPolicy, StepPolicy } from "../../../scenario/types";

/** What is added and removed: one, and several. */
type Noun = readonly [one: string, many: string];

/** What became of a decision, and why nothing did where a bound was crossed. */
export function outcomeText(decision: ScalingDecision, noun: Noun): string {
  const { outcome, fromSize, toSize, wantedSize, policy, values, min, max } = decision;
  const wants = wantedSize === fromSize ? "" : `wants ${sized(wantedSize, noun)}; `;
  switch (outcome) {
    case "scaled":
      return scaledText(decision, noun);
    case "no-change":
      return "the size is right already";
    case "cooldown":
      return `${wants}${cooldownText(policy, wantedSize > fromSize)}`;
    case "at-maximum":
      return `${wants}the maximum of ${formatCount(max)} is reached`;
    case "at-minimum":
      return `${wants}the minimum of ${formatCount(min)} is reached`;
    case "not-enough-datapoints":
      return datapointsText(policy, values);
    case "outvoted":
      return `${wants}another policy asks for more`;
    case "bounds":
      return `brought inside minimum and maximum: ${sized(toSize, noun)}`;
  }
}

function sized(count: number, [one, many]: Noun): string {
  return `${formatCount(count)} ${count === 1 ? one : many}`;
}

function scaledText({ fromSize, toSize, wantedSize, min, max }: ScalingDecision, noun: Noun): string {
  const isMore = toSize > fromSize;
  const verb = isMore ? "adds" : "removes";
  const text = `${verb} ${sized(Math.abs(toSize - fromSize), noun)}`;
  if (wantedSize === toSize) return text;
  const bound = isMore ? `the maximum is ${formatCount(max)}` : `the minimum is ${formatCount(min)}`;
  return `${text} of ${formatCount(Math.abs(wantedSize - fromSize))} wanted: ${bound}`;
}

function cooldownText(policy: ScalingPolicy | null, isMore: boolean): string {
  if (policy === null) return "cooldown";
  const cooldownS =
    policy.kind === "step" ? policy.cooldownS : isMore ? policy.scaleOutCooldownS : policy.scaleInCooldownS;
  return `cooldown of ${spanText(cooldownS)}`;
}

/** Periods that must be below the target's share before a target policy removes anything, as AWS does it. */
const PERIODS_BELOW_TARGET = 15;

function datapointsText(policy: ScalingPolicy | null, values: readonly (number | null)[]): string {
  if (policy === null) return "not enough datapoints";
  if (policy.kind === "target")
    return `not ${PERIODS_BELOW_TARGET} periods in a row below 90 % of the target yet`;
  const beyond = values.filter((value) => value !== null && isBeyond(policy, value)).length;
  const periods = policy.outOf === 1 ? "the last period" : `the last ${policy.outOf} periods`;
  return `${beyond} of ${periods} beyond the bound, ${policy.datapoints} needed`;
}

function isBeyond({ above, below }: StepPolicy, value: number): boolean {
  return above === undefined ? value < (below ?? 0) : value > above;
}
