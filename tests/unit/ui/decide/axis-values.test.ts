import { describe, expect, it } from "vitest";
import { axisAround, rangeOf, valuesIn } from "../../../../src/ui/decide/axis-values";
import { findParameter } from "../../../../src/ui/decide/default-questions";
import { parametersOf } from "../../../../src/ui/scenario/parameters";
import { ASKED } from "../../../support/study-fixtures";

const parameter = (path: string) => {
  const found = findParameter(parametersOf(ASKED), path);
  if (found === undefined) throw new Error(`${path} cannot be moved`);
  return found;
};

describe("the values of a range", () => {
  it("are evenly spaced, or by equal factors", () => {
    expect(valuesIn({ from: 1, to: 9, steps: 5, isLog: false }, true)).toEqual([1, 3, 5, 7, 9]);
    expect(valuesIn({ from: 1, to: 100, steps: 3, isLog: true }, true)).toEqual([1, 10, 100]);
  });

  it("are whole where they must be, and each there once", () => {
    expect(valuesIn({ from: 1, to: 3, steps: 6, isLog: false }, true)).toEqual([1, 2, 3]);
  });

  it("begin and end where it was said", () => {
    const values = valuesIn({ from: 0.1234, to: 9.8765, steps: 4, isLog: false }, false);
    expect([values.at(0), values.at(-1)]).toEqual([0.1234, 9.8765]);
  });

  it("are even where factors from 0 would lead nowhere", () => {
    expect(valuesIn({ from: 0, to: 4, steps: 3, isLog: true }, true)).toEqual([0, 2, 4]);
  });

  it("are seen again in what they gave", () => {
    for (const range of [
      { from: 5, to: 60, steps: 12, isLog: false },
      { from: 50, to: 400, steps: 12, isLog: true },
    ]) {
      expect(rangeOf(valuesIn(range, true))).toEqual(range);
    }
  });
});

describe("the values around what is", () => {
  it("go from a quarter to double of a number", () => {
    const { values } = axisAround(parameter("fleets.web.dynos"), 24, 12);
    expect([values.at(0), values.at(-1)]).toEqual([6, 48]);
  });

  it("keep to what the document allows", () => {
    const { values } = axisAround(parameter("fleets.web.processes"), 1, 12);
    expect(Math.min(...values.map(Number))).toBe(1);
  });

  it("are the choices beside the present one, of its own kind", () => {
    expect(axisAround(parameter("fleets.web.balancer"), "random", 12).values).toHaveLength(4);
    const plans = axisAround(parameter("database.plan"), "standard-0", 12).values;
    expect(plans).toContain("standard-0");
    expect(plans.every((plan) => !String(plan).startsWith("db."))).toBe(true);
  });
});
