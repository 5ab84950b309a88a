import { describe, expect, it, vi } from "vitest";
import type { Estimate, ResultFigures } from "../../src/analysis/result-types";
import { summarize } from "../../src/analysis/summarize";
import { compile, ENGINE_VERSION, Simulation } from "../../src/engine";
import { readScenario } from "../../src/scenario/read-scenario";
import { withSizes } from "../../src/scenario/sizes";
import { once } from "../support/once";

vi.setConfig({ testTimeout: 60_000 });

/*
 * Numbers that people have seen: a shared link opens to the same ones, to the last bit. Should a change of the engine or of the statistics be meant to
 * give others, raise ENGINE_VERSION, run `npx vitest run --project node tests/golden/engine --update`, and look at what the difference of
 * engine.json says. A change that was not meant to give others must not touch that file.
 */
const RUNS: Readonly<Record<string, object>> = {
  "constant times, random routing, connections refused": {
    run: { durationS: 45, warmupS: 5, seed: 1, replications: 3 },
    workloads: [{ name: "hey", kind: "closed", clients: 200 }],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "query", ms: 500 },
          { kind: "wait", ms: 500 },
        ],
      },
    ],
    fleets: [{ name: "web", dynos: 25, dynoType: "standard-2x" }],
    database: { plan: "standard-0" },
  },
  "exponential times behind a pooler, with thinking": {
    run: { durationS: 60, warmupS: 7.5, seed: 9007199254740991, replications: 3 },
    workloads: [{ name: "users", kind: "closed", clients: 120, thinkMs: { dist: "exponential", mean: 250 } }],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "query", ms: { dist: "exponential", mean: 100 }, count: 3 },
          { kind: "wait", ms: { dist: "exponential", mean: 300 } },
        ],
      },
    ],
    fleets: [
      {
        name: "web",
        balancer: "least-outstanding",
        dynos: 12,
        processes: 2,
        threads: 5,
        pool: { hold: "query" },
      },
    ],
    pooler: { enabled: true, connections: 20, overheadMs: 0.5, waitTimeoutMs: 1500 },
  },
  "open traffic, every other distribution, timeouts and a bounded backlog": {
    run: { durationS: 120, warmupS: 10, seed: 42, replications: 3 },
    workloads: [{ name: "site", kind: "open", requestsPerSecond: 60 }],
    endpoints: [
      {
        name: "page",
        steps: [
          { kind: "wait", ms: { dist: "uniform", min: 10, max: 40 } },
          { kind: "query", ms: { dist: "lognormal", mean: 60, cv: 1.5 } },
          { kind: "wait", ms: { dist: "lognormal", p50: 20, p99: 400 } },
          { kind: "query", ms: { dist: "gamma", mean: 40, cv: 0.7 } },
          { kind: "wait", ms: { dist: "gamma", mean: 20, cv: 2 } },
          { kind: "query", ms: { dist: "hyperexponential", mean: 50, cv: 3 } },
          { kind: "wait", ms: { dist: "pareto", mean: 30, shape: 2.2 } },
          { kind: "wait", ms: { dist: "empirical", values: [5, 25, 700], weights: [70, 29, 1] } },
        ],
      },
    ],
    edge: { timeoutMs: 1200, maxConnections: 200 },
    fleets: [
      {
        name: "web",
        balancer: "power-of-two",
        dynos: 6,
        threads: 4,
        backlog: 8,
        pool: { size: 3, checkoutTimeoutMs: 400, idleTimeoutS: 2, reapEveryS: 1 },
      },
    ],
  },
  "several workloads, endpoints and fleets, processors, retries, the balancer's line, replicas": {
    run: { durationS: 60, warmupS: 10, seed: 7, replications: 3 },
    workloads: [
      {
        name: "site",
        kind: "open",
        requestsPerSecond: 60,
        mix: { page: 0.7, order: 0.3 },
        retries: { attempts: 2 },
        giveUpAfterMs: 2500,
      },
      { name: "users", kind: "closed", clients: 20, thinkMs: 100, journey: ["page", "page", "order"] },
      { name: "heartbeat", kind: "burst", clients: 100, everyMs: 5000, mix: { page: 1 } },
      {
        name: "log",
        kind: "replay",
        endpoint: "order",
        requests: [
          [15_000, [5, 30]],
          [15_001, [400, 900]],
        ],
      },
    ],
    endpoints: [
      {
        name: "page",
        fleet: { web: 0.5, api: 0.5 },
        steps: [
          { kind: "cpu", ms: { dist: "exponential", mean: 20 } },
          { kind: "query", ms: 10, cpuMs: { dist: "exponential", mean: 2 }, count: 5 },
        ],
      },
      {
        name: "order",
        fleet: "api",
        steps: [
          { kind: "query", ms: 20, cpuMs: 5, access: "write" },
          { kind: "query", ms: 30, cpuMs: 10 },
        ],
      },
    ],
    edge: { timeoutMs: 2000, queueTimeoutMs: 500, maxConnections: 100 },
    fleets: [
      { name: "web", dynos: 2, threads: 5, runtime: "gvl", balancer: "least-outstanding", reads: "replicas" },
      {
        name: "api",
        dynos: 2,
        processes: 2,
        threads: 3,
        runtime: "parallel",
        maxOutstandingPerDyno: 5,
        reads: "replicas",
        dynoType: { vcpus: 1.5, memoryMb: 512, monthlyUsd: 10 },
      },
    ],
    database: { contention: { alpha: 0.02, beta: 0.001 }, replicas: { count: 2, routing: "per-query" } },
  },
};

/** Sign, exponent and mantissa of a double in hexadecimal, and the number for the eye. */
function bits(value: number | null): string {
  if (value === null) return "null";
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  return `${view.getBigUint64(0).toString(16).padStart(16, "0")} ${value}`;
}

function estimateBits({ mean, ci95 }: Estimate): object {
  return { mean: bits(mean), from: bits(ci95?.[0] ?? null), to: bits(ci95?.[1] ?? null) };
}

function figuresOf(document: object): ResultFigures {
  const result = readScenario({ schema: 1, ...document });
  if (!result.ok) throw new Error(result.problems.map((problem) => problem.sentence).join("\n"));
  const { scenario } = result;
  const sized = withSizes(scenario);
  const plan = compile(sized);
  const records = Array.from({ length: scenario.run.replications }, (_, replication) => {
    const simulation = new Simulation(plan, replication);
    simulation.advance(plan.durationMs);
    return simulation.record();
  });
  return summarize(sized, records, 0).figures;
}

function pinned(figures: ResultFigures): object {
  const { requests, latencyMs, queueMs, stagesMs, utilization } = figures;
  const numbers = (record: Readonly<Record<string, number | null>>): object =>
    Object.fromEntries(Object.entries(record).map(([name, value]) => [name, bits(value)]));
  return {
    simulatedRequests: figures.simulatedRequests,
    requests,
    peaks: figures.peaks,
    throughputPerSecond: estimateBits(figures.throughputPerSecond),
    failureRate: estimateBits(figures.failureRate),
    latencyMs: Object.fromEntries(
      Object.entries(latencyMs).map(([name, value]) => [name, estimateBits(value)]),
    ),
    queueMs: { mean: estimateBits(queueMs.mean), p95: estimateBits(queueMs.p95) },
    stagesMs: numbers(stagesMs),
    utilization: numbers(utilization),
  };
}

const figures = new Map(
  Object.entries(RUNS).map(([name, document]) => [name, once(() => figuresOf(document))]),
);

describe("golden results", () => {
  it("are what they were, to the last bit", async () => {
    const runs = Array.from(figures, ([name, of]) => [name, pinned(of())]);
    const golden = { engine: ENGINE_VERSION, ...Object.fromEntries(runs) };
    await expect(`${JSON.stringify(golden, null, 2)}\n`).toMatchFileSnapshot("engine.json");
  });

  it("are of runs in which something happens", () => {
    const all = Array.from(figures.values(), (of) => of().requests);
    for (const requests of all) expect(requests.ok).toBeGreaterThan(1000);
    const kinds = all.flatMap((requests) => Object.keys(requests.failedByKind));
    expect(kinds).toEqual(expect.arrayContaining(["connection-refused", "timeout", "backlog-full"]));
  });
});
