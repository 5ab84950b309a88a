import { describe, expect, it } from "vitest";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import { isSame, simulatesSame } from "../../../src/store/same";

describe("whether two values are the same", () => {
  it.each([
    [1, 1],
    [Number.NaN, Number.NaN],
    [null, null],
    [
      [1, { a: 2 }],
      [1, { a: 2 }],
    ],
    [
      { a: 1, b: [2] },
      { b: [2], a: 1 },
    ],
    [{ a: 1, b: undefined }, { a: 1 }],
  ])("%j and %j are", (a, b) => expect(isSame(a, b)).toBe(true));

  it.each([
    [0, -0],
    [1, "1"],
    [null, {}],
    [[], {}],
    [{ a: null }, {}],
    [
      [1, 2],
      [2, 1],
    ],
    [{ a: 1 }, { b: 1 }],
  ])("%j and %j are not", (a, b) => expect(isSame(a, b)).toBe(false));
});

describe("whether two scenarios give the same results", () => {
  it("does not depend on what only people read", () => {
    expect(simulatesSame(DEFAULT_SCENARIO, { ...DEFAULT_SCENARIO, name: "Monday", notes: "as is" })).toBe(
      true,
    );
  });

  it("depends on everything else", () => {
    const slo = { ...DEFAULT_SCENARIO.slo, p95Ms: 1 };
    expect(simulatesSame(DEFAULT_SCENARIO, { ...DEFAULT_SCENARIO, slo })).toBe(false);
  });
});
