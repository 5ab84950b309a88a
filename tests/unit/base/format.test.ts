import { describe, expect, it } from "vitest";
import {
  formatCount,
  formatMs,
  formatPercent,
  formatRate,
  formatSpent,
  formatUsd,
} from "../../../src/base/format";

describe("a duration", () => {
  it.each([
    [0, "0 ms"],
    [0.004, "0 ms"],
    [0.1, "0.1 ms"],
    [0.25, "0.25 ms"],
    [1, "1 ms"],
    [5, "5 ms"],
    [7.25, "7.3 ms"],
    [63.6, "63.6 ms"],
    [99.96, "100 ms"],
    [480, "480 ms"],
    [480.4, "480 ms"],
    [999.4, "999 ms"],
  ])("below a second is in milliseconds: %f is %s", (ms, text) => {
    expect(formatMs(ms)).toBe(text);
  });

  it.each([
    [999.5, "1.00 s"],
    [1000, "1.00 s"],
    [1250, "1.25 s"],
    [1994.9, "1.99 s"],
    [9994, "9.99 s"],
    [9996, "10.0 s"],
    [12_345, "12.3 s"],
    [99_900, "99.9 s"],
  ])("above a second is in seconds, with as many digits as it changes by: %f is %s", (ms, text) => {
    expect(formatMs(ms)).toBe(text);
  });

  it.each([
    [120_000, "2 min"],
    [150_000, "2.5 min"],
    [720_000, "12 min"],
    [3_600_000, "1 h"],
    [5_400_000, "1.5 h"],
    [360_000_000, "100 h"],
  ])("of minutes or hours is in these: %f is %s", (ms, text) => {
    expect(formatMs(ms)).toBe(text);
  });

  it("below 0, as a difference is, has the same digits", () => {
    expect([-0.25, -63.6, -480, -1250, -12_345].map(formatMs)).toEqual([
      "-0.25 ms",
      "-63.6 ms",
      "-480 ms",
      "-1.25 s",
      "-12.3 s",
    ]);
  });

  it("never shows more than four digits, and never falls when it rises", () => {
    const values = Array.from({ length: 2000 }, (_, i) => 0.01 * 1.01 ** i);
    const shown = values.map((ms) => {
      const [number = "", unit = ""] = formatMs(ms).split(" ");
      expect(number.replace(".", "").length).toBeLessThanOrEqual(4);
      return Number(number) * ({ ms: 1, s: 1000, min: 60_000, h: 3_600_000 }[unit] ?? Number.NaN);
    });
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
  });
});

describe("a count", () => {
  it.each([
    [0, "0"],
    [7, "7"],
    [950, "950"],
    [1234, "1234"],
    [9999, "9999"],
    [10_000, "10k"],
    [12_345.678, "12.3k"],
    [123_456, "123k"],
    [999_499, "999k"],
    [999_500, "1M"],
    [4_560_000, "4.56M"],
    [83_333_333, "83.3M"],
    [2_500_000_000, "2.5G"],
    [3.21, "3.2"],
    [42.5, "42.5"],
    [-12_345, "-12.3k"],
  ])("of %f is %s", (count, text) => {
    expect(formatCount(count)).toBe(text);
  });
});

describe("a share", () => {
  it.each([
    [0, "0 %"],
    [0.00005, "< 0.01 %"],
    [0.0001, "0.01 %"],
    [0.0004, "0.04 %"],
    [0.012, "1.2 %"],
    [0.01234, "1.23 %"],
    [0.0434, "4.34 %"],
    [0.29, "29 %"],
    [0.38, "38 %"],
    [0.384, "38.4 %"],
    [1, "100 %"],
    [2.5, "250 %"],
    [-0.012, "-1.2 %"],
  ])("of %f is %s", (fraction, text) => {
    expect(formatPercent(fraction)).toBe(text);
  });

  it("of nearly all is not rounded up to all", () => {
    for (let i = 9991; i <= 9999; i += 1) expect(formatPercent(i / 10_000)).toBe(`${(i / 100).toFixed(2)} %`);
    expect(formatPercent(0.9999999)).toBe("99.99 %");
    expect(formatPercent(1 - 2 ** -53)).toBe("99.99 %");
  });

  it("of nearly nothing is not rounded down to nothing", () => {
    expect(formatPercent(1e-9)).toBe("< 0.01 %");
    expect(formatPercent(Number.MIN_VALUE)).toBe("< 0.01 %");
  });
});

describe("a price", () => {
  it.each([
    [0, "$0"],
    [0.42, "$0.42"],
    [2, "$2"],
    [2.005, "$2.00"],
    [9.99, "$9.99"],
    [50, "$50"],
    [99.6, "$100"],
    [1300, "$1,300"],
    [12_345.6, "$12,346"],
    [1_000_000, "$1,000,000"],
  ])("of %f is %s", (usd, text) => {
    expect(formatUsd(usd)).toBe(text);
  });
});

describe("a rate", () => {
  it.each([
    [0, "0/s"],
    [0.25, "0.25/s"],
    [7.5, "7.5/s"],
    [12.34, "12.3/s"],
    [180, "180/s"],
    [187.64, "187.6/s"],
    [999.94, "999.9/s"],
    [999.96, "1000/s"],
    [9999, "9999/s"],
    [12_345, "12.3k/s"],
    [1_000_000, "1M/s"],
  ])("of %f is %s", (perSecond, text) => {
    expect(formatRate(perSecond)).toBe(text);
  });
});

describe("an amount spent", () => {
  it.each([
    [0, "$0.00"],
    [0.004, "< $0.01"],
    [41.2, "$41.20"],
    [999.994, "$999.99"],
    [1234.56, "$1,235"],
  ])("of %f is %s", (usd, text) => {
    expect(formatSpent(usd)).toBe(text);
  });
});
