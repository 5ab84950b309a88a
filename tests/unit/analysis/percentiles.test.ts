import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  mean,
  mergeHistograms,
  percentile,
  percentiles,
  totalCount,
} from "../../../src/analysis/percentiles";
import { binOf, Histogram } from "../../../src/engine/kernel/histogram";
import { type HistogramRecord, histogramRecord } from "../../../src/engine/record/replication-record";
import { nearestRank } from "../../support/slow-twins";

function histogramOf(values: readonly number[]): HistogramRecord {
  const histogram = new Histogram();
  const array = Float64Array.from(values);
  for (const at of array.keys()) histogram.add(binOf(array, at), array, at);
  return histogramRecord(histogram);
}

const SHARES = [0.5, 0.75, 0.9, 0.95, 0.99, 1];
/** Latencies as they come: each magnitude from a microsecond to a day as likely. */
const latency = fc.double({ min: -9, max: 26, noNaN: true }).map((exponent) => 2 ** exponent);
/** Latencies of constant times: few values, far enough apart to have bins of their own. */
const onLattice = fc.integer({ min: 1, max: 60 }).map((n) => n * 100);

describe("a percentile", () => {
  it("is the value of the nearest rank", () => {
    const twenty = histogramOf(Array.from({ length: 20 }, (_, i) => 100 * (i + 1)));
    expect([0.5, 0.75, 0.9, 0.95, 0.951, 0.99, 1].map((share) => percentile(twenty, share))).toEqual([
      1000, 1500, 1800, 1900, 2000, 2000, 2000,
    ]);
  });

  it("is the same where several are asked for", () => {
    fc.assert(
      fc.property(fc.array(latency, { maxLength: 200 }), (values) => {
        const histogram = histogramOf(values);
        expect(percentiles(histogram, SHARES)).toEqual(SHARES.map((share) => percentile(histogram, share)));
      }),
      { seed: 20_261_130, numRuns: 50 },
    );
  });

  it("of one value is that value", () => {
    for (const share of SHARES) expect(percentile(histogramOf([480]), share)).toBe(480);
  });

  it("is exact on a lattice", () => {
    fc.assert(
      fc.property(fc.array(onLattice, { minLength: 1, maxLength: 300 }), (values) => {
        const histogram = histogramOf(values);
        for (const share of SHARES)
          expect(percentile(histogram, share)).toBeCloseTo(nearestRank(values, share), 9);
      }),
      { seed: 20_260_804, numRuns: 100 },
    );
  });

  it("is within a bin, 0.8 %, of the exact one for any values", () => {
    fc.assert(
      fc.property(fc.array(latency, { minLength: 1, maxLength: 300 }), (values) => {
        const histogram = histogramOf(values);
        for (const share of SHARES) {
          const exact = nearestRank(values, share);
          expect(Math.abs((percentile(histogram, share) ?? 0) - exact) / exact).toBeLessThan(1 / 128);
        }
      }),
      { seed: 20_260_804, numRuns: 100 },
    );
  });

  it("is within 0.5 % of the exact one where values are spread", () => {
    const values = Array.from(
      { length: 50_000 },
      (_, i) => -700 * Math.log(1 - ((i * 0.6180339887498949) % 1)) + 1,
    );
    const histogram = histogramOf(values);
    for (const share of SHARES.slice(0, -1)) {
      const exact = nearestRank(values, share);
      expect(Math.abs((percentile(histogram, share) ?? 0) - exact) / exact).toBeLessThan(0.005);
    }
  });

  // The mean of a bin can be as far as its whole width, 0.8 %, from the value whose rank is asked for.
  it("is within 0.5 % of the exact one even where a bin holds two lumps", () => {
    const values = [
      ...Array.from({ length: 51 }, () => 512),
      ...Array.from({ length: 49 }, () => 100),
      515.9,
    ];
    const lopsided = [
      ...Array.from({ length: 49 }, () => 100),
      512,
      ...Array.from({ length: 49 }, () => 515.9),
    ];
    for (const sample of [values, lopsided]) {
      for (const share of [0.5, 1]) {
        const exact = nearestRank(sample, share);
        expect(Math.abs((percentile(histogramOf(sample), share) ?? 0) - exact) / exact).toBeLessThanOrEqual(
          0.005,
        );
      }
    }
  });

  it("of nothing is nothing", () => {
    expect(percentile(histogramOf([]), 0.5)).toBeNull();
    expect(mean(histogramOf([]))).toBeNull();
  });

  it("counts values of 0", () => {
    const queue = histogramOf([0, 0, 0, 0, 0, 0, 0, 0, 0, 250]);
    expect([0.5, 0.9, 0.95].map((share) => percentile(queue, share))).toEqual([0, 0, 250]);
    expect(mean(queue)).toBe(25);
  });
});

describe("merged histograms", () => {
  const parts = fc.array(fc.array(onLattice, { maxLength: 50 }), { maxLength: 6 });

  it("are the histogram of all values", () => {
    fc.assert(
      fc.property(parts, (groups) => {
        const merged = mergeHistograms(groups.map(histogramOf));
        fc.pre(groups.flat().length > 0);
        expect(merged).toEqual(histogramOf(groups.flat()));
        expect(totalCount(merged)).toBe(groups.flat().length);
      }),
      { seed: 20_260_804, numRuns: 100 },
    );
  });

  it("are the same however the replications are grouped", () => {
    fc.assert(
      fc.property(parts, fc.nat(), (groups, at) => {
        const records = groups.map(histogramOf);
        const cut = at % (records.length + 1);
        const [first, rest] = [records.slice(0, cut), records.slice(cut)];
        expect(mergeHistograms([mergeHistograms(first), mergeHistograms(rest)])).toEqual(
          mergeHistograms(records),
        );
      }),
      { seed: 20_260_804, numRuns: 100 },
    );
  });

  it("leave their parts alone", () => {
    const [one, other] = [histogramOf([100, 200]), histogramOf([50])];
    mergeHistograms([one, other]);
    expect([one, other]).toEqual([histogramOf([100, 200]), histogramOf([50])]);
  });

  it("of nothing are empty", () => {
    expect(totalCount(mergeHistograms([]))).toBe(0);
    expect(totalCount(mergeHistograms([histogramOf([]), histogramOf([])]))).toBe(0);
  });
});
