import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { FAILURE, GAUGE } from "../../src/engine/record/replication-record";
import { withSizes } from "../../src/scenario/sizes";
import type { ClosedWorkload, Scenario } from "../../src/scenario/types";
import { AnswerTally, expectInOrder, expectInTime, expectTallied } from "../support/answer-tally";
import { builtEngine } from "../support/built-engine.mjs";
import { drain, expectBalanced, expectDrained } from "../support/engine-books";
import { limitsOf } from "../support/engine-limits";
import {
  expectConsistent,
  expectGaugesAtRest,
  expectLittlesLaw,
  expectLittlesLawEverywhere,
  expectWithinCapacity,
} from "../support/engine-records";
import { STEADY_PRESETS } from "../support/short-presets";
import { simulableScenario } from "../support/simulable-scenario";
import { expectAlways, TRIES_TIMEOUT_MS } from "../support/tries";
import { unlimitedScenario, withoutLimits, withTimeToDrain } from "../support/unlimited-scenario";

const { compile, Simulation } = await builtEngine();

vi.setConfig({ testTimeout: TRIES_TIMEOUT_MS });

/** How many scenarios are quick enough for every run of the tests. */
const QUICK = 120;

/** Moments of a run, in order: round ones, where things happen at once, and any others. */
const moments = fc
  .array(fc.oneof(fc.integer({ min: 1, max: 6000 }), fc.double({ min: 0, max: 6000, noNaN: true })), {
    minLength: 5,
    maxLength: 25,
  })
  .map((times) => times.sort((a, b) => a - b));

/** So many closed clients who never pause, and ask for each endpoint as often as for any other. */
function impatient(clients: number, { endpoints }: Scenario): ClosedWorkload {
  return {
    name: "hey",
    kind: "closed",
    clients,
    thinkMs: 0,
    afterFailureMs: null,
    startSpreadMs: 0,
    mix: Object.fromEntries(endpoints.map(({ name }) => [name, 1 / endpoints.length])),
    retries: { attempts: 0, backoffMs: 0, backoffFactor: 1, jitter: false },
    giveUpAfterMs: null,
  };
}

function begin(scenario: Scenario, observer: AnswerTally | null = null) {
  return new Simulation(compile(withSizes(scenario)), 0, observer);
}

describe("at every moment of every run", () => {
  it("the books balance, nothing is negative, and nothing is above its limit", async () => {
    await expectAlways([simulableScenario, moments], QUICK, (scenario, times) => {
      const simulation = begin(scenario);
      const limits = limitsOf(scenario);
      for (const time of times) {
        simulation.advance(time);
        expectBalanced(simulation.books(), limits);
      }
    });
  });

  it("the record agrees with the books, and the stages of a request add up to its latency", async () => {
    await expectAlways(
      [simulableScenario, fc.double({ min: 0, max: 7000, noNaN: true })],
      QUICK,
      (scenario, time) => {
        const simulation = begin(scenario);
        simulation.advance(time);
        expectConsistent(simulation.record(), simulation.books());
        simulation.advance(Number.POSITIVE_INFINITY);
        expect(simulation.finished).toBe(true);
        expectConsistent(simulation.record(), simulation.books());
        expectWithinCapacity(simulation.record(), limitsOf(scenario));
      },
    );
  });

  it("the record is what its single requests add up to, each in its time and its order", async () => {
    await expectAlways([simulableScenario], QUICK, (scenario) => {
      const tally = new AnswerTally();
      const simulation = begin(scenario, tally);
      simulation.advance(Number.POSITIVE_INFINITY);
      expectTallied(simulation.record(), tally.answers, scenario);
      expectInTime(tally.answers, scenario);
      expectInOrder(tally.answers, scenario);
    });
  });
});

describe("once the traffic has stopped and drained", () => {
  it("nothing is busy, checked out or active, open connections are those held idle, and Little's law holds to rounding", async () => {
    await expectAlways([simulableScenario, fc.integer({ min: 0, max: 3000 })], QUICK, (scenario, time) => {
      const draining = withTimeToDrain(scenario);
      const simulation = begin(draining);
      simulation.advance(time);
      drain(simulation, draining);
      expectDrained(simulation.books(), limitsOf(scenario));
      expectGaugesAtRest(simulation.record(), simulation.books());
      expectConsistent(simulation.record(), simulation.books());
      expectLittlesLaw(simulation.record());
    });
  });

  it("Little's law holds where nothing failed for lines, threads, queries and processors too", async () => {
    await expectAlways([unlimitedScenario, fc.integer({ min: 0, max: 3000 })], QUICK, (scenario, time) => {
      const draining = withTimeToDrain(scenario);
      const simulation = begin(draining);
      simulation.advance(time);
      drain(simulation, draining);
      const record = simulation.record();
      expectDrained(simulation.books(), limitsOf(scenario));
      expect(record.failedByKind.every((count) => count === 0)).toBe(true);
      expectLittlesLawEverywhere(record, limitsOf(scenario));
    });
  });
});

describe("a system that has been through it and has drained", () => {
  const IMPOSSIBLE_ALONE = [
    "backlog-full",
    "checkout-timeout",
    "edge-full",
    "queue-timeout",
    "timeout",
    "gave-up",
  ] as const;

  it("serves a single client as if nothing had been: no slot is lost", async () => {
    await expectAlways([simulableScenario, fc.integer({ min: 1, max: 40 })], QUICK, (scenario, clients) => {
      const simulation = begin({
        ...withTimeToDrain(scenario),
        workloads: [impatient(clients, scenario)],
        edge: { ...scenario.edge, timeoutMs: null },
      });
      simulation.advance(1000);
      simulation.apply({ kind: "clients", clients: 0 });
      simulation.advance(20_000_000);
      expect(simulation.books().inFlight).toBe(0);
      const before = simulation.record();
      simulation.apply({ kind: "clients", clients: 1 });
      simulation.advance(20_003_000);
      const after = simulation.record();
      for (const kind of IMPOSSIBLE_ALONE) {
        expect(after.failedByKind[FAILURE[kind]]).toBe(before.failedByKind[FAILURE[kind]]);
      }
      // In session mode the servers may be those of connections that other pools hold idle.
      if (scenario.pooler.mode === "session") return;
      const kind = FAILURE["pooler-timeout"];
      expect(after.failedByKind[kind]).toBe(before.failedByKind[kind]);
    });
  });
});

describe("with a pooler", () => {
  it("no connection is ever refused, whatever the database's limit, but by a replica behind a proxy", async () => {
    await expectAlways([simulableScenario], QUICK, (scenario) => {
      const { database } = scenario;
      const simulation = begin({
        ...scenario,
        pooler: { ...scenario.pooler, enabled: true },
        database: { ...database, replicas: { ...database.replicas, routing: "dns" } },
      });
      simulation.advance(Number.POSITIVE_INFINITY);
      expect(simulation.record().failedByKind[FAILURE["connection-refused"]]).toBe(0);
    });
  });
});

describe("two closed clients without think time on an edge with one slot", () => {
  it("let the clock run: who is refused sends again a millisecond later at the earliest", async () => {
    await expectAlways([simulableScenario], QUICK, (scenario) => {
      const durationS = 2;
      const simulation = begin({
        ...scenario,
        run: { ...scenario.run, durationS, warmupS: 0 },
        edge: { ...scenario.edge, maxConnections: 1 },
        workloads: [impatient(2, scenario)],
      });
      expect(simulation.advance(1000 * durationS, 100_000)).toBe(true);
      expect(simulation.finished).toBe(true);
      expect(simulation.books().sent).toBeLessThanOrEqual(2 * 1000 * durationS);
    });
  });
});

describe("Little's law in a long steady run", () => {
  it.each(STEADY_PRESETS)("%s: what is in flight over time is what its requests lasted", (_, preset) => {
    const { run } = withoutLimits(preset);
    const scenario = { ...withoutLimits(preset), run: { ...run, durationS: 220, warmupS: 20 } };
    const simulation = begin(scenario);
    simulation.advance(20_000);
    const { inFlight: atBeginning } = simulation.books();
    simulation.advance(Number.POSITIVE_INFINITY);
    const record = simulation.record();
    const total = record.latency.sums.reduce((sum, part) => sum + part, 0);
    expect(record.failedByKind.every((count) => count === 0)).toBe(true);
    // What is under way at the window's two ends counts on one side only.
    const atEnds = (atBeginning + simulation.books().inFlight) * record.latency.largest;
    expect(Math.abs((record.gaugesMeasured[GAUGE.inFlight] ?? 0) - total)).toBeLessThanOrEqual(atEnds);
  });
});
