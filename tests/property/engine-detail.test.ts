import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { figures } from "../../src/analysis/figures";
import type { ResultFigures } from "../../src/analysis/result-types";
import type { Detail, ReplicationRecord } from "../../src/engine";
import { type SizedScenario, withSizes } from "../../src/scenario/sizes";
import { measureOf, Pool } from "../../src/study/measures";
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

/** Levels over time are added up in one piece instead of bucket by bucket: the same but for the last digits. */
const ROUNDING = 1e-9;

/** Expects the same plain data, but for the last digits of its numbers. */
function expectNearlySame(what: string, found: unknown, expected: unknown): void {
  if (typeof found === "number" && typeof expected === "number")
    close(what, found, expected, ROUNDING * (1 + Math.abs(expected)));
  else if (found !== null && typeof found === "object" && expected !== null && typeof expected === "object") {
    same(`the fields of ${what}`, Object.keys(found).join(), Object.keys(expected).join());
    for (const [field, part] of Object.entries(expected))
      expectNearlySame(`${what}.${field}`, (found as Record<string, unknown>)[field], part);
  } else same(what, found, expected);
}

/** The figures that are counted and measured, without those of levels over time. */
function counted({ utilization, peaks, byFleet, cost, ...rest }: ResultFigures): object {
  return rest;
}

const SCENARIOS = [
  ["in a system that stays as it is", simulableScenario],
  ["in a system in which everything changes", changingScenario],
] as const;

describe.each(SCENARIOS)("a replication that is recorded for its figures alone, %s,", (_where, scenarios) => {
  it("has the very figures of one that is recorded with its series", async () => {
    await expectAlways([scenarios, fc.integer({ min: 0, max: 9 })], 60, (scenario, replication) => {
      const sized = withSizes(scenario);
      const alone = recordOf(sized, "figures", replication);
      const whole = recordOf(sized, "series", replication);
      expect(alone.buckets).toBe(1);
      const [found, expected] = [figures(sized, [alone], 0), figures(sized, [whole], 0)];
      expectNearlySame("figures", found, expected);
      expect(counted(found)).toEqual(counted(expected));
    });
  });

  it("has the same measures of a study to the last bit, but for those of money", async () => {
    await expectAlways([scenarios, fc.integer({ min: 0, max: 9 })], 60, (scenario, replication) => {
      const sized = withSizes(scenario);
      const alone = recordOf(sized, "figures", replication);
      const whole = recordOf(sized, "series", replication);
      for (const name of MEASURE_NAMES.filter((measure) => !/usd/i.test(measure)))
        same(name, measureOf(name, Pool.of(alone), sized), measureOf(name, Pool.of(whole), sized));
    });
  });
});
