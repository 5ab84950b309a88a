import { describe, expect, it } from "vitest";
import { readScenario } from "../../../src/scenario/read-scenario";
import type { ScalingPolicy, StepPolicy } from "../../../src/scenario/types";
import { METRICS, metricsFor } from "../../../src/ui/scenario/autoscaler/metrics";
import {
  newAutoscaler,
  newPolicy,
  policySets,
  policyText,
  ruleOf,
  rulesFor,
  withMetric,
  withNumber,
  withRule,
} from "../../../src/ui/scenario/autoscaler/policies";

const UP: StepPolicy = {
  kind: "step",
  name: "fast up",
  metric: "latencyMs",
  statistic: "p99",
  above: 3000,
  periodS: 60,
  datapoints: 1,
  outOf: 1,
  change: 3,
  cooldownS: 60,
};

function problemsOf(policies: readonly ScalingPolicy[]) {
  const result = readScenario({ schema: 1, fleets: [{ autoscaler: { policies } }] });
  return result.ok ? [] : result.problems;
}

describe("a policy as a sentence", () => {
  it("says what it does, when, and how long it then rests", () => {
    expect(policyText(UP)).toBe(
      "Up by 3 when p99 of latency is above 3 s in 1 of 1 period of 60 s, then not again for 60 s",
    );
    const { above: _above, ...rest } = UP;
    expect(
      policyText({ ...rest, metric: "cpu", statistic: "average", below: 0.15, outOf: 3, change: -1 }),
    ).toBe(
      "Down by 1 when the average processor use is below 15\u00a0% in 1 of 3 periods of 60 s, then not again for 60 s",
    );
  });

  it("says what target tracking keeps", () => {
    const policy = newPolicy("target", "dynos", []);
    expect(policyText(policy)).toMatch(/^Keeps the average processor use at 60\u00a0%.*below 54\u00a0%/);
  });
});

describe("changing a policy", () => {
  it("to another metric gives it bounds in that metric's unit, and a statistic that it has", () => {
    expect(withMetric(UP, "cpu")).toMatchObject({ metric: "cpu", statistic: "average", above: 0.6 });
    expect(withMetric(UP, "queueMs")).toMatchObject({ statistic: "p99", above: 100 });
    expect(withMetric(newPolicy("target", "dynos", []), "latencyMs")).toMatchObject({ target: 500 });
  });

  it("to another rule turns the bound and the change together", () => {
    const down = withRule(UP, "remove below");
    expect(down).toMatchObject({ below: 300, change: -3 });
    expect(down).not.toHaveProperty("above");
    expect(ruleOf(down)).toBe("remove below");
    expect(withRule(down, "add above")).toMatchObject({ above: 1000, change: 3 });
  });

  it("keeps as many periods as it wants datapoints from", () => {
    expect(withNumber(UP, "datapoints", 3)).toMatchObject({ datapoints: 3, outOf: 3 });
    expect(withNumber({ ...UP, datapoints: 3, outOf: 5 }, "outOf", 2)).toMatchObject({
      datapoints: 2,
      outOf: 2,
    });
    expect(withNumber(withRule(UP, "remove below"), "size", 5)).toMatchObject({ change: -5 });
    expect(withNumber(UP, "bound", 700)).toMatchObject({ above: 700 });
  });

  it("offers to remove under high load only where that can help", () => {
    expect(rulesFor("cpu", "add above")).not.toContain("remove above");
    expect(rulesFor("databaseCpu", "add above")).toContain("remove above");
  });
});

describe("what the page offers", () => {
  it.each(
    [...policySets("dynos"), ...policySets("replicas")].map((set) => [set.title, set.policies] as const),
  )("%s can stand as it is", (_, policies) => {
    expect(policies.length).toBeGreaterThan(0);
    expect(problemsOf(policies)).toEqual([]);
  });

  it("is an autoscaler around the present size", () => {
    expect(newAutoscaler("dynos", 25)).toMatchObject({ min: 13, max: 50 });
    expect(newAutoscaler("replicas", 0)).toMatchObject({ min: 1, max: 2 });
    expect(newAutoscaler("dynos", 10_000).max).toBe(10_000);
  });

  it("is one more policy that contradicts none, one after the other", () => {
    let policies: readonly ScalingPolicy[] = policySets("dynos")[0]?.policies ?? [];
    for (const kind of ["step", "target", "step", "target", "step"] as const) {
      policies = [...policies, newPolicy(kind, "dynos", policies)];
      expect(problemsOf(policies)).toEqual([]);
    }
  });

  it("is for replicas what a database can measure", () => {
    expect(metricsFor("replicas", "databaseCpu")).toEqual([
      "latencyMs",
      "databaseCpu",
      "databaseConnections",
    ]);
    expect(metricsFor("replicas", "cpu")).toContain("cpu");
    expect(metricsFor("dynos", "cpu")).toEqual(Object.keys(METRICS));
  });
});
