import { describe, expect, it } from "vitest";
import { type Policy, policyOf } from "../../../../../src/engine/parts/scaling/policy";
import type { StepPolicy, TargetPolicy } from "../../../../../src/scenario/types";

const step = (parts: Partial<StepPolicy>): Policy =>
  policyOf({
    kind: "step",
    name: "step",
    metric: "cpu",
    statistic: "average",
    periodS: 60,
    datapoints: 1,
    outOf: 1,
    change: 1,
    cooldownS: 0,
    ...(parts.below === undefined ? { above: 0.6 } : {}),
    ...parts,
  });

const target = (parts: Partial<TargetPolicy> = {}): Policy =>
  policyOf({
    kind: "target",
    name: "target",
    metric: "cpu",
    target: 0.6,
    periodS: 60,
    scaleOutCooldownS: 0,
    scaleInCooldownS: 0,
    ...parts,
  });

const MINUTE = 60_000;

describe("a step policy", () => {
  it("asks for its change while the alarm rings", () => {
    const policy = step({ change: 3 });
    expect(policy.judge(0.7, 10, MINUTE).wanted).toBe(13);
    expect(policy.judge(0.5, 13, 2 * MINUTE).wanted).toBeNull();
    expect(policy.judge(0.9, 13, 3 * MINUTE).wanted).toBe(16);
  });

  it("asks for fewer below its bound", () => {
    expect(step({ below: 0.15, change: -1 }).judge(0.1, 10, MINUTE).wanted).toBe(9);
  });

  it("says when too few periods were beyond the bound", () => {
    const policy = step({ datapoints: 2, outOf: 2 });
    expect(policy.judge(0.7, 10, MINUTE)).toMatchObject({ wanted: null, refrains: "not-enough-datapoints" });
    expect(policy.judge(0.7, 10, 2 * MINUTE).wanted).toBe(11);
  });

  it("refrains for as long as it cools down, and then asks again", () => {
    const policy = step({ cooldownS: 150 });
    expect(policy.judge(0.7, 10, MINUTE).wanted).toBe(11);
    policy.acted(10, 11, MINUTE);
    expect(policy.judge(0.7, 11, 2 * MINUTE)).toMatchObject({ refrains: "cooldown", wouldWant: 12 });
    expect(policy.judge(0.7, 11, 3 * MINUTE).refrains).toBe("cooldown");
    expect(policy.judge(0.7, 11, 4 * MINUTE).wanted).toBe(12);
  });

  it("does not cool down where it asked in vain", () => {
    const policy = step({ cooldownS: 150 });
    policy.judge(0.7, 10, MINUTE);
    expect(policy.judge(0.7, 10, 2 * MINUTE).wanted).toBe(11);
  });
});

describe("target tracking", () => {
  it("asks at once for as many as bring the metric to its target", () => {
    expect(target().judge(0.9, 4, MINUTE).wanted).toBe(6);
    expect(target().judge(0.61, 10, MINUTE).wanted).toBe(11);
  });

  it("asks for nothing at the target, whatever the last digit says", () => {
    for (let size = 1; size <= 200; size += 1) expect(target().judge(0.6, size, MINUTE).wanted).toBeNull();
  });

  it("scales in only after 15 periods below 90 % of the target", () => {
    const policy = target();
    for (let period = 1; period < 15; period += 1)
      expect(policy.judge(0.3, 10, period * MINUTE)).toMatchObject({
        wanted: null,
        refrains: "not-enough-datapoints",
        wouldWant: 5,
      });
    expect(policy.judge(0.3, 10, 15 * MINUTE).wanted).toBe(5);
  });

  it("begins to count anew when one period was not below", () => {
    const policy = target();
    for (let period = 1; period < 15; period += 1) policy.judge(0.3, 10, period * MINUTE);
    policy.judge(0.55, 10, 15 * MINUTE);
    expect(policy.judge(0.3, 10, 16 * MINUTE).wanted).toBeNull();
  });

  it("cools down apart for more and for fewer", () => {
    const policy = target({ scaleOutCooldownS: 90 });
    policy.judge(0.9, 4, MINUTE);
    policy.acted(4, 6, MINUTE);
    expect(policy.judge(0.9, 6, 2 * MINUTE).refrains).toBe("cooldown");
    expect(policy.judge(0.9, 6, 3 * MINUTE).wanted).toBe(9);
  });

  it("asks for nothing without data", () => {
    expect(target().judge(Number.NaN, 4, MINUTE)).toMatchObject({ state: "no-data", wanted: null });
  });
});
