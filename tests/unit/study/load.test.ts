import { describe, expect, it } from "vitest";
import { readScenario } from "../../../src/scenario/read-scenario";
import type { Scenario, Workload } from "../../../src/scenario/types";
import { type Load, loadOf } from "../../../src/study/load";

const closed = { name: "users", kind: "closed", clients: 10 };
const closedToo = { name: "robots", kind: "closed", clients: 30 };
const open = { name: "site", kind: "open", requestsPerSecond: 20 };
const openToo = { name: "api", kind: "open", requestsPerSecond: 60 };
const burst = { name: "cron", kind: "burst", clients: 8, everyMs: 1_000 };
const traced = {
  name: "day",
  kind: "open",
  trace: [
    [0, 10],
    [30, 40],
  ],
};
const replay = { name: "log", kind: "replay", endpoint: "page", requests: [[5, [20]]] };

function scenarioOf(...workloads: readonly object[]): Scenario {
  const endpoints = [{ name: "page", steps: [{ kind: "wait", ms: 20 }] }];
  const result = readScenario({ schema: 1, endpoints, workloads });
  expect(result.ok ? [] : result.problems).toEqual([]);
  return result.scenario;
}

function loadIn(...workloads: readonly object[]): Load {
  const load = loadOf(scenarioOf(...workloads));
  if (typeof load === "string") throw new Error(load);
  return load;
}

/** Clients, or requests a second, of each workload. */
const sizesOf = ({ workloads }: Scenario): unknown[] =>
  workloads.map((workload: Workload) => {
    if (workload.kind === "replay") return workload.requests;
    if (workload.kind === "open") return workload.trace ?? workload.requestsPerSecond;
    return workload.clients;
  });

describe("the load of a scenario", () => {
  it.each<[what: string, workloads: readonly object[], unit: string, now: number, isWhole: boolean]>([
    ["closed", [closed], "clients", 10, true],
    ["several closed", [closed, closedToo], "clients", 40, true],
    ["open", [open], "requestsPerSecond", 20, false],
    ["several open", [open, openToo], "requestsPerSecond", 80, false],
    ["burst", [burst], "factor", 1, false],
    ["closed and open", [closed, open], "factor", 1, false],
    ["traced", [traced], "factor", 1, false],
    ["traced beside open", [open, traced], "factor", 1, false],
  ])("is counted in what all workloads have in common: %s", (_what, workloads, unit, now, isWhole) => {
    expect(loadIn(...workloads)).toMatchObject({ unit, now, isWhole });
  });

  it("as it is now is the scenario itself", () => {
    for (const workloads of [[closed, closedToo], [open, openToo], [burst], [closed, open], [traced]]) {
      const { at, now } = loadIn(...workloads);
      expect(at(now)).toEqual(scenarioOf(...workloads));
    }
  });

  it("is shared among workloads as before", () => {
    expect(sizesOf(loadIn(closed, closedToo).at(20))).toEqual([5, 15]);
    expect(sizesOf(loadIn(open, openToo).at(20))).toEqual([5, 15]);
    expect(sizesOf(loadIn(closed, open, burst).at(1.5))).toEqual([15, 30, 12]);
  });

  it("multiplies the whole curve of a trace", () => {
    expect(sizesOf(loadIn(traced).at(3))).toEqual([
      [
        [0, 30],
        [30, 120],
      ],
    ]);
  });

  it("is of whole clients, and at least one where there are any", () => {
    expect(sizesOf(loadIn(closed, closedToo).at(1))).toEqual([1, 1]);
    expect(sizesOf(loadIn(closed, { ...closedToo, clients: 0 }).at(25))).toEqual([25, 0]);
    expect(sizesOf(loadIn(burst).at(0.3))).toEqual([2]);
  });

  it("changes nothing but the workloads' sizes", () => {
    const before = scenarioOf(closed, open);
    const { workloads: changed, ...rest } = loadIn(closed, open).at(2);
    const { workloads, ...unchanged } = before;
    expect(rest).toEqual(unchanged);
    expect(changed.map(({ name, retries }) => [name, retries])).toEqual(
      workloads.map(({ name, retries }) => [name, retries]),
    );
  });
});

describe("no load to change", () => {
  it.each([[[replay]], [[open, replay]]])("has what was recorded: %j", (workloads) => {
    expect(loadOf(scenarioOf(...workloads))).toBe(
      "Recorded requests come when they came: their load cannot be changed.",
    );
  });

  it.each([
    [[{ ...closed, clients: 0 }]],
    [[{ ...open, requestsPerSecond: 0 }]],
    [[{ ...burst, clients: 0 }]],
    [
      [
        { ...closed, clients: 0 },
        { ...open, requestsPerSecond: 0 },
      ],
    ],
  ])("has where nothing is sent: %j", (workloads) => {
    expect(loadOf(scenarioOf(...workloads))).toBe("No request is sent, so there is no load to change.");
  });
});
