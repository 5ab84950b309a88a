import { describe, expect, it } from "vitest";
import type { ResultFigures } from "../../src/analysis/result-types";
import { summarize } from "../../src/analysis/summarize";
import { findPreset } from "../../src/scenario/presets";
import { readScenario } from "../../src/scenario/read-scenario";
import { withSizes } from "../../src/scenario/sizes";
import { replications } from "../support/theory-runs";

/*
 * What carwow reports of connection pooling on Heroku ("Scaling Ruby on Rails on Heroku with Connection Pooling", 2021), and what follows from its
 * numbers by arithmetic: a request is 500 ms of query and 500 ms of other waiting on one of 10 threads of a dyno, its connection held throughout;
 * routing is random; the database takes 240 connections, the pooler has 90.
 */
interface Trial {
  readonly dynos: number;
  readonly clients: number;
  readonly pooler?: boolean;
  readonly balancer?: string;
  /** A trial of the article lasts 45 s, of which 5 s are the warm-up. */
  readonly durationS?: number;
}

function trial({
  dynos,
  clients,
  pooler = false,
  balancer = "random",
  durationS = 45,
}: Trial): ResultFigures {
  const base = findPreset("carwow-pooling")?.scenario;
  if (base === undefined) throw new Error("The preset is gone");
  const document = {
    schema: 1,
    run: { durationS },
    workloads: [{ name: "hey", clients }],
    fleets: [{ name: "web", dynos, balancer }],
    pooler: { enabled: pooler },
  };
  const result = readScenario(document, base);
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.sentence).join("\n"));
  const { scenario } = result;
  return summarize(withSizes(scenario), replications(scenario), 0).figures;
}

function mean(estimate: { readonly mean: number | null }): number {
  return estimate.mean ?? Number.NaN;
}

describe("A1: one dyno; queue time grows once the clients exceed its 10 threads", () => {
  // Everything happens on a lattice of seconds, so a window that cuts it elsewhere is off by no more than what is under way at its
  // ends: `clients` requests of one second more or less. 1,000 s make that little.
  const MEASURED_S = 1000;

  it.each([
    { clients: 5, throughput: 5, latencyMs: 1000, queueMs: 0 },
    { clients: 10, throughput: 10, latencyMs: 1000, queueMs: 0 },
    { clients: 15, throughput: 10, latencyMs: 1500, queueMs: 500 },
    { clients: 20, throughput: 10, latencyMs: 2000, queueMs: 1000 },
  ])(
    "$clients clients: $throughput requests a second, mean latency $latencyMs ms, mean queue time $queueMs ms",
    ({ clients, throughput, latencyMs, queueMs }) => {
      const figures = trial({ dynos: 1, clients, durationS: MEASURED_S + 5 });
      const answered = throughput * MEASURED_S;
      expect(Math.abs(mean(figures.throughputPerSecond) - throughput)).toBeLessThanOrEqual(
        clients / MEASURED_S,
      );
      expect(Math.abs(mean(figures.latencyMs.mean) - latencyMs)).toBeLessThanOrEqual(
        (1000 * clients) / answered,
      );
      expect(Math.abs(mean(figures.queueMs.mean) - queueMs)).toBeLessThanOrEqual((1000 * clients) / answered);
      expect(figures.requests.failed).toBe(0);
      expect(figures.queueMs.max.mean).toBe(clients > 10 ? 1000 : 0);
    },
  );
});

describe("A4: as many clients as threads, no pooler; every thread comes to hold a connection", () => {
  it("12 dynos take all 120 connections that the plan advertises, and nothing fails", () => {
    const { requests, peaks } = trial({ dynos: 12, clients: 120 });
    expect(peaks.databaseConnections).toBe(120);
    expect(requests.failed).toBe(0);
  });

  it("24 dynos take all 240 that the database gives, and nothing fails", () => {
    const { requests, peaks } = trial({ dynos: 24, clients: 240 });
    expect(peaks.databaseConnections).toBe(240);
    expect(requests.failed).toBe(0);
  });

  it("25 dynos want 250: the first failures, all of them refused connections", () => {
    const { requests, peaks } = trial({ dynos: 25, clients: 250 });
    expect(peaks.databaseConnections).toBe(240);
    expect(requests.failed).toBeGreaterThan(0);
    expect(requests.failedByKind).toEqual({ "connection-refused": requests.failed });
  });

  it("30 dynos: more of them", () => {
    const at25 = trial({ dynos: 25, clients: 250 }).failureRate;
    const at30 = trial({ dynos: 30, clients: 300 }).failureRate;
    expect(at30.ci95?.[0]).toBeGreaterThan(at25.ci95?.[1] ?? 1);
  });
});

describe("A6: 200 clients on ever more dynos", () => {
  it("without the pooler the success rate falls with every dyno added", () => {
    const [at25, at50, at75] = [25, 50, 75].map((dynos) => trial({ dynos, clients: 200 }).failureRate.ci95);
    expect(at25?.[0]).toBeGreaterThan(0);
    expect(at50?.[0]).toBeGreaterThan(at25?.[1] ?? 1);
    expect(at75?.[0]).toBeGreaterThan(at50?.[1] ?? 1);
  });

  it.each([25, 50, 75])("with the pooler %i dynos have 100 %% success, on 90 connections", (dynos) => {
    const { requests, peaks, latencyMs } = trial({ dynos, clients: 200, pooler: true });
    expect(requests.failed).toBe(0);
    expect(peaks.databaseConnections).toBe(90);
    // 200 clients are 20 more than 90 connections can serve in a second each: latency creeps over it.
    expect(latencyMs.mean.ci95?.[0]).toBeGreaterThan(1000);
    expect(mean(latencyMs.mean)).toBeLessThan(1200);
  });
});

describe("A7: the pooler turns failure into slowness", () => {
  const MEASURED_S = 40;
  const CONNECTIONS = 90;
  /** 90 connections, each query 500 ms. */
  const CAPACITY = CONNECTIONS / 0.5;
  /** Connections answer together every half second: a window can hold one such moment more or less than its share. */
  const EDGE = CONNECTIONS / MEASURED_S;

  it.each([90, 150, 180, 200, 270, 450])("%i clients: never more than 180 requests a second", (clients) => {
    const figures = trial({ dynos: 75, clients, pooler: true });
    expect(mean(figures.throughputPerSecond)).toBeLessThanOrEqual(CAPACITY + EDGE);
    expect(figures.requests.failed).toBe(0);
    expect(figures.peaks.databaseConnections).toBe(CONNECTIONS);
  });

  it.each([90, 150, 180])("%i clients: latency stays at one second", (clients) => {
    const figures = trial({ dynos: 75, clients, pooler: true, balancer: "least-outstanding" });
    expect(Math.abs(mean(figures.throughputPerSecond) - clients)).toBeLessThanOrEqual(clients / MEASURED_S);
    // Beside the two half seconds there is the pooler itself, a tenth of a millisecond.
    expect(mean(figures.latencyMs.mean)).toBeCloseTo(1000.1, 6);
  });

  it.each([200, 270, 360, 450])("%i clients: mean latency is clients ÷ 180 per s", (clients) => {
    const figures = trial({ dynos: 75, clients, pooler: true, balancer: "least-outstanding" });
    expect(Math.abs(mean(figures.throughputPerSecond) - CAPACITY)).toBeLessThanOrEqual(EDGE);
    const exactMs = (1000 * clients) / CAPACITY;
    expect(Math.abs(mean(figures.latencyMs.mean) - exactMs)).toBeLessThanOrEqual((EDGE / CAPACITY) * exactMs);
  });
});
