import { spanText } from "../../../base/run-time";
import { deepEqual } from "../../../scenario/objects";
import type { Autoscaler, ScalingPolicy } from "../../../scenario/types";
import type { ChangeInWords } from "../../shell/change";
import { METRICS, metricText, type Scaled } from "../autoscaler/metrics";
import { changed, counted, said } from "./value-words";

/** "1 to 15 replicas by database processor use and connections per database". */
function autoscalerText({ min, max, policies }: Autoscaler, scaled: Scaled): string {
  const nouns = [...new Set(policies.map(({ metric }) => METRICS[metric].noun))];
  return `${min} to ${max} ${scaled}${nouns.length === 0 ? "" : ` by ${nouns.join(" and ")}`}`;
}

/** What is different in an autoscaler, or that it came or went; `of` as for the labels of the controls. */
export function autoscalerChanges(
  before: Autoscaler | null,
  after: Autoscaler | null,
  scaled: Scaled,
  of: string,
): readonly ChangeInWords[] {
  const name = `Autoscaler${scaled === "replicas" ? " of replicas" : of}`;
  if (after === null) return [said(`${name} removed`)];
  if (before === null) return [said(`${name} added: ${autoscalerText(after, scaled)}`)];
  const limits = [
    [`${name}: ${scaled} at least`, before.min, after.min, String],
    [`${name}: ${scaled} at most`, before.max, after.max, String],
    [`${name}: one serves after`, before.bootS, after.bootS, spanText],
  ] as const;
  return [
    ...limits.flatMap(([subject, from, to, write]) =>
      from === to ? [] : [counted(subject, from, to, write)],
    ),
    ...policyListChanges(before.policies, after.policies, scaled === "replicas" ? " of replicas" : of),
  ];
}

function policyListChanges(
  before: readonly ScalingPolicy[],
  after: readonly ScalingPolicy[],
  of: string,
): readonly ChangeInWords[] {
  const gone = before.filter(({ name }) => !after.some((policy) => policy.name === name));
  return [
    ...gone.map(({ name }) => said(`Policy ${name}${of} removed`)),
    ...after.flatMap((policy) => {
      const old = before.find(({ name }) => name === policy.name);
      const subject = `Policy ${policy.name}${of}`;
      if (old === undefined) return [said(`${subject} added`)];
      return deepEqual(old, policy) ? [] : policyChanges(old, policy, subject);
    }),
  ];
}

/** A policy's rule as its card has it; datapoints belong to the periods that they are out of. */
function policyChanges(old: ScalingPolicy, policy: ScalingPolicy, subject: string): readonly ChangeInWords[] {
  const from = rowsOf(old);
  const isOther = old.kind !== policy.kind || old.metric !== policy.metric;
  const changes = Object.entries(rowsOf(policy)).flatMap(([label, to]) => {
    const was = from[label];
    if (was === undefined || was.value === to.value) return [];
    const name = `${subject}: ${label}`;
    if (typeof was.value === "number" && typeof to.value === "number" && !isOther) {
      return [counted(name, was.value, to.value, to.write)];
    }
    return [changed(name, was.write(was.value), to.write(to.value))];
  });
  return changes.length > 0 ? changes : [said(`${subject} changed`)];
}

interface PolicyRow {
  readonly value: number | string;
  readonly write: (value: number | string) => string;
}

function rowsOf(policy: ScalingPolicy): Readonly<Record<string, PolicyRow>> {
  const measured = (value: number): PolicyRow => ({
    value,
    write: (one) => metricText(policy.metric, Number(one)).replaceAll("\u00a0", " "),
  });
  const span = (value: number): PolicyRow => ({ value, write: (seconds) => spanText(Number(seconds)) });
  const plain = (value: number | string): PolicyRow => ({ value, write: String });
  const both = { metric: plain(METRICS[policy.metric].noun), period: span(policy.periodS) };
  if (policy.kind === "target") {
    const { target, scaleOutCooldownS, scaleInCooldownS } = policy;
    return {
      ...both,
      target: measured(target),
      "cooldown after growing": span(scaleOutCooldownS),
      "cooldown after shrinking": span(scaleInCooldownS),
    };
  }
  const { statistic, above, below, datapoints, outOf, change, cooldownS } = policy;
  return {
    ...both,
    statistic: plain(statistic),
    ...(above === undefined ? {} : { above: measured(above) }),
    ...(below === undefined ? {} : { below: measured(below) }),
    datapoints: plain(`${datapoints} of ${outOf}`),
    by: plain(change),
    cooldown: span(cooldownS),
  };
}
