import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import type { Detail, ReplicationRecord } from "../../src/engine";
import { type SizedScenario, withSizes } from "../../src/scenario/sizes";
import { measureOf, PooledRecords } from "../../src/study/measures";
import { MEASURE_NAMES } from "../../src/study/question-types";
import { builtEngine } from "../support/built-engine.mjs";
import { changingScenario } from "../support/changing-scenario";
import { close, same } from "../support/holding";
import { simulableScenario } from "../support/simulable-scenario";
import { expectAlways, TRIES_TIMEOUT_MS } from "../support/tries";

const { compile, Simulation } = await builtEngine();

vi.setConfig({ testTimeout: TRIES_TIMEOUT_MS });

function recordOf(sized: SizedScenario, detail: Detail, replication: number): ReplicationRecord {
  const simulation = new Simulation(compile(sized, detail), replication);
  simulation.advance(Number.POSITIVE_INFINITY);
  return simulation.record();
}

/** What a system cost is added up in one piece instead of bucket by bucket: the same but for the last digits. */
const ROUNDING = 1e-9;

const SCENARIOS = [
  ["in a system that stays as it is", simulableScenario],
  ["in a system in which everything changes", changingScenario],
] as const;

describe.each(SCENARIOS)(
  "a replication that is recorded for its measures alone, %s,",
  (_where, scenarios) => {
    it("has the same measures to the last bit, but for those of money", async () => {
      await expectAlways([scenarios, fc.integer({ min: 0, max: 9 })], 120, (scenario, replication) => {
        const sized = withSizes(scenario);
        const alone = recordOf(sized, "measures", replication);
        const whole = recordOf(sized, "series", replication);
        expect(alone.buckets).toBe(1);
        expect(alone.stoppedAtMs).toBe(whole.stoppedAtMs);
        for (const name of MEASURE_NAMES) {
          const found = measureOf(name, PooledRecords.of(alone), sized);
          const expected = measureOf(name, PooledRecords.of(whole), sized);
          if (/usd/i.test(name) && found !== null && expected !== null)
            close(name, found, expected, ROUNDING * (1 + Math.abs(expected)));
          else same(name, found, expected);
        }
      });
    });
  },
);
