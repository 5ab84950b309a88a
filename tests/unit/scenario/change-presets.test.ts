import { describe, expect, it } from "vitest";
import { summarize } from "../../../src/analysis/summarize";
import { compile, Simulation } from "../../../src/engine";
import { applyChanges, type PathValue } from "../../../src/scenario/paths";
import { findPreset } from "../../../src/scenario/presets";
import { withSizes } from "../../../src/scenario/sizes";

/** What one replication of a preset comes to, second by second, with a few values changed. */
function simulated(id: string, ...changes: readonly PathValue[]) {
  const preset = findPreset(id);
  if (preset === undefined) throw new Error(`no preset ${id}`);
  const result = applyChanges(preset.scenario, [{ path: "run.replications", value: 1 }, ...changes]);
  expect(result.ok ? [] : result.problems).toEqual([]);
  const sized = withSizes(result.scenario);
  const plan = compile(sized);
  const simulation = new Simulation(plan, 0);
  simulation.advance(plan.durationMs);
  const { series, figures } = summarize(sized, [simulation.record()], 0);
  const mean = (column: ArrayLike<number>, fromS: number, toS: number) => {
    const values = Array.from(column).filter((value, bucket) => {
      const atS = bucket * series.bucketS;
      return atS >= fromS && atS + series.bucketS <= toS && !Number.isNaN(value);
    });
    return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
  };
  const perSecond = (column: ArrayLike<number>) => (fromS: number, toS: number) =>
    mean(column, fromS, toS) / series.bucketS;
  return { series, figures, mean, answered: perSecond(series.ok), failed: perSecond(series.failed) };
}

describe("what a preset of a system that changes says it shows", () => {
  it("a router timeout: no answer at all for seconds after a spike", () => {
    const { answered } = simulated("spike-router-timeout");
    expect(answered(5, 12)).toBeGreaterThan(30);
    expect(answered(20, 25)).toBe(0);
    expect(answered(35, 45)).toBeGreaterThan(30);
  });

  it("the line at the balancer: the full pace of 100 a second all the while", () => {
    const { answered, failed } = simulated("spike-line-at-the-balancer");
    expect(answered(14, 21)).toBeGreaterThan(95);
    expect(failed(16, 20)).toBeGreaterThan(20);
    expect(failed(25, 45)).toBe(0);
  });

  it("a restart behind a pooler: failures for fifteen seconds, with a login retry of one second for four", () => {
    const fifteen = simulated("restart-behind-a-pooler");
    expect(fifteen.answered(21, 34)).toBe(0);
    expect(fifteen.failed(37, 60)).toBe(0);
    const one = simulated("restart-behind-a-pooler", { path: "pooler.loginRetryS", value: 1 });
    expect(one.failed(26, 60)).toBe(0);
  });

  it("preboot: no connection for some while old and new dynos are there together, and only then", () => {
    const { series, failed } = simulated("deploy-with-preboot");
    expect(Object.keys(series.failedByKind)).toEqual(["connection-refused"]);
    expect(failed(12, 30)).toBe(0);
    expect(failed(75, 95)).toBeGreaterThan(10);
    expect(failed(110, 150)).toBe(0);
  });

  it("checks through the application: at times no dyno is left, where without them nobody fails", () => {
    const { series } = simulated("checks-under-overload");
    expect(Object.keys(series.failedByKind)).toContain("no-dyno");
    const without = simulated("checks-under-overload", { path: "fleets.web.healthCheck", value: null });
    expect(without.failed(0, 120)).toBe(0);
    expect(without.answered(20, 120)).toBeGreaterThan(95);
  });

  it("hanging sessions: less is answered long after the database is back than where they are reset", () => {
    const hang = simulated("failover-with-hanging-sessions");
    const reset = simulated("failover-with-hanging-sessions", {
      path: "database.failover.oldSessions",
      value: "reset",
    });
    expect(hang.answered(60, 110)).toBeLessThan(0.7 * reset.answered(60, 110));
    expect(hang.answered(165, 180)).toBeGreaterThan(50);
  });

  it("a new replica: nothing gets better, but with an idle timeout of a few seconds it does", () => {
    const { series, mean } = simulated("idle-new-replica");
    expect(mean(series.p95, 180, 240)).toBeGreaterThan(0.6 * mean(series.p95, 20, 60));
    const renewed = simulated(
      "idle-new-replica",
      { path: "fleets.web.pool.idleTimeoutS", value: 5 },
      { path: "fleets.web.pool.reapEveryS", value: 5 },
    );
    expect(renewed.mean(renewed.series.p95, 180, 240)).toBeLessThan(
      0.6 * renewed.mean(renewed.series.p95, 20, 60),
    );
  });

  it("a day: two tasks sleep through the night, and more come with the morning", { timeout: 60_000 }, () => {
    const { series, figures, mean } = simulated("day-with-autoscaler", {
      path: "run.durationS",
      value: 34_200,
    });
    const hours = (from: number, to: number) => mean(series.dynos, from * 3600, to * 3600);
    expect(hours(2, 5)).toBeLessThan(2.5);
    expect(hours(9, 9.5)).toBeGreaterThan(3.5);
    expect(figures.slo.met).toBe(true);
  });
});
