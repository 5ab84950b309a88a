import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Books, Change } from "../../src/engine";
import { readScenario } from "../../src/scenario/read-scenario";
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
  limitsOf,
} from "../support/engine-books";
import { withTimeToDrain } from "../support/unlimited-scenario";

const { compile, Simulation } = await builtEngine();

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

/** Retired dynos have closed their connections, and pools that became smaller those above their size. */
function expectNoMoreIdleThanPoolsHold(books: Books, scenario: Scenario, changes: readonly Timed[]): void {
  const [fleet] = scenario.fleets;
  let dynos = fleet?.dynos ?? 0;
  let size = fleet?.pool.size ?? 0;
  for (const { change } of changes) {
    if (change.kind === "dynos") dynos = change.dynos;
    if (change.kind === "poolSize") size = change.size;
  }
  expect(books.idle).toBeLessThanOrEqual(dynos * (fleet?.processes ?? 0) * size);
}

describe("a system that is changed while it runs", () => {
  it("keeps its books, and what was above a lowered limit only falls until it is under it; then it drains", () => {
    fc.assert(
      fc.property(changedScenario, ({ scenario, changes }) => {
        const simulation = new Simulation(compile(withSizes(scenario)), 0);
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
        expectNoMoreIdleThanPoolsHold(simulation.books(), scenario, changes);
        expectGaugesAtRest(simulation.record(), simulation.books());
      }),
      SETTINGS,
    );
  });
});

describe("a limit that is lowered under load", () => {
  const LONGEST_MS = 100;

  /** Far more clients than anything here can serve; every request is one query of 100 ms. */
  function overloaded(processes: number, pooler: boolean) {
    const result = readScenario({
      schema: 1,
      run: { durationS: 60, warmupS: 0 },
      workloads: [{ name: "hey", kind: "closed", clients: 200 }],
      endpoints: [{ name: "page", steps: [{ kind: "query", ms: LONGEST_MS }] }],
      fleets: [
        {
          name: "web",
          balancer: "round-robin",
          dynos: 3,
          processes,
          threads: 8,
          pool: { size: 8, connectMs: 0 },
        },
      ],
      pooler: { enabled: pooler, connections: 12 },
    });
    if (!result.ok) throw new Error(JSON.stringify(result.problems));
    const simulation = new Simulation(compile(withSizes(result.scenario)), 0);
    simulation.advance(5025);
    return simulation;
  }

  it.each([1, 2])(
    "threads of %i processes: reached as soon as every request under way has ended",
    (processes) => {
      const simulation = overloaded(processes, false);
      const everywhere = (busy: number): number[] => Array.from({ length: 3 * processes }, () => busy);
      expect(simulation.books().busyThreadsOfProcesses).toEqual(everywhere(8));
      simulation.apply({ kind: "threads", threads: 3 });
      expect(simulation.books().busyThreadsOfProcesses).toEqual(everywhere(8));
      simulation.advance(5026 + LONGEST_MS);
      expect(simulation.books().busyThreadsOfProcesses).toEqual(everywhere(3));
      simulation.apply({ kind: "threads", threads: 5 });
      expect(simulation.books().busyThreadsOfProcesses).toEqual(everywhere(5));
    },
  );

  it("connections of a pool", () => {
    const simulation = overloaded(1, false);
    expect(simulation.books().checkedOut).toBe(24);
    simulation.apply({ kind: "poolSize", size: 2 });
    expect(simulation.books().checkedOut).toBe(24);
    simulation.advance(5026 + LONGEST_MS);
    expect(simulation.books()).toMatchObject({ checkedOut: 6, idle: 0, databaseOpen: 6 });
    simulation.apply({ kind: "poolSize", size: 4 });
    simulation.advance(5027 + LONGEST_MS);
    expect(simulation.books()).toMatchObject({ checkedOut: 12, idle: 0, databaseOpen: 12 });
  });

  it("connections of the pooler", () => {
    const simulation = overloaded(1, true);
    expect(simulation.books()).toMatchObject({ poolerBusy: 12, databaseOpen: 12, poolerWaiting: 12 });
    simulation.apply({ kind: "poolerConnections", connections: 5 });
    expect(simulation.books()).toMatchObject({ poolerBusy: 12, databaseOpen: 12, poolerWaiting: 12 });
    simulation.advance(5026 + LONGEST_MS);
    expect(simulation.books()).toMatchObject({ poolerBusy: 5, databaseOpen: 5, poolerWaiting: 19 });
    simulation.apply({ kind: "poolerConnections", connections: 9 });
    expect(simulation.books()).toMatchObject({ poolerBusy: 9, databaseOpen: 9, poolerWaiting: 15 });
  });

  it("clients: who has to go waits for the last answer", () => {
    const simulation = overloaded(1, false);
    simulation.apply({ kind: "clients", clients: 4 });
    expect(simulation.books().inFlight).toBe(200);
    simulation.advance(7000);
    expect(simulation.books().inFlight).toBe(4);
  });

  it("dynos: those retired finish what they have, in line too, and then hold no connection", () => {
    const simulation = overloaded(1, false);
    simulation.apply({ kind: "dynos", dynos: 1 });
    expect(simulation.books().busyThreadsOfDynos).toEqual([8, 8, 8]);
    simulation.advance(8000);
    expect(simulation.books()).toMatchObject({ busyThreadsOfDynos: [8, 0, 0], idle: 0, databaseOpen: 8 });
  });
});
