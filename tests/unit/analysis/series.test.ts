import { describe, expect, it } from "vitest";
import type { RunSummary } from "../../../src/analysis/result-types";
import { summarize } from "../../../src/analysis/summarize";
import { compile, Simulation } from "../../../src/engine";
import { findPreset } from "../../../src/scenario/presets";
import { withSizes } from "../../../src/scenario/sizes";
import type { Scenario } from "../../../src/scenario/types";
import { summaryOf } from "../../support/judged";
import { type TinyScenario, tiny } from "../../support/tiny-scenarios";

const wait = (ms: number): object => ({ kind: "wait", ms });
const ONCE = { thinkMs: 1e6 };
const run = (parts: TinyScenario): RunSummary => summaryOf(tiny(parts));

/** Where a column is not 0 (nor nothing), with its values there. */
function filled(column: Float64Array): Record<number, number> {
  return Object.fromEntries([...column.entries()].filter(([, value]) => value !== 0 && !Number.isNaN(value)));
}

const total = (column: Float64Array): number => column.reduce((sum, value) => sum + value, 0);

describe("the series", () => {
  it("cut the run into buckets of a round width", () => {
    const { series } = run({});
    expect(series.bucketS).toBe(0.01);
    expect([series.atS.length, series.atS[0], series.atS[1], series.atS[399]]).toEqual([400, 0, 0.01, 3.99]);
  });

  it("count what was sent, answered and failed in each bucket, warm-up included", () => {
    const { series } = run({
      run: { durationS: 4, warmupS: 3 },
      closed: { clients: 3, ...ONCE },
      steps: [wait(250)],
      edge: { timeoutMs: 400 },
      fleet: { backlog: 1 },
    });
    expect(filled(series.sent)).toEqual({ 0: 3 });
    expect(filled(series.ok)).toEqual({ 25: 1 });
    expect(filled(series.failed)).toEqual({ 0: 1, 40: 1 });
    expect(Object.keys(series.failedByKind)).toEqual(["timeout", "backlog-full"]);
    expect(filled(series.failedByKind.timeout ?? new Float64Array())).toEqual({ 40: 1 });
  });

  it("are means per replication", () => {
    const { series } = run({
      run: { replications: 3 },
      closed: { clients: 2, ...ONCE },
      steps: [wait(250)],
      fleet: { threads: 2 },
    });
    expect([filled(series.sent), filled(series.ok)]).toEqual([{ 0: 2 }, { 25: 2 }]);
  });

  it("average levels over each bucket's time", () => {
    const { series } = run({
      closed: { clients: 3, ...ONCE },
      steps: [{ kind: "query", ms: 15 }],
      fleet: { threads: 1, dynos: 2 },
    });
    // Two run from 0 to 15, the third from 15 to 30.
    expect(filled(series.inFlight)).toEqual({ 0: 3, 1: 2, 2: 1 });
    expect(filled(series.queued)).toEqual({ 0: 1, 1: 0.5 });
    expect(filled(series.busyThreads)).toEqual({ 0: 2, 1: 1.5, 2: 1 });
    expect(filled(series.databaseActive)).toEqual({ 0: 2, 1: 1.5, 2: 1 });
    expect(Array.from(series.databaseConnections.subarray(0, 4))).toEqual([2, 2, 2, 2]);
    expect(new Set(series.dynos)).toEqual(new Set([2]));
  });

  it("show each dyno's busy threads, of the first replication", () => {
    const scenario = tiny({
      run: { replications: 2 },
      closed: { clients: 4 },
      steps: [{ kind: "wait", ms: { dist: "exponential", mean: 50 } }],
      fleet: { dynos: 2, threads: 3, balancer: "random" },
    });
    const both = summaryOf(scenario).series;
    const first = summaryOf({ ...scenario, run: { ...scenario.run, replications: 1 } }).series;
    expect(both.busyThreadsPerDyno).toEqual(first.busyThreadsPerDyno);
    expect(first.busyThreadsPerDyno.length).toBe(2 * 400);
    first.busyThreads.forEach((busy, bucket) => {
      const rows = (first.busyThreadsPerDyno[bucket] ?? 0) + (first.busyThreadsPerDyno[400 + bucket] ?? 0);
      expect(rows).toBeCloseTo(busy, 9);
    });
  });

  it("show a pooler's clients and line", () => {
    const { series } = run({
      closed: { clients: 3, ...ONCE },
      steps: [{ kind: "query", ms: 20 }],
      fleet: { threads: 3 },
      pooler: { connections: 1 },
    });
    expect(series.poolerClients[5]).toBe(3);
    expect(
      Array.from(series.poolerQueued.subarray(0, 5), (value) => Math.round(value * 1000) / 1000),
    ).toEqual([2, 2, 1, 1, 0]);
    expect(series.databaseConnections[5]).toBe(1);
  });

  it("give percentiles by the time of the answer, and nothing where there is none", () => {
    const { series } = run({ closed: { clients: 4, ...ONCE }, steps: [wait(100)], fleet: { threads: 2 } });
    for (const column of [series.p50, series.p95, series.p99, series.max]) {
      expect(Object.keys(filled(column))).toEqual(["10", "20"]);
      expect(column[10]).toBeGreaterThan(100 / 1.005);
      expect(column[10]).toBeLessThan(100 * 1.005);
    }
    expect(series.max[20]).toBe(200);
    expect(series.queueP95[10]).toBe(0);
    expect((series.queueP95[20] ?? 0) / 100).toBeCloseTo(1, 2);
    expect(series.p50[0]).toBeNaN();
    expect(series.queueP50[0]).toBeNaN();
  });

  it("have percentiles in order, in every bucket", () => {
    const scenario = findPreset("carwow-pooling")?.scenario;
    if (scenario === undefined) throw new Error("no preset");
    const { series } = summaryOf(scenario);
    series.p50.forEach((p50, bucket) => {
      if (Number.isNaN(p50)) return;
      const row = [p50, series.p75[bucket], series.p90[bucket], series.p95[bucket], series.p99[bucket]].map(
        (p) => p ?? 0,
      );
      expect(row).toEqual([...row].sort((a, b) => a - b));
      expect((row.at(-1) ?? 0) / (series.max[bucket] ?? 0)).toBeLessThan(1.005);
    });
  });

  it("add up to what was counted in all", () => {
    const scenario: Scenario = {
      ...tiny({
        run: { replications: 3 },
        open: { requestsPerSecond: 300 },
        fleet: { threads: 5, backlog: 9 },
      }),
    };
    const { series, figures } = summaryOf(scenario);
    expect(total(series.sent) * 3).toBeCloseTo(figures.simulatedRequests, 6);
    expect(total(series.ok) * 3).toBeCloseTo(figures.requests.ok, 6);
    expect(total(series.failed) * 3).toBeCloseTo(figures.requests.failed, 6);
    const byKind = Object.values(series.failedByKind).reduce((sum, column) => sum + total(column), 0);
    expect(byKind).toBeCloseTo(total(series.failed), 6);
  });

  it("of a run still under way end where it has come to", () => {
    const scenario = tiny({ closed: { clients: 2 }, fleet: { threads: 2 } });
    const simulation = new Simulation(compile(withSizes(scenario)), 0);
    simulation.advance(1005);
    const { series } = summarize(withSizes(scenario), [simulation.record()], 0);
    expect([series.inFlight[99], series.inFlight[100]]).toEqual([2, 2]);
    expect(series.inFlight[101]).toBeNaN();
    expect(series.ok[101]).toBe(0);
  });

  it("of no record at all are empty", () => {
    const { series, distribution, heatmap } = summarize(withSizes(tiny({})), [], 0);
    expect([series.atS.length, distribution.counts.length, heatmap.density.length]).toEqual([0, 0, 0]);
  });
});

describe("the distribution of latency", () => {
  it("counts every measured success once, in the bin that holds it", () => {
    const { distribution, figures } = run({
      closed: { clients: 4, ...ONCE },
      steps: [wait(100)],
      fleet: { threads: 2 },
    });
    const { edgesMs, counts } = distribution;
    expect(edgesMs.length).toBe(counts.length + 1);
    expect(total(counts)).toBe(figures.requests.ok);
    const within = (ms: number): number =>
      counts.reduce(
        (sum, count, bin) => sum + ((edgesMs[bin] ?? 0) <= ms && ms < (edgesMs[bin + 1] ?? 0) ? count : 0),
        0,
      );
    expect([within(100), within(150), within(200)]).toEqual([2, 0, 2]);
    expect(edgesMs.every((edge, bin) => bin === 0 || edge > (edgesMs[bin - 1] ?? 0))).toBe(true);
  });

  it("begins at 0 where requests take no time", () => {
    const { distribution } = run({ steps: [wait(0)] });
    expect(distribution.edgesMs[0]).toBe(0);
    expect(total(distribution.counts)).toBe(4000);
  });
});

describe("latency over time", () => {
  it("counts every success in its bucket and bin, per replication", () => {
    const { heatmap } = run({
      run: { replications: 2 },
      closed: { clients: 4, ...ONCE },
      steps: [wait(100)],
      fleet: { threads: 2 },
    });
    const { edgesMs, density } = heatmap;
    const bins = edgesMs.length - 1;
    expect(density.length).toBe(bins * 400);
    const cells = [...density.entries()]
      .filter(([, count]) => count > 0)
      .map(([at, count]) => {
        const bin = Math.floor(at / 400);
        return { bucket: at % 400, count, from: edgesMs[bin] ?? 0, to: edgesMs[bin + 1] ?? 0 };
      });
    expect(cells.map(({ bucket, count }) => [bucket, count])).toEqual([
      [10, 2],
      [20, 2],
    ]);
    for (const { bucket, from, to } of cells) {
      expect(from).toBeLessThanOrEqual(bucket * 10);
      expect(to).toBeGreaterThan(bucket * 10);
    }
  });
});
