import { describe, expect, it } from "vitest";
import { LevelIntegrals } from "../../../../src/engine/kernel/level-integral";

describe("the integral of a level", () => {
  it("is level × time, whatever the level did in between", () => {
    const clock = new Float64Array(4);
    const levels = new LevelIntegrals(clock, 2);
    levels.change(0, 3);
    clock[0] = 10;
    levels.change(0, -2);
    levels.change(1, 5);
    clock[0] = 30;
    expect(levels.integral(0)).toBe(3 * 10 + 1 * 20);
    expect(levels.integral(1)).toBe(5 * 20);
    expect(levels.level(0)).toBe(1);
  });

  it("begins at nothing for quantities that come later", () => {
    const clock = new Float64Array(4);
    const levels = new LevelIntegrals(clock, 1);
    clock[0] = 100;
    levels.grow(2);
    levels.change(1, 1);
    clock[0] = 150;
    expect(levels.integral(1)).toBe(50);
  });
});
