import type { RunSummary } from "../../../analysis/result-types";

/** The sizes that something has in a run, in whole instances. */
export interface SizeRange {
  readonly name: string;
  readonly least: number;
  readonly most: number;
}

/** Whether a run's instances come and go, or something else happens in it that they are to be seen with. */
export function hasChangingInstances(summary: RunSummary): boolean {
  const { figures, series, scaling } = summary;
  return (
    scaling.length > 0 ||
    figures.scenario.timeline.some(({ atS }) => atS < figures.scenario.run.durationS) ||
    hasChangingReplicas(summary) ||
    series.fleets.some(({ dynos, booting }) => changes(dynos) || booting.some((count) => count > 0))
  );
}

/** Whether a run's replicas come and go. */
export function hasChangingReplicas({ series, scaling }: RunSummary): boolean {
  return scaling.some(({ fleet }) => fleet === null) || changes(series.replicas);
}

/** Whether a column has two values that are more apart than rounding. */
function changes(column: Float64Array): boolean {
  const { least, most } = rangeOf("", column);
  return most > least;
}

/** The least and the most of a column, or of two together. */
export function rangeOf(name: string, column: Float64Array, other?: Float64Array): SizeRange {
  let least = Number.POSITIVE_INFINITY;
  let most = 0;
  for (const [bucket, value] of column.entries()) {
    const size = Math.round(value + (other?.[bucket] ?? 0));
    // Not simulated yet, while a run streams in.
    if (Number.isNaN(size)) continue;
    least = Math.min(least, size);
    most = Math.max(most, size);
  }
  return { name, least: Math.min(least, most), most };
}
