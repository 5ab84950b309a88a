import { describe, expect, it } from "vitest";
import { readScenario } from "../../../src/scenario/read-scenario";
import type { Scenario } from "../../../src/scenario/types";
import { ruledOutBy } from "../../../src/study/rule-out";

/** 20 threads ÷ 0.1 s: at most 200 requests a second, in a run of which 100 s are measured. */
function scenarioOf(parts: object): Scenario {
  const result = readScenario({
    schema: 1,
    run: { durationS: 110, warmupS: 10 },
    slo: { p95Ms: 500, failureRate: 0 },
    workloads: [{ name: "users", kind: "closed", clients: 50, thinkMs: 0 }],
    endpoints: [{ name: "page", steps: [{ kind: "wait", ms: 100 }] }],
    edge: { maxConnections: null },
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
    // 130 ÷ 200 s = 650 ms, a quarter more than 500 ms is 625.
    [130, {}, {}, true],
    [120, {}, {}, false],
    // Thinking is no waiting: 130 ÷ 200 s − 0.1 s.
    [130, { thinkMs: 100 }, {}, false],
    [150, { thinkMs: 100 }, {}, true],
    [130, {}, limits(600, 0), false],
    // One in ten may fail, and its client then does nothing for a second: 0.1 ÷ 0.9 s less.
    [130, { afterFailureMs: 1_000 }, limits(500, 0.1), false],
    [150, { afterFailureMs: 1_000 }, limits(500, 0.1), true],
  ])("for %i clients %j with %j", (clients, more, slo, isOut) => {
    expect(ruledOutBy(scenarioOf({ ...closed(clients, more), ...slo }))).toBe(isOut ? BY_QUEUEING : null);
  });
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
