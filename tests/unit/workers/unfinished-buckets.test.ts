import { expect, it } from "vitest";
import type { RunSummary } from "../../../src/analysis/result-types";
import { leaveOutUnfinished } from "../../../src/workers/unfinished-buckets";
import { chartSummary } from "../../support/chart-summary-fixture";

/** From which bucket on a column has nothing to show. */
function endOf(column: Float64Array | undefined): number | undefined {
  return column?.findIndex((value) => Number.isNaN(value));
}

it.each([
  ["in the middle of a bucket", 4.5],
  ["at the end of a bucket", 4],
])("counts of a run under way end with the last whole bucket: %s", (_, buckets) => {
  const summary: RunSummary = structuredClone(chartSummary());
  const { series } = summary;
  leaveOutUnfinished(summary, buckets * series.bucketS * 1000);
  expect(endOf(series.sent)).toBe(4);
  expect(endOf(series.ok)).toBe(4);
  for (const column of Object.values(series.failedByKind)) expect(endOf(column)).toBe(4);
  for (const { taken } of series.fleets) expect(endOf(taken)).toBe(4);
  expect(endOf(series.inFlight)).toBe(-1);
});
