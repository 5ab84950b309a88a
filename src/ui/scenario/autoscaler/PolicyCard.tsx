import { ArrowDown, ArrowUp, Trash2 } from "lucide-react";
import type { ScalingMetric, ScalingPolicy, ScalingStatistic, StepPolicy } from "../../../scenario/types";
import { IconButton } from "../../controls/IconButton";
import { SelectField } from "../../controls/SelectField";
import { type NumberRow, NumberRows } from "../NumberRows";
import styles from "./AutoscalerEditor.module.css";
import { METRICS, metricsFor, type Scaled, statisticsFor } from "./metrics";
import { NameField } from "./NameField";
import { policyText, ruleOf, rulesFor, type StepRule, withMetric, withNumber, withRule } from "./policies";

interface PolicyCardProps {
  readonly policy: ScalingPolicy;
  readonly scaled: Scaled;
  readonly position: number;
  readonly count: number;
  /** Applies the policy; a sentence comes back where it was refused. */
  readonly onChange: (policy: ScalingPolicy) => string | null;
  readonly onMove: (to: number) => void;
  readonly onRemove: () => void;
}

const SECONDS = { unit: "seconds", minimum: 0, maximum: 1e6, integer: false, step: 10 } as const;
const PERIOD: NumberRow = {
  key: "periodS",
  label: "Period",
  meaning: "What was measured is judged at the end of each period; one period gives one datapoint.",
  ...SECONDS,
  minimum: 0.001,
};
const TARGET_TRACKING =
  "Keeps a measurement near a value: as many as it takes for that. Out at once, in only after a long calm.";
const COOLDOWN = "So long after it acted a policy does not act again, whatever it measures.";
const DATAPOINTS = "How many of the last periods must be beyond the bound for the alarm to go off.";
const COUNT = { unit: "count", minimum: 1, integer: true, step: 1 } as const;

function rowsOf(policy: ScalingPolicy): readonly NumberRow[] {
  const { unit, step } = METRICS[policy.metric];
  const value = { unit, step, minimum: 0, maximum: 1e9, integer: false } as const;
  if (policy.kind === "target") {
    return [
      { key: "target", label: "Target", meaning: TARGET_TRACKING, ...value },
      PERIOD,
      { key: "scaleOutCooldownS", label: "Cooldown after growing", meaning: COOLDOWN, ...SECONDS },
      { key: "scaleInCooldownS", label: "Cooldown after shrinking", ...SECONDS },
    ];
  }
  return [
    { key: "bound", label: policy.above === undefined ? "Below" : "Above", ...value },
    PERIOD,
    { key: "datapoints", label: "Datapoints", meaning: DATAPOINTS, ...COUNT, maximum: 1000 },
    { key: "outOf", label: "Out of periods", ...COUNT, maximum: 1000 },
    { key: "size", label: "By", ...COUNT, maximum: 10_000 },
    { key: "cooldownS", label: "Cooldown", meaning: COOLDOWN, ...SECONDS },
  ];
}

function valuesOf(policy: ScalingPolicy): Readonly<Record<string, unknown>> {
  if (policy.kind === "target") return { ...policy };
  return { ...policy, bound: policy.above ?? policy.below ?? 0, size: Math.abs(policy.change) };
}

const RULES: Readonly<Record<StepRule, (scaled: Scaled) => string>> = {
  "add above": (scaled) => `Add ${scaled} when it is high`,
  "remove below": (scaled) => `Remove ${scaled} when it is low`,
  "remove above": (scaled) => `Remove ${scaled} when it is high`,
  "add below": (scaled) => `Add ${scaled} when it is low`,
};

interface StepChoicesProps {
  readonly policy: StepPolicy;
  readonly scaled: Scaled;
  readonly onChange: PolicyCardProps["onChange"];
}

/** What only step policies have: which statistic is judged, and what is done. */
function StepChoices({ policy, scaled, onChange }: StepChoicesProps) {
  const { metric, statistic, name } = policy;
  const rule = ruleOf(policy);
  return (
    <>
      <SelectField
        value={statistic}
        groups={statisticsFor(metric, statistic).map((value) => ({ value, label: value }))}
        onChange={(next) => onChange({ ...policy, statistic: next as ScalingStatistic })}
        label={`${name}: statistic`}
      />
      <SelectField
        value={rule}
        groups={rulesFor(metric, rule).map((value) => ({ value, label: RULES[value](scaled) }))}
        onChange={(next) => onChange(withRule(policy, next as StepRule))}
        label={`${name}: what it does`}
      />
    </>
  );
}

/** One policy of an autoscaler: what it judges, what it does, and both as a sentence. */
export function PolicyCard({ policy, scaled, position, count, onChange, onMove, onRemove }: PolicyCardProps) {
  const { name, metric, kind } = policy;
  return (
    <li className={styles.policy}>
      <div className={styles.head}>
        <NameField
          name={name}
          label={`Name of policy ${position + 1}`}
          onRename={(next) => onChange({ ...policy, name: next })}
        />
        <span className={styles.kind}>{kind === "target" ? "Target" : "Step"}</span>
        <span className={styles.actions}>
          <IconButton
            className={styles.action}
            label={`Move policy ${name} up`}
            disabled={position === 0}
            onClick={() => onMove(position - 1)}
          >
            <ArrowUp size={14} aria-hidden />
          </IconButton>
          <IconButton
            className={styles.action}
            label={`Move policy ${name} down`}
            disabled={position === count - 1}
            onClick={() => onMove(position + 1)}
          >
            <ArrowDown size={14} aria-hidden />
          </IconButton>
          <IconButton className={styles.action} label={`Remove policy ${name}`} onClick={onRemove}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </span>
      </div>
      <div className={styles.choices}>
        <SelectField
          value={metric}
          groups={metricsFor(scaled, metric).map((value) => ({ value, label: METRICS[value].label }))}
          onChange={(next) => onChange(withMetric(policy, next as ScalingMetric))}
          label={`${name}: metric`}
        />
        {policy.kind === "step" && <StepChoices policy={policy} scaled={scaled} onChange={onChange} />}
      </div>
      <NumberRows
        isBare
        name={name}
        rows={rowsOf(policy)}
        values={valuesOf(policy)}
        onChange={(key, value) => onChange(withNumber(policy, key, value))}
      />
      <p className={styles.sentence}>{policyText(policy)}</p>
    </li>
  );
}
