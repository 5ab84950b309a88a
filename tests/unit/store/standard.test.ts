import { describe, expect, it } from "vitest";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import { readScenario } from "../../../src/scenario/read-scenario";
import { standardAt, standardWorkload } from "../../../src/store/standard";

const PRESENT = readScenario({
  schema: 1,
  workloads: [
    { name: "hey", kind: "open" },
    { name: "beats", kind: "burst" },
  ],
  endpoints: [{ name: "page" }, { name: "search" }],
  fleets: [{ name: "web" }, { name: "api", dynos: 3 }],
}).scenario;

describe("what default means", () => {
  const at = (path: string) => standardAt(DEFAULT_SCENARIO, PRESENT, path);

  it("is the preset's value, where it has the item", () => {
    expect(at("fleets.web.dynos")).toBe(25);
    expect(at("edge.timeoutMs")).toBe(30_000);
    expect(at("slo.p95Ms")).toBeNull();
  });

  it("is the document's own for an item that the preset does not have, or as another kind", () => {
    expect(at("fleets.api.dynos")).toBe(25);
    expect(at("endpoints.search.safe")).toBe(true);
    expect(at("workloads.beats.everyMs")).toBe(30_000);
    expect(at("workloads.hey.requestsPerSecond")).toBe(75);
    expect(at("workloads.hey.clients")).toBeUndefined();
    expect(at("workloads.hey.kind")).toBe("closed");
  });

  it("is nothing for what need not be there, and for names of other items", () => {
    expect(at("workloads.hey.trace")).toBeUndefined();
    expect(at("workloads.beats.mix")).toBeUndefined();
    expect(at("endpoints.search.fleet")).toBeUndefined();
    expect(at("fleets.api")).toBeUndefined();
  });

  it("knows each kind of workload", () => {
    for (const kind of ["closed", "open", "burst", "replay"] as const) {
      expect(standardWorkload(kind).kind).toBe(kind);
    }
  });
});
