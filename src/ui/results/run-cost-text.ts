import type { ResultFigures } from "../../analysis/result-types";
import { runCost } from "../../analysis/run-cost";
import { formatSpent } from "../../base/format";
import { runNoun } from "../../base/run-time";
import type { Scenario } from "../../scenario/types";

/** Shorter runs cost so little that it says nothing. */
const LONG_S = 3600;

/** What the run itself costs, where it is long or its price changes: "$41.20 this day"; else nothing. */
export function runCostText(figures: ResultFigures): string {
  const { scenario } = figures;
  if (scenario.run.durationS < LONG_S && !isChanging(scenario)) return "";
  const { usd, isWhole } = runCost(figures);
  return `${formatSpent(usd)} this ${runNoun(scenario.run.durationS)}${isWhole ? "" : " so far"}`;
}

function isChanging({ fleets, database, timeline, run }: Scenario): boolean {
  return (
    fleets.some(({ autoscaler }) => autoscaler !== null) ||
    database.replicas.autoscaler !== null ||
    timeline.some(({ atS }) => atS < run.durationS)
  );
}
