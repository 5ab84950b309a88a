import { describe, expect, it } from "vitest";
import { readScenario } from "../../../src/scenario/read-scenario";
import type { Scenario } from "../../../src/scenario/types";
import { ruledOutBy } from "../../../src/study/rule-out";

/** 20 threads ÷ 0.1 s: at most 200 requests a second, in a run of which 100 s are measured; none takes longer than a second. */
function scenarioOf(parts: object): Scenario {
  const result = readScenario({
    schema: 1,
    run: { durationS: 110, warmupS: 10 },
    slo: { p95Ms: 500, failureRate: 0 },
    workloads: [{ name: "users", kind: "closed", clients: 50, thinkMs: 0 }],
    endpoints: [{ name: "page", steps: [{ kind: "wait", ms: 100 }] }],
    edge: { maxConnections: null, timeoutMs: 1_000 },
    fleets: [{ name: "web", dynos: 4, threads: 5 }],
    ...parts,
  });
  expect(result.ok ? [] : result.problems).toEqual([]);
  return result.scenario;
}

const closed = (clients: number, more: object = {}) => ({
  workloads: [{ name: "users", kind: "closed", clients, thinkMs: 0, ...more }],
});
const open = (requestsPerSecond: number, more: object = {}) => ({
  workloads: [{ name: "site", kind: "open", requestsPerSecond, ...more }],
});
const limits = (p95Ms: number | null, failureRate: number | null) => ({ slo: { p95Ms, failureRate } });

const BY_QUEUEING =
  "by the laws of queueing a request takes longer than the objective allows, however lucky its way";
const KILLED = "processes and threads need more than twice the memory of a dyno, which is then killed";

describe("the law of a closed network: R ≥ N ÷ X − Z", () => {
  it.each<[clients: number, more: object, slo: object, isOut: boolean]>([
    // 95 % take up to 500 ms and the others up to 1 s: 525 ms on average. 106 ÷ 200 s = 530 ms.
    [106, {}, {}, true],
    [105, {}, {}, false],
    // Thinking is no waiting: 125 ÷ 200 s − 0.1 s.
    [125, { thinkMs: 100 }, {}, false],
    [126, { thinkMs: 100 }, {}, true],
    // The slowest 1 % may take longer still: 505 ms.
    [102, {}, { slo: { p99Ms: 500, failureRate: 0 } }, true],
    [106, {}, limits(600, 0), false],
    // One in ten may fail, after a second, and its client then does nothing for a second: 0.1 ÷ 0.9 × 2 s less.
    [149, { afterFailureMs: 1_000 }, limits(500, 0.1), false],
    [150, { afterFailureMs: 1_000 }, limits(500, 0.1), true],
    // The same where it tries again after 250, 500 and 1,000 ms.
    [149, { retries: { attempts: 3, backoffMs: 250, backoffFactor: 2 } }, limits(500, 0.1), false],
    [150, { retries: { attempts: 3, backoffMs: 250, backoffFactor: 2 } }, limits(500, 0.1), true],
  ])("for %i clients %j with %j", (clients, more, slo, isOut) => {
    expect(ruledOutBy(scenarioOf({ ...closed(clients, more), ...slo }))).toBe(isOut ? BY_QUEUEING : null);
  });
});

it("a system is not ruled out whose few slow requests make the mean larger than its p95", () => {
  // 3 % work for a minute and fail after half of it: simulated, p95 is 180 ms, and 3.1 % fail.
  const ms = { dist: "empirical", values: [10, 60_000], weights: [0.97, 0.03] };
  const endpoints = [{ name: "page", steps: [{ kind: "wait", ms }] }];
  const fleets = [{ name: "web", dynos: 80, threads: 5 }];
  const parts = { endpoints, fleets, edge: { maxConnections: null, timeoutMs: 30_000 } };
  expect(ruledOutBy(scenarioOf({ ...closed(400), ...parts, ...limits(1_400, 0.05) }))).toBeNull();
});

it("where the balancer has a line of its own, a request may take as much longer as it waits there", () => {
  const fleets = [{ name: "web", dynos: 4, threads: 5, maxOutstandingPerDyno: 5 }];
  const within = (queueTimeoutMs: number | null) =>
    ruledOutBy(
      scenarioOf({
        ...closed(110),
        fleets,
        edge: { maxConnections: null, timeoutMs: 1_000, queueTimeoutMs },
      }),
    );
  // 110 ÷ 200 s = 550 ms; 525 ms on average are allowed, and 575 ms where the slowest may wait a second before.
  expect(within(0.001)).toBe(BY_QUEUEING);
  expect(within(1_000)).toBeNull();
  expect(within(null)).toBeNull();
});

describe("the law of a line that grows", () => {
  it.each<[perSecond: number, more: object, slo: object, isOut: boolean]>([
    // 250 less 4 × √(250 ÷ 100 s) come for sure, of which 200 are served: half of 18 % of 100 s is waited on average.
    [250, {}, {}, true],
    [199, {}, {}, false],
    // As few as that may come by chance.
    [203, {}, {}, false],
    // A fifth may fail: the rest is served.
    [250, {}, limits(500, 0.2), false],
    [400, {}, limits(500, 0.2), true],
    // 9 s, and not more.
    [250, {}, limits(9_000, 0), false],
    // When they come matters.
    [
      250,
      {
        profile: [
          [0, 0.1],
          [110, 1.9],
        ],
      },
      {},
      false,
    ],
    [
      250,
      {
        trace: [
          [0, 0],
          [110, 500],
        ],
      },
      {},
      false,
    ],
  ])("for %i requests a second %j with %j", (perSecond, more, slo, isOut) => {
    expect(ruledOutBy(scenarioOf({ ...open(perSecond, more), ...slo }))).toBe(isOut ? BY_QUEUEING : null);
  });

  it("says nothing where only some of the requests wait", () => {
    const endpoints = [
      { name: "page", fleet: "web", steps: [{ kind: "wait", ms: 20 }] },
      { name: "report", fleet: "jobs", steps: [{ kind: "wait", ms: 1_000 }] },
    ];
    const fleets = [
      { name: "web", dynos: 4, threads: 5 },
      { name: "jobs", dynos: 1, threads: 1 },
    ];
    const rare = { mix: { page: 0.97, report: 0.03 } };
    expect(ruledOutBy(scenarioOf({ endpoints, fleets, ...open(100, rare) }))).toBeNull();
  });
});

describe("dynos that are killed", () => {
  const fleet = (processes: number, name = "web") => ({
    name,
    dynos: 4,
    processes,
    threads: 5,
    dynoType: { vcpus: 1, memoryMb: 512, monthlyUsd: 0 },
    memory: { perProcessMb: 300, perThreadMb: 0 },
  });

  it("serve nothing: over twice their memory", () => {
    expect(ruledOutBy(scenarioOf({ fleets: [fleet(3)] }))).toBeNull();
    expect(ruledOutBy(scenarioOf({ fleets: [fleet(4)] }))).toBe(KILLED);
  });

  it("say nothing where there are others to serve, or nobody asks", () => {
    const endpoints = [{ name: "page", fleet: { web: 0.5, jobs: 0.5 }, steps: [{ kind: "wait", ms: 100 }] }];
    expect(ruledOutBy(scenarioOf({ endpoints, fleets: [fleet(4), fleet(1, "jobs")] }))).toBeNull();
    expect(ruledOutBy(scenarioOf({ endpoints, fleets: [fleet(4), fleet(4, "jobs")] }))).toBe(KILLED);
    expect(ruledOutBy(scenarioOf({ fleets: [fleet(4)], ...closed(0) }))).toBeNull();
  });
});

describe("nothing is ruled out", () => {
  const hopeless = { ...closed(10_000) };

  it.each<[why: string, parts: object]>([
    ["without a limit on failures, since a system may shed the rest", limits(500, null)],
    ["without a limit on latency", limits(null, 0)],
    ["where all may fail", limits(500, 1)],
    [
      "where a fleet grows by itself",
      { fleets: [{ name: "web", dynos: 4, threads: 5, autoscaler: { min: 1, max: 100 } }] },
    ],
    [
      "where something happens by plan",
      { timeline: [{ atS: 1, do: "set", path: "fleets.web.dynos", value: 100 }] },
    ],
  ])("%s", (_why, parts) => {
    expect(ruledOutBy(scenarioOf(hopeless))).toBe(BY_QUEUEING);
    expect(ruledOutBy(scenarioOf({ ...hopeless, ...parts }))).toBeNull();
  });
});
