import { describe, expect, it } from "vitest";
import { Alarm } from "../../../../../src/engine/parts/scaling/alarm";
import type { AlarmState } from "../../../../../src/engine/record/scaling-record";

const NONE = Number.NaN;

/** The state after each of these periods. */
function states(alarm: Alarm, values: readonly number[]): AlarmState[] {
  return values.map((value) => alarm.push(value));
}

const above = (bound: number) => (value: number) => value > bound;

describe("an alarm", () => {
  // Worked by hand: x is a period beyond the bound of 10.
  it.each<[string, number, number, number[], string]>([
    ["1 of 1 rings with each period beyond the bound", 1, 1, [5, 11, 12, 5, 11], "o x x o x"],
    ["2 of 2 needs two in a row", 2, 2, [11, 5, 11, 11, 11, 5], "o o o x x o"],
    ["2 of 3 needs two of the last three, in any order", 2, 3, [11, 5, 11, 5, 5, 11, 11], "o o x o o o x"],
    ["3 of 5 forgets what is older than five periods", 3, 5, [11, 11, 5, 5, 11, 5, 5], "o o o o x o o"],
    ["3 of 3 rings for as long as it lasts", 3, 3, [11, 11, 11, 11, 9, 11], "o o x x o o"],
    ["a value at the bound is not beyond it", 1, 1, [10, 10.0001], "o x"],
    ["a period without data is not beyond it", 2, 2, [11, NONE, 11, 11], "o o o x"],
    ["is without data until there is any", 1, 2, [NONE, NONE, 5, NONE, NONE], "- - o o -"],
    ["2 of 3 counts what is beyond around a gap", 2, 3, [11, NONE, 11, NONE, NONE], "o o x o o"],
  ])("%s", (_, datapoints, outOf, values, expected) => {
    const words = { o: "ok", x: "alarm", "-": "no-data" } as const;
    expect(states(new Alarm(above(10), datapoints, outOf), values)).toEqual(
      expected.split(" ").map((sign) => words[sign as keyof typeof words]),
    );
  });

  it("keeps the values of the periods that count, oldest first", () => {
    const alarm = new Alarm(above(10), 2, 3);
    states(alarm, [1, 2, 3, 4]);
    expect(alarm.values).toEqual([2, 3, 4]);
    expect(alarm.isLatestBeyond).toBe(false);
  });
});
