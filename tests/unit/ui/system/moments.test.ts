import { describe, expect, it } from "vitest";
import type { RunSummary, SeriesColumns } from "../../../../src/analysis/result-types";
import { stateInBucket } from "../../../../src/analysis/system-state";
import {
  bucketsPerMoment,
  momentAt,
  momentCount,
  runAtMoment,
  timeText,
  worstMoment,
} from "../../../../src/ui/system/moments";
import { chartSummary } from "../../../support/chart-summary-fixture";

/** A column that is 0 but for some buckets. */
function spikes(buckets: number, values: Readonly<Record<number, number>>): Float64Array {
  return Float64Array.from({ length: buckets }, (_, bucket) => values[bucket] ?? 0);
}

function withSeries(summary: RunSummary, series: Partial<SeriesColumns>): RunSummary {
  return { ...summary, series: { ...summary.series, ...series } };
}

/** 60 s in buckets of a fifth, of which 10 s are warm-up. */
const RUN = chartSummary({ buckets: 300, bucketS: 0.2, dynos: 3 });
const NOTHING = spikes(300, {});
const QUIET = withSeries(RUN, {
  failed: NOTHING,
  queued: NOTHING,
  checkoutQueued: NOTHING,
  poolerQueued: NOTHING,
});

describe("moments", () => {
  it("are a second long, like the points of the charts", () => {
    expect(bucketsPerMoment(RUN.series)).toBe(5);
    expect(momentCount(RUN.series)).toBe(60);
  });

  it("are single buckets in a run that is short, or has long ones", () => {
    expect(bucketsPerMoment(chartSummary({ buckets: 100, bucketS: 0.2 }).series)).toBe(1);
    expect(bucketsPerMoment(chartSummary({ buckets: 1000, bucketS: 86.4 }).series)).toBe(1);
  });

  it("are found again at their share of another run", () => {
    expect(momentAt(0, RUN.series)).toBe(0);
    expect(momentAt(0.5, RUN.series)).toBe(30);
    expect(momentAt(1, RUN.series)).toBe(59);
  });

  it("are the last simulated one while a run has not come so far", () => {
    const inFlight = RUN.series.inFlight.map((level, bucket) => (bucket < 52 ? level : Number.NaN));
    const { series } = withSeries(RUN, { inFlight });
    expect(momentAt(0.5, series)).toBe(10);
    expect(momentAt(0.1, series)).toBe(6);
    expect(momentAt(0.5, { ...series, inFlight: inFlight.map(() => Number.NaN) })).toBe(-1);
  });
});

describe("the worst moment", () => {
  it("is where most fails", () => {
    const failed = spikes(300, { 100: 3, 152: 4, 153: 4, 220: 5 });
    expect(worstMoment(withSeries(RUN, { failed }))).toEqual({ moment: 30, of: "Most failures" });
  });

  it("is not in the warm-up", () => {
    const failed = spikes(300, { 4: 50, 100: 1 });
    expect(worstMoment(withSeries(RUN, { failed })).moment).toBe(20);
  });

  it("is where most wait, wherever they do, when nothing fails", () => {
    const waiting = { queued: spikes(300, { 60: 20 }), poolerQueued: spikes(300, { 205: 9, 206: 12 }) };
    expect(worstMoment(withSeries(QUIET, waiting))).toEqual({ moment: 41, of: "Longest lines" });
  });

  it("is the end when nothing fails and nobody waits", () => {
    expect(worstMoment(QUIET)).toEqual({ moment: 59, of: "End of the run" });
  });

  it("is none when nothing has been simulated", () => {
    const inFlight = NOTHING.map(() => Number.NaN);
    expect(worstMoment(withSeries(QUIET, { inFlight })).moment).toBe(-1);
  });
});

describe("a run at one of its moments", () => {
  it("has the mean of each column over it", () => {
    const sent = spikes(300, { 150: 200 });
    const state = stateInBucket(runAtMoment(withSeries(RUN, { sent }), 30), 0);
    // 200 in one of five buckets of 0.2 s.
    expect(state?.sentPerSecond).toBe(200);
    expect(state?.atS).toBeCloseTo(30.5);
  });

  it("has each dyno's mean, and what it was in the end", () => {
    const busyThreadsPerDyno = Float64Array.from(
      { length: 900 },
      (_, cell) => Math.floor(cell / 300) + (cell % 5),
    );
    const statusPerDyno = Uint8Array.from({ length: 900 }, (_, cell) => (cell === 300 + 154 ? 4 : 2));
    const summary = withSeries(RUN, { busyThreadsPerDyno, statusPerDyno });
    const dynos = stateInBucket(runAtMoment(summary, 30), 0)?.fleets[0]?.dynos;
    expect(dynos?.map(({ busyThreads }) => busyThreads)).toEqual([2, 3, 4]);
    expect(dynos?.map(({ status }) => status)).toEqual(["up", "dead", "up"]);
  });

  it("takes what has been simulated of it, and is nothing where nothing was", () => {
    const cut = (column: Float64Array) => column.map((value, bucket) => (bucket < 152 ? value : Number.NaN));
    const series = {
      inFlight: cut(spikes(300, { 150: 10, 151: 30 })),
      statusPerDyno: new Uint8Array(900).fill(2),
    };
    const summary = withSeries(RUN, series);
    expect(stateInBucket(runAtMoment(summary, 30), 0)?.inFlight).toBe(20);
    expect(stateInBucket(runAtMoment(summary, 31), 0)).toBeNull();
    expect(stateInBucket(runAtMoment(summary, -1), 0)).toBeNull();
  });
});

describe("a time in words", () => {
  it("has the unit of its size", () => {
    expect([0.5, 12.5, 99, 750.2, 7199, 48_000].map(timeText)).toEqual([
      "0.5 s",
      "12.5 s",
      "99 s",
      "12 min 30 s",
      "119 min 59 s",
      "13 h 20 min",
    ]);
  });
});
