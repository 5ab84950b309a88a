import { describe, expect, it } from "vitest";
import { applyChanges, setAt } from "../../../src/scenario/paths";
import { entriesWithoutEffect, type ReadResult, readScenario } from "../../../src/scenario/read-scenario";
import { readHash } from "../../../src/share/link";

const set = (path: string, value: unknown, atS = 20) => ({ atS, do: "set", path, value });

function problemsOf(result: ReadResult): readonly (readonly [string, string])[] {
  return result.ok ? [] : result.problems.map(({ path, sentence }) => [path, sentence] as const);
}

function read(timeline: readonly unknown[], more: object = {}): ReadResult {
  return readScenario({ schema: 1, ...more, timeline });
}

describe("what a timeline sets", () => {
  it.each([
    set("fleets.web.dynos", 30),
    set("fleets.0.threads", 5),
    set("fleets.web.autoscaler", null),
    set("fleets.web.pool.size", 3),
    set("endpoints.page.steps.0.ms", { dist: "exponential", mean: 20 }),
    set("endpoints.page.fleet", { web: 1 }),
    set("workloads.hey.clients", 400),
    set("workloads.hey.profile", [
      [0, 1],
      [30, 4],
    ]),
    set("edge.timeoutMs", null),
    set("pooler.enabled", true),
    set("database.plan", "standard-3"),
  ])("is anything that can change during a run: %j", (entry) => {
    expect(problemsOf(read([entry]))).toEqual([]);
  });

  it.each([
    ["how long a run is", set("run.durationS", 90)],
    ["the objective", set("slo.p95Ms", 90)],
    ["the timeline itself", set("timeline.0.atS", 3)],
    ["a fleet's name", set("fleets.web.name", "app")],
    ["a kind of traffic", set("workloads.hey.kind", "open")],
    ["a journey", set("workloads.hey.journey", ["page"])],
    ["how threads share processors", set("fleets.web.runtime", "parallel")],
    ["a whole fleet", set("fleets.web", { dynos: 3 })],
    ["which fleets there are", set("fleets", [])],
    ["a fleet that is not there", set("fleets.nowhere.dynos", 3)],
    ["a field that is not there", set("fleets.web.dynso", 3)],
    ["no path at all", set("", 3)],
  ])("is never %s", (_, entry) => {
    const result = read([entry, set("fleets.web.dynos", 30)]);
    expect(problemsOf(result).map(([path]) => path)).toEqual(["timeline.0.path"]);
    expect(result.scenario.timeline).toEqual([set("fleets.web.dynos", 30)]);
  });

  it("are never recorded requests", () => {
    const workloads = [{ name: "log", kind: "replay", requests: [[0, [1, 2]]] }];
    const result = read([set("workloads.log.requests", [])], { workloads });
    expect(problemsOf(result).map(([path]) => path)).toEqual(["timeline.0.path"]);
  });

  it("must stand together with what was set before it, in the order of time", () => {
    const fleets = [{ name: "web", autoscaler: { min: 2, max: 10 } }];
    const lower = set("fleets.web.autoscaler.max", 5, 30);
    const raise = set("fleets.web.autoscaler.min", 8, 10);
    expect(problemsOf(read([lower], { fleets }))).toEqual([]);
    expect(problemsOf(read([raise], { fleets }))).toEqual([]);
    const result = read([lower, raise], { fleets });
    expect(problemsOf(result)).toEqual([
      [
        "timeline.0.value",
        "timeline.0.value is 5, but must be a value that can stand then: fleets.web.autoscaler.max is 5, but must be at least min (8).",
      ],
    ]);
    expect(result.scenario.timeline).toEqual([raise]);
  });

  it("may stand thanks to what was set before it", () => {
    const fleets = [{ name: "web", autoscaler: { min: 2, max: 10 } }];
    const down = set("fleets.web.autoscaler.min", 1, 10);
    const lower = set("fleets.web.autoscaler.max", 1, 20);
    expect(problemsOf(read([lower, down], { fleets }))).toEqual([]);
    expect(problemsOf(read([{ ...lower, atS: 5 }, down], { fleets })).map(([path]) => path)).toEqual([
      "timeline.0.value",
    ]);
  });
});

describe("an entry after the end of the run", () => {
  const entry = { atS: 60, do: "failover" };
  const { scenario } = read([{ atS: 3, do: "failover" }, entry], { run: { durationS: 60 } });

  it("stays, and is named with its path as one that has no effect", () => {
    expect(scenario.timeline[1]).toEqual(entry);
    expect(entriesWithoutEffect(scenario)).toEqual([
      {
        path: "timeline.1.atS",
        found: "60",
        allowed: "less than run.durationS (60)",
        sentence:
          "timeline.1.atS is 60, but must be less than run.durationS (60); the entry stays, and has no effect.",
        instead: "60",
      },
    ]);
  });

  it("never keeps a run from being made shorter, and is there when it is made longer again", () => {
    const shorter = setAt(scenario, "run.durationS", 30);
    expect(shorter.ok).toBe(true);
    const longer = setAt(shorter.scenario, "run.durationS", 90);
    expect(longer.scenario.timeline).toEqual(scenario.timeline);
    expect(entriesWithoutEffect(longer.scenario)).toEqual([]);
  });

  it("is no problem of a document that leans on one that has it", () => {
    expect(entriesWithoutEffect(scenario, scenario)).toEqual([]);
  });

  it("comes with a link, which says so", async () => {
    const timeline = encodeURIComponent(JSON.stringify([entry]));
    const content = await readHash(`#from=default&timeline=${timeline}`);
    expect(content.scenario.timeline).toEqual([entry]);
    expect(content.problems.map(({ path }) => path)).toEqual(["timeline.0.atS"]);
  });
});

describe("an edit that an entry of the timeline does not allow", () => {
  it("is refused with the entry's path", () => {
    const fleets = [{ name: "web", autoscaler: { min: 2, max: 10 } }];
    const { scenario } = read([set("fleets.web.autoscaler.min", 8)], { fleets });
    const result = applyChanges(scenario, [{ path: "fleets.web.autoscaler.max", value: 6 }]);
    expect(problemsOf(result).map(([path]) => path)).toEqual(["timeline.0.value"]);
  });
});
