import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { listDifferences } from "../../src/scenario/differences";
import type { Scenario } from "../../src/scenario/types";
import { changesBetween } from "../../src/ui/scenario/changes/changes-between";
import { changeText } from "../../src/ui/shell/change";
import { anyScenario } from "../support/arbitrary-scenario";

const SETTINGS = { seed: 20_261_129, numRuns: 60 };

/** With names that another scenario has too, so that their items are compared field by field. */
function renamed(scenario: Scenario): Scenario {
  const named = <Item extends object>(items: readonly Item[]) =>
    items.map((item, position) => ({ ...item, name: `item-${position}` }));
  return {
    ...scenario,
    workloads: named(scenario.workloads),
    endpoints: named(scenario.endpoints),
    fleets: named(scenario.fleets),
  };
}

describe("any two scenarios", () => {
  it("are told apart in words, and a scenario from itself by none", () => {
    fc.assert(
      fc.property(anyScenario.map(renamed), anyScenario.map(renamed), (before, after) => {
        const texts = changesBetween(before, after).map(changeText);
        const paths = listDifferences(before, after).map(({ path }) => path);
        expect(texts.length > 0).toBe(paths.some((path) => path !== "name" && path !== "notes"));
        expect(changesBetween(after, after)).toEqual([]);
      }),
      SETTINGS,
    );
  });

  it("what moves begins at the old value and ends at the new", () => {
    fc.assert(
      fc.property(anyScenario.map(renamed), anyScenario.map(renamed), (before, after) => {
        for (const { values } of changesBetween(before, after)) {
          if (values === null || values.between === null) continue;
          expect(values.between(1)).toBe(values.to);
          expect(values.between(0)).toBe(values.from);
        }
      }),
      SETTINGS,
    );
  });
});
