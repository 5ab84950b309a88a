import { describe, expect, it } from "vitest";
import type { Scenario } from "../../../src/scenario/types";
import { ceiling } from "../../../src/study/bounds";
import { Configuration } from "../../../src/study/configuration";
import { labelled, linesOf, page, plainScenario } from "../../support/bound-scenarios";
import { localSimulator } from "../../support/local-simulator";

const QUERY = { kind: "query", ms: 50, cpuMs: 20 };
/** A database of so many processors and connections. */
const plan = (vcpus: number, connectionLimit: number) => ({
  plan: { vcpus, memoryMb: 1e6, monthlyUsd: 0, connectionLimit },
  reservedConnections: 0,
});
const MANY = [{ name: "web", dynos: 100, threads: 100, processes: 1, pool: { size: 100 } }];

describe("what the fullest resource serves", () => {
  it.each<[what: string, parts: object, perSecond: number, because: string]>([
    // 4 × 5 ÷ 0.1 s.
    ["threads", {}, 200, "20 threads ÷ 100 ms of work"],
    // One process of Ruby on each of 4 dynos computes at a time: 4 ÷ 0.02 s.
    [
      "processors of dynos",
      {
        ...page({ kind: "cpu", ms: 20 }, { kind: "wait", ms: 5 }),
        fleets: [{ name: "web", dynos: 4, threads: 5, dynoType: { vcpus: 4, memoryMb: 1e6, monthlyUsd: 0 } }],
      },
      200,
      "the processors of the dynos, always busy",
    ],
    // 4 pools of 2 ÷ 0.05 s.
    [
      "connections of pools",
      {
        ...page(QUERY),
        database: plan(64, 100),
        fleets: [{ name: "web", dynos: 4, threads: 5, pool: { size: 2 } }],
      },
      160,
      "8 connections of the pools ÷ 50 ms of queries",
    ],
    // 10 ÷ 0.05 s.
    [
      "connections of the database",
      { ...page(QUERY), fleets: MANY, database: plan(64, 10) },
      200,
      "10 connections of the database ÷ 50 ms of queries",
    ],
    // 2 ÷ 0.02 s.
    [
      "processors of the database",
      { ...page(QUERY), fleets: MANY, database: plan(2, 1_000) },
      100,
      "the database's processors, always busy",
    ],
    // 3 ÷ 0.05 s.
    [
      "connections of the pooler",
      { ...page(QUERY), fleets: MANY, database: plan(64, 1_000), pooler: { enabled: true, connections: 3 } },
      60,
      "the pooler's server connections, always busy",
    ],
    [
      "what the pooler passes",
      {
        ...page({ ...QUERY, count: 2 }),
        fleets: MANY,
        database: plan(64, 1_000),
        pooler: { enabled: true, connections: 900, capacityPerSecond: 100 },
      },
      50,
      "what the pooler's one thread passes",
    ],
    // 3 replicas of 1 processor ÷ 0.02 s.
    [
      "processors of the replicas",
      {
        ...page({ ...QUERY, access: "read" }),
        fleets: [{ ...MANY[0], reads: "replicas" }],
        database: { ...plan(1, 1_000), replicas: { count: 3 } },
      },
      150,
      "the replicas' processors, always busy",
    ],
  ])("is %s", (_what, parts, perSecond, because) => {
    const top = ceiling(plainScenario(parts));
    expect(top.perSecond).toBeCloseTo(perSecond, 6);
    expect(top.because).toBe(because);
  });

  it("is without end where a request needs nothing", () => {
    expect(ceiling(plainScenario(page({ kind: "wait", ms: 0 })))).toEqual({
      perSecond: Infinity,
      because: "nothing",
    });
  });

  it("of a fleet holds all requests back as far as its own are a part of them", () => {
    const top = ceiling(
      plainScenario({
        endpoints: [
          { name: "page", fleet: "web", steps: [{ kind: "wait", ms: 100 }] },
          { name: "report", fleet: "jobs", steps: [{ kind: "wait", ms: 1_000 }] },
        ],
        workloads: [{ name: "users", kind: "closed", clients: 50, mix: { page: 0.9, report: 0.1 } }],
        fleets: [
          { name: "web", dynos: 10, threads: 10 },
          { name: "jobs", dynos: 1, threads: 5 },
        ],
      }),
    );
    // 5 ÷ 1 s of a tenth of all.
    expect(top.perSecond).toBeCloseTo(50, 6);
    expect(top.because).toBe("5 threads of jobs ÷ 1.00 s of work");
  });
});

describe("the lines of a closed network", () => {
  const closed = plainScenario({
    workloads: [{ name: "users", kind: "closed", clients: 50, thinkMs: { dist: "exponential", mean: 900 } }],
  });
  const lines = linesOf(closed, [10, 100, 500]);

  it("are its asymptotes: X ≤ N ÷ (Z + D) and X ≤ X max", () => {
    expect(labelled(lines, "no more than its clients ask for")).toEqual({
      label: "no more than its clients ask for",
      of: "throughput",
      because: "Asymptotic bound: clients ÷ (900 ms of thinking + 100 ms of work)",
      points: [
        [10, 10],
        [100, 100],
        [500, 500],
      ],
    });
    expect(labelled(lines, "no more than its fullest resource serves")).toMatchObject({
      of: "throughput",
      because: "Utilisation law: 20 threads ÷ 100 ms of work = at most 200/s",
      points: [
        [10, 200],
        [100, 200],
        [500, 200],
      ],
    });
  });

  it("are R ≥ D and R ≥ N ÷ X max − Z", () => {
    // 500 ÷ 200 s − 0.9 s.
    expect(labelled(lines, "no less than the clients make each other wait")).toMatchObject({
      of: "mean",
      points: [
        [10, 100],
        [100, 100],
        [500, 1_600],
      ],
    });
  });

  it("are not drawn where the load changes by itself", () => {
    const profile = [
      [0, 1],
      [30, 2],
    ];
    const wave = plainScenario({ workloads: [{ name: "users", kind: "closed", clients: 50, profile }] });
    const labels = linesOf(wave, [10, 100]).map(({ label }) => label);
    expect(labels).toEqual(["no more than its fullest resource serves", "no less than its own work"]);
  });
});

describe("the lines of an open workload", () => {
  const open = (parts: object = {}) => ({
    workloads: [{ name: "site", kind: "open", requestsPerSecond: 20, ...parts }],
  });

  it("are what is offered, and each request's own work", () => {
    const lines = linesOf(plainScenario(open()), [10, 300]);
    expect(lines.map(({ label }) => label)).toEqual([
      "no more than its fullest resource serves",
      "no more than is offered",
      "no less than its own work",
    ]);
    expect(labelled(lines, "no more than is offered")?.points).toEqual([
      [10, 10],
      [300, 300],
    ]);
    expect(labelled(lines, "no less than its own work")?.points).toEqual([
      [10, 100],
      [300, 100],
    ]);
  });

  it("have a request for each step of a visit", () => {
    const lines = linesOf(plainScenario(open({ journey: ["page", "page", "page"] })), [10]);
    expect(labelled(lines, "no more than is offered")?.points).toEqual([[10, 30]]);
  });
});

describe("lines for requests of several kinds", () => {
  /** Nine in ten are quick; the rest keeps one thread of another fleet busy that serves one a second. */
  const twoFleets = {
    endpoints: [
      { name: "page", fleet: "web", steps: [{ kind: "wait", ms: 20 }] },
      { name: "report", fleet: "jobs", steps: [{ kind: "wait", ms: 1_000 }] },
    ],
    fleets: [
      { name: "web", dynos: 4, threads: 5 },
      { name: "jobs", dynos: 1, threads: 1 },
    ],
  };
  const mix = { page: 0.9, report: 0.1 };
  const FULLEST = "no more than its fullest resource serves";

  it("say nothing of a resource that holds back only some of what comes by itself", async () => {
    const scenario = plainScenario({
      ...twoFleets,
      run: { durationS: 30, warmupS: 5 },
      edge: { maxConnections: null, timeoutMs: null },
      workloads: [{ name: "site", kind: "open", requestsPerSecond: 50, mix }],
    });
    expect(labelled(linesOf(scenario, [50]), FULLEST)).toBeUndefined();
    // A tenth of all is 5 a second, of which 1 is served: all 45 others are.
    expect(await throughputOf(scenario)).toBeGreaterThan(40);
    expect(ceiling(scenario).perSecond).toBeCloseTo(10, 6);
  });

  it("say it of threads that each of them needs", () => {
    const workloads = [{ name: "site", kind: "open", requestsPerSecond: 50, mix }];
    const endpoints = twoFleets.endpoints.map((endpoint) => ({ ...endpoint, fleet: "web" }));
    // 20 ÷ (0.9 × 0.02 s + 0.1 × 1 s).
    const line = labelled(linesOf(plainScenario({ ...twoFleets, endpoints, workloads }), [50]), FULLEST);
    expect(line?.points[0]?.[1]).toBeCloseTo(20 / 0.118, 6);
  });

  it("say it of what holds back the clients of a closed network, who wait for each other's turn", () => {
    const workloads = [{ name: "users", kind: "closed", clients: 50, mix }];
    const line = labelled(linesOf(plainScenario({ ...twoFleets, workloads }), [50]), FULLEST);
    expect(line?.points[0]?.[1]).toBeCloseTo(10, 6);
  });

  it("add up what clients ask for who think for different times", async () => {
    const scenario = plainScenario({
      run: { durationS: 12, warmupS: 2 },
      fleets: [{ name: "web", dynos: 4, threads: 50 }],
      workloads: [
        { name: "robots", kind: "closed", clients: 10, thinkMs: 0, startSpreadMs: 0 },
        { name: "people", kind: "closed", clients: 10, thinkMs: 900, startSpreadMs: 0 },
      ],
    });
    const line = labelled(linesOf(scenario, [20, 40]), "no more than its clients ask for");
    // 10 ÷ 0.1 s + 10 ÷ 1 s.
    expect(line?.points).toEqual([
      [20, 110],
      [40, 220],
    ]);
    expect(await throughputOf(scenario)).toBeCloseTo(110, 0);
  });
});

async function throughputOf(scenario: Scenario): Promise<number> {
  const configuration = new Configuration(scenario);
  await localSimulator().simulate(configuration.missing(1), (_, record) => configuration.keep(0, record));
  return configuration.measures.throughput.mean ?? 0;
}
