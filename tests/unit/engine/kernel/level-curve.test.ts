import { describe, expect, it } from "vitest";
import { LevelCurve } from "../../../../src/engine/kernel/level-curve";

/** Every change of the level from 0 on, as its users follow it: when, and to what. */
function changes(curve: LevelCurve, scale: number, untilMs: number): [atMs: number, level: number][] {
  const found: [number, number][] = [];
  let level = curve.levelAt(scale, 0);
  for (let ms = curve.leaves(scale, level, 0); ms < untilMs; ms = curve.leaves(scale, level, ms)) {
    const at = curve.levelAt(scale, ms);
    level = at === level ? level + curve.direction(scale, level, ms) : at;
    found.push([ms, level]);
  }
  return found;
}

describe("a whole number along a curve", () => {
  it("is the scale times the factor, rounded: on straight lines between points, constant outside them", () => {
    const curve = new LevelCurve([
      [1, 1],
      [3, 2],
    ]);
    expect([0, 1000, 1500, 2000, 3000, 9000].map((ms) => curve.levelAt(10, ms))).toEqual([
      10, 10, 13, 15, 20, 20,
    ]);
  });

  it("changes on a ramp exactly where the line passes a half", () => {
    const curve = new LevelCurve([
      [0, 0],
      [1, 1],
    ]);
    expect(changes(curve, 4, 2000)).toEqual([
      [125, 1],
      [375, 2],
      [625, 3],
      [875, 4],
    ]);
  });

  it("goes down as it goes up", () => {
    const curve = new LevelCurve([
      [0, 1],
      [1, 0],
    ]);
    expect(changes(curve, 2, 2000).map(([, level]) => level)).toEqual([1, 0]);
  });

  it("jumps at once where two points stand at one moment", () => {
    const curve = new LevelCurve([
      [0, 1],
      [1, 1],
      [1, 4],
      [2, 4],
      [2, 1],
    ]);
    expect(changes(curve, 5, 5000)).toEqual([
      [1000, 20],
      [2000, 5],
    ]);
  });

  it("never changes where the curve stays within the rounding", () => {
    const curve = new LevelCurve([
      [0, 1],
      [5, 1.2],
      [9, 0.9],
    ]);
    expect(curve.leaves(2, 2, 0)).toBe(Number.POSITIVE_INFINITY);
  });

  it("passes every level in between on a steep line, in order", () => {
    const curve = new LevelCurve([
      [0, 0],
      [0.001, 1000],
    ]);
    const levels = changes(curve, 1, 10).map(([, level]) => level);
    expect(levels).toEqual([...levels].sort((a, b) => a - b));
    expect(levels.at(-1)).toBe(1000);
  });
});
