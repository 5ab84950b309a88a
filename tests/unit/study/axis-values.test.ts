import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readScenario } from "../../../src/scenario/read-scenario";
import { axisValues } from "../../../src/study/axis-values";

const BASE = readScenario({ schema: 1, fleets: [{ name: "web" }] }).scenario;
const WHOLE = "fleets.web.dynos";
const ANY = "database.contention.alpha";

describe("the values of a range", () => {
  it("are whole where the field is, and each once", () => {
    const range = { from: 1, to: 5, steps: 20, scale: "linear" } as const;
    expect(axisValues(BASE, WHOLE, range)).toEqual([1, 2, 3, 4, 5]);
  });

  it("have as many digits as tell them apart", () => {
    const range = { from: 0, to: 1, steps: 12, scale: "linear" } as const;
    expect(axisValues(BASE, ANY, range).slice(0, 4)).toEqual([0, 0.091, 0.182, 0.273]);
  });

  it("have equal factors on a logarithmic scale", () => {
    const range = { from: 1, to: 1000, steps: 7, scale: "log" } as const;
    expect(axisValues(BASE, WHOLE, range)).toEqual([1, 3, 10, 32, 100, 316, 1000]);
    expect(axisValues(BASE, ANY, range)[1]).toBe(3.16);
  });

  it("have equal steps where there are no equal factors", () => {
    const range = { from: 0, to: 10, steps: 3, scale: "log" } as const;
    expect(axisValues(BASE, WHOLE, range)).toEqual([0, 5, 10]);
  });

  it("may go down", () => {
    expect(axisValues(BASE, WHOLE, { from: 10, to: 0, steps: 3, scale: "linear" })).toEqual([10, 5, 0]);
  });

  it("begin and end as given, in order, at most 200", () => {
    const end = fc.double({ min: 0.001, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        fc.record({
          from: end,
          to: end,
          steps: fc.integer({ min: 2, max: 300 }),
          scale: fc.constantFrom("linear", "log"),
        }),
        (range) => {
          const values = axisValues(BASE, ANY, range);
          expect(values[0]).toBe(range.from);
          expect(values.at(-1)).toBe(range.to);
          expect(values.length).toBeLessThanOrEqual(200);
          expect(new Set(values).size).toBe(values.length);
        },
      ),
    );
  });
});
