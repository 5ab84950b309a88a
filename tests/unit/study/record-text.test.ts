import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { compile, type ReplicationRecord, Simulation } from "../../../src/engine";
import { findPreset } from "../../../src/scenario/presets";
import { readScenario } from "../../../src/scenario/read-scenario";
import { withSizes } from "../../../src/scenario/sizes";
import type { Scenario } from "../../../src/scenario/types";
import { recordJson, recordOfJson } from "../../../src/study/record-text";

function recordOf(scenario: Scenario): ReplicationRecord {
  const plan = compile(withSizes(scenario));
  const simulation = new Simulation(plan, 0);
  while (!simulation.advance(plan.durationMs, 100_000));
  return simulation.record();
}

const written = (record: ReplicationRecord) => recordOfJson(JSON.parse(JSON.stringify(recordJson(record))));

/** Numbers of every kind: `toEqual` tells 0 from −0, and NaN is NaN. */
const anyNumber = fc.oneof(
  fc.double(),
  fc.integer(),
  fc.constantFrom(0, -0, NaN, Infinity, -Infinity, Number.MIN_VALUE, Number.MAX_VALUE),
);

const anyValue = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    anyNumber,
    fc.string(),
    fc.boolean(),
    fc.constant(null),
    fc.array(anyNumber).map((values) => Float64Array.from(values)),
    fc.tuple(fc.nat(50), anyNumber).map(([length, value]) => new Float64Array(length).fill(value)),
    fc.int32Array(),
    fc.uint32Array(),
    fc.uint8Array(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(fc.string(), fc.constantFrom("number", "fields", "Float64Array", "__proto__")),
      tie("value"),
      {
        maxKeys: 3,
      },
    ),
  ),
})).value;

describe("a record as JSON", () => {
  it.each(["carwow-pooling", "spike-router-timeout", "default"])("is the same record again: %s", (id) => {
    const scenario = findPreset(id)?.scenario;
    if (scenario === undefined) throw new Error(`no preset ${id}`);
    const record = recordOf({ ...scenario, run: { ...scenario.run, durationS: 40, warmupS: 5 } });
    expect(written(record)).toEqual(record);
  });

  it("is exact to the last bit, whatever it holds", () => {
    fc.assert(
      fc.property(anyValue, (value) => {
        const record = { replication: 0, endpoints: [], value } as unknown as ReplicationRecord;
        expect(written(record)).toEqual(record);
      }),
      { numRuns: 300 },
    );
  });

  it("says long rows of the same number once", () => {
    const { scenario } = readScenario({ schema: 1, run: { durationS: 60, warmupS: 0 } });
    expect(
      JSON.stringify(recordJson({ ...recordOf(scenario), sentOverTime: new Float64Array(1e6) })).length,
    ).toBeLessThan(200_000);
  });

  it.each<[what: string, json: unknown]>([
    ["nothing", null],
    ["no record", {}],
    ["an unknown word for a number", { replication: 0, endpoints: [], largest: { number: "lots" } }],
    ["numbers that are none", { replication: 0, endpoints: [], counts: { Float64Array: ["x"] } }],
    [
      "more numbers than a record has",
      { replication: 0, endpoints: [], counts: { Float64Array: [[1e12, 0]] } },
    ],
  ])("is refused where it is %s", (_what, json) => {
    expect(() => recordOfJson(json)).toThrow(/This is no/);
  });
});
