import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import type { ValidationReport } from "../../src/analysis/validation-report";
import { ENGINE_VERSION } from "../../src/engine";
import { MEASURED, scenarioWith } from "./hand-made";
import { counts, failureKind, measuredFailures, percentileOf } from "./lab-rules";
import { benchScenario, sleepingQueryMs } from "./overheads";
import { predictionInterval } from "./prediction-interval";
import { unexplained } from "./report";

describe("the lab's rules", () => {
  it("closed loops count what was answered in the window, open loops what was sent in it", () => {
    const window = { fromMs: 1000, toMs: 2000 };
    expect(counts({ ...window, by: "answered" }, 900, 1100)).toBe(true);
    expect(counts({ ...window, by: "sent" }, 900, 1100)).toBe(false);
    expect(counts({ ...window, by: "sent" }, 1900, 9000)).toBe(true);
    expect(counts({ ...window, by: "answered" }, 1900, 2000)).toBe(false);
  });

  it("percentiles are values that were measured, by the nearest rank", () => {
    expect(percentileOf([1, 2, 3, 4], 0.5)).toBe(2);
    expect(percentileOf([1, 2, 3, 4], 0.51)).toBe(3);
    expect(percentileOf([7], 0.99)).toBe(7);
    expect(percentileOf([], 0.5)).toBeNaN();
  });

  it("the lab's words mean kinds of the engine, and an unknown word is an error", () => {
    expect(failureKind("db_refused", scenarioWith({}))).toBe("connection-refused");
    expect(() => failureKind("db_gone", scenarioWith({}))).toThrow("db_gone");
  });

  it("a 503 of the balancer is a wait in its own line, or where it has none, that no dyno was up", () => {
    const withLine = scenarioWith({ fleets: [{ name: "web", maxOutstandingPerDyno: 4 }] });
    expect(failureKind("lb_503", withLine)).toBe("queue-timeout");
    expect(failureKind("lb_503", scenarioWith({}))).toBe("no-dyno");
  });

  it("words of one kind are added up, as shares of all measured requests", () => {
    const failed = { conn_lost: 25, db_down: 50, client_ECONNRESET: 5 };
    const shares = measuredFailures({ ...MEASURED, requests: 1000, failed }, scenarioWith({}));
    expect(shares).toEqual({ "database-down": 0.075, "dyno-lost": 0.005 });
  });
});

describe("what the bench adds", () => {
  it.each([
    [5, 5.2],
    [100, 101.3],
    [500, 500.25],
  ])("pg_sleep of %d ms takes %d ms, as measured on the idle stack", (ms, measured) => {
    expect(Math.abs(sleepingQueryMs(ms) - measured)).toBeLessThanOrEqual(0.1);
  });

  it("sleeps whole milliseconds, rounded up", () => {
    expect(sleepingQueryMs(40.715)).toBeCloseTo(41.2, 9);
  });

  it("puts the thread's part behind the steps, and what passes outside between answer and next request", () => {
    const bench = benchScenario({
      schema: 1,
      workloads: [{ kind: "closed", clients: 1, thinkMs: 0 }],
      endpoints: [{ name: "page", steps: [{ kind: "wait", ms: 100 }] }],
    });
    expect(bench.scenario.endpoints[0]?.steps).toEqual([
      { kind: "wait", ms: 100 },
      { kind: "wait", ms: 0.4 },
    ]);
    const [workload] = bench.scenario.workloads;
    expect(workload?.kind === "closed" ? workload.thinkMs : null).toBeCloseTo(0.54, 9);
    expect(bench.outsideMs).toBeCloseTo(0.54, 9);
  });
});

describe("the prediction interval", () => {
  it("is where one more run would fall: mean ± t·s·√(1 + 1/R)", () => {
    // t for 95 % and 3 degrees of freedom: 3.182; s = 2, R = 4
    const values = [10 - 3 ** 0.5, 10 - 3 ** 0.5, 10 + 3 ** 0.5, 10 + 3 ** 0.5];
    const [low, high] = predictionInterval(values);
    expect(high - 10).toBeCloseTo(3.182 * 2 * Math.sqrt(1.25), 2);
    expect(10 - low).toBeCloseTo(high - 10, 9);
  });

  it("of a figure that never varies is the figure", () => {
    expect(predictionInterval([3, 3, 3])).toEqual([3, 3]);
  });
});

describe("the written report", () => {
  const file = new URL("../../src/ui/trust/validation.json", import.meta.url);
  const report = JSON.parse(readFileSync(file, "utf8")) as ValidationReport;

  it("is about this engine: otherwise `npm run validate -- --write` is to be run", () => {
    expect(report.engine).toBe(ENGINE_VERSION);
  });

  it("meets every goal", () => {
    expect(report.goals.filter(({ met }) => !met)).toEqual([]);
  });

  it("explains what stands outside", () => {
    expect(unexplained(report)).toEqual([]);
  });
});
