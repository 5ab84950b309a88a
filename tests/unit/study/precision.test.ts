import { describe, expect, it } from "vitest";
import type { Scenario } from "../../../src/scenario/types";
import type { PrecisionAnswer } from "../../../src/study/answer-types";
import { precision } from "../../../src/study/precision";
import type { PrecisionQuestion } from "../../../src/study/question-types";
import { HeldSimulator, station, watching } from "../../support/hand-made-studies";
import { localSimulator } from "../../support/local-simulator";
import { theoryScenario } from "../../support/theory-scenario";

const nobody = (): void => undefined;
const QUESTION: PrecisionQuestion = { kind: "precision", of: "mean", within: 0.05, most: 200 };

async function precise(base: Scenario, parts: Partial<PrecisionQuestion> = {}): Promise<PrecisionAnswer> {
  return precision({ ...QUESTION, ...parts }, base, localSimulator(), nobody);
}

/** Half the interval as a share of the figure. */
function share({ estimate: { mean, ci95 } }: { readonly estimate: PrecisionAnswer["estimate"] }): number {
  return ((ci95?.[1] ?? Number.NaN) - (ci95?.[0] ?? Number.NaN)) / 2 / (mean ?? Number.NaN);
}

/** M/M/1 that begins empty: at 95 % utilisation it takes long to fill up. */
function filling(utilization: number, run: object, timeline: Scenario["timeline"] = []): Scenario {
  const scenario = theoryScenario({
    run: { durationS: 200, warmupS: 0, replications: 4, ...run },
    workload: { kind: "open", requestsPerSecond: 10 * utilization },
    steps: [{ kind: "wait", ms: { dist: "exponential", mean: 100 } }],
  });
  return { ...scenario, timeline };
}

describe("as many replications as a figure needs", () => {
  it("end as soon as its interval is narrow enough twice in a row", async () => {
    const answer = await precise(station({}));
    expect(answer).toMatchObject({ ended: "precise", isComplete: true, of: "mean", within: 0.05, most: 200 });
    expect(share(answer)).toBeLessThanOrEqual(0.05);
    const isNarrow = answer.history.map((round) => share(round) <= 0.05);
    expect(isNarrow.slice(-2)).toEqual([true, true]);
    // Never before: a round that is narrow is followed by one that is not, or by the end.
    for (let round = 1; round < isNarrow.length - 1; round += 1)
      expect(isNarrow[round - 1] && isNarrow[round]).toBe(false);
  });

  it("are more where it is to be narrower", async () => {
    const [wide, narrow] = [await precise(station({}), { within: 0.1 }), await precise(station({}))];
    expect(narrow.replications).toBeGreaterThan(wide.replications);
  });

  it("are at least ten: fewer say too little about their own spread", async () => {
    const answer = await precise(station({}), { within: 0.5 });
    expect(answer.history.map(({ replications }) => replications)).toEqual([10, 15]);
    expect(answer.ended).toBe("precise");
  });

  it("end where the budget does, and say so", async () => {
    const answer = await precise(station({}), { within: 0.001, most: 30 });
    expect(answer).toMatchObject({ ended: "budget", replications: 30, isComplete: true });
    expect(share(answer)).toBeGreaterThan(0.001);
    expect((await precise(station({}), { within: 0.001, most: 4 })).replications).toBe(4);
  });

  it("grow by no more than four times a round", async () => {
    const { history } = await precise(station({}), { within: 0.012, most: 400 });
    const counts = history.map(({ replications }) => replications);
    expect(counts[0]).toBe(10);
    expect(counts.length).toBeGreaterThan(2);
    for (const [round, count] of counts.slice(1).entries()) {
      expect(count).toBeGreaterThan(counts[round] ?? 0);
      expect(count).toBeLessThanOrEqual(4 * (counts[round] ?? 0));
    }
  });

  it("end where the figure is not measured at all", async () => {
    const base = station({});
    const answer = await precise({ ...base, edge: { ...base.edge, timeoutMs: 0.001 } });
    expect(answer).toMatchObject({ ended: "not measured", estimate: { mean: null } });
  });

  it("are ten of what never varies", async () => {
    expect(await precise(station({}), { of: "monthlyUsd" })).toMatchObject({
      ended: "precise",
      replications: 10,
    });
  });
});

describe("the warm-up", () => {
  it("is as long as the system takes to settle, where that is longer, and as much is measured as before", async () => {
    const simulator = new HeldSimulator();
    const done = precision({ ...QUESTION, most: 10 }, filling(0.9, {}), simulator, nobody);
    await simulator.releaseAll();
    simulator.end();
    await new Promise((resolve) => setImmediate(resolve));
    await simulator.releaseAll();
    simulator.end();
    const { warmup } = await done;
    expect(warmup.foundS).toBeGreaterThan(0);
    expect(warmup).toMatchObject({ givenS: 0, usedS: warmup.foundS });
    const [pilot, longer] = simulator.asked;
    expect(new Set(pilot?.map(({ detail }) => detail))).toEqual(new Set(["series"]));
    const { warmupS, durationS } = longer?.[0]?.sized.scenario.run ?? { warmupS: 0, durationS: 0 };
    expect(warmupS).toBe(warmup.foundS);
    expect(durationS - warmupS).toBeCloseTo(200, 9);
  });

  it("of M/M/1 from empty is found where it is nearly always busy, and makes the mean no smaller", async () => {
    const base = filling(0.95, { durationS: 400 });
    const { warmup, estimate } = await precise(base, { most: 10, within: 0.001 });
    expect(warmup.foundS).toBeGreaterThan(2);
    expect(warmup.foundS).toBeLessThan(200);
    const own = await precise(
      { ...base, timeline: [{ atS: 399, do: "deploy", fleet: "web" }] },
      { most: 10 },
    );
    // The scenario that changes by plan keeps its own warm-up, none: the empty beginning is part of its mean.
    expect(own.warmup.usedS).toBe(0);
    expect(estimate.mean).toBeGreaterThan(own.estimate.mean ?? Infinity);
  });

  it("stays the scenario's own where that is long enough", async () => {
    const { warmup, replications } = await precise(station({ run: { durationS: 40, warmupS: 15 } }), {
      most: 10,
    });
    expect(warmup).toMatchObject({ givenS: 15, usedS: 15 });
    expect(replications).toBe(10);
  });

  it("stays the scenario's own where it changes by plan", async () => {
    const planned = filling(0.9, {}, [{ atS: 100, do: "set", path: "fleets.web.threads", value: 2 }]);
    const wave = filling(0.9, {});
    const workloads = wave.workloads.map((workload) =>
      workload.kind === "open"
        ? {
            ...workload,
            profile: [
              [0, 1],
              [100, 1.05],
            ] as const,
          }
        : workload,
    );
    for (const base of [planned, { ...wave, workloads }])
      expect((await precise(base, { most: 10 })).warmup).toMatchObject({ givenS: 0, usedS: 0 });
  });

  it("stays the scenario's own where the run does not settle, and says that nothing was found", async () => {
    // More comes than is served: the line grows to the end.
    const { warmup } = await precise(filling(1.5, {}), { most: 10 });
    expect(warmup).toEqual({ givenS: 0, foundS: null, usedS: 0 });
  });
});

describe("while it goes on", () => {
  it("what is known so far is told after each replication", async () => {
    const simulator = new HeldSimulator();
    const { onMore, seen } = watching();
    void precision(QUESTION, station({}), simulator, onMore);
    await simulator.release(0, 1, 2);
    const told = seen.map((answer) => (answer.kind === "precision" ? answer : null));
    expect(told.map((answer) => answer?.replications)).toEqual([1, 2, 3]);
    expect(told.every((answer) => answer?.ended === null && !answer.isComplete)).toBe(true);
    expect(told[2]?.estimate.ci95).not.toBeNull();
    expect(told[2]?.progress).toEqual({ done: 3, wanted: 10 });
  });
});
