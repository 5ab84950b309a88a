import { describe, expect, it } from "vitest";
import {
  cutMeans,
  cutPeaks,
  cutPercentiles,
  cutTime,
  nearestPoint,
  wholeRun,
} from "../../../src/ui/charts/cut-columns";
import { drawnBins } from "../../../src/ui/charts/drawn-bins";
import { rowAt, rowsBetween } from "../../../src/ui/charts/heat-image";
import { distributionModel } from "../../../src/ui/charts/models/distribution-model";
import { plotRows } from "../../../src/ui/charts/plot-rows";
import { boundedWindow, zoomedIn, zoomedOut } from "../../../src/ui/charts/zoom";
import { chartSummary } from "../../support/chart-summary-fixture";

const { NaN: NOTHING } = Number;

describe("cutting columns", () => {
  const summary = chartSummary({ buckets: 400, bucketS: 0.2 });

  it("keeps to the most points, fewer in a preview", () => {
    expect(cutTime(summary, wholeRun(summary), false, "every").x).toHaveLength(200);
    expect(cutTime(summary, wholeRun(summary), true, "every").x).toHaveLength(100);
  });

  it("takes a second per point where it is calm, and every bucket of a short window", () => {
    const cut = cutTime(summary, wholeRun(summary), false, "calm");
    expect(cut).toMatchObject({ size: 5, widthS: 1 });
    expect(cut.x[0]).toBeCloseTo(0.5);
    const near = cutTime(summary, { fromS: 10, toS: 20 }, false, "calm");
    expect(near).toMatchObject({ size: 1, first: 49 });
    expect(near.x).toHaveLength(52);
  });

  it("means counts, and takes percentiles from the bucket in the middle by answers", () => {
    const cut = {
      x: new Float64Array(2),
      widthS: 3,
      size: 3,
      first: 0,
      window: { fromS: 0, toS: 6 },
      warmupS: 0,
      runS: 6,
      events: [],
      stoppedAtS: null,
    };
    expect([...cutMeans(Float64Array.of(1, 2, 3, 4, 6), cut)]).toEqual([2, 5]);
    const p95 = Float64Array.of(900, 100, NOTHING, NOTHING, NOTHING);
    expect([...cutPercentiles(p95, Float64Array.of(1, 50, 0, 0, 0), cut)]).toEqual([100, NOTHING]);
    expect([...cutPeaks(p95, cut)]).toEqual([900, NOTHING]);
  });

  it("finds the nearest point", () => {
    const x = Float64Array.of(0.5, 1.5, 2.5);
    expect([-3, 0.9, 1.1, 99].map((at) => nearestPoint(x, at))).toEqual([0, 0, 1, 2]);
    expect(nearestPoint(new Float64Array(0), 1)).toBe(-1);
  });
});

describe("rows for drawing", () => {
  it("bridge a short gap, and interrupt the line at a long one", () => {
    const x = Float64Array.from({ length: 12 }, (_, i) => i);
    const values = x.map((at) => ([0, 3, 11].includes(at) ? at * 10 : NOTHING));
    const drawn = plotRows(x, [{ values }], false).map(({ s0 }) => s0);
    expect(drawn.slice(0, 5)).toEqual([0, 10, 20, 30, null]);
    expect(drawn[10]).toBeNull();
  });

  it("leave out what a logarithmic axis cannot show", () => {
    const rows = plotRows(Float64Array.of(0, 1), [{ values: Float64Array.of(0, 5) }], true);
    expect(rows.map(({ s0 }) => s0)).toEqual([null, 5]);
  });
});

describe("zooming", () => {
  const whole = { fromS: 0, toS: 45 };

  it("keeps the time under the cursor where it is", () => {
    expect(zoomedIn(whole, 30)).toEqual({ fromS: 15, toS: 37.5 });
    expect(zoomedOut({ fromS: 15, toS: 37.5 }, 30)).toEqual({ fromS: 0, toS: 45 });
  });

  it("stays inside the run and shows at least four buckets", () => {
    expect(boundedWindow({ fromS: -5, toS: 10 }, whole, 0.2)).toEqual({ fromS: 0, toS: 15 });
    expect(boundedWindow({ fromS: 44.9, toS: 45 }, whole, 0.2)).toEqual({ fromS: 44.2, toS: 45 });
    expect(boundedWindow({ fromS: -50, toS: 100 }, whole, 0.2)).toBeNull();
  });
});

describe("heat maps", () => {
  const axis = { kind: "ms", edgesMs: Float64Array.of(10, 20, 40, 80) } as const;

  it("find the row at a latency", () => {
    expect([5, 10, 39, 40, 79, 80].map((ms) => rowAt({ axis, rows: 3 }, ms))).toEqual([-1, 0, 1, 2, 2, -1]);
  });

  it("find the rows in a band", () => {
    expect(rowsBetween({ axis, rows: 3 }, 15, 30)).toEqual({ first: 0, end: 2 });
    expect(rowsBetween({ axis, rows: 3 }, 1, 1000)).toEqual({ first: 0, end: 3 });
    expect(rowsBetween({ axis, rows: 3 }, 80, 90)).toEqual({ first: 0, end: 0 });
  });

  it("find the dyno at a place", () => {
    expect(
      [0.4, 0.6, 3.4, 3.6].map((at) => rowAt({ axis: { kind: "rows", groups: [] }, rows: 3 }, at)),
    ).toEqual([-1, 0, 2, -1]);
  });
});

describe("bins as they are drawn", () => {
  it.each(["linear", "log"] as const)("hold all answers on a %s axis", (scale) => {
    const summary = chartSummary();
    const view = {
      summary,
      baseline: chartSummary({ seed: 3, latencyMs: 300 }),
      isPreview: false,
      latencyScale: scale,
      toggled: new Set<string>(),
      zoom: null,
      columnWidth: 540,
    };
    const bins = drawnBins(distributionModel(view), scale);
    const sum = (column: Float64Array | null) =>
      (column ?? new Float64Array(0)).reduce((one, other) => one + other, 0);
    expect(sum(bins.shares)).toBeCloseTo(1);
    expect(sum(bins.baseline)).toBeCloseTo(1);
    expect(bins.below.at(-1)).toBeCloseTo(1);
  });

  it("leave out a long tail on a linear axis, and say how much", () => {
    const edgesMs = Float64Array.of(0, 100, 200, 29_900, 30_000);
    const model = {
      ...distributionModel({
        summary: { ...chartSummary(), distribution: { edgesMs, counts: Float64Array.of(500, 9495, 0, 5) } },
        baseline: null,
        isPreview: false,
        latencyScale: "linear",
        toggled: new Set<string>(),
        zoom: null,
        columnWidth: 540,
      }),
    };
    const bins = drawnBins(model, "linear");
    expect(bins.edgesMs.at(-1)).toBeLessThan(300);
    expect(bins.axisTitle).toContain("0.05 % took longer");
  });
});
