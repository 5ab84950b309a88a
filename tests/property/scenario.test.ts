import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DEFAULT_SCENARIO } from "../../src/scenario/defaults";
import { applyChanges, getAt, listDifferences } from "../../src/scenario/paths";
import { PRESETS } from "../../src/scenario/presets";
import { readScenario, readScenarioText } from "../../src/scenario/read-scenario";
import type { Scenario } from "../../src/scenario/types";
import { anyScenario } from "../support/arbitrary-scenario";
import { simulableScenario } from "../support/simulable-scenario";

const SETTINGS = { seed: 20_210_206, numRuns: 150 };

function expectValid(scenario: Scenario): void {
  const again = readScenario(scenario);
  expect(again).toEqual({ ok: true, scenario });
  expect(JSON.stringify(again.scenario)).toBe(JSON.stringify(scenario));
}

/** JSON of every kind, with the field names of scenarios and of attacks on objects among its own. */
const anyJson = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom(null, true, 1, -1, 0.5, 1e308, Number.NaN, Number.POSITIVE_INFINITY, "", "web", "page"),
    fc.double(),
    fc.string({ unit: "binary" }),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.constantFrom(
        ...[
          "schema",
          "run",
          "slo",
          "workloads",
          "endpoints",
          "fleets",
          "pooler",
          "database",
          "timeline",
          "name",
        ],
        ...[
          "kind",
          "do",
          "dist",
          "mean",
          "cv",
          "values",
          "steps",
          "ms",
          "mix",
          "journey",
          "pool",
          "autoscaler",
        ],
        ...["policies", "plan", "path", "value", "fleet", "dynos", "durationS", "__proto__", "constructor"],
      ),
      tie("value"),
      { maxKeys: 8 },
    ),
  ),
})).value;

describe("every valid scenario", () => {
  it("is read again as itself, to the letter", () => {
    fc.assert(fc.property(anyScenario, expectValid), SETTINGS);
    fc.assert(fc.property(simulableScenario, expectValid), SETTINGS);
  });

  it("survives being written as JSON", () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        expect(readScenarioText(JSON.stringify(scenario))).toEqual({ ok: true, scenario });
      }),
      SETTINGS,
    );
  });

  it("laid over any other is itself", () => {
    fc.assert(
      fc.property(anyScenario, anyScenario, (scenario, base) => {
        // What a complete document leaves out is only what may be absent; that alone comes from below.
        const laid = readScenario(scenario, base);
        expect(laid.ok).toBe(true);
        expect({ ...laid.scenario, workloads: [] }).toEqual({ ...scenario, workloads: [] });
      }),
      SETTINGS,
    );
  });

  it("is reached from any other by the differences between them", () => {
    fc.assert(
      fc.property(anyScenario, anyScenario, (base, scenario) => {
        const result = applyChanges(base, listDifferences(base, scenario));
        expect(result).toEqual({ ok: true, scenario });
        expect(JSON.stringify(result.scenario)).toBe(JSON.stringify(scenario));
      }),
      SETTINGS,
    );
  });

  it("differs from itself in nothing", () => {
    fc.assert(
      fc.property(anyScenario, (scenario) => {
        expect(listDifferences(scenario, structuredClone(scenario))).toEqual([]);
      }),
      SETTINGS,
    );
  });
});

describe("any JSON at all", () => {
  it("is read as a valid scenario, and never throws", () => {
    fc.assert(
      fc.property(
        anyJson,
        fc.constantFrom(undefined, ...PRESETS.map((preset) => preset.scenario)),
        (json, base) => {
          expectValid(readScenario(json, base).scenario);
        },
      ),
      { ...SETTINGS, numRuns: 500 },
    );
  });

  it("in place of any part of a scenario leaves a valid scenario, and says what is wrong", () => {
    fc.assert(
      fc.property(anyScenario, anyJson, fc.nat(), (scenario, json, choice) => {
        const document = structuredClone(scenario) as unknown as Record<string, unknown>;
        const holders: [Record<string, unknown>, string][] = [];
        const visit = (value: unknown): void => {
          if (typeof value !== "object" || value === null) return;
          for (const key of Object.keys(value)) {
            holders.push([value as Record<string, unknown>, key]);
            visit((value as Record<string, unknown>)[key]);
          }
        };
        visit(document);
        const [holder, key] = holders[choice % holders.length] ?? [document, "name"];
        holder[key] = json;
        const result = readScenario(document);
        expectValid(result.scenario);
        for (const problem of result.ok ? [] : result.problems) {
          expect(problem.sentence).not.toBe("");
          expect(problem.sentence.length).toBeLessThan(3000);
        }
      }),
      { ...SETTINGS, numRuns: 300 },
    );
  });

  it("never reaches the prototype of objects", () => {
    const hostile =
      '{"schema":1,"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}},"fleets":[{"name":"__proto__","__proto__":{"dynos":1}}]}';
    const result = readScenarioText(hostile);
    expect(result.ok).toBe(false);
    expect("polluted" in {}).toBe(false);
    expect(result.scenario.fleets[0]?.name).toBe("web");
  });
});

describe("any value at any path", () => {
  const paths = fc.oneof(
    fc.constantFrom(
      "fleets.web.dynos",
      "workloads.hey.mix",
      "endpoints.page.steps.0.ms",
      "timeline",
      "slo.p95Ms",
    ),
    fc.constantFrom(
      "fleets.web.__proto__.x",
      "__proto__.polluted",
      "workloads.hey.mix.__proto__",
      "fleets",
      "a..b",
    ),
    fc.string(),
  );

  it("gives a valid scenario", () => {
    fc.assert(
      fc.property(paths, anyJson, (path, value) => {
        const result = applyChanges(DEFAULT_SCENARIO, [{ path, value }]);
        expectValid(result.scenario);
        if (!result.ok) expect(result.problems.length).toBeGreaterThan(0);
        getAt(result.scenario, path);
        expect("polluted" in {}).toBe(false);
      }),
      { ...SETTINGS, numRuns: 300 },
    );
  });
});
