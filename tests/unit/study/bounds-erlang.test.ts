import { describe, expect, it } from "vitest";
import type { Scenario } from "../../../src/scenario/types";
import { erlangStation } from "../../../src/study/bounds";
import { labelled, linesOf, page, plainScenario } from "../../support/bound-scenarios";

describe("Erlang's lines", () => {
  const station = (parts: object = {}, workload: object = {}, fleet: object = {}) =>
    plainScenario({
      workloads: [{ name: "site", kind: "open", requestsPerSecond: 20, ...workload }],
      ...page({ kind: "wait", ms: { dist: "exponential", mean: 100 } }),
      fleets: [{ name: "web", dynos: 1, processes: 2, threads: 3, ...fleet }],
      ...parts,
    });

  it("are drawn for M/M/c, up to where it saturates", () => {
    expect(erlangStation(station())?.(20)).toEqual({ servers: 6, serviceMs: 100, arrivalsPerSecond: 20 });
    const lines = linesOf(station(), [10, 50, 60, 70]);
    expect(labelled(lines, "Erlang C, mean")?.points.map(([at]) => at)).toEqual([10, 50]);
    expect(labelled(lines, "Erlang C, p95")?.because).toBe(
      "Erlang C: Poisson arrivals, 6 threads, exponential 100 ms",
    );
  });

  it("are drawn for several dynos where all have one line", () => {
    expect(erlangStation(station({}, {}, { dynos: 4, maxOutstandingPerDyno: 6 }))?.(1).servers).toBe(24);
  });

  it.each<[what: string, scenario: Scenario]>([
    ["several dynos with a line each", station({}, {}, { dynos: 4 })],
    ["more taken than there are threads", station({}, {}, { dynos: 4, maxOutstandingPerDyno: 7 })],
    ["paced arrivals", station({}, { arrivals: "paced" })],
    ["visits", station({}, { journey: ["page", "page"] })],
    [
      "a profile",
      station(
        {},
        {
          profile: [
            [0, 1],
            [30, 2],
          ],
        },
      ),
    ],
    ["a closed workload", plainScenario(page({ kind: "wait", ms: { dist: "exponential", mean: 100 } }))],
    ["constant times", station(page({ kind: "wait", ms: 100 }))],
    ["other times", station(page({ kind: "wait", ms: { dist: "gamma", mean: 100, cv: 2 } }))],
    ["computing", station(page({ kind: "cpu", ms: { dist: "exponential", mean: 100 } }))],
    [
      "two steps",
      station(page({ kind: "wait", ms: { dist: "exponential", mean: 1 } }, { kind: "wait", ms: 1 })),
    ],
    ["a limit at the edge", station({ edge: { maxConnections: 10 } })],
    ["what happens by plan", station({ timeline: [{ atS: 10, do: "deploy", fleet: "web" }] })],
    ["an autoscaler", station({}, {}, { autoscaler: { min: 1, max: 3 } })],
  ])("are not drawn for %s", (_what, scenario) => {
    expect(erlangStation(scenario)).toBeNull();
  });
});
