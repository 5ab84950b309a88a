import { describe, expect, it } from "vitest";
import { studentTQuantile, studentTWithin } from "../../../src/base/student-t";

/** Two-sided quantiles as printed in statistical tables, with the digits that are printed there. */
const PUBLISHED: readonly (readonly [degreesOfFreedom: number, at95: number, at99: number])[] = [
  [1, 12.7062, 63.6567],
  [2, 4.3027, 9.9248],
  [3, 3.1824, 5.8409],
  [5, 2.5706, 4.0321],
  [7, 2.3646, 3.4995],
  [10, 2.2281, 3.1693],
  [30, 2.0423, 2.75],
  [100, 1.984, 2.6259],
  [999, 1.9623, 2.5808],
];

describe("Student's t", () => {
  it.each(PUBLISHED)(
    "with %i degrees of freedom has the published quantiles %f (95 %%) and %f (99 %%)",
    (df, at95, at99) => {
      expect(studentTQuantile(0.95, df)).toBeCloseTo(at95, 4);
      expect(studentTQuantile(0.99, df)).toBeCloseTo(at99, 4);
    },
  );

  it("has its closed forms with 1 and 2 degrees of freedom", () => {
    for (const confidence of [0.01, 0.5, 0.8, 0.95, 0.99, 0.9999]) {
      const one = Math.tan((Math.PI * confidence) / 2);
      const two = confidence * Math.sqrt(2 / (1 - confidence * confidence));
      expect(studentTQuantile(confidence, 1) / one).toBeCloseTo(1, 10);
      expect(studentTQuantile(confidence, 2) / two).toBeCloseTo(1, 10);
    }
  });

  it("puts as much within its quantile as was asked for", () => {
    for (const degreesOfFreedom of [1, 2, 3, 4, 7, 8, 31, 64, 999]) {
      for (const confidence of [0.05, 0.5, 0.9, 0.95, 0.999]) {
        expect(studentTWithin(studentTQuantile(confidence, degreesOfFreedom), degreesOfFreedom)).toBeCloseTo(
          confidence,
          12,
        );
      }
    }
  });

  it("holds nothing within 0 and everything within a very large t", () => {
    for (const degreesOfFreedom of [1, 2, 7, 8]) {
      expect(studentTWithin(0, degreesOfFreedom)).toBe(0);
      expect(studentTWithin(1e9, degreesOfFreedom)).toBeCloseTo(1, 8);
    }
  });

  it("comes nearer to the normal distribution with every degree of freedom", () => {
    const quantiles = Array.from({ length: 200 }, (_, i) => studentTQuantile(0.95, i + 1));
    expect(quantiles).toEqual([...quantiles].sort((a, b) => b - a));
    expect(quantiles.every((quantile) => quantile > 1.959964)).toBe(true);
  });
});
