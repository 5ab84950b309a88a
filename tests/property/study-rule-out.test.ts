import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Scenario } from "../../src/scenario/types";
import { Configuration } from "../../src/study/configuration";
import { ruledOutBy } from "../../src/study/rule-out";
import { builtEngine } from "../support/built-engine.mjs";
import { simulableScenario } from "../support/simulable-scenario";
import { durations } from "../support/small-arbitraries";
import { theoryScenario } from "../support/theory-scenario";
import { expectAlways, TRIES_TIMEOUT_MS } from "../support/tries";

const { compile, Simulation } = await builtEngine();

vi.setConfig({ testTimeout: TRIES_TIMEOUT_MS });

const limit = fc.constantFrom(null, 5, 20, 60, 150, 400, 1_000);
const objective = fc.record({
  p95Ms: limit,
  p99Ms: limit,
  queueP95Ms: fc.constant(null),
  failureRate: fc.constantFrom(0, 0.001, 0.01, 0.1, 0.5),
});

/** What comes is about as much as can be served: a little less, or much more. Some of it is for a second, slower page, maybe on a fleet of its own. */
const crowded: fc.Arbitrary<Scenario> = fc
  .record({
    isOpen: fc.boolean(),
    servers: fc.integer({ min: 1, max: 12 }),
    crowding: fc.double({ min: 0.7, max: 4, noNaN: true }),
    thinkMs: fc.constantFrom(0, 50, 400, 2_000),
    afterFailureMs: fc.constantFrom(null, 0, 3_000),
    ms: durations(60),
    slowMs: durations(400),
    slow: fc.constantFrom(0, 0, 0.02, 0.04, 0.3),
    slowFleet: fc.constantFrom("web", "jobs"),
    kind: fc.constantFrom("wait", "cpu", "query"),
    maxConnections: fc.constantFrom(null, 5, 20),
    timeoutMs: fc.constantFrom(null, 200, 1_000),
    seed: fc.nat(1_000_000),
  })
  .map((drawn) => {
    const { isOpen, servers, crowding, slow, seed } = drawn;
    const rate = (crowding * servers * 1_000) / 60;
    return theoryScenario({
      run: { durationS: 8, warmupS: 1, replications: 2, seed },
      workload: {
        mix: slow === 0 ? { page: 1 } : { page: 1 - slow, report: slow },
        ...(isOpen
          ? { kind: "open", requestsPerSecond: Math.min(600, rate) }
          : {
              kind: "closed",
              clients: Math.ceil(crowding * servers),
              thinkMs: drawn.thinkMs,
              afterFailureMs: drawn.afterFailureMs,
            }),
      },
      endpoints: [
        { name: "page", fleet: "web", steps: [{ kind: drawn.kind, ms: drawn.ms }] },
        { name: "report", fleet: drawn.slowFleet, steps: [{ kind: "wait", ms: drawn.slowMs }] },
      ],
      edge: { maxConnections: drawn.maxConnections, timeoutMs: drawn.timeoutMs },
      fleets: [
        { name: "web", threads: servers },
        { name: "jobs", threads: 1 },
      ],
    });
  });

/** Simulated to the end, twice. */
function simulated(scenario: Scenario): Configuration {
  const configuration = new Configuration(scenario);
  for (const { sized, replication, detail } of configuration.missing(2)) {
    const simulation = new Simulation(compile(sized, detail), replication);
    simulation.advance(Number.POSITIVE_INFINITY);
    configuration.keep(replication, simulation.record());
  }
  return configuration;
}

describe("what arithmetic rules out", () => {
  it.each<[what: string, scenarios: fc.Arbitrary<Scenario>, tries: number, atLeast: number]>([
    ["of anything", simulableScenario, 600, 40],
    ["of what is crowded", crowded, 400, 40],
  ])("misses its objective when it is simulated, %s", async (_what, scenarios, tries, atLeast) => {
    let ruledOut = 0;
    await expectAlways([scenarios, objective], tries, (plain, slo) => {
      const scenario = { ...plain, slo };
      if (ruledOutBy(scenario) === null) return;
      ruledOut += 1;
      expect(simulated(scenario).isMet).toBe(false);
    });
    // It says something often enough to be held to it.
    expect(ruledOut).toBeGreaterThan(atLeast);
  });
});
