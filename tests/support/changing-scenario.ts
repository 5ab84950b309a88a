import fc from "fast-check";
import { readScenario } from "../../src/scenario/read-scenario";
import type { Scenario } from "../../src/scenario/types";
import { simulableScenario } from "./simulable-scenario";
import { sometimes } from "./small-arbitraries";

/*
 * Scenarios in which everything changes: traffic along profiles, timelines of all kinds, autoscalers with periods of fractions of a second, dynos that are checked, die and
 * come back, and databases that are lost. Small enough to run by the thousand.
 */

const moment = fc.oneof(fc.constantFrom(0, 0.5, 1, 2), fc.double({ min: 0, max: 5, noNaN: true }));

const profile = fc
  .array(fc.tuple(moment, fc.constantFrom(0, 0.5, 1, 2)), { minLength: 1, maxLength: 4 })
  .map((points) => points.sort(([a], [b]) => a - b));

const healthCheck = fc.record({
  everyMs: fc.constantFrom(50, 200),
  fall: fc.constantFrom(1, 2),
  rise: fc.constantFrom(1, 2),
  throughApp: fc.boolean(),
  timeoutMs: fc.constantFrom(20, 150, 400),
});

const connect = fc.record({
  attempts: fc.constantFrom(1, 3, 10),
  redispatch: fc.boolean(),
  retryDelayMs: fc.constantFrom(0, 40),
  quarantineS: fc.constantFrom(0, 0.3, 5),
});

const boot = fc.record({
  bootS: fc.constantFrom(0, 0.2, 1),
  preboot: fc.boolean(),
  prebootOverlapS: fc.constantFrom(0, 0.5, 2),
});

const metric = fc.constantFrom(
  "cpu",
  "latencyMs",
  "queueMs",
  "databaseCpu",
  "databaseConnections",
  "requestsPerDyno",
);
const periodS = fc.constantFrom(0.1, 0.25, 0.5);
const bound = fc.constantFrom(0, 0.2, 5, 50, 300);

const policy = fc.oneof(
  fc
    .record({
      kind: fc.constant("step"),
      metric,
      statistic: fc.constantFrom("average", "max", "p50", "p95", "p99"),
      periodS,
      change: fc.constantFrom(-2, -1, 1, 3),
      cooldownS: fc.constantFrom(0, 0.4),
      bound,
      isAbove: fc.boolean(),
      datapoints: fc.constantFrom(1, 2),
    })
    .map(({ bound, ...step }) => ({
      ...step,
      outOf: 2,
      // A fleet grows on what is above, and shrinks on what is below: the opposite is a contradiction.
      ...(step.change > 0 ? { above: bound } : { below: bound }),
    }))
    .map(({ isAbove: _isAbove, ...step }) => step),
  fc.record({
    kind: fc.constant("target"),
    metric,
    target: fc.constantFrom(0.3, 0.6, 40),
    periodS,
    scaleOutCooldownS: fc.constantFrom(0, 0.3),
    scaleInCooldownS: fc.constantFrom(0, 0.3),
  }),
);

/** One policy alone: several can contradict each other, which is reported and left out. */
const autoscaler = fc.record({
  min: fc.constantFrom(0, 1, 2),
  max: fc.constantFrom(3, 8),
  bootS: fc.constantFrom(0, 0.3),
  policies: policy.map((one) => [{ ...one, name: "policy" }]),
});

/** What a timeline sets, in scenarios of all shapes; those that a scenario does not have are left out. */
function settings(scenario: Scenario): fc.Arbitrary<{ path: string; value: unknown }> {
  const of = <T>(path: string, values: readonly T[]) =>
    fc.constantFrom(...values).map((value) => ({ path, value: value as unknown }));
  const fleets = scenario.fleets.flatMap(({ name }) => [
    of(`fleets.${name}.dynos`, [0, 1, 3, 7]),
    of(`fleets.${name}.threads`, [1, 4, 9]),
    of(`fleets.${name}.processes`, [1, 2, 3]),
    of(`fleets.${name}.pool.size`, [1, 3, 8]),
    of(`fleets.${name}.pool.hold`, ["request", "query"]),
    of(`fleets.${name}.pool.checkoutTimeoutMs`, [10, 600]),
    of(`fleets.${name}.balancer`, ["random", "round-robin", "least-outstanding", "power-of-two"]),
    of(`fleets.${name}.maxOutstandingPerDyno`, [null, 1, 4]),
    of(`fleets.${name}.reads`, ["primary", "replicas"]),
    of(`fleets.${name}.backlog`, [0, 5, 1024]),
    of(`fleets.${name}.boot.preboot`, [true, false]),
    of(`fleets.${name}.healthCheck`, [null, { everyMs: 100, throughApp: true, timeoutMs: 50 }]),
    of(`fleets.${name}.dynoType`, [
      { vcpus: 1, memoryMb: 4096, monthlyUsd: 10 },
      { vcpus: 4, memoryMb: 200, monthlyUsd: 100 },
    ]),
  ]);
  const workloads = scenario.workloads.flatMap((workload) =>
    workload.kind === "replay"
      ? []
      : [
          workload.kind === "open"
            ? of(`workloads.${workload.name}.requestsPerSecond`, [0, 10, 90])
            : of(`workloads.${workload.name}.clients`, [0, 3, 25]),
          of(`workloads.${workload.name}.giveUpAfterMs`, [null, 50, 500]),
          of(`workloads.${workload.name}.retries.attempts`, [0, 2]),
        ],
  );
  return fc.oneof(
    ...fleets,
    ...workloads,
    of("pooler.enabled", [true, false]),
    of("pooler.mode", ["transaction", "session"]),
    of("pooler.connections", [1, 4, 12]),
    of("pooler.waitTimeoutMs", [20, 2000]),
    of("database.plan", ["standard-2", { vcpus: 1, memoryMb: 60, monthlyUsd: 5, connectionLimit: 4 }]),
    of("database.replicas.count", [0, 1, 3]),
    of("database.replicas.routing", ["dns", "per-query"]),
    of("database.contention.alpha", [0, 0.1]),
    of("edge.timeoutMs", [null, 80, 900]),
    of("edge.queueTimeoutMs", [null, 60]),
    of(`endpoints.${scenario.endpoints[0]?.name ?? ""}.steps`, [
      [{ kind: "query", ms: 20, cpuMs: 5, access: "write" }],
      [
        { kind: "wait", ms: 30 },
        { kind: "query", ms: 10, count: 2 },
      ],
    ]),
  );
}

function timeline(scenario: Scenario): fc.Arbitrary<object[]> {
  const fleet = fc.constantFrom(...scenario.fleets.map(({ name }) => name));
  const count = fc.constantFrom(1, 2, 10);
  const what = fc.oneof(
    { weight: 6, arbitrary: settings(scenario).map((setting) => ({ do: "set", ...setting })) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant("deploy"), fleet }) },
    {
      weight: 3,
      arbitrary: fc.record({
        do: fc.constant("killDyno"),
        fleet,
        count,
        graceful: fc.boolean(),
        backAfterS: fc.constantFrom(null, 0, 0.3, 1),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        do: fc.constant("slowDyno"),
        fleet,
        count,
        factor: fc.constantFrom(0.5, 3),
        forS: fc.constantFrom(0, 0.5, 2),
      }),
    },
    { weight: 2, arbitrary: fc.constant({ do: "failover" }) },
    {
      weight: 2,
      arbitrary: fc.record({ do: fc.constant("restartDatabase"), downS: fc.constantFrom(0, 0.2, 1) }),
    },
  );
  return fc.array(
    fc.tuple(moment, what).map(([atS, entry]) => ({ atS, ...entry })),
    { maxLength: 8 },
  );
}

/** Valid scenarios that change while they run. */
export const changingScenario: fc.Arbitrary<Scenario> = fc.noBias(
  simulableScenario.chain((scenario) =>
    fc
      .record({
        timeline: timeline(scenario),
        profiles: fc.array(sometimes(profile), { minLength: 3, maxLength: 3 }),
        fleets: fc.array(
          fc.record({
            healthCheck: sometimes(healthCheck),
            connect,
            boot,
            autoscaler: sometimes(autoscaler),
          }),
          { minLength: 2, maxLength: 2 },
        ),
        scaler: sometimes(autoscaler),
        failover: fc.record({
          detectS: fc.constantFrom(0, 0.1),
          promoteS: fc.constantFrom(0, 0.5),
          oldSessions: fc.constantFrom("reset", "hang"),
          tcpTimeoutS: fc.constantFrom(0, 0.4, 3),
        }),
      })
      .map(({ timeline: entries, profiles, fleets, scaler, failover }) => {
        const { database } = scenario;
        const result = readScenario({
          ...scenario,
          run: { ...scenario.run, durationS: 6 },
          workloads: scenario.workloads.map((workload, i) => {
            const hasTrace = workload.kind === "open" && workload.trace !== undefined;
            const points = profiles[i] ?? null;
            return workload.kind === "replay" || hasTrace || points === null
              ? workload
              : { ...workload, profile: points };
          }),
          fleets: scenario.fleets.map((fleet, i) => ({ ...fleet, ...fleets[i] })),
          database: {
            ...database,
            failover,
            replicas: { ...database.replicas, autoscaler: scaler },
          },
          timeline: entries,
        });
        // A setting that does not fit this scenario is left out; the rest is what is tried.
        return result.scenario;
      }),
  ),
);
