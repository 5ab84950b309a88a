import { describe, expect, it } from "vitest";
import { breakdown } from "../../../src/analysis/breakdown";
import type { StageBreakdown } from "../../../src/analysis/result-types";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import { type HandMadeRequest, handMadeRecord } from "../../support/hand-made-record";

const SCENARIO = DEFAULT_SCENARIO;
const of = (...replications: readonly (readonly HandMadeRequest[])[]): StageBreakdown[] =>
  breakdown(replications.map((requests, replication) => handMadeRecord(SCENARIO, { replication, requests })));
const times = (count: number, request: HandMadeRequest): HandMadeRequest[] =>
  Array.from({ length: count }, () => request);

const QUICK: HandMadeRequest = { stages: { query: 80, wait: 20 } };
const QUEUED: HandMadeRequest = { stages: { queue: 900, query: 80, wait: 20 } };

describe("where the time goes", () => {
  it("is told of the mean request and of three percentiles, in that order", () => {
    expect(of(times(4, QUICK)).map((row) => row.of)).toEqual(["mean", "p50", "p95", "p99"]);
  });

  it("is nothing where nobody succeeded", () => {
    expect(of([{ ...QUICK, failure: "timeout" }])).toEqual([]);
    expect(of()).toEqual([]);
  });

  it("of the mean request is the mean of each stage", () => {
    const [mean] = of(times(3, QUICK), [QUEUED]);
    expect(mean?.totalMs).toBeCloseTo(325, 9);
    expect(mean?.stagesMs.queue).toBeCloseTo(225, 9);
    expect(mean?.stagesMs.query).toBeCloseTo(80, 9);
    expect(mean?.stagesMs.cpu).toBe(0);
  });

  it("of a percentile is that of the requests near it, not of all", () => {
    const [, p50, p95] = of(
      [...times(45, QUICK), ...times(5, QUEUED)],
      [...times(45, QUICK), ...times(5, QUEUED)],
    );
    expect(p50).toMatchObject({ totalMs: 100, stagesMs: { queue: 0, query: 80, wait: 20 } });
    expect(p95?.totalMs).toBe(1000);
    expect(p95?.stagesMs.queue).toBeCloseTo(900, 9);
    expect(p95?.stagesMs.query).toBeCloseTo(80, 9);
  });

  it("averages requests of about the same latency, and adds up to the percentile exactly", () => {
    // 1000 to 1030 ms share a row of the profile, but not a bin of the histogram.
    const near = Array.from({ length: 101 }, (_, i) => ({ stages: { queue: 500 + 0.3 * i, query: 500 } }));
    const [, p50] = of(near);
    const sum = Object.values(p50?.stagesMs ?? {}).reduce((total, ms) => total + ms, 0);
    expect(sum).toBeCloseTo(p50?.totalMs ?? Number.NaN, 9);
    expect((p50?.totalMs ?? 0) / 1015).toBeCloseTo(1, 2);
    expect((p50?.stagesMs.queue ?? 0) / 515).toBeCloseTo(1, 2);
  });

  it("is 0 in every stage for requests that take no time", () => {
    for (const row of of(times(3, { stages: {} }))) {
      expect(row.totalMs).toBe(0);
      expect(new Set(Object.values(row.stagesMs))).toEqual(new Set([0]));
    }
  });
});
