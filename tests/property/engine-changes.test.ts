import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Change, Simulation } from "../../src/engine";
import { GAUGE } from "../../src/engine/record/replication-record";
import { withSizes } from "../../src/scenario/sizes";
import type { Scenario } from "../../src/scenario/types";
import { simulableScenario } from "../support/arbitrary-scenario";
import { builtEngine } from "../support/built-engine.mjs";
import {
  expectBalanced,
  expectConsistent,
  expectDrained,
  expectGaugesAtRest,
  type Limits,
  lastLevel,
  limitsOf,
} from "../support/engine-books";
import { withTimeToDrain } from "../support/unlimited-scenario";

const engine = await builtEngine();

// Hundreds of runs on a machine that does other things too: a test may take its time.
vi.setConfig({ testTimeout: 60_000 });

/** A failing case is printed with the path that leads to it. */
const SETTINGS = { seed: 20_210_206, numRuns: 200 };

/** Changes that any scenario of this kind allows. */
function changesOf(scenario: Scenario): fc.Arbitrary<Change> {
  const traffic =
    scenario.workloads[0]?.kind === "closed"
      ? fc.record({ kind: fc.constant("clients" as const), clients: fc.integer({ min: 0, max: 60 }) })
      : fc.record({
          kind: fc.constant("requestsPerSecond" as const),
          requestsPerSecond: fc.constantFrom(0, 0.5, 20, 150),
        });
  const system = [
    fc.record({ kind: fc.constant("dynos" as const), dynos: fc.integer({ min: 0, max: 10 }) }),
    fc.record({ kind: fc.constant("threads" as const), threads: fc.integer({ min: 1, max: 8 }) }),
    fc.record({ kind: fc.constant("poolSize" as const), size: fc.integer({ min: 1, max: 8 }) }),
    fc.record({
      kind: fc.constant("balancer" as const),
      balancer: fc.constantFrom(
        "random" as const,
        "round-robin" as const,
        "least-outstanding" as const,
        "power-of-two" as const,
      ),
    }),
  ];
  const pooler = scenario.pooler.enabled
    ? [
        fc.record({
          kind: fc.constant("poolerConnections" as const),
          connections: fc.integer({ min: 1, max: 12 }),
        }),
      ]
    : [];
  return fc.oneof(traffic, ...system, ...pooler);
}

/** The limits after a change. */
function limitsAfter(limits: Limits, change: Change): Limits {
  switch (change.kind) {
    case "clients":
      return { ...limits, clients: Math.max(limits.clients, change.clients) };
    case "dynos":
      return { ...limits, alwaysDynos: limits.alwaysDynos && change.dynos > 0 };
    case "threads":
      return { ...limits, threads: change.threads };
    case "poolSize":
      return { ...limits, poolSize: Math.max(limits.poolSize, change.size) };
    case "poolerConnections":
      return limits.pooler === null
        ? limits
        : { ...limits, pooler: { ...limits.pooler, connections: change.connections } };
    default:
      return limits;
  }
}

interface Timed {
  readonly afterMs: number;
  readonly change: Change;
}

/** A scenario whose dynos boot within the run, and changes with the time since the one before. */
const changedScenario = simulableScenario.chain((scenario) => {
  const timed: fc.Arbitrary<Timed> = fc.record({
    afterMs: fc.oneof(fc.integer({ min: 0, max: 800 }), fc.double({ min: 0, max: 800, noNaN: true })),
    change: changesOf(scenario),
  });
  return fc.record({
    scenario: fc.constantFrom(0.2, 1).map((bootS) => ({
      ...withTimeToDrain(scenario),
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
  const [fleet] = scenario.fleets;
  if (fleet === undefined) throw new Error("A scenario without fleet");
  let { dynos, threads } = fleet;
  let { size } = fleet.pool;
  for (const { change } of changes) {
    if (change.kind === "dynos") dynos = change.dynos;
    if (change.kind === "threads") threads = change.threads;
    if (change.kind === "poolSize") size = change.size;
  }
  const processes = dynos * fleet.processes;
  const record = simulation.record();
  expect(simulation.books().idle).toBeLessThanOrEqual(processes * size);
  expect(lastLevel(record, GAUGE.dynos)).toBeCloseTo(dynos, 6);
  expect(lastLevel(record, GAUGE.threads)).toBeCloseTo(processes * threads, 6);
  expect(lastLevel(record, GAUGE.poolSlots)).toBeCloseTo(processes * size, 6);
}

describe("a system that is changed while it runs", () => {
  it("keeps its books, and what was above a lowered limit only falls until it is under it; then it drains", () => {
    fc.assert(
      fc.property(changedScenario, ({ scenario, changes }) => {
        const simulation = new engine.Simulation(engine.compile(withSizes(scenario)), 0);
        let limits = limitsOf(scenario);
        let timeMs = 0;
        for (const { afterMs, change } of changes) {
          let before = simulation.books();
          for (const part of [0.3, 0.7, 1]) {
            simulation.advance(timeMs + part * afterMs);
            const books = simulation.books();
            expectBalanced(books, limits, before);
            before = books;
          }
          timeMs += afterMs;
          simulation.apply(change);
          limits = limitsAfter(limits, change);
          expectBalanced(simulation.books(), limits, before);
          expectConsistent(simulation.record(), simulation.books());
        }
        const isClosed = scenario.workloads[0]?.kind === "closed";
        simulation.apply(
          isClosed ? { kind: "clients", clients: 0 } : { kind: "requestsPerSecond", requestsPerSecond: 0 },
        );
        simulation.advance(Number.POSITIVE_INFINITY);
        expectDrained(simulation.books(), limits);
        expectLastChangesHold(simulation, scenario, changes);
        expectGaugesAtRest(simulation.record(), simulation.books());
      }),
      SETTINGS,
    );
  });
});
