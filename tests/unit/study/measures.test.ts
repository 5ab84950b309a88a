import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mean, mergeHistograms, percentile } from "../../../src/analysis/percentiles";
import { PooledRecords } from "../../../src/study/measures";
import { handMadeRecord } from "../../support/hand-made-record";
import { station } from "../../support/hand-made-studies";

const waits = fc.array(fc.double({ min: 0.01, max: 1e5, noNaN: true }), { maxLength: 40 });

describe("replications together", () => {
  it("have to the last bit the latencies of all of them merged at once", () => {
    fc.assert(
      fc.property(fc.array(waits, { minLength: 1, maxLength: 5 }), (replications) => {
        const records = replications.map((latencies, replication) =>
          handMadeRecord(station({}), {
            replication,
            requests: latencies.map((wait) => ({ stages: { wait, queue: wait / 3 } })),
          }),
        );
        const { latencies } = records.reduce((pooled, record) => pooled.with(record), PooledRecords.EMPTY);
        const latency = mergeHistograms(records.map((record) => record.latency));
        const queue = mergeHistograms(records.map((record) => record.queue));
        expect(latencies).toEqual({
          mean: mean(latency),
          p50: percentile(latency, 0.5),
          p95: percentile(latency, 0.95),
          p99: percentile(latency, 0.99),
          queueP95: percentile(queue, 0.95),
        });
      }),
      { seed: 20_261_130, numRuns: 60 },
    );
  });
});
