import { describe, expect, it } from "vitest";
import { capacity } from "../../../src/analysis/capacity";
import { contentionFactor, pacePerSecond } from "../../../src/analysis/contention";
import { flows } from "../../../src/analysis/traffic";
import { readScenario } from "../../../src/scenario/read-scenario";
import type { Scenario } from "../../../src/scenario/types";

function scenarioOf(document: object): Scenario {
  const read = readScenario({ schema: 1, ...document });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.scenario;
}

const query = (ms: number, more: object = {}): object => ({ kind: "query", ms, ...more });
const TWO = {
  endpoints: [
    { name: "page", fleet: "web", steps: [query(100, { cpuMs: 20, count: 2 }), { kind: "cpu", ms: 50 }] },
    { name: "save", fleet: { web: 0.5, jobs: 0.5 }, steps: [query(60, { cpuMs: 30, access: "write" })] },
  ],
  fleets: [
    { name: "web", dynos: 10, threads: 5, pool: { size: 3 } },
    { name: "jobs", dynos: 2, threads: 4, processes: 2, dynoType: "performance-l" },
  ],
};
const mixed = (more: object = {}): Scenario =>
  scenarioOf({
    ...TWO,
    workloads: [{ name: "site", kind: "open", requestsPerSecond: 40, mix: { page: 0.75, save: 0.25 } }],
    ...more,
  });

/** What each flow asks for, as "workload endpoint fleet": requests per second. */
function asked(scenario: Scenario): Record<string, number> {
  return Object.fromEntries(
    flows(scenario).map(({ workload, endpoint, fleet, perSecond }) => [
      `${workload.name} ${endpoint.name} ${fleet.name}`,
      perSecond,
    ]),
  );
}

describe("the requests that workloads ask for", () => {
  it("are shared out by mix, and by an endpoint's fleets", () => {
    expect(asked(mixed())).toEqual({ "site page web": 30, "site save web": 5, "site save jobs": 5 });
  });

  it("of a journey are each of its endpoints, as often as they come", () => {
    const visits = { name: "visit", kind: "open", requestsPerSecond: 2, journey: ["page", "save", "page"] };
    expect(asked(mixed({ workloads: [visits] }))).toEqual({
      "visit page web": 4,
      "visit save web": 1,
      "visit save jobs": 1,
    });
  });

  it("of closed clients come as fast as they are answered without waiting, and at most once a millisecond", () => {
    const closed = { name: "users", kind: "closed", clients: 30, thinkMs: 50, mix: { page: 1 } };
    expect(asked(mixed({ workloads: [closed] }))).toEqual({ "users page web": 100 });
    const eager = { name: "users", kind: "closed", clients: 30 };
    const instant = {
      endpoints: [{ name: "page", steps: [{ kind: "wait", ms: 0 }] }],
      fleets: [{ name: "web" }],
      workloads: [eager],
    };
    expect(asked(scenarioOf(instant))).toEqual({ "users page web": 30_000 });
  });

  it("of bursts and of a record are their number over time", () => {
    const burst = { name: "beat", kind: "burst", clients: 300, everyMs: 30_000, mix: { page: 1 } };
    expect(asked(mixed({ workloads: [burst] }))).toEqual({ "beat page web": 10 });
    const requests = [
      [10, [40, 20]],
      [20, [60, 40]],
      [99_000, [900, 900]],
    ];
    const log = { name: "log", kind: "replay", endpoint: "page", requests };
    const scenario = mixed({ run: { durationS: 10, warmupS: 0 }, workloads: [log] });
    expect(asked(scenario)).toEqual({ "log page web": 0.2 });
    expect(flows(scenario)[0]?.stepMs).toEqual([1000 / 3, 320]);
  });

  it("of a traced rate are its mean over the run", () => {
    const traced = (trace: readonly (readonly number[])[]): number | undefined =>
      asked(
        mixed({
          run: { durationS: 20, warmupS: 0 },
          workloads: [{ name: "site", kind: "open", trace, mix: { page: 1 } }],
        }),
      )["site page web"];
    expect(traced([[0, 10]])).toBeCloseTo(10, 9);
    expect(
      traced([
        [0, 0],
        [10, 20],
      ]),
    ).toBeCloseTo(15, 9);
    expect(
      traced([
        [10, 20],
        [30, 40],
      ]),
    ).toBeCloseTo((200 + 250) / 20, 9);
  });
});

describe("the capacity of a fleet", () => {
  const { fleets, all, ...first } = capacity(mixed());
  const [web, jobs] = fleets;

  it("is for the mean of its own requests", () => {
    // Six of seven of web's are pages: 250 ms, 50 of them computing; the others save for 60 ms.
    expect(web?.workMs).toBeCloseTo((6 * 250 + 60) / 7, 9);
    expect(web?.cpuMs).toBeCloseTo((6 * 50) / 7, 9);
    expect(web?.queries).toBeCloseTo(13 / 7, 9);
    expect(jobs).toMatchObject({ workMs: 60, cpuMs: 0, queryMs: 60, queries: 1 });
    expect(web?.demandPerSecond).toBe(35);
    expect(all.workMs).toBeCloseTo(0.75 * 250 + 0.25 * 60, 9);
  });

  it("has the first fleet's in front", () => {
    expect(first.fleet).toBe(web?.fleet);
    expect(first.workMs).toBe(web?.workMs);
  });

  it("counts threads, connections and what they serve", () => {
    expect(web).toMatchObject({ threads: 50, threadsPerDyno: 5, poolConnections: 30, readConnections: 0 });
    expect(jobs).toMatchObject({ threads: 16, threadsPerDyno: 8, poolConnections: 16 });
    expect(jobs?.threadsPerSecond).toBeCloseTo(16 / 0.06, 9);
    expect(first.allPoolConnections).toBe(46);
  });

  it.each([
    ["gvl", 1, 0.5, 0.5],
    ["gvl", 2, 8, 2],
    ["gvl", 12, 8, 8],
    ["event-loop", 2, 8, 2],
    ["parallel", 2, 8, 8],
    ["parallel", 1, 8, 5],
  ])("has a ceiling of processors: %s, %d processes on %d", (runtime, processes, vcpus, ceiling) => {
    const dynoType = { vcpus, memoryMb: 1e6, monthlyUsd: 0 };
    const fleet = { name: "web", dynos: 10, threads: 5, processes, runtime, dynoType };
    const parts = capacity(
      scenarioOf({ endpoints: [{ name: "page", steps: [{ kind: "cpu", ms: 40 }] }], fleets: [fleet] }),
    );
    expect(parts.processorsPerDyno).toBe(ceiling);
    expect(parts.processorsPerSecond).toBeCloseTo((10 * ceiling) / 0.04, 9);
  });

  it("is less where memory is over quota, by as much", () => {
    const dynoType = { vcpus: 1, memoryMb: 200, monthlyUsd: 0 };
    const fleet = { name: "web", dynos: 1, threads: 5, dynoType };
    const parts = capacity(
      scenarioOf({ endpoints: [{ name: "page", steps: [{ kind: "cpu", ms: 40 }] }], fleets: [fleet] }),
    );
    expect(parts.memoryShare).toBe(1.5);
    expect(parts.processorsPerSecond).toBeCloseTo(25 / 1.5, 9);
  });

  it("is without limit for what nobody asks of it", () => {
    const idle = capacity(scenarioOf({ endpoints: [{ name: "page", steps: [{ kind: "wait", ms: 0 }] }] }));
    expect([
      idle.threadsPerSecond,
      idle.processorsPerSecond,
      idle.poolerPerSecond,
      idle.databasePerSecond,
    ]).toEqual([Infinity, Infinity, Infinity, Infinity]);
    expect(idle.poolConnections).toBe(0);
  });

  it("knows a request's work where no client sends one", () => {
    const none = { name: "users", kind: "closed", clients: 0, mix: { page: 1 } };
    expect(capacity(mixed({ workloads: [none] }))).toMatchObject({ workMs: 250, demandPerSecond: 0 });
  });
});

describe("the capacity of database and pooler", () => {
  const database = { plan: { vcpus: 4, memoryMb: 1e6, monthlyUsd: 0, connectionLimit: 100 } };
  const pooler = { enabled: true, connections: 30, capacityPerSecond: 1000 };

  it("is that of the primary for all requests", () => {
    const parts = capacity(mixed({ database, pooler }));
    // A request has 0.75 × 40 + 0.25 × 30 ms of computing, 0.75 × 200 + 0.25 × 60 ms in 0.75 × 2 + 0.25 queries.
    expect(parts.databasePerSecond).toBeCloseTo(4 / 0.0375, 9);
    expect(parts.poolerPerSecond).toBeCloseTo(30 / 0.165, 9);
    expect(parts.poolerPassesPerSecond).toBeCloseTo(1000 / 1.75, 9);
    expect(parts.replicasPerSecond).toBe(Infinity);
  });

  it("is shared with replicas for reads, while every replica repeats the writes", () => {
    const parts = capacity(
      mixed({
        database: { ...database, replicas: { count: 3 } },
        pooler,
        fleets: TWO.fleets.map((fleet) => ({ ...fleet, reads: "replicas" })),
      }),
    );
    expect(parts.databasePerSecond).toBeCloseTo(4 / 0.0075, 9);
    expect(parts.replicasPerSecond).toBeCloseTo(4 / (0.03 / 3 + 0.0075), 9);
    expect(parts.poolerPerSecond).toBeCloseTo(Math.min(30 / 0.015, 90 / 0.15), 9);
    expect(parts).toMatchObject({ poolConnections: 30, readConnections: 30 });
    expect(parts.fleets[1]).toMatchObject({ poolConnections: 16, readConnections: 0 });
    expect(parts.allReadConnections).toBe(30);
  });

  it("computes no longer than a query lasts", () => {
    const steps = [query(10, { cpuMs: 50 })];
    expect(capacity(scenarioOf({ endpoints: [{ name: "page", steps }] })).all.primaryCpuMs).toBe(10);
  });
});

describe("contention", () => {
  it("is the Universal Scalability Law", () => {
    expect(contentionFactor(1, { alpha: 0.3, beta: 0.1 })).toBe(1);
    expect(contentionFactor(5, { alpha: 0.3, beta: 0.1 })).toBeCloseTo(1 + 0.3 * 4 + 0.1 * 5 * 4, 12);
    expect(contentionFactor(0, { alpha: 0.3, beta: 0.1 })).toBe(1);
  });

  it("bounds the pace by queries that come round and by processors", () => {
    expect(pacePerSecond(2, 40, 20, 4, { alpha: 0, beta: 0 })).toBeCloseTo(50, 9);
    expect(pacePerSecond(100, 40, 20, 4, { alpha: 0, beta: 0 })).toBeCloseTo(200, 9);
    expect(pacePerSecond(11, 40, 20, 4, { alpha: 0.1, beta: 0 })).toBeCloseTo(100, 9);
    expect(pacePerSecond(3, 40, 0, 4, { alpha: 0.1, beta: 0 })).toBeCloseTo(75, 9);
  });
});
