import { describe, expect, it } from "vitest";
import { arctangent, exp, log } from "../../../src/base/elementary";

const words = new BigInt64Array(1);
const double = new Float64Array(words.buffer);

/** The number's place among all doubles, in order: neighbours differ by 1. */
function place(value: number): bigint {
  double[0] = value;
  const bits = words[0] ?? 0n;
  return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
}

/** How many doubles lie between two numbers. */
function ulpsApart(a: number, b: number): number {
  if (Object.is(a, b) || a === b) return 0;
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.POSITIVE_INFINITY;
  const apart = place(a) - place(b);
  return Number(apart < 0n ? -apart : apart);
}

/** The argument for which two functions are farthest apart. */
function worst(
  ours: (x: number) => number,
  reference: (x: number) => number,
  values: readonly number[],
): { x: number; ours: number; reference: number; ulps: number } {
  return values
    .map((x) => ({ x, ours: ours(x), reference: reference(x), ulps: ulpsApart(ours(x), reference(x)) }))
    .reduce((most, next) => (next.ulps > most.ulps ? next : most));
}

/** Numbers between 0 and 1 without any pattern that a function could favour. */
function fractions(count: number): number[] {
  return Array.from({ length: count }, (_, i) => (i * 0.6180339887498949) % 1);
}

/** Positive numbers of every binary exponent from `first` to `last`, several each; subnormal ones below −1022. */
function everyMagnitude(first: number, last: number): number[] {
  const values: number[] = [];
  for (let exponent = first; exponent <= last; exponent += 1) {
    for (const fraction of fractions(24)) {
      const value =
        exponent < -1000
          ? (1 + fraction) * 2 ** (exponent + 200) * 2 ** -200
          : (1 + fraction) * 2 ** exponent;
      if (value > 0 && value < Number.POSITIVE_INFINITY) values.push(value);
    }
  }
  return values;
}

/** The neighbours of a number, on both sides. */
function around(value: number, count: number): number[] {
  return Array.from({ length: 2 * count + 1 }, (_, i) => {
    double[0] = value;
    words[0] = (words[0] ?? 0n) + BigInt(i - count);
    return double[0];
  });
}

const LEAST_NORMAL = 2.2250738585072014e-308;

describe("distance in units in the last place", () => {
  it("counts the doubles between two numbers", () => {
    expect(ulpsApart(1, 1)).toBe(0);
    expect(ulpsApart(1, 1 + Number.EPSILON)).toBe(1);
    expect(ulpsApart(1, 1 - Number.EPSILON)).toBe(2);
    expect(ulpsApart(0, Number.MIN_VALUE)).toBe(1);
    expect(ulpsApart(-Number.MIN_VALUE, Number.MIN_VALUE)).toBe(2);
    expect(ulpsApart(0, -0)).toBe(0);
    expect(ulpsApart(1, Number.NaN)).toBe(Number.POSITIVE_INFINITY);
  });
});

describe("the logarithm", () => {
  it("is within 3 ulp of Math.log at every magnitude, subnormal ones too", () => {
    expect(worst(log, Math.log, everyMagnitude(-1074, 1023)).ulps).toBeLessThanOrEqual(3);
  });

  it("is within 3 ulp beside 1, beside √2 and at the ends of the doubles", () => {
    const values = [1, Math.SQRT2, Math.SQRT1_2, 2, 0.5, LEAST_NORMAL].flatMap((value) => around(value, 200));
    values.push(Number.MIN_VALUE, 2 * Number.MIN_VALUE, Number.MAX_VALUE, 1e-310, Number.EPSILON);
    expect(worst(log, Math.log, values).ulps).toBeLessThanOrEqual(3);
  });

  it("is 0 at 1, exactly", () => {
    expect(log(1)).toBe(0);
  });

  it.each([
    [0, Number.NEGATIVE_INFINITY],
    [-0, Number.NEGATIVE_INFINITY],
    [-1, Number.NaN],
    [Number.NEGATIVE_INFINITY, Number.NaN],
    [Number.NaN, Number.NaN],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
  ])("of %f is %f", (x, expected) => {
    expect(log(x)).toBe(expected);
  });
});

describe("the exponential", () => {
  it("is within 3 ulp of Math.exp over its whole range, subnormal results too", () => {
    const values = fractions(40_000).map((fraction) => -746 + fraction * (710 + 746));
    expect(worst(exp, Math.exp, values).ulps).toBeLessThanOrEqual(3);
  });

  it("is within 3 ulp for arguments of every magnitude, on both sides of 0", () => {
    const values = everyMagnitude(-1074, 9).flatMap((x) => [x, -x]);
    expect(worst(exp, Math.exp, values).ulps).toBeLessThanOrEqual(3);
  });

  it("is within 3 ulp where the power of two changes and at the ends of its range", () => {
    const values = Array.from({ length: 200 }, (_, k) => (k - 100 + 0.5) * Math.LN2).flatMap((x) =>
      around(x, 3),
    );
    values.push(
      ...around(709.782712893384, 20),
      ...around(-745.1332191019412, 20),
      ...around(-708.3964185322641, 20),
    );
    expect(worst(exp, Math.exp, values).ulps).toBeLessThanOrEqual(3);
  });

  it.each([
    [0, 1],
    [-0, 1],
    [Number.POSITIVE_INFINITY, Number.POSITIVE_INFINITY],
    [Number.NEGATIVE_INFINITY, 0],
    [1000, Number.POSITIVE_INFINITY],
    [-1000, 0],
    [Number.NaN, Number.NaN],
  ])("of %f is %f", (x, expected) => {
    expect(exp(x)).toBe(expected);
  });

  it("undoes the logarithm", () => {
    for (const x of everyMagnitude(-300, 300)) expect(exp(log(x)) / x).toBeCloseTo(1, 12);
  });
});

describe("the arctangent", () => {
  it("is within 5 ulp of Math.atan at every magnitude of normal numbers", () => {
    expect(worst(arctangent, Math.atan, everyMagnitude(-1019, 1023)).ulps).toBeLessThanOrEqual(5);
  });

  it("is within 5 ulp beside 1, where its two halves meet", () => {
    expect(worst(arctangent, Math.atan, around(1, 200)).ulps).toBeLessThanOrEqual(5);
  });

  it("of a subnormal number is that number, but for its last bits", () => {
    for (const x of [0, Number.MIN_VALUE, 1e-320, 1e-310])
      expect(ulpsApart(arctangent(x), x)).toBeLessThanOrEqual(8);
  });

  it.each([
    [0, 0],
    [1, Math.PI / 4],
    [Number.POSITIVE_INFINITY, Math.PI / 2],
    [Number.NaN, Number.NaN],
  ])("of %f is %f", (x, expected) => {
    expect(ulpsApart(arctangent(x), expected) <= 1 || Object.is(arctangent(x), expected)).toBe(true);
  });
});
