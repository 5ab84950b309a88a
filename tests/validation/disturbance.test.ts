import { describe, expect, it } from "vitest";
import { disturbanceFigures, disturbanceOf, recoveryS } from "./disturbance";
import { compareDisturbance } from "./disturbance-comparison";
import { MEASURED, scenarioWith } from "./hand-made";
import type { MeasuredSecond, Trial } from "./lab-types";
import { measuredSeconds, type Seconds, SecondsTally } from "./time-series";
import type { TrialRun } from "./trial-runs";

/** Seconds of so many successes, and of what was sent beyond them as failures. */
function secondsOf(sent: readonly number[], ok: readonly number[]): Seconds {
  return {
    sent,
    ok,
    failed: sent.map((count, i) => Math.max(0, count - (ok[i] ?? 0))),
    p95Ms: ok.map((count) => (count === 0 ? null : 200)),
    isAllDown: ok.map(() => false),
  };
}

describe("a run's seconds, by the lab's clock", () => {
  it("requests count when they are sent, answers and failures when the client has them", () => {
    const tally = new SecondsTally(3);
    tally.add(100, 200, false);
    tally.add(900, 200, false);
    tally.add(950, 1100, true);
    tally.add(2500, 600, false);
    expect(tally.seconds()).toMatchObject({ sent: [3, 0, 1], ok: [1, 1, 0], failed: [0, 0, 1] });
  });

  it("percentiles are of the second's successes, by the nearest rank", () => {
    const tally = new SecondsTally(2);
    for (let ms = 1; ms <= 100; ms += 1) tally.add(0, ms, false);
    tally.add(0, 999, true);
    expect(tally.seconds().p95Ms).toEqual([95, null]);
  });

  it("a second ends with all dynos down only where it was said", () => {
    const tally = new SecondsTally(3);
    tally.allDownAtEndOf(1);
    expect(tally.seconds().isAllDown).toEqual([false, true, false]);
  });
});

describe("the lab's seconds", () => {
  const row = (t: number, rest: Partial<MeasuredSecond>): MeasuredSecond => {
    return { t, sent: 10, ok: 10, failed: 0, p95: 200, ...rest };
  };

  it("all dynos are down where every one is marked so, and none only waits for its use", () => {
    const rows = [row(0, {}), row(1, { lb_status: "DDUDD" }), row(2, { lb_status: "DDDDD" })];
    expect(measuredSeconds([...rows, row(3, { lb_status: "UUUMM" })]).isAllDown).toEqual([
      false,
      false,
      true,
      false,
    ]);
  });

  it("have no gaps", () => {
    expect(() => measuredSeconds([row(0, {}), row(2, {})])).toThrow("second 1");
  });
});

describe("what changes in a trial", () => {
  const run = { durationS: 50, warmupS: 10 };
  const spike = [
    [0, 1],
    [11.999, 1],
    [12, 4],
    [19.999, 4],
    [20, 1],
    [50, 1],
  ];
  it.each([
    [
      "a spike",
      { workloads: [{ name: "load", kind: "open", requestsPerSecond: 40, profile: spike }] },
      12,
      20,
    ],
    ["a restart", { timeline: [{ atS: 20, do: "restartDatabase", downS: 3 }] }, 20, 23],
    [
      "a killed dyno",
      { timeline: [{ atS: 15, do: "killDyno", fleet: "web", count: 1, graceful: false, backAfterS: 15 }] },
      15,
      30,
    ],
    [
      "more dynos, until the end",
      { timeline: [{ atS: 15, do: "set", path: "fleets.web.dynos", value: 8 }] },
      15,
      50,
    ],
  ])("%s lasts from its begin to its end", (_, fields, fromS, toS) => {
    expect(disturbanceOf(scenarioWith({ run, ...fields }))).toEqual({ fromS, toS, isPlanned: true });
  });

  it("nothing that is planned: then it is about the whole measured window", () => {
    expect(disturbanceOf(scenarioWith({ run }))).toEqual({ fromS: 10, toS: 50, isPlanned: false });
  });

  it("two things at once are refused", () => {
    const timeline = [
      { atS: 20, do: "restartDatabase", downS: 3 },
      { atS: 30, do: "failover" },
    ];
    expect(() => disturbanceOf(scenarioWith({ run, timeline }))).toThrow("more than one");
  });
});

describe("the time until recovery", () => {
  const sent = [50, 50, 50, 50, 50, 50, 50, 50, 50, 50];

  it("ends with the first of three seconds in which nine in ten requests succeed", () => {
    const ok = [50, 50, 10, 0, 0, 40, 46, 50, 50, 50];
    expect(recoveryS(secondsOf(sent, ok), 2, 10)).toBe(3);
  });

  it("is nothing where nobody notices", () => {
    expect(recoveryS(secondsOf(sent, sent), 2, 10)).toBe(0);
  });

  it("is not shortened by a line that clears at once, nor by a second that goes well", () => {
    const ok = [50, 50, 0, 50, 0, 0, 150, 50, 50, 50];
    expect(recoveryS(secondsOf(sent, ok), 2, 10)).toBe(4);
  });

  it("lasts to the run's end where goodput is never back", () => {
    expect(recoveryS(secondsOf(sent, [50, 50, 10, 10, 10, 10, 10, 10, 10, 10]), 2, 10)).toBe(8);
  });
});

describe("what is compared of a trial's seconds", () => {
  const run = { durationS: 8, warmupS: 1, seed: 1, replications: 1 };
  const seconds: Seconds = {
    sent: [10, 10, 10, 10, 10, 10, 10, 10],
    ok: [0, 10, 4, 0, 0, 10, 10, 10],
    failed: [0, 0, 6, 10, 0, 1, 0, 0],
    p95Ms: [null, 200, 500, null, null, 300, 200, 220],
    isAllDown: [false, false, false, true, true, false, false, false],
  };

  it("of a planned disturbance", () => {
    const planned = { fromS: 2, toS: 4, isPlanned: true };
    expect(disturbanceFigures(seconds, planned, run)).toEqual({
      failingSeconds: 3,
      failingSpanS: 4,
      recoveryS: 3,
      goodputPerSecond: 2,
      zeroGoodputSeconds: 2,
      p95DuringMs: 500,
      p95AfterMs: 240,
      allDownSeconds: Number.NaN,
    });
  });

  it("of one that comes by itself: no recovery and no time after it, but how long all dynos were down", () => {
    const byItself = { fromS: 1, toS: 8, isPlanned: false };
    const figures = disturbanceFigures(seconds, byItself, run);
    expect(figures).toMatchObject({ allDownSeconds: 2, recoveryS: Number.NaN, p95AfterMs: Number.NaN });
  });
});

describe("a trial's seconds against those of its runs", () => {
  const scenario = scenarioWith({
    run: { durationS: 8, warmupS: 1 },
    timeline: [{ atS: 2, do: "restartDatabase", downS: 2 }],
  });
  const sent = [10, 10, 10, 10, 10, 10, 10, 10];
  const whole = [10, 10, 0, 0, 10, 10, 10, 10];

  function trialOf(ok: readonly number[], failed: Readonly<Record<string, number>>): Trial {
    const timeseries = ok.map((count, t) => ({ t, sent: 10, ok: count, failed: 10 - count, p95: 200 }));
    const measured = { ...MEASURED, requests: 70, failed };
    return {
      id: "I_x_s1",
      family: "I",
      description: "",
      strictlyValid: true,
      scenario: {},
      measured,
      timeseries,
    };
  }

  function runOf(ok: readonly number[], databaseDown: number): TrialRun {
    const figures = {
      throughputPerSecond: 0,
      latencyMeanMs: 0,
      latencyP50Ms: 0,
      latencyP95Ms: 0,
      latencyP99Ms: 0,
      queueMeanMs: 0,
      failureRate: databaseDown,
      failures: { "database-down": databaseDown },
    };
    return { figures, seconds: secondsOf(sent, ok) };
  }

  it("agree where the measured figure is where the runs fall, or as near as was promised", () => {
    const runs = [runOf(whole, 0.28), runOf(whole, 0.28)];
    const compared = compareDisturbance(trialOf(whole, { db_down: 21 }), scenario, runs);
    expect(compared?.window).toEqual([2, 4]);
    expect(compared?.figures.recoveryS).toMatchObject({ measured: 2, simulated: 2, inside: true });
    // 30 % measured, 28 % in every run: outside, but within three points
    expect(compared?.failures).toMatchObject([{ kind: "database-down", inside: false, agrees: true }]);
    expect(compared?.simulated.failed).toEqual([0, 0, 10, 10, 0, 0, 0, 0]);
  });

  it("disagree where it is far from all runs", () => {
    const runs = [runOf(sent, 0), runOf(sent, 0)];
    const compared = compareDisturbance(
      trialOf([10, 10, 0, 0, 0, 0, 10, 10], { db_down: 40 }),
      scenario,
      runs,
    );
    expect(compared?.figures.failingSeconds).toMatchObject({ measured: 4, simulated: 0, agrees: false });
    expect(compared?.failures[0]).toMatchObject({ simulated: 0, agrees: false });
  });

  it("compare no failures where none are on either side", () => {
    const runs = [runOf(sent, 0), runOf(sent, 0)];
    const compared = compareDisturbance(trialOf(sent, {}), scenario, runs);
    expect(compared?.failures).toEqual([]);
    expect(compared?.figures).not.toHaveProperty("failingSeconds");
    expect(compared?.figures).toHaveProperty("goodputPerSecond");
  });

  it("are there only where the lab kept its seconds", () => {
    const { timeseries: _, ...trial } = trialOf(sent, {});
    expect(compareDisturbance(trial, scenario, [])).toBeNull();
  });
});
