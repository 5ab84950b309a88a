import type { ReplicationRecord } from "../engine";
import type { SizedScenario } from "../scenario/sizes";
import { breakdown } from "./breakdown";
import { figures } from "./figures";
import { distribution, heatmap } from "./latency-pictures";
import { mergeBuckets } from "./merged-buckets";
import type { RunSummary } from "./result-types";
import { samples } from "./samples";
import { scalingLogs } from "./scaling-logs";
import { series } from "./series";

/**
 * Everything that is shown about a run.
 * @param records of its replications, in the order of their numbers; of a run still under way, as far as they have come
 * @param wallMs how long the run took; the only part of the summary that is not determined by scenario and seed
 */
export function summarize(
  sized: SizedScenario,
  records: readonly ReplicationRecord[],
  wallMs: number,
): RunSummary {
  if (records.some(({ fleets }) => fleets.length === 0))
    throw new Error("Records of measures alone cannot be summed up.");
  const latencyOverTime = mergeBuckets(
    records.map((record) => record.latencyOverTime),
    records[0]?.buckets ?? 0,
  );
  return {
    figures: figures(sized, records, wallMs),
    series: series(sized, records, latencyOverTime),
    distribution: distribution(records),
    heatmap: heatmap(latencyOverTime, records.length),
    breakdown: breakdown(records),
    samples: samples(sized.scenario, records),
    scaling: scalingLogs(sized.scenario, records),
  };
}
