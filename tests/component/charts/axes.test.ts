import { describe, expect, it } from "vitest";
import { roundCeiling, steadyCeiling, steadyLogDomain } from "../../../src/ui/charts/steady-domain";
import { linearTicks, logTicks } from "../../../src/ui/charts/ticks";

describe("where an axis ends", () => {
  it.each([
    [0, 1],
    [0.95, 1],
    [1, 1.2],
    [9.7, 12],
    [230, 250],
    [1000, 1200],
    [4.9e6, 6e6],
  ])("is a round number above %d: %d", (value, ceiling) => {
    expect(roundCeiling(value)).toBe(ceiling);
  });

  it("stays while the values use enough of it", () => {
    expect(steadyCeiling(250, 249)).toBe(250);
    expect(steadyCeiling(250, 150)).toBe(250);
  });

  it("moves when values leave it or use less than 60 %", () => {
    expect(steadyCeiling(250, 251)).toBe(300);
    expect(steadyCeiling(250, 149)).toBe(200);
  });

  it("settles at once, whatever the value", () => {
    for (let value = 1; value < 1e6; value *= 1.013) {
      const ceiling = steadyCeiling(null, value);
      expect(steadyCeiling(ceiling, value)).toBe(ceiling);
      const domain = steadyLogDomain(null, value / 3, value);
      expect(steadyLogDomain(domain, value / 3, value)).toBe(domain);
    }
  });

  it("holds the values of a logarithmic axis", () => {
    expect(steadyLogDomain(null, 700, 4300)).toEqual({ low: 500, high: 5000 });
    expect(steadyLogDomain({ low: 500, high: 5000 }, 600, 4000)).toEqual({ low: 500, high: 5000 });
    expect(steadyLogDomain(null, 0, 0)).toEqual({ low: 0.1, high: 0.5 });
  });
});

describe("ticks", () => {
  const texts = ({ values, format }: { values: readonly number[]; format: (value: number) => string }) =>
    values.map(format);

  it("say milliseconds below a second and seconds above", () => {
    expect(linearTicks("ms", 500)).toMatchObject({ unit: "ms" });
    expect(texts(linearTicks("ms", 1200))).toEqual(["0", "0.25", "0.5", "0.75", "1"]);
    expect(linearTicks("ms", 1200)).toMatchObject({ unit: "s" });
  });

  it("shorten large numbers", () => {
    expect(texts(linearTicks("perSecond", 25_000))).toEqual(["0", "5000", "10k", "15k", "20k", "25k"]);
  });

  it("stand at round places of a logarithmic axis", () => {
    expect(texts(logTicks({ low: 500, high: 5000 }))).toEqual(["0.5", "1", "2", "5"]);
    expect(texts(logTicks({ low: 1, high: 100_000 }))).toEqual(["0.001", "0.01", "0.1", "1", "10", "100"]);
  });
});
