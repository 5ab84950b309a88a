import { describe, expect, it } from "vitest";
import { FAILURE_PLACES, type FailurePlace } from "../../../../src/analysis/result-types";
import { stateInBucket, stateOfLevels } from "../../../../src/analysis/system-state";
import { ELSEWHERE } from "../../../../src/engine/record/replication-record";
import { summaryOf } from "../../../support/judged";
import { begin, failures, type TinyScenario, tiny } from "../../../support/tiny-scenarios";

/** Reads of 100 ms, twenty a second. */
const reading: TinyScenario = {
  durationS: 20,
  open: { requestsPerSecond: 20, arrivals: "paced" },
  steps: [{ kind: "query", ms: 100 }],
  fleet: { dynos: 1, threads: 50, reads: "replicas" },
  pool: { size: 50 },
};
const server = (connectionLimit: number) => ({ vcpus: 8, memoryMb: 1e9, monthlyUsd: 0, connectionLimit });

function elsewhere(parts: TinyScenario): Partial<Record<FailurePlace, number>> {
  const simulation = begin(parts);
  simulation.advance(Number.POSITIVE_INFINITY);
  const { failedElsewhereOverTime: over, buckets } = simulation.record();
  const counts = FAILURE_PLACES.map((place) => {
    const row = ELSEWHERE[place];
    return [place, over.subarray(row * buckets, (row + 1) * buckets).reduce((sum, n) => sum + n, 0)] as const;
  });
  return Object.fromEntries(counts.filter(([, count]) => count > 0));
}

/** All that failed, by kind. */
function failed(parts: TinyScenario): ReturnType<typeof failures> {
  const simulation = begin(parts);
  simulation.advance(Number.POSITIVE_INFINITY);
  return failures(simulation.record());
}

it("the places where databases fail are the engine's, in its order", () => {
  expect(FAILURE_PLACES).toEqual(Object.keys(ELSEWHERE));
  expect(Object.values(ELSEWHERE)).toEqual([0, 1, 2]);
});

describe("a request that fails for want of a connection", () => {
  it.each(["dns", "per-query"])("to a replica (%s) failed there", (routing) => {
    const parts: TinyScenario = {
      ...reading,
      steps: [{ kind: "query", ms: 1000 }],
      database: { plan: server(1000), replicas: { count: 1, plan: server(5), routing } },
    };
    const count = failed(parts)["connection-refused"];
    expect(count).toBeGreaterThan(20);
    expect(elsewhere(parts)).toEqual({ refusedByReplica: count });
  });

  it("to the primary failed at the primary", () => {
    const parts: TinyScenario = {
      ...reading,
      steps: [{ kind: "query", ms: 1000, access: "write" }],
      database: { plan: server(5), replicas: { count: 1, plan: server(1000) } },
    };
    expect(failed(parts)["connection-refused"]).toBeGreaterThan(20);
    expect(elsewhere(parts)).toEqual({});
  });
});

describe("a request that fails because a server is down", () => {
  const crashing: TinyScenario = {
    ...reading,
    steps: [{ kind: "query", ms: 1000 }],
    database: {
      plan: server(1000),
      memoryPerConnectionMb: 100,
      crashOnMemory: true,
      recoveryS: 5,
      replicas: { count: 1, plan: { ...server(1000), memoryMb: 1000 } },
    },
  };

  it("failed at the replica, if that is the one", () => {
    expect(failed(crashing)["database-down"]).toBeGreaterThan(20);
    expect(elsewhere(crashing)).toEqual({ replicaDown: failed(crashing)["database-down"] });
  });

  it("sees that replica down, in the state of a bucket too", () => {
    const { replicas, primary } = stateInBucket(summaryOf(tiny(crashing)), 60) ?? {};
    expect(primary?.isUp).toBe(true);
    expect(replicas?.map(({ isUp }) => isUp)).toEqual([false]);
  });

  const restarted: TinyScenario = {
    ...reading,
    fleet: { dynos: 1, threads: 50 },
    timeline: [{ atS: 5, do: "restartDatabase", downS: 2 }],
  };

  it("failed at the primary while that is down", () => {
    expect(failed(restarted)["database-down"]).toBeGreaterThan(20);
    expect(elsewhere(restarted)).toEqual({});
  });

  it("failed at the pooler once the primary is back and the pooler has not noticed", () => {
    const pooled = { ...restarted, pooler: { connections: 10, loginRetryS: 5 } };
    const late = elsewhere(pooled).poolerCannotLogIn ?? 0;
    const all = failed(pooled)["database-down"] ?? 0;
    // 20 a second, for 2 s at the primary and for 3 s more at the pooler.
    expect(all).toBeGreaterThan(95);
    expect(late).toBeGreaterThan(55);
    expect(late).toBeLessThan(65);
  });

  it("is seen in the state of a running system", () => {
    const scenario = tiny({ ...restarted, pooler: { connections: 10, loginRetryS: 5 } });
    const simulation = begin({ ...restarted, pooler: { connections: 10, loginRetryS: 5 } });
    simulation.advance(8000);
    const earlier = simulation.levels();
    simulation.advance(9000);
    const state = stateOfLevels(scenario, simulation.levels(), earlier);
    expect(state.failedPerSecond["database-down"]).toBeCloseTo(20, 6);
    expect(state.failedElsewherePerSecond).toEqual({ poolerCannotLogIn: expect.closeTo(20, 6) });
  });
});
