import { describe, expect, it } from "vitest";
import { figures } from "../../../src/analysis/figures";
import { FAILURE_KINDS, STAGES } from "../../../src/analysis/result-types";
import { series } from "../../../src/analysis/series";
import { FAILURE, STAGE } from "../../../src/engine/record/replication-record";
import { readScenario } from "../../../src/scenario/read-scenario";
import { withSizes } from "../../../src/scenario/sizes";
import type { Scenario } from "../../../src/scenario/types";
import { type HandMade, handMadeRecord, TWO_FLEETS } from "../../support/hand-made-record";

function scenarioWith(document: object = {}): Scenario {
  const read = readScenario({ ...TWO_FLEETS, ...document });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.scenario;
}

const SCENARIO = scenarioWith();
const figuresOf = (made: readonly HandMade[], scenario = SCENARIO) =>
  figures(
    withSizes(scenario),
    made.map((one, replication) => handMadeRecord(scenario, { replication, ...one })),
    0,
  );
const seriesOf = (made: readonly HandMade[], scenario = SCENARIO) =>
  series(
    withSizes(scenario),
    made.map((one, replication) => handMadeRecord(scenario, { replication, ...one })),
    [],
  );

describe("the words of the result document", () => {
  it("are the engine's, in its order", () => {
    expect(FAILURE_KINDS).toEqual(Object.keys(FAILURE));
    expect(STAGES).toEqual(Object.keys(STAGE));
  });
});

describe("each endpoint's figures", () => {
  const { byEndpoint } = figuresOf([
    {
      requests: [
        { stages: { query: 100 } },
        { stages: { query: 300 } },
        { stages: { cpu: 50 }, endpoint: 1, fleet: 1 },
        { stages: { queue: 900 }, endpoint: 1, fleet: 1, failure: "timeout" },
      ],
      inFlight: 2,
    },
    { requests: [{ stages: { query: 100 } }, { stages: { cpu: 60 }, endpoint: 1, fleet: 1 }] },
  ]);

  it("are named as in the scenario, in its order", () => {
    expect(Object.keys(byEndpoint)).toEqual(["page", "report"]);
  });

  it("count its own requests over all replications", () => {
    expect(byEndpoint.page?.requests).toEqual({ sent: 5, ok: 3, failed: 0, inFlight: 2, failedByKind: {} });
    expect(byEndpoint.report?.requests).toEqual({
      sent: 3,
      ok: 2,
      failed: 1,
      inFlight: 0,
      failedByKind: { timeout: 1 },
    });
  });

  it("have its own latency, with the spread over replications", () => {
    expect(byEndpoint.page?.latencyMs.max.mean).toBe(300);
    expect(byEndpoint.page?.latencyMs.mean.mean).toBeCloseTo(500 / 3, 9);
    expect(byEndpoint.report?.latencyMs.mean.mean).toBeCloseTo(55, 9);
    expect(byEndpoint.report?.latencyMs.mean.ci95).not.toBeNull();
  });
});

describe("each fleet's figures", () => {
  const { byFleet } = figuresOf([
    {
      busyThreads: [[2, 4], [1]],
      requests: [
        { stages: { query: 100 }, dyno: 1 },
        { stages: { query: 100 }, dyno: 1 },
        { stages: { cpu: 50 }, endpoint: 1, fleet: 1, failure: "gave-up" },
      ],
    },
    { busyThreads: [[0, 2], [2]], requests: [{ stages: { query: 100 }, dyno: 0 }] },
  ]);

  it("count its own requests", () => {
    expect(Object.keys(byFleet)).toEqual(["web", "jobs"]);
    expect(byFleet.web?.requests).toMatchObject({ sent: 3, ok: 3 });
    expect(byFleet.jobs?.requests).toMatchObject({ sent: 1, failed: 1, failedByKind: { "gave-up": 1 } });
  });

  it("have one number per dyno, the mean over replications", () => {
    expect(byFleet.web?.perDyno).toEqual({ requests: [0.5, 1], busyThreads: [1, 3] });
    expect(byFleet.jobs?.perDyno.busyThreads).toEqual([1.5]);
  });
});

describe("retries and stale reads", () => {
  it("are summed over replications", () => {
    const { retries, staleReads } = figuresOf([{ retries: 3, staleReads: 1 }, { retries: 4 }]);
    expect([retries, staleReads]).toEqual([7, 1]);
  });
});

describe("a run that has not come to its end", () => {
  const scenario = scenarioWith({ slo: { p95Ms: 1, failureRate: 0.5 } });
  const partial = (nowMs: number, stoppedAtMs: number | null, made: HandMade = {}) =>
    figures(withSizes(scenario), [{ ...handMadeRecord(scenario, made), nowMs, stoppedAtMs }], 0);

  it("has measured as long as it was simulated after the warm-up", () => {
    expect([400, 1000, 2500, 4000].map((nowMs) => partial(nowMs, null).measuredS)).toEqual([0, 0, 1.5, 3]);
  });

  it("misses nothing during the warm-up", () => {
    expect(partial(900, null).slo).toEqual({ met: true, misses: [] });
    expect(partial(1500, null).slo.misses).toHaveLength(1);
  });

  it("meets no objective if it was broken off", () => {
    const fine: HandMade = { requests: [{ stages: { query: 0.5 } }] };
    expect(partial(4000, null, fine).slo).toEqual({ met: true, misses: [] });
    expect(partial(2500, 2500, fine).slo).toEqual({ met: false, misses: [] });
    expect(partial(800, 800).slo).toEqual({ met: false, misses: [] });
  });
});

describe("utilization", () => {
  const replicas = { count: 2, plan: { vcpus: 4, memoryMb: 1e9, monthlyUsd: 0, connectionLimit: 50 } };
  const scenario = scenarioWith({
    database: { plan: { vcpus: 8, memoryMb: 1e9, monthlyUsd: 0, connectionLimit: 100 }, replicas },
    pooler: { enabled: true, connections: 20 },
  });

  it("of threads and processors is over all fleets", () => {
    const { utilization } = figuresOf(
      [{ busyThreads: [[2, 3], [1]], levels: { threads: 12, cpu: 0.6, cpuCapacity: 3 } }],
      scenario,
    );
    expect(utilization.threads).toBeCloseTo(0.5, 12);
    expect(utilization.cpu).toBeCloseTo(0.2, 12);
  });

  it("of the database is of the primary's processors and connections", () => {
    const { utilization } = figuresOf([{ levels: { databaseCpu: 2, databaseConnections: 30 } }], scenario);
    expect(utilization.databaseCpu).toBeCloseTo(0.25, 12);
    expect(utilization.databaseConnections).toBeCloseTo(0.3, 12);
  });

  it("of the replicas is of those that are up", () => {
    const { utilization } = figuresOf(
      [{ levels: { replicas: 2, replicaConnections: 25, replicaCpu: 6 } }],
      scenario,
    );
    expect(utilization.replicaConnections).toBeCloseTo(0.25, 12);
    expect(utilization.replicaCpu).toBeCloseTo(0.75, 12);
    expect(figuresOf([{ levels: { databaseCpu: 1 } }]).utilization).toMatchObject({
      replicaConnections: 0,
      replicaCpu: 0,
    });
  });

  it("of the poolers, one before each server, is that of the busiest", () => {
    expect(figuresOf([{ poolersBusy: [5, 15, 0] }], scenario).utilization.pooler).toBeCloseTo(15 / 20, 12);
    const seconds = { poolersBusy: [15, 5, 0] };
    expect(
      figuresOf([{ poolersBusy: [5, 15, 0] }, seconds], scenario).utilization.pooler,
      "over all replications",
    ).toBeCloseTo(10 / 20, 12);
    expect(figuresOf([{}], scenario).utilization.pooler).toBe(0);
  });

  it("is of the limits in force at each moment, where the timeline changes them", () => {
    const { warmupS, durationS } = scenario.run;
    const middle = (warmupS + durationS) / 2;
    const changing: Scenario = {
      ...scenario,
      timeline: [
        { atS: middle, do: "set", path: "pooler.connections", value: 60 },
        { atS: middle, do: "set", path: "database.plan.vcpus", value: 24 },
        { atS: middle, do: "set", path: "database.plan.connectionLimit", value: 300 },
      ],
    };
    const { utilization } = figuresOf(
      [{ levels: { databaseCpu: 4, databaseConnections: 100 }, poolersBusy: [10, 0, 0] }],
      changing,
    );
    expect(utilization.pooler).toBeCloseTo(10 / 40, 12);
    expect(utilization.databaseCpu).toBeCloseTo(4 / 16, 12);
    expect(utilization.databaseConnections).toBeCloseTo(100 / 200, 12);
    const early = { ...changing, timeline: changing.timeline.map((entry) => ({ ...entry, atS: 0 })) };
    expect(
      figuresOf([{ poolersBusy: [10, 0, 0] }], early).utilization.pooler,
      "before the measured window",
    ).toBeCloseTo(10 / 60, 12);
  });

  it("of a pooler is of the time when it is on", () => {
    const { warmupS, durationS } = scenario.run;
    const late: Scenario = {
      ...scenario,
      pooler: { ...scenario.pooler, enabled: false },
      timeline: [{ atS: (warmupS + durationS) / 2, do: "set", path: "pooler.enabled", value: true }],
    };
    expect(figuresOf([{ poolersBusy: [5, 0, 0] }], late).utilization.pooler).toBeCloseTo(0.5, 12);
  });

  it("of the pools is that of the fuller role", () => {
    const levels = { checkedOut: 25, poolSlots: 40, readCheckedOut: 19, readPoolSlots: 20 };
    expect(figuresOf([{ levels }], scenario).utilization.pool).toBeCloseTo(19 / 20, 12);
    expect(figuresOf([{ levels: { checkedOut: 10, poolSlots: 40 } }], scenario).utilization.pool).toBe(0.25);
  });
});

describe("peaks", () => {
  it("tell the balancers' own lines apart", () => {
    expect(figuresOf([{ levels: { queued: 9, balancerQueued: 7 } }]).peaks).toMatchObject({
      queued: 9,
      balancerQueued: 7,
    });
  });
});

describe("series of the whole model", () => {
  const scenario = scenarioWith({
    database: {
      plan: { vcpus: 8, memoryMb: 1e9, monthlyUsd: 0, connectionLimit: 100 },
      replicas: { count: 2 },
    },
  });
  const levels = {
    cpu: 1,
    cpuCapacity: 4,
    databaseCpu: 2,
    replicas: 2,
    replicaConnections: 30,
    replicaCpu: 4,
    balancerQueued: 3,
  };
  const both = seriesOf(
    [{ levels, busyThreads: [[2, 3], [1]] }, { levels: { ...levels, cpu: 3 } }],
    scenario,
  );

  it("are fractions of the processors, and connections of one replica", () => {
    expect(both.cpu[7]).toBeCloseTo(0.5, 12);
    expect(both.databaseCpu[7]).toBeCloseTo(0.25, 12);
    expect(both.replicaCpu[7]).toBeCloseTo(0.25, 12);
    expect(both.replicas[7]).toBeCloseTo(2, 12);
    expect(both.replicaConnections[7]).toBeCloseTo(15, 12);
    expect(both.balancerQueued[7]).toBeCloseTo(3, 12);
  });

  it("are 0 where there is nothing of the kind", () => {
    const { cpu, replicas, replicaConnections, replicaCpu, balancerQueued } = seriesOf([{}]);
    for (const column of [cpu, replicas, replicaConnections, replicaCpu, balancerQueued])
      expect(new Set(column)).toEqual(new Set([0]));
  });

  it("show the dynos of all fleets, one after the other, of the first replication", () => {
    const { busyThreadsPerDyno, busyThreads, atS } = both;
    expect(busyThreadsPerDyno.length).toBe(3 * atS.length);
    expect([0, 1, 2].map((dyno) => busyThreadsPerDyno[dyno * atS.length + 7])).toEqual([2, 3, 1]);
    expect(busyThreads[7]).toBeCloseTo(3, 12);
  });
});
