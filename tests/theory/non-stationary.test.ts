import { describe, expect, it } from "vitest";
import { halfWidth, meanAndDeviation } from "../../src/analysis/intervals";
import type { ReplicationRecord } from "../../src/engine";
import { GAUGE } from "../../src/engine/record/replication-record";
import { once } from "../support/once";
import { replications } from "../support/theory-runs";
import { AMPLE_THREADS, theoryScenario } from "../support/theory-scenario";

/*
 * Traffic along a profile, held against what is known exactly of such systems. Each figure is compared through the interval of its replications.
 */

const REPLICATIONS = 60;
/** Of Student's t over the replications: one in a thousand falls outside by chance. */
const CONFIDENCE = 0.999;

/** Expects the mean over replications to be the exact value, within its own interval, which must be narrow enough to say something. */
function expectMean(values: readonly number[], exact: number, within: number): void {
  const { mean } = meanAndDeviation(values);
  const half = halfWidth(values, CONFIDENCE) ?? Number.POSITIVE_INFINITY;
  expect(half).toBeLessThan(within);
  expect(Math.abs(mean - exact)).toBeLessThan(half + 1e-9);
}

describe("Poisson arrivals along a ramp", () => {
  /** From 20 to 120 a second over 10 s, then constant. */
  const profile = [
    [0, 1],
    [10, 6],
  ];
  const records = once(() =>
    replications(
      theoryScenario({
        run: { durationS: 20, warmupS: 0, replications: REPLICATIONS },
        workload: { kind: "open", requestsPerSecond: 20, profile },
        steps: [{ kind: "wait", ms: 1 }],
        fleet: AMPLE_THREADS,
      }),
    ),
  );
  const countsIn = (fromS: number, toS: number): number[] =>
    records().map(({ sentOverTime, bucketMs }) =>
      sentOverTime
        .subarray((fromS * 1000) / bucketMs, (toS * 1000) / bucketMs)
        .reduce((sum, count) => sum + count, 0),
    );
  /** The area under the ramp, in requests. */
  const area = (fromS: number, toS: number): number => {
    const until = (s: number): number => (s <= 10 ? 20 * s + 5 * s * s : 700 + 120 * (s - 10));
    return until(toS) - until(fromS);
  };

  it.each([
    [0, 2],
    [2, 5],
    [5, 10],
    [10, 20],
    [0, 20],
  ])("from %d to %d s: as many as the area under it, on average", (fromS, toS) => {
    expectMean(countsIn(fromS, toS), area(fromS, toS), 0.1 * area(fromS, toS));
  });

  it("with a variance that equals the mean, as counts of a Poisson process have", () => {
    const counts = countsIn(0, 10);
    const { mean, deviation } = meanAndDeviation(counts);
    // The index of dispersion of n counts is χ²(n − 1) ÷ (n − 1): standard deviation √(2 ÷ (n − 1)).
    const dispersion = deviation ** 2 / mean;
    expect(Math.abs(dispersion - 1)).toBeLessThan(3.3 * Math.sqrt(2 / (counts.length - 1)));
  });
});

describe("M(t)/M/∞: requests under way follow m′ = λ(t) − μm", () => {
  const SERVICE_S = 1.5;
  const RATE = 40;
  const profile: [number, number][] = [
    [0, 0],
    [4, 2],
    [8, 2],
    [8, 0.5],
    [14, 0.5],
  ];
  const factor = (s: number): number => (s < 4 ? s / 2 : s < 8 ? 2 : 0.5);

  /** The equation, integrated in steps so small (Runge–Kutta of order 4) that the error is far below what is measured. @returns mean over [fromS, toS] */
  function solved(fromS: number, toS: number): number {
    const step = 0.001;
    let [m, integral] = [0, 0];
    for (let i = 0; i < toS / step - 0.5; i += 1) {
      const s = i * step;
      const slope = (at: number, level: number): number => RATE * factor(at) - level / SERVICE_S;
      const k1 = slope(s, m);
      const k2 = slope(s + step / 2, m + (step / 2) * k1);
      const k3 = slope(s + step / 2, m + (step / 2) * k2);
      const k4 = slope(s + step * (1 - 1e-9), m + step * k3);
      const next = m + (step / 6) * (k1 + 2 * k2 + 2 * k3 + k4);
      if (s >= fromS - step / 2) integral += ((m + next) / 2) * step;
      m = next;
    }
    return integral / (toS - fromS);
  }

  const records = once(() =>
    replications(
      theoryScenario({
        run: { durationS: 14, warmupS: 0, replications: REPLICATIONS },
        workload: { kind: "open", requestsPerSecond: RATE, profile },
        steps: [{ kind: "wait", ms: { dist: "exponential", mean: SERVICE_S * 1000 } }],
        fleet: AMPLE_THREADS,
      }),
    ),
  );
  const meanLevel = (fromS: number, toS: number): number[] =>
    records().map((record) => levelBetween(record, GAUGE.inFlight, fromS, toS));

  it.each([
    [1, 2],
    [3, 4],
    [6, 8],
    [8, 9],
    [11, 14],
  ])("on average from %d to %d s", (fromS, toS) => {
    const exact = solved(fromS, toS);
    expectMean(meanLevel(fromS, toS), exact, 0.12 * exact);
  });
});

describe("an overload that comes and goes", () => {
  /** One thread serves 10 a second; 30 a second come for 10 s. */
  const records = once(() =>
    replications(
      theoryScenario({
        run: { durationS: 40, warmupS: 0, replications: REPLICATIONS },
        workload: {
          kind: "open",
          requestsPerSecond: 30,
          profile: [
            [0, 1],
            [10, 1],
            [10, 0],
          ],
        },
        steps: [{ kind: "wait", ms: 100 }],
      }),
    ),
  );

  it("grows a line at λ − μ", () => {
    const growth = records().map(
      (record) => (levelBetween(record, GAUGE.queued, 8, 10) - levelBetween(record, GAUGE.queued, 2, 4)) / 6,
    );
    expectMean(growth, 30 - 10, 2);
  });

  it("drains it at μ when nothing comes any more", () => {
    const falls = records().map(
      (record) =>
        (levelBetween(record, GAUGE.queued, 12, 14) - levelBetween(record, GAUGE.queued, 18, 20)) / 6,
    );
    // Every answer leaves one fewer: exactly ten a second.
    expectMean(falls, 10, 1e-6);
  });

  it("takes as long to drain as work was left: (λ − μ) T ÷ μ", () => {
    const emptyAtS = records().map(({ gaugesOverTime, buckets, bucketMs }) => {
      const busy = gaugesOverTime.subarray(GAUGE.inFlight * buckets, (GAUGE.inFlight + 1) * buckets);
      return (busy.findLastIndex((integral) => integral > 0) * bucketMs) / 1000;
    });
    // Nothing is lost at the begin but the first gap, of 1/30 s.
    expectMean(emptyAtS, 10 + ((30 - 10) * 10) / 10, 2);
  });
});

/** The mean of a level between two moments on the bounds of buckets. */
function levelBetween(record: ReplicationRecord, gauge: number, fromS: number, toS: number): number {
  const { gaugesOverTime, buckets, bucketMs } = record;
  const column = gaugesOverTime.subarray(gauge * buckets, (gauge + 1) * buckets);
  const part = column.subarray(Math.round((fromS * 1000) / bucketMs), Math.round((toS * 1000) / bucketMs));
  return part.reduce((sum, integral) => sum + integral, 0) / ((toS - fromS) * 1000);
}
