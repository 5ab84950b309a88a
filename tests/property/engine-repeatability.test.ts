import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Change, ReplicationRecord } from "../../src/engine";
import { STAGE } from "../../src/engine/record/replication-record";
import { withSizes } from "../../src/scenario/sizes";
import type { Fleet, OpenWorkload, Scenario, Step, Workload } from "../../src/scenario/types";
import { AnswerTally } from "../support/answer-tally";
import { builtEngine } from "../support/built-engine.mjs";
import { drain } from "../support/engine-books";
import { digest } from "../support/engine-records";
import { simulableScenario } from "../support/simulable-scenario";
import { expectAlways, TRIES_TIMEOUT_MS } from "../support/tries";
import { unlimitedScenario, withTimeToDrain } from "../support/unlimited-scenario";

const { compile, Simulation } = await builtEngine();

vi.setConfig({ testTimeout: TRIES_TIMEOUT_MS });

/** How many scenarios are quick enough for every run of the tests. */
const QUICK = 80;
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
    untilMs: fc.oneof(fc.integer({ min: 0, max: 7000 }), fc.double({ min: 0, max: 7000, noNaN: true })),
    maximumEvents: fc.constantFrom(1, 5000, END),
    takesRecord: fc.boolean(),
  }),
  { maxLength: 12 },
);

describe("the same scenario and seed give the same numbers to the last bit", () => {
  it("when run twice", async () => {
    await expectAlways(
      [simulableScenario, fc.integer({ min: 0, max: 999 })],
      QUICK,
      (scenario, replication) => {
        expect(digest(recordOf(scenario, replication))).toBe(digest(recordOf(scenario, replication)));
      },
    );
  });

  it("however the run is divided, and whoever looks in between", async () => {
    await expectAlways([simulableScenario, looks], QUICK, (scenario, between) => {
      const simulation = begin(scenario);
      for (const { untilMs, maximumEvents, takesRecord } of between) {
        simulation.advance(untilMs, maximumEvents);
        if (takesRecord) simulation.record();
        simulation.books();
      }
      simulation.advance(END);
      expect(digest(simulation.record())).toBe(digest(recordOf(scenario)));
    });
  });

  it("whoever hears of the answers", async () => {
    await expectAlways(
      [simulableScenario, fc.integer({ min: 0, max: 1 })],
      QUICK,
      (scenario, replication) => {
        const simulation = new Simulation(compile(withSizes(scenario)), replication, new AnswerTally());
        simulation.advance(END);
        expect(digest(simulation.record())).toBe(digest(recordOf(scenario, replication)));
      },
    );
  });

  it("when the system is changed on the way, too", async () => {
    const changes: readonly Change[] = [
      { kind: "threads", threads: 2 },
      { kind: "dynos", dynos: 4 },
      { kind: "poolSize", size: 3 },
      { kind: "balancer", balancer: "power-of-two" },
    ];
    await expectAlways([simulableScenario, looks], QUICK, (scenario, between) => {
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
    });
  });

  it("while a pause in the middle of a run leaves it where it was", async () => {
    await expectAlways([simulableScenario, fc.integer({ min: 1, max: 1000 })], QUICK, (scenario, untilMs) => {
      const simulation = begin(scenario);
      simulation.advance(untilMs);
      const record = digest(simulation.record());
      simulation.advance(untilMs);
      simulation.advance(untilMs - 1);
      expect(simulation.nowMs).toBe(untilMs);
      expect(digest(simulation.record())).toBe(record);
    });
  });
});

/** Arrivals whose times no answer can change. */
const ARRIVALS: OpenWorkload = {
  name: "arrivals",
  kind: "open",
  requestsPerSecond: 50,
  arrivals: "poisson",
  thinkMs: 0,
  mix: { page: 1 },
  retries: { attempts: 0, backoffMs: 0, backoffFactor: 1, jitter: false },
  giveUpAfterMs: null,
};

describe("chance", () => {
  const base: fc.Arbitrary<Scenario> = simulableScenario.map((scenario) => ({
    ...scenario,
    endpoints: scenario.endpoints.map((endpoint) => ({
      ...endpoint,
      steps: [{ kind: "wait" as const, ms: { dist: "exponential" as const, mean: 50 } }, ...endpoint.steps],
    })),
    workloads: [ARRIVALS],
  }));

  it("is another for every seed and every replication", async () => {
    const seeds = fc.uniqueArray(fc.maxSafeNat(), { minLength: 2, maxLength: 3 });
    await expectAlways([base, seeds], 40, (scenario, chosen) => {
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
    });
  });
});

describe("common random numbers: what is not touched stays as it was", () => {
  const otherSystem = fc.record({
    dynos: fc.integer({ min: 1, max: 12 }),
    threads: fc.integer({ min: 1, max: 8 }),
    poolSize: fc.integer({ min: 1, max: 8 }),
    balancer: fc.constantFrom<Fleet["balancer"][]>(
      "random",
      "round-robin",
      "least-outstanding",
      "power-of-two",
    ),
    runtime: fc.constantFrom<Fleet["runtime"][]>("gvl", "event-loop", "parallel"),
    maxOutstandingPerDyno: fc.constantFrom(null, 1, 4),
    connections: fc.integer({ min: 1, max: 9 }),
    isPooled: fc.boolean(),
    replicas: fc.integer({ min: 0, max: 3 }),
  });

  function withSystem(
    scenario: Scenario,
    system: typeof otherSystem extends fc.Arbitrary<infer T> ? T : never,
  ): Scenario {
    const { dynos, threads, balancer, runtime, maxOutstandingPerDyno, poolSize } = system;
    const { database, pooler } = scenario;
    const change = (fleet: Fleet): Fleet => ({
      ...fleet,
      ...{ dynos, threads, balancer, runtime, maxOutstandingPerDyno },
      memory: { perProcessMb: 0, perThreadMb: 0 },
      pool: { ...fleet.pool, size: poolSize },
    });
    return {
      ...scenario,
      fleets: scenario.fleets.map(change),
      pooler: {
        ...pooler,
        mode: "transaction",
        enabled: system.isPooled,
        connections: system.connections,
      },
      database: { ...database, replicas: { ...database.replicas, count: system.replicas } },
    };
  }

  /** The requests of such a workload are the same whatever becomes of those before. */
  function isIndependent(workload: Workload): boolean {
    return workload.kind !== "closed" && (workload.kind === "replay" || workload.journey === undefined);
  }

  it("requests that wait for no answer are sent at the same times, and what each has to do takes as long, on any other system", async () => {
    const independent = unlimitedScenario.map((scenario) => ({
      ...scenario,
      workloads: [ARRIVALS, ...scenario.workloads.filter(isIndependent)],
    }));
    await expectAlways([independent, otherSystem], QUICK, (scenario, system) => {
      const drained = (of: Scenario): ReplicationRecord => {
        const draining = withTimeToDrain(of);
        const simulation = begin(draining);
        simulation.advance(1000);
        drain(simulation, draining);
        return simulation.record();
      };
      const one = drained(scenario);
      const other = drained(withSystem(scenario, system));
      expect(other.sentOverTime).toEqual(one.sentOverTime);
      const { sentOverTime } = recordOf(scenario);
      expect(recordOf(withSystem(scenario, system)).sentOverTime).toEqual(sentOverTime);
      for (const stage of [STAGE.cpu, STAGE.wait, STAGE.query]) {
        const work = one.stageSumsMs[stage] ?? Number.NaN;
        // Added up in another order.
        const difference = Math.abs((other.stageSumsMs[stage] ?? Number.NaN) - work);
        expect(difference).toBeLessThanOrEqual(1e-9 * (work + one.ok));
      }
    });
  });

  it("a client's n-th request takes the same time, whoever else there is", async () => {
    // Nothing waits for anything here, and connections cost nothing: more dynos and another balancer change nothing at all.
    const withoutProcessors = (step: Step): Step => {
      if (step.kind === "query") return { ...step, cpuMs: 0 };
      return { kind: "wait", ms: step.ms };
    };
    const plentiful = unlimitedScenario.map((scenario) => ({
      ...scenario,
      endpoints: scenario.endpoints.map((endpoint) => ({
        ...endpoint,
        steps: endpoint.steps.map(withoutProcessors),
      })),
      fleets: scenario.fleets.map(
        (fleet): Fleet => ({
          ...fleet,
          threads: 1000,
          maxOutstandingPerDyno: null,
          memory: { perProcessMb: 0, perThreadMb: 0 },
          pool: { ...fleet.pool, size: 1000, connectMs: 0 },
        }),
      ),
      pooler: { ...scenario.pooler, enabled: false },
    }));
    await expectAlways([plentiful, fc.integer({ min: 1, max: 12 })], QUICK, (one, dynos) => {
      const other = {
        ...one,
        fleets: one.fleets.map((fleet): Fleet => ({ ...fleet, dynos, balancer: "least-outstanding" })),
      };
      const { latency, sentOverTime, okOverTime } = recordOf(one);
      const again = recordOf(other);
      expect(digest({ latency, sentOverTime, okOverTime })).toBe(
        digest({ latency: again.latency, sentOverTime: again.sentOverTime, okOverTime: again.okOverTime }),
      );
    });
  });
});
