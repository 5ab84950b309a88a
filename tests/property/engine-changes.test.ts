import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Change, Simulation } from "../../src/engine";
import { GAUGE } from "../../src/engine/record/replication-record";
import { withSizes } from "../../src/scenario/sizes";
import type { Scenario } from "../../src/scenario/types";
import { builtEngine } from "../support/built-engine.mjs";
import { drain, expectBalanced, expectDrained } from "../support/engine-books";
import { limitsAfter, limitsOf } from "../support/engine-limits";
import { expectConsistent, expectGaugesAtRest, lastLevel } from "../support/engine-records";
import { simulableScenario } from "../support/simulable-scenario";
import { expectAlways, TRIES_TIMEOUT_MS } from "../support/tries";
import { withTimeToDrain } from "../support/unlimited-scenario";

const engine = await builtEngine();

vi.setConfig({ testTimeout: TRIES_TIMEOUT_MS });

/** How many scenarios are quick enough for every run of the tests. */
const QUICK = 100;

/** Changes that this scenario allows. */
function changesOf(scenario: Scenario): fc.Arbitrary<Change> {
  const fleet = fc.nat(scenario.fleets.length - 1);
  const traffic = scenario.workloads.flatMap((workload, number): fc.Arbitrary<Change>[] => {
    const ofWorkload = fc.constant(number);
    if (workload.kind === "closed") {
      const kind = fc.constant("clients" as const);
      return [fc.record({ kind, clients: fc.integer({ min: 0, max: 50 }), workload: ofWorkload })];
    }
    if (workload.kind !== "open" || workload.trace !== undefined) return [];
    const kind = fc.constant("requestsPerSecond" as const);
    const requestsPerSecond = fc.constantFrom(0, 0.5, 20, 150);
    return [fc.record({ kind, requestsPerSecond, workload: ofWorkload })];
  });
  const system: fc.Arbitrary<Change>[] = [
    fc.record({ kind: fc.constant("dynos" as const), dynos: fc.integer({ min: 0, max: 8 }), fleet }),
    fc.record({ kind: fc.constant("threads" as const), threads: fc.integer({ min: 1, max: 8 }), fleet }),
    fc.record({ kind: fc.constant("poolSize" as const), size: fc.integer({ min: 1, max: 8 }), fleet }),
    fc.record({
      kind: fc.constant("balancer" as const),
      balancer: fc.constantFrom(
        "random" as const,
        "round-robin" as const,
        "least-outstanding" as const,
        "power-of-two" as const,
      ),
      fleet,
    }),
  ];
  const kind = fc.constant("poolerConnections" as const);
  const pooler = scenario.pooler.enabled
    ? [fc.record({ kind, connections: fc.integer({ min: 1, max: 12 }) })]
    : [];
  return fc.oneof(...traffic, ...system, ...pooler);
}

interface Timed {
  readonly afterMs: number;
  readonly change: Change;
}

/** A scenario whose dynos boot within the run, and changes with the time since the one before. */
const changedScenario = simulableScenario.map(withTimeToDrain).chain((scenario) => {
  const timed: fc.Arbitrary<Timed> = fc.record({
    afterMs: fc.oneof(fc.integer({ min: 0, max: 800 }), fc.double({ min: 0, max: 800, noNaN: true })),
    change: changesOf(scenario),
  });
  return fc.record({
    scenario: fc.constantFrom(0.2, 1).map((bootS) => ({
      ...scenario,
      fleets: scenario.fleets.map((fleet) => ({ ...fleet, boot: { ...fleet.boot, bootS } })),
    })),
    changes: fc.array(timed, { minLength: 1, maxLength: 12 }),
  });
});

/**
 * Expects what there is at the end to be what the last changes asked for. Retired dynos have closed their connections, and pools that became smaller
 * those above their size.
 */
function expectLastChangesHold(simulation: Simulation, scenario: Scenario, changes: readonly Timed[]): void {
  const poolsPerProcess = limitsOf(scenario).fleets.map((fleet) => fleet.poolsPerProcess);
  let [dynosUp, threadsUp, slotsUp] = [0, 0, 0];
  scenario.fleets.forEach((fleet, number) => {
    let { dynos, threads } = fleet;
    let { size } = fleet.pool;
    for (const { change } of changes) {
      if ("fleet" in change && change.fleet !== number) continue;
      if (change.kind === "dynos") dynos = change.dynos;
      if (change.kind === "threads") threads = change.threads;
      if (change.kind === "poolSize") size = change.size;
    }
    // Dynos that are killed over and over are never up.
    if ((withSizes(scenario).fleets[number]?.memoryShare ?? 0) > 2) dynos = 0;
    dynosUp += dynos;
    threadsUp += dynos * fleet.processes * threads;
    slotsUp += dynos * fleet.processes * (poolsPerProcess[number] ?? 0) * size;
  });
  const record = simulation.record();
  expect(simulation.books().idle).toBeLessThanOrEqual(slotsUp);
  expect(lastLevel(record, GAUGE.dynos)).toBeCloseTo(dynosUp, 6);
  expect(lastLevel(record, GAUGE.threads)).toBeCloseTo(threadsUp, 6);
  expect(lastLevel(record, GAUGE.poolSlots)).toBeCloseTo(slotsUp, 6);
}

describe("a system that is changed while it runs", () => {
  it("keeps its books, and what was above a lowered limit only falls until it is under it; then it drains", async () => {
    await expectAlways([changedScenario], QUICK, ({ scenario, changes }) => {
      const simulation = new engine.Simulation(engine.compile(withSizes(scenario)), 0);
      let limits = limitsOf(scenario);
      let timeMs = 0;
      for (const { afterMs, change } of changes) {
        let before = { books: simulation.books(), limits };
        for (const part of [0.3, 0.7, 1]) {
          simulation.advance(timeMs + part * afterMs);
          const books = simulation.books();
          expectBalanced(books, limits, before);
          before = { books, limits };
        }
        timeMs += afterMs;
        simulation.apply(change);
        limits = limitsAfter(limits, change);
        expectBalanced(simulation.books(), limits, before);
        expectConsistent(simulation.record(), simulation.books());
      }
      drain(simulation, scenario);
      expectDrained(simulation.books(), limits);
      expectLastChangesHold(simulation, scenario, changes);
      expectGaugesAtRest(simulation.record(), simulation.books());
    });
  });
});
