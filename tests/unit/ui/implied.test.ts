import { describe, expect, it } from "vitest";
import { readScenario } from "../../../src/scenario/read-scenario";
import { type Facts, factsOf } from "../../../src/ui/scenario/facts";
import {
  clientsImply,
  dynosImply,
  poolerConnectionsImply,
  poolSizeImplies,
} from "../../../src/ui/scenario/implied";
import { readsImply, stepsImply } from "../../../src/ui/scenario/implied-advanced";

const FLEETS = [
  { name: "web", dynos: 10, processes: 1, threads: 5, pool: { size: 5 } },
  { name: "reports", dynos: 5, processes: 1, threads: 10, pool: { size: 10 }, reads: "replicas" },
  { name: "spare", dynos: 1, processes: 2, threads: 5 },
];
const ENDPOINTS = [
  { name: "page", fleet: "web", steps: [{ kind: "query", ms: 100, access: "write" }] },
  { name: "report", fleet: "reports", steps: [{ kind: "query", ms: 400, access: "read" }] },
  { name: "draft", fleet: "web" },
];

function facts(fleet: string, replicas = 2, endpoint = "page"): Facts {
  const { scenario } = readScenario({
    schema: 1,
    workloads: [{ name: "hey", kind: "closed", clients: 250, mix: { page: 0.5, report: 0.5 } }],
    endpoints: ENDPOINTS,
    fleets: FLEETS,
    pooler: { enabled: true, mode: "transaction", connections: 90 },
    database: { replicas: { count: replicas } },
  });
  return factsOf(scenario, { workloads: "hey", endpoints: endpoint, fleets: fleet });
}

describe("arithmetic beside the controls, with several fleets", () => {
  it("holds clients against the threads of all fleets", () => {
    expect(clientsImply(facts("web"))).toBe("250 clients for 110 threads");
  });

  it("counts the connections of the pools that read", () => {
    expect(readsImply(facts("reports"))).toBe("5 × 10 = up to 50 further connections, over 2 replicas");
  });

  it("says why a fleet opens no connection", () => {
    expect(poolSizeImplies(facts("reports"))).toBe("None: its reads go to replicas");
    expect(poolSizeImplies(facts("spare"))).toBe("None: no endpoint is served by it");
    expect(poolSizeImplies(facts("web"))).toBe("10 × 5 = up to 50 connections to the pooler");
  });

  it("says what nothing is sent to", () => {
    expect(dynosImply(facts("web"))).toMatch(/a month$/);
    expect(dynosImply(facts("spare"))).toMatch(/a month\. No endpoint is served by spare yet$/);
    expect(stepsImply(facts("web"))).not.toMatch(/yet/);
    expect(stepsImply(facts("web", 2, "draft"))).toMatch(
      /\. No workload asks for this yet: give it a share under Client behaviour$/,
    );
  });

  it("computes what the shared pooler serves over all requests, whichever fleet is shown", () => {
    // Half of the requests query for 100 ms, half for 400 ms.
    const mean = "90 connections × 1 ÷ 0.25 s = at most 360 requests a second";
    expect(poolerConnectionsImply(facts("web", 0))).toBe(mean);
    expect(poolerConnectionsImply(facts("spare", 0))).toBe(mean);
  });

  it("names the replicas’ poolers where they limit", () => {
    expect(poolerConnectionsImply(facts("web", 1))).toBe(
      "1 replica × 90 connections × 1 ÷ 0.2 s = at most 450 requests a second",
    );
  });
});
