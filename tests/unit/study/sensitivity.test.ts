import { describe, expect, it } from "vitest";
import { applyChanges } from "../../../src/scenario/paths";
import type { SensitivityAnswer } from "../../../src/study/answer-types";
import { numericInputs } from "../../../src/study/inputs";
import type { SensitivityQuestion } from "../../../src/study/question-types";
import { sensitivity } from "../../../src/study/sensitivity";
import { HeldSimulator, station, watching } from "../../support/hand-made-studies";
import { localSimulator } from "../../support/local-simulator";
import { once } from "../../support/once";

const BASE = station({ requestsPerSecond: 28, run: { durationS: 12, warmupS: 2 } });
const QUESTION: SensitivityQuestion = { kind: "sensitivity", of: "mean", by: 0.2, replications: 6 };
const nobody = (): void => undefined;

const found = once(() => sensitivity(QUESTION, BASE, localSimulator(), nobody));
const barOf = ({ bars }: SensitivityAnswer, path: string) => bars.find((bar) => bar.path === path);
const swings = ({ bars }: SensitivityAnswer): number[] =>
  bars.map(({ low, high }) => Math.max(Math.abs(low.mean ?? 0), Math.abs(high.mean ?? 0)));

describe("how much each assumption matters", () => {
  it("is told with the largest effect first", async () => {
    const answer = await found();
    const effects = swings(answer);
    expect(effects).toEqual([...effects].sort((a, b) => b - a));
    expect(new Set(answer.bars.slice(0, 3).map(({ path }) => path))).toEqual(
      new Set(["workloads.load.requestsPerSecond", "endpoints.page.steps.0.ms.mean", "fleets.web.threads"]),
    );
    // Nothing else has an effect at all on requests that only wait for a thread.
    expect(effects.slice(0, 3).every((effect) => effect > 0)).toBe(true);
    expect(effects.slice(3).length).toBeGreaterThan(5);
    expect(effects.slice(3).every((effect) => effect === 0)).toBe(true);
  });

  it("is the difference as pairs: what has no effect is the same to the last bit", async () => {
    const connecting = barOf(await found(), "fleets.web.pool.reapEveryS");
    const same = { mean: 0, half: 0, verdict: "same" };
    expect(connecting).toMatchObject({ value: 60, lowValue: 48, highValue: 72, low: same, high: same });
  });

  it("says which way: less work is faster, fewer threads are slower", async () => {
    const work = barOf(await found(), "endpoints.page.steps.0.ms.mean");
    expect(work).toMatchObject({ value: 100, lowValue: 80, highValue: 120 });
    expect([work?.low.verdict, work?.high.verdict]).toEqual(["lower", "higher"]);
    const threads = barOf(await found(), "fleets.web.threads");
    expect([threads?.low.verdict, threads?.high.verdict]).toEqual(["higher", "lower"]);
  });

  it("moves whole numbers to whole ones", async () => {
    // 4 threads: 3.2 and 4.8.
    expect(barOf(await found(), "fleets.web.threads")).toMatchObject({ value: 4, lowValue: 3, highValue: 5 });
  });

  it("writes values with few digits", async () => {
    const answer = await sensitivity(
      { ...QUESTION, by: 0.1 / 3, replications: 1 },
      BASE,
      localSimulator(),
      nobody,
    );
    expect(barOf(answer, "workloads.load.requestsPerSecond")).toMatchObject({
      lowValue: 27.0667,
      highValue: 28.9333,
    });
  });

  it("leaves out, with the reason, what is too small a whole number", async () => {
    const { leftOut, bars } = await found();
    expect(leftOut).toContainEqual({
      path: "fleets.web.dynos",
      reason: "1 is too small a whole number to be moved by so little.",
    });
    expect(bars.map(({ path }) => path)).not.toContain("fleets.web.dynos");
  });

  it("leaves out, with the reason, what cannot be moved by itself", async () => {
    const split = { ...BASE, fleets: BASE.fleets.flatMap((fleet) => [fleet, { ...fleet, name: "other" }]) };
    const endpoints = split.endpoints.map((endpoint) => ({ ...endpoint, fleet: { web: 0.5, other: 0.5 } }));
    const question = { kind: "sensitivity", of: "p95", by: 0.2, replications: 2 } as const;
    const { leftOut } = await sensitivity(
      question,
      { ...split, endpoints },
      localSimulator(),
      () => undefined,
    );
    const share = leftOut.find(({ path }) => path.endsWith(".fleet.web"));
    expect(share?.reason).toMatch(/sum/);
  });

  it("speaks of every input once: moved, or left out", async () => {
    const { bars, leftOut } = await found();
    const spoken = [...bars, ...leftOut].map(({ path }) => path);
    expect(spoken.sort()).toEqual(
      numericInputs(BASE)
        .map(({ path }) => path)
        .sort(),
    );
  });

  it("does not move what nothing of the system looks at", async () => {
    const { bars } = await found();
    expect(bars.filter(({ path }) => /^(pooler|database\.replicas|database\.failover)\./.test(path))).toEqual(
      [],
    );
  });

  it("moves each input by itself: all else stays", async () => {
    const simulator = new HeldSimulator();
    void sensitivity({ ...QUESTION, replications: 1 }, BASE, simulator, nobody);
    const [first, ...others] = (simulator.asked[0] ?? []).map(({ sized }) => sized.scenario);
    expect(first).toEqual(BASE);
    const { bars } = await found();
    const expected = bars.flatMap(({ path, lowValue, highValue }) =>
      [lowValue, highValue].map((value) => applyChanges(BASE, [{ path, value }]).scenario),
    );
    expect(new Set(others.map((one) => JSON.stringify(one)))).toEqual(
      new Set(expected.map((one) => JSON.stringify(one))),
    );
  });

  it("asks what simulates once, the scenario as it is first, and the first replication of all before the second", async () => {
    const simulator = new HeldSimulator();
    const { onMore, seen } = watching();
    void sensitivity(QUESTION, BASE, simulator, onMore);
    const replications = (simulator.asked[0] ?? []).map(({ replication }) => replication);
    expect(simulator.asked).toHaveLength(1);
    expect(replications).toEqual([...replications].sort((a, b) => a - b));
    expect(replications.length % 6).toBe(0);
    await simulator.release(0);
    // Nothing is said of what was not simulated yet.
    const [answer] = seen;
    if (answer?.kind !== "sensitivity") throw new Error("no sensitivity");
    expect(answer.replications).toBe(1);
    expect(answer.base.mean).not.toBeNull();
    expect(new Set(answer.bars.map(({ low }) => low.verdict))).toEqual(new Set(["unknown"]));
  });
});
