import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Change } from "../../src/engine";
import { FAILURE } from "../../src/engine/record/replication-record";
import { PRESETS } from "../../src/scenario/presets";
import { withSizes } from "../../src/scenario/sizes";
import type { ClosedWorkload, Scenario } from "../../src/scenario/types";
import { simulableScenario } from "../support/arbitrary-scenario";
import { builtEngine } from "../support/built-engine.mjs";
import {
  expectBalanced,
  expectConsistent,
  expectDrained,
  expectGaugesAtRest,
  expectLittlesLaw,
  expectLittlesLawEverywhere,
  limitsOf,
} from "../support/engine-books";
import { unlimitedScenario, withoutLimits, withTimeToDrain } from "../support/unlimited-scenario";

const { compile, Simulation } = await builtEngine();

// Hundreds of runs on a machine that does other things too: a test may take its time.
vi.setConfig({ testTimeout: 60_000 });

/** A failing case is printed with the path that leads to it. */
const SETTINGS = { seed: 20_210_206, numRuns: 150 };

/** Moments of a run, in order: round ones, where things happen at once, and any others. */
const moments = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 10_000 }), fc.double({ min: 0, max: 10_000, noNaN: true })), {
    minLength: 5,
    maxLength: 25,
  })
  .map((times) => times.sort((a, b) => a - b));

const IMPATIENT_CLIENTS: ClosedWorkload = {
  name: "hey",
  kind: "closed",
  clients: 1,
  thinkMs: 0,
  afterFailureMs: null,
  startSpreadMs: 0,
  retries: { attempts: 0, backoffMs: 0, backoffFactor: 1, jitter: false },
  giveUpAfterMs: null,
};

function begin(scenario: Scenario) {
  return new Simulation(compile(withSizes(scenario)), 0);
}

/** The change that ends a scenario's traffic. */
function stop(scenario: Scenario): Change {
  return scenario.workloads[0]?.kind === "closed"
    ? { kind: "clients", clients: 0 }
    : { kind: "requestsPerSecond", requestsPerSecond: 0 };
}

describe("at every moment of every run", () => {
  it("the books balance, nothing is negative, and nothing is above its limit", () => {
    fc.assert(
      fc.property(simulableScenario, moments, (scenario, times) => {
        const simulation = begin(scenario);
        const limits = limitsOf(scenario);
        for (const time of times) {
          simulation.advance(time);
          expectBalanced(simulation.books(), limits);
        }
      }),
      SETTINGS,
    );
  });

  it("the record agrees with the books, and the stages of a request add up to its latency", () => {
    fc.assert(
      fc.property(simulableScenario, fc.double({ min: 0, max: 12_000, noNaN: true }), (scenario, time) => {
        const simulation = begin(scenario);
        simulation.advance(time);
        expectConsistent(simulation.record(), simulation.books());
        simulation.advance(Number.POSITIVE_INFINITY);
        expect(simulation.finished).toBe(true);
        expectConsistent(simulation.record(), simulation.books());
      }),
      SETTINGS,
    );
  });
});

describe("once the traffic has stopped and drained", () => {
  it("nothing is busy, checked out or active, open connections are those held idle, and Little's law holds to rounding", () => {
    fc.assert(
      fc.property(simulableScenario, fc.integer({ min: 0, max: 3000 }), (scenario, time) => {
        const simulation = begin(withTimeToDrain(scenario));
        simulation.advance(time);
        simulation.apply(stop(scenario));
        simulation.advance(Number.POSITIVE_INFINITY);
        expectDrained(simulation.books(), limitsOf(scenario));
        expectGaugesAtRest(simulation.record(), simulation.books());
        expectLittlesLaw(simulation.record());
      }),
      SETTINGS,
    );
  });

  it("Little's law holds where nothing failed for lines, threads and queries too", () => {
    fc.assert(
      fc.property(unlimitedScenario, fc.integer({ min: 0, max: 3000 }), (scenario, time) => {
        const simulation = begin(withTimeToDrain(scenario));
        simulation.advance(time);
        simulation.apply(stop(scenario));
        simulation.advance(Number.POSITIVE_INFINITY);
        const record = simulation.record();
        expectDrained(simulation.books(), limitsOf(scenario));
        expect(record.failedByKind.every((count) => count === 0)).toBe(true);
        expectLittlesLawEverywhere(record);
      }),
      SETTINGS,
    );
  });
});

describe("a system that has been through it and has drained", () => {
  const IMPOSSIBLE_ALONE = [
    "backlog-full",
    "checkout-timeout",
    "pooler-timeout",
    "edge-full",
    "no-dyno",
  ] as const;

  it("serves a single client as if nothing had been: no slot is lost", () => {
    fc.assert(
      fc.property(simulableScenario, fc.integer({ min: 1, max: 40 }), (scenario, clients) => {
        const simulation = begin({
          ...withTimeToDrain(scenario),
          workloads: [{ ...IMPATIENT_CLIENTS, clients }],
          edge: { ...scenario.edge, timeoutMs: null },
        });
        simulation.advance(2000);
        simulation.apply({ kind: "clients", clients: 0 });
        simulation.advance(20_000_000);
        expect(simulation.books().inFlight).toBe(0);
        const before = simulation.record();
        simulation.apply({ kind: "clients", clients: 1 });
        simulation.advance(20_005_000);
        const after = simulation.record();
        for (const kind of IMPOSSIBLE_ALONE) {
          expect(after.failedByKind[FAILURE[kind]]).toBe(before.failedByKind[FAILURE[kind]]);
        }
      }),
      SETTINGS,
    );
  });
});

describe("with a pooler", () => {
  it("no connection is ever refused, whatever the database's limit", () => {
    fc.assert(
      fc.property(simulableScenario, (scenario) => {
        const simulation = begin({ ...scenario, pooler: { ...scenario.pooler, enabled: true } });
        simulation.advance(Number.POSITIVE_INFINITY);
        expect(simulation.record().failedByKind[FAILURE["connection-refused"]]).toBe(0);
      }),
      SETTINGS,
    );
  });
});

describe("two closed clients without think time on an edge with one slot", () => {
  it("let the clock run: who is refused sends again a millisecond later at the earliest", () => {
    fc.assert(
      fc.property(simulableScenario, (scenario) => {
        const durationS = 3;
        const simulation = begin({
          ...scenario,
          run: { ...scenario.run, durationS, warmupS: 0 },
          edge: { ...scenario.edge, maxConnections: 1 },
          workloads: [{ ...IMPATIENT_CLIENTS, clients: 2 }],
        });
        expect(simulation.advance(1000 * durationS, 100_000)).toBe(true);
        expect(simulation.finished).toBe(true);
        expect(simulation.books().sent).toBeLessThanOrEqual(2 * 1000 * durationS);
      }),
      SETTINGS,
    );
  });
});

describe("Little's law in a long steady run", () => {
  it.each(PRESETS.map((preset) => [preset.id, preset.scenario] as const))(
    "%s: mean in flight is throughput times mean latency",
    (_, preset) => {
      const { run } = withoutLimits(preset);
      const scenario = { ...withoutLimits(preset), run: { ...run, durationS: 220, warmupS: 20 } };
      const simulation = begin(scenario);
      simulation.advance(Number.POSITIVE_INFINITY);
      const record = simulation.record();
      const inFlight = (record.gaugesMeasured[0] ?? 0) / 200_000;
      const throughput = record.answersInWindow / 200_000;
      const latency = record.latency.sums.reduce((total, part) => total + part, 0) / record.ok;
      expect(record.failedByKind.every((count) => count === 0)).toBe(true);
      // What is under way at the window's two ends is counted on one side only.
      const tolerance = (2 * simulation.books().inFlight) / record.ok;
      expect(Math.abs(inFlight / (throughput * latency) - 1)).toBeLessThanOrEqual(tolerance);
    },
  );
});
