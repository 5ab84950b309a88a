import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BIN_COUNT, BINS_PER_OCTAVE, PAGES } from "../../../../src/engine/kernel/histogram";
import { BucketedHistogram } from "../../../../src/engine/record/bucketed-histogram";
import { bucketedHistogramRecord } from "../../../../src/engine/record/replication-record";

/** The filled bins of a bucket, read off the pages: page 0 holds bin 0 in its last place, page 1 + i the bins of octave i. */
function filledBins(pageOf: Int32Array, counts: Uint32Array, bucket: number): Map<number, number> {
  const filled = new Map<number, number>();
  for (let page = 0; page < PAGES; page += 1) {
    const at = pageOf[bucket * PAGES + page] ?? -1;
    for (let within = 0; at >= 0 && within < BINS_PER_OCTAVE; within += 1) {
      const count = counts[at * BINS_PER_OCTAVE + within] ?? 0;
      if (count > 0) filled.set((page - 1) * BINS_PER_OCTAVE + within + 1, count);
    }
  }
  return filled;
}

describe("histograms over time", () => {
  it("count every value in its own bucket and bin", () => {
    const value = fc.record({ bucket: fc.nat({ max: 4 }), bin: fc.nat({ max: BIN_COUNT - 1 }) });
    fc.assert(
      fc.property(fc.array(value, { maxLength: 400 }), (values) => {
        const histogram = new BucketedHistogram(5);
        const expected = Array.from({ length: 5 }, () => new Map<number, number>());
        for (const { bucket, bin } of values) {
          histogram.add(bucket, bin);
          expected[bucket]?.set(bin, (expected[bucket]?.get(bin) ?? 0) + 1);
        }
        const { pageOf, counts } = bucketedHistogramRecord(histogram);
        expect(expected.map((_, bucket) => filledBins(pageOf, counts, bucket))).toEqual(
          expected.map((bins) => new Map([...bins].sort(([a], [b]) => a - b))),
        );
      }),
      { seed: 20_260_804, numRuns: 200 },
    );
  });

  it("keep the first and the last bin apart from their neighbours", () => {
    const histogram = new BucketedHistogram(2);
    for (const bin of [0, 1, BINS_PER_OCTAVE, BINS_PER_OCTAVE + 1, BIN_COUNT - 1]) histogram.add(1, bin);
    const { pageOf, counts } = bucketedHistogramRecord(histogram);
    expect([...filledBins(pageOf, counts, 1).keys()]).toEqual([
      0,
      1,
      BINS_PER_OCTAVE,
      BINS_PER_OCTAVE + 1,
      BIN_COUNT - 1,
    ]);
    expect(filledBins(pageOf, counts, 0).size).toBe(0);
  });

  it("take memory only for the octaves that occur", () => {
    const histogram = new BucketedHistogram(400);
    for (let i = 0; i < 100_000; i += 1) histogram.add(i % 400, 2000 + (i % 3));
    expect(bucketedHistogramRecord(histogram).counts.length).toBe(400 * BINS_PER_OCTAVE);
  });
});
