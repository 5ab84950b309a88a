import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { figures } from "../../src/analysis/figures";
import { FAILURE_KINDS, type FailureKind, STAGES } from "../../src/analysis/result-types";
import { explain } from "../../src/analysis/verdict";
import type { GAUGE } from "../../src/engine/record/replication-record";
import { applyChanges } from "../../src/scenario/paths";
import { withSizes } from "../../src/scenario/sizes";
import type { Scenario } from "../../src/scenario/types";
import { anyScenario } from "../support/arbitrary-scenario";
import { type HandMade, type HandMadeRequest, handMadeRecord } from "../support/hand-made-record";

/** Scenarios with few enough dynos that a record of each is quickly made. */
const scenarios = anyScenario.map(
  (scenario): Scenario => ({
    ...scenario,
    fleets: scenario.fleets.map((fleet) => ({ ...fleet, dynos: fleet.dynos % 30 })),
  }),
);

const fraction = fc.double({ min: 0, max: 1, noNaN: true });
const stages = fc.dictionary(fc.constantFrom(...STAGES), fc.double({ min: 0, max: 1e6, noNaN: true }));

function request(scenario: Scenario): fc.Arbitrary<HandMadeRequest> {
  return fc.record(
    {
      stages,
      endpoint: fc.nat(2),
      fleet: fc.nat(2),
      dyno: fc.nat(30),
      failure: fc.constantFrom(...possibleFailures(scenario)),
    },
    { requiredKeys: ["stages"] },
  );
}

/** The ways in which requests of a scenario can fail. */
function possibleFailures({ edge, fleets, workloads, pooler }: Scenario): readonly FailureKind[] {
  const impossible: Partial<Record<FailureKind, boolean>> = {
    timeout: edge.timeoutMs === null,
    "edge-full": edge.maxConnections === null,
    "queue-timeout":
      edge.queueTimeoutMs === null || fleets.every((fleet) => fleet.maxOutstandingPerDyno === null),
    "gave-up": workloads.every(({ giveUpAfterMs }) => giveUpAfterMs === null),
    "pooler-full": !pooler.enabled,
    "pooler-timeout": !pooler.enabled,
    "connection-refused": pooler.enabled,
  };
  return FAILURE_KINDS.filter((kind) => !impossible[kind]);
}

/** Anything that could have been recorded: parts are as full as chance has it. */
function recorded(scenario: Scenario): fc.Arbitrary<HandMade> {
  const { database, replica, usableConnections, usableReplicaConnections } = withSizes(scenario);
  const replicas = scenario.database.replicas.count;
  return fc
    .record({
      requests: fc.array(request(scenario), { maxLength: 12 }),
      busy: fc.array(fraction, { minLength: 8, maxLength: 8 }),
      retries: fc.nat(12),
      inFlight: fc.nat(3),
    })
    .map(({ requests, busy, retries, inFlight }) => {
      const [threads = 0, cpu = 0, pool = 0, pooler = 0, open = 0, databaseCpu = 0, reading = 0, line = 0] =
        busy;
      return {
        requests,
        inFlight,
        retries: scenario.workloads.some((one) => one.retries.attempts > 0)
          ? Math.min(retries, requests.length)
          : 0,
        busyThreads: scenario.fleets.map((fleet) =>
          Array.from({ length: fleet.dynos }, () => threads * fleet.processes * fleet.threads),
        ),
        poolersBusy: Array.from(
          { length: scenario.pooler.enabled ? 1 + replicas : 0 },
          () => pooler * scenario.pooler.connections,
        ),
        levels: {
          dynos: scenario.fleets.reduce((sum, fleet) => sum + fleet.dynos, 0),
          threads: scenario.fleets.reduce(
            (sum, fleet) => sum + fleet.dynos * fleet.processes * fleet.threads,
            0,
          ),
          cpu,
          cpuCapacity: 1,
          checkedOut: pool,
          poolSlots: 1,
          databaseConnections: open * usableConnections,
          databaseCpu: databaseCpu * database.vcpus,
          replicas,
          replicaConnections: reading * replicas * usableReplicaConnections,
          replicaCpu: reading * replicas * replica.vcpus,
          balancerQueued: line < 0.5 ? 0 : line,
        } satisfies Partial<Record<keyof typeof GAUGE, number>>,
      };
    });
}

const runs = scenarios.chain((scenario) => recorded(scenario).map((made) => ({ scenario, made })));

describe("a verdict on anything", () => {
  it("is in whole sentences with real numbers, and what it suggests is a change to a valid scenario", () => {
    fc.assert(
      fc.property(runs, ({ scenario, made }) => {
        const verdict = explain(figures(withSizes(scenario), [handMadeRecord(scenario, made)], 0));
        expect(verdict.sentence).toMatch(/^([A-Z0-9]|p9[59] ).*\.$/s);
        expect(verdict.arithmetic).toMatch(/^$|\.$/);
        for (const text of [verdict.sentence, verdict.arithmetic, verdict.suggestion?.label ?? ""])
          expect(text).not.toMatch(/NaN|Infinity|∞|undefined|\[object/);
        if (verdict.suggestion === null) return;
        const changed = applyChanges(scenario, verdict.suggestion.changes);
        expect(changed.ok ? [] : changed.problems).toEqual([]);
        // A suggestion that changes nothing is named in the failure.
        if (changed.ok && JSON.stringify(changed.scenario) === JSON.stringify(scenario))
          expect(verdict).toBeNull();
      }),
      { numRuns: 200, seed: 20_261 },
    );
  });
});
