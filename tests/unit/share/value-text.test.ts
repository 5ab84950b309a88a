import { describe, expect, it } from "vitest";
import { formatValue, parseValue } from "../../../src/share/value-text";

describe("a value and its text", () => {
  it.each<[string, unknown]>([
    ["25", 25],
    ["-0.5", -0.5],
    ["1e+21", 1e21],
    ["true", true],
    ["false", false],
    ["null", null],
    ["least-outstanding", "least-outstanding"],
    ["25 dynos, no pooler", "25 dynos, no pooler"],
    ["", ""],
    ["constant(5)", { dist: "constant", mean: 5 }],
    ["exponential(500)", { dist: "exponential", mean: 500 }],
    ["uniform(1,2.5)", { dist: "uniform", min: 1, max: 2.5 }],
    ["lognormal(500,cv=2)", { dist: "lognormal", mean: 500, cv: 2 }],
    ["lognormal(p50=400,p99=2000)", { dist: "lognormal", p50: 400, p99: 2000 }],
    ["gamma(5,cv=0.5)", { dist: "gamma", mean: 5, cv: 0.5 }],
    ["hyperexponential(5,cv=2)", { dist: "hyperexponential", mean: 5, cv: 2 }],
    ["pareto(5,shape=1.5)", { dist: "pareto", mean: 5, shape: 1.5 }],
    ["empirical(1,2,3)", { dist: "empirical", values: [1, 2, 3] }],
    [
      '{"dist":"empirical","values":[1,2],"weights":[3,4]}',
      { dist: "empirical", values: [1, 2], weights: [3, 4] },
    ],
    ['{"page":0.9,"search":0.1}', { page: 0.9, search: 0.1 }],
    [
      "[[0,1],[60,4]]",
      [
        [0, 1],
        [60, 4],
      ],
    ],
    ['"25"', "25"],
    ['"true"', "true"],
    ['"null"', "null"],
    ['"exponential(500)"', "exponential(500)"],
    ['"\\"quoted\\""', '"quoted"'],
    ['"[1]"', "[1]"],
  ])("%s", (text, value) => {
    expect(formatValue(value)).toBe(text);
    expect(parseValue(text)).toEqual(value);
  });

  it.each<[string, unknown]>([
    ["lognormal(500,2)", { dist: "lognormal", mean: 500, cv: 2 }],
    ["lognormal(mean=500, cv=2)", { dist: "lognormal", mean: 500, cv: 2 }],
    ["gamma(cv=2,mean=500)", { dist: "gamma", mean: 500, cv: 2 }],
    ["pareto( 5 , 1.5 )", { dist: "pareto", mean: 5, shape: 1.5 }],
    ["+.5", 0.5],
    ["5.", 5],
    ["1e999", Number.POSITIVE_INFINITY],
    ["gamma(500)", { dist: "gamma", mean: 500 }],
  ])("may also be written %s", (text, value) => {
    expect(parseValue(text)).toEqual(value);
  });

  it.each([
    "normal(5)",
    "exponential(a)",
    "exponential(1,2)",
    "gamma(1,mean=2)",
    "exponential(5",
    "{broken",
    "[1,",
    "NaN",
    "1_000",
    "0x10",
  ])("that means nothing is text: %s", (text) => {
    expect(parseValue(text)).toBe(text);
    expect(formatValue(text)).toBe(text);
  });
});
