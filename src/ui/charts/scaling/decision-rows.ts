import type { RunSummary, ScalingDecision, ScalingLog } from "../../../analysis/result-types";
import { timeText } from "../../../base/run-time";
import type { ScalingPolicy } from "../../../scenario/types";
import { csvText } from "../chart-table";
import { outcomeText } from "./decision-words";
import { boundText, metricText, sizeNoun } from "./policy-words";

/** A line of the log: one decision, or several that a policy repeated. */
export interface DecisionRow {
  readonly atS: number;
  /** How often, and when last, where it was more than once. */
  readonly times: number;
  readonly untilS: number;
  /** "web", "replicas". */
  readonly target: string;
  readonly policy: string;
  /** "62 %, 71 % · above 60 %". */
  readonly seen: string;
  readonly fromSize: number;
  readonly toSize: number;
  readonly outcome: string;
}

/** What was decided, in order of time. What a policy repeats without changing anything is one line. */
export function decisionRows({ scaling }: RunSummary): DecisionRow[] {
  return scaling
    .flatMap((log) =>
      repeated(log.decisions).map((decisions): DecisionRow => {
        const [first] = decisions;
        const { policy } = first;
        return {
          atS: first.atS,
          times: decisions.length,
          untilS: decisions.at(-1)?.atS ?? first.atS,
          target: targetOf(log),
          policy: policy?.name ?? "–",
          seen: policy === null ? "–" : seenText(decisions, policy),
          fromSize: first.fromSize,
          toSize: first.toSize,
          outcome: outcomeText(first, sizeNoun(log)),
        };
      }),
    )
    .sort((one, other) => one.atS - other.atS);
}

/** Whose size it is. */
function targetOf({ fleet }: ScalingLog): string {
  return fleet ?? "replicas";
}

type Repeated = [ScalingDecision, ...ScalingDecision[]];

/** Decisions with those that the same policy repeated next, whatever other policies did meanwhile. */
function repeated(decisions: readonly ScalingDecision[]): Repeated[] {
  const rows: Repeated[] = [];
  const open = new Map<ScalingPolicy | null, Repeated>();
  for (const decision of decisions) {
    const row = open.get(decision.policy);
    if (row !== undefined && isRepeated(row[0], decision)) {
      row.push(decision);
      continue;
    }
    const next: Repeated = [decision];
    open.set(decision.policy, next);
    rows.push(next);
  }
  return rows;
}

function isRepeated(first: ScalingDecision, next: ScalingDecision): boolean {
  return (
    first.fromSize === first.toSize &&
    next.fromSize === next.toSize &&
    first.outcome === next.outcome &&
    first.fromSize === next.fromSize &&
    first.wantedSize === next.wantedSize
  );
}

/** What a policy saw in its last periods; of a repeated decision the least and the most. */
function seenText(decisions: Repeated, policy: ScalingPolicy): string {
  const { metric } = policy;
  const values = decisions.flatMap((decision) => decision.values);
  const known = values.filter((value) => value !== null);
  const text =
    decisions.length === 1 || known.length === 0
      ? values.slice(0, decisions[0].values.length).map((value) => metricText(metric, value))
      : [Math.min(...known), Math.max(...known)].map((value) => metricText(metric, value));
  const isRange = decisions.length > 1 && known.length > 0;
  return `${isRange ? [...new Set(text)].join(" to ") : text.join(", ")} · ${boundText(policy)}`;
}

/** "cooldown of 5 min, 12 times until 09:40". */
export function rowText({ outcome, times, untilS }: DecisionRow, runS: number): string {
  return times === 1 ? outcome : `${outcome}, ${times} times until ${timeText(untilS, runS)}`;
}

/** Every decision as comma-separated values, values unrounded. */
export function decisionsCsv({ scaling }: RunSummary): string {
  const head = ["time_s", "scales", "policy", "metric", "values", "bound", "from", "to", "wanted", "outcome"];
  const rows = scaling.flatMap((log) =>
    log.decisions.map((decision): string[] => {
      const { policy } = decision;
      return [
        String(decision.atS),
        targetOf(log),
        policy?.name ?? "",
        policy?.metric ?? "",
        decision.values.map((value) => (value === null ? "" : String(value))).join(" "),
        policy === null ? "" : boundText(policy),
        String(decision.fromSize),
        String(decision.toSize),
        String(decision.wantedSize),
        decision.outcome,
      ];
    }),
  );
  return csvText([head, ...rows]);
}
