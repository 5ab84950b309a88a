import { describe, expect, it } from "vitest";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import { applyChanges } from "../../../src/scenario/paths";
import { readScenario } from "../../../src/scenario/read-scenario";
import type { Scenario } from "../../../src/scenario/types";
import { addItem, type ItemChange, removeItem, renameItem } from "../../../src/store/items";

const SHOP: Scenario = readScenario({
  schema: 1,
  workloads: [
    { name: "site", kind: "open", mix: { page: 0.6, search: 0.3, login: 0.1 } },
    { name: "visits", kind: "closed", journey: ["login", "page", "login"] },
    { name: "log", kind: "replay", endpoint: "page", requests: [[0, [1, 2]]] },
  ],
  endpoints: [
    { name: "page" },
    { name: "search", fleet: { web: 0.25, api: 0.75 } },
    { name: "login", fleet: "api" },
  ],
  fleets: [{ name: "web" }, { name: "api" }],
  timeline: [
    { atS: 1, do: "set", path: "fleets.api.dynos", value: 3 },
    { atS: 2, do: "set", path: "workloads.site.requestsPerSecond", value: 3 },
    { atS: 3, do: "deploy", fleet: "api" },
    { atS: 4, do: "deploy", fleet: "web" },
  ],
}).scenario;

function applied(change: ItemChange, scenario = SHOP): Scenario {
  if (!change.ok) throw new Error(change.sentence);
  const result = applyChanges(scenario, change.changes);
  expect(result.ok ? [] : result.problems).toEqual([]);
  return result.scenario;
}

describe("adding", () => {
  it("copies what is shown, under a name of its own", () => {
    const change = addItem(SHOP, "fleets", "api");
    const { fleets } = applied(change);
    expect(fleets.map(({ name }) => name)).toEqual(["web", "api", "api-2"]);
    expect(fleets[2]).toEqual({ ...fleets[1], name: "api-2", dynos: 1 });
    expect(change).toMatchObject({ name: "api-2" });
    const endpoint = applied(addItem(SHOP, "endpoints", "search")).endpoints[3];
    expect(endpoint).toMatchObject({ name: "search-2", fleet: { web: 0.25, api: 0.75 } });
  });

  it("begins a workload with defaults rather than with the same traffic again", () => {
    const { workloads } = applied(addItem(SHOP, "workloads", "visits"));
    expect(workloads[3]).toMatchObject({ name: "site-2", kind: "open", mix: { page: 1 } });
    expect(applied(addItem(DEFAULT_SCENARIO, "workloads", "hey"), DEFAULT_SCENARIO).workloads[1]?.name).toBe(
      "site",
    );
  });
});

describe("renaming", () => {
  it("an endpoint renames it in mixes, journeys and recordings", () => {
    const { endpoints, workloads } = applied(renameItem(SHOP, "endpoints", "login", "sign in"));
    expect(endpoints[2]?.name).toBe("sign in");
    expect(workloads[0]).toMatchObject({ mix: { page: 0.6, search: 0.3, "sign in": 0.1 } });
    expect(workloads[1]).toMatchObject({ journey: ["sign in", "page", "sign in"] });
    expect(applied(renameItem(SHOP, "endpoints", "page", "home")).workloads[2]).toMatchObject({
      endpoint: "home",
    });
  });

  it("a fleet renames it in endpoints and in the timeline, whatever characters its name has", () => {
    const { endpoints, timeline } = applied(renameItem(SHOP, "fleets", "api", "api.v2"));
    expect(endpoints.map(({ fleet }) => fleet)).toEqual(["web", { web: 0.25, "api.v2": 0.75 }, "api.v2"]);
    expect(timeline[0]).toMatchObject({ path: "fleets.api%2Ev2.dynos" });
    expect(timeline[2]).toMatchObject({ fleet: "api.v2" });
    expect(timeline[3]).toMatchObject({ fleet: "web" });
  });

  it("a workload renames it in the timeline", () => {
    const { timeline } = applied(renameItem(SHOP, "workloads", "site", "shop"));
    expect(timeline[1]).toMatchObject({ path: "workloads.shop.requestsPerSecond" });
  });

  it("refuses a name that is taken or empty, and says so", () => {
    expect(renameItem(SHOP, "fleets", "api", "web")).toEqual({
      ok: false,
      sentence: "There is a fleet named web already.",
    });
    expect(renameItem(SHOP, "fleets", "api", "  ")).toMatchObject({ ok: false });
  });

  it("changes nothing where the name stays", () => {
    expect(renameItem(SHOP, "fleets", "api", " api ")).toEqual({ ok: true, name: "api", changes: [] });
  });
});

describe("removing", () => {
  it("an endpoint lets the others of a mix grow in proportion, and leaves journeys without it", () => {
    const { workloads } = applied(removeItem(SHOP, "endpoints", "login"));
    const mix = workloads[0]?.kind === "open" ? (workloads[0].mix ?? {}) : {};
    expect(mix.page).toBeCloseTo(2 / 3);
    expect(mix.search).toBeCloseTo(1 / 3);
    expect(workloads[1]).toMatchObject({ journey: ["page"] });
  });

  it("an endpoint that is all of a journey leaves the first of the others", () => {
    const only = applied(
      { ok: true, name: "", changes: [{ path: "workloads.visits.journey", value: ["login"] }] },
      SHOP,
    );
    const { workloads } = applied(removeItem(only, "endpoints", "login"), only);
    expect(workloads[1]).toMatchObject({ mix: { page: 1 } });
    expect(workloads[1]).not.toHaveProperty("journey");
  });

  it("a fleet gives its endpoints to the others, and takes what the timeline does to it along", () => {
    const { endpoints, timeline } = applied(removeItem(SHOP, "fleets", "api"));
    expect(endpoints.map(({ fleet }) => fleet)).toEqual(["web", { web: 1 }, "web"]);
    expect(timeline.map(({ atS }) => atS)).toEqual([2, 4]);
  });

  it("is prevented where a recording needs it, and for the last one", () => {
    expect(removeItem(SHOP, "endpoints", "page")).toEqual({
      ok: false,
      sentence: "The workload log replays requests to it. Remove that first.",
    });
    expect(removeItem(DEFAULT_SCENARIO, "fleets", "web")).toEqual({
      ok: false,
      sentence: "A scenario needs at least one fleet.",
    });
  });
});
