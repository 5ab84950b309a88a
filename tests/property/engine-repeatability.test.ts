import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Change, ReplicationRecord } from "../../src/engine";
import { STAGE } from "../../src/engine/record/replication-record";
import { withSizes } from "../../src/scenario/sizes";
import type { Fleet, Scenario } from "../../src/scenario/types";
import { simulableScenario } from "../support/arbitrary-scenario";
import { builtEngine } from "../support/built-engine.mjs";
import { digest } from "../support/engine-books";
import { unlimitedScenario, withTimeToDrain } from "../support/unlimited-scenario";

const { compile, Simulation } = await builtEngine();

// Hundreds of runs on a machine that does other things too: a test may take its time.
vi.setConfig({ testTimeout: 60_000 });

/** A failing case is printed with the path that leads to it. */
const SETTINGS = { seed: 20_210_206, numRuns: 100 };
const END = Number.POSITIVE_INFINITY;

function begin(scenario: Scenario, replication = 0) {
  return new Simulation(compile(withSizes(scenario)), replication);
}

function recordOf(scenario: Scenario, replication = 0): ReplicationRecord {
  const simulation = begin(scenario, replication);
  simulation.advance(END);
  return simulation.record();
}

/** How somebody may look at a run that is under way. */
interface Look {
  readonly untilMs: number;
  readonly maximumEvents: number;
  readonly takesRecord: boolean;
}

const looks: fc.Arbitrary<Look[]> = fc.array(
  fc.record({
    untilMs: fc.oneof(fc.integer({ min: 0, max: 11_000 }), fc.double({ min: 0, max: 11_000, noNaN: true })),
    maximumEvents: fc.constantFrom(1, 5000, END),
    takesRecord: fc.boolean(),
  }),
  { maxLength: 12 },
);

describe("the same scenario and seed give the same numbers to the last bit", () => {
  it("when run twice", () => {
    fc.assert(
      fc.property(simulableScenario, fc.integer({ min: 0, max: 999 }), (scenario, replication) => {
        expect(digest(recordOf(scenario, replication))).toBe(digest(recordOf(scenario, replication)));
      }),
      SETTINGS,
    );
  });

  it("however the run is divided, and whoever looks in between", () => {
    fc.assert(
      fc.property(simulableScenario, looks, (scenario, between) => {
        const simulation = begin(scenario);
        for (const { untilMs, maximumEvents, takesRecord } of between) {
          simulation.advance(untilMs, maximumEvents);
          if (takesRecord) simulation.record();
          simulation.books();
        }
        simulation.advance(END);
        expect(digest(simulation.record())).toBe(digest(recordOf(scenario)));
      }),
      SETTINGS,
    );
  });

  it("when the system is changed on the way, too", () => {
    const changes: readonly Change[] = [
      { kind: "threads", threads: 2 },
      { kind: "dynos", dynos: 4 },
      { kind: "poolSize", size: 3 },
      { kind: "balancer", balancer: "power-of-two" },
    ];
    fc.assert(
      fc.property(simulableScenario, looks, (scenario, between) => {
        const changed = (look: boolean): ReplicationRecord => {
          const simulation = begin(scenario);
          changes.forEach((change, i) => {
            const atMs = 500 * (i + 1);
            if (look) {
              for (const { untilMs, maximumEvents } of between) {
                simulation.advance(Math.min(untilMs, atMs), maximumEvents);
                simulation.record();
              }
            }
            simulation.advance(atMs);
            simulation.apply(change);
          });
          simulation.advance(END);
          return simulation.record();
        };
        expect(digest(changed(true))).toBe(digest(changed(false)));
      }),
      SETTINGS,
    );
  });

  it("while a pause in the middle of a run leaves it where it was", () => {
    fc.assert(
      fc.property(simulableScenario, fc.integer({ min: 1, max: 2000 }), (scenario, untilMs) => {
        const simulation = begin(scenario);
        simulation.advance(untilMs);
        const record = digest(simulation.record());
        simulation.advance(untilMs);
        simulation.advance(untilMs - 1);
        expect(simulation.nowMs).toBe(untilMs);
        expect(digest(simulation.record())).toBe(record);
      }),
      SETTINGS,
    );
  });
});

describe("chance", () => {
  const base: fc.Arbitrary<Scenario> = simulableScenario.map((scenario) => ({
    ...scenario,
    endpoints: scenario.endpoints.map((endpoint) => ({
      ...endpoint,
      steps: [{ kind: "wait" as const, ms: { dist: "exponential" as const, mean: 50 } }, ...endpoint.steps],
    })),
    workloads: [
      {
        name: "site",
        kind: "open" as const,
        requestsPerSecond: 50,
        arrivals: "poisson" as const,
        thinkMs: 0,
        retries: { attempts: 0, backoffMs: 0, backoffFactor: 1, jitter: false },
        giveUpAfterMs: null,
      },
    ],
  }));

  it("is another for every seed and every replication", () => {
    const seeds = fc.uniqueArray(fc.maxSafeNat(), { minLength: 2, maxLength: 3 });
    fc.assert(
      fc.property(base, seeds, (scenario, chosen) => {
        const records = chosen.flatMap((seed) =>
          [0, 1, 2].map((replication) =>
            recordOf({ ...scenario, run: { ...scenario.run, seed } }, replication),
          ),
        );
        // The number of the replication is part of a record, so only what was simulated is compared.
        const digests = records.map(({ sentOverTime, gaugesOverTime }) =>
          digest({ sentOverTime, gaugesOverTime }),
        );
        expect(new Set(digests).size).toBe(digests.length);
      }),
      { ...SETTINGS, numRuns: 40 },
    );
  });
});

describe("common random numbers: what is not touched stays as it was", () => {
  const otherSystem = fc.record({
    dynos: fc.integer({ min: 1, max: 12 }),
    threads: fc.integer({ min: 1, max: 8 }),
    poolSize: fc.integer({ min: 1, max: 8 }),
    balancer: fc.constantFrom("random", "round-robin", "least-outstanding", "power-of-two"),
    connections: fc.integer({ min: 1, max: 9 }),
    isPooled: fc.boolean(),
  });

  function withSystem(
    scenario: Scenario,
    system: typeof otherSystem extends fc.Arbitrary<infer T> ? T : never,
  ) {
    const change = (fleet: Fleet): Fleet => ({
      ...fleet,
      dynos: system.dynos,
      threads: system.threads,
      balancer: system.balancer as Fleet["balancer"],
      pool: { ...fleet.pool, size: system.poolSize },
    });
    return {
      ...scenario,
      fleets: scenario.fleets.map(change),
      pooler: { ...scenario.pooler, enabled: system.isPooled, connections: system.connections },
    };
  }

  it("open requests are sent at the same times, and what each has to do takes as long, on any other system", () => {
    const open = unlimitedScenario.filter((scenario) => scenario.workloads[0]?.kind === "open");
    fc.assert(
      fc.property(open, otherSystem, (scenario, system) => {
        const drained = (of: Scenario): ReplicationRecord => {
          const simulation = begin(withTimeToDrain(of));
          simulation.advance(2000);
          simulation.apply({ kind: "requestsPerSecond", requestsPerSecond: 0 });
          simulation.advance(END);
          return simulation.record();
        };
        const one = drained(scenario);
        const other = drained(withSystem(scenario, system));
        expect(other.sentOverTime).toEqual(one.sentOverTime);
        expect(recordOf(withSystem(scenario, system)).sentOverTime).toEqual(recordOf(scenario).sentOverTime);
        for (const stage of [STAGE.wait, STAGE.query]) {
          const work = one.stageSumsMs[stage] ?? Number.NaN;
          // Added up in another order.
          expect(Math.abs((other.stageSumsMs[stage] ?? Number.NaN) - work)).toBeLessThanOrEqual(1e-9 * work);
        }
      }),
      SETTINGS,
    );
  });

  it("a client's n-th request takes the same time, whoever else there is", () => {
    const closed = unlimitedScenario.map((scenario) => ({
      ...scenario,
      fleets: scenario.fleets.map((fleet) => ({
        ...fleet,
        threads: 100,
        pool: { ...fleet.pool, size: 100 },
      })),
      pooler: { ...scenario.pooler, enabled: false },
    }));
    const alone = closed.filter((scenario) => scenario.workloads[0]?.kind === "closed");
    fc.assert(
      fc.property(alone, fc.integer({ min: 1, max: 12 }), (scenario, dynos) => {
        // Nothing waits for anything here, and connections cost nothing: more dynos and another balancer change nothing at all.
        const free = (fleet: Fleet): Fleet => ({ ...fleet, pool: { ...fleet.pool, connectMs: 0 } });
        const one = { ...scenario, fleets: scenario.fleets.map(free) };
        const other = {
          ...one,
          fleets: one.fleets.map((fleet): Fleet => ({ ...fleet, dynos, balancer: "least-outstanding" })),
        };
        const { latency, sentOverTime, okOverTime } = recordOf(one);
        const again = recordOf(other);
        expect(digest({ latency, sentOverTime, okOverTime })).toBe(
          digest({ latency: again.latency, sentOverTime: again.sentOverTime, okOverTime: again.okOverTime }),
        );
      }),
      SETTINGS,
    );
  });
});
