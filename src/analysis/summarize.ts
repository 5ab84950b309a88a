import type { ReplicationRecord } from "../engine";
import type { Scenario } from "../scenario/types";
import { figures } from "./figures";
import type { RunSummary } from "./result-types";
import { distribution, heatmap, series } from "./series";

/**
 * Everything that is shown about a run.
 * @param records of its replications, in the order of their numbers; of a run still under way, as far as they have come
 * @param wallMs how long the run took; the only part of the summary that is not determined by scenario and seed
 */
export function summarize(
  scenario: Scenario,
  records: readonly ReplicationRecord[],
  wallMs: number,
): RunSummary {
  return {
    figures: figures(scenario, records, wallMs),
    series: series(scenario, records),
    distribution: distribution(records),
    heatmap: heatmap(records),
  };
}
