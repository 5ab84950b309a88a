import { describe, expect, it, vi } from "vitest";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import type { Scenario } from "../../../src/scenario/types";
import { runKey, StoryRuns } from "../../../src/store/story-runs";
import { summaryFixture } from "../../support/summary-fixture";

const seeded = (seed: number): Scenario => ({ ...DEFAULT_SCENARIO, run: { ...DEFAULT_SCENARIO.run, seed } });
const turns = () => new Promise((resolve) => setTimeout(resolve, 0));

function setUp() {
  let isBusy = false;
  let later: () => void = () => undefined;
  const simulated: number[] = [];
  const end = vi.fn();
  const runs = new StoryRuns(
    async ({ run: { seed } }) => {
      await Promise.resolve();
      if (isBusy) return "later";
      if (seed === 13) return { failure: "out of memory" };
      simulated.push(seed);
      return summaryFixture();
    },
    (_delayMs, callback) => {
      later = callback;
      return end;
    },
  );
  return { runs, simulated, end, setBusy: (to: boolean) => (isBusy = to), lookAgain: () => later() };
}

describe("the runs of a story", () => {
  it("are made in order, each once, whatever the scenario is called", async () => {
    const { runs, simulated } = setUp();
    runs.want([seeded(1), seeded(2)]);
    await turns();
    runs.want([{ ...seeded(2), name: "another name" }, seeded(3)]);
    await turns();
    expect(simulated).toEqual([1, 2, 3]);
    expect(runs.store.getState()).toMatchObject({ waiting: 0, failure: null });
    expect(runs.store.getState().summaries.has(runKey(seeded(3)))).toBe(true);
  });

  it("wait while the page simulates something, and are asked for again a little later", async () => {
    const { runs, simulated, setBusy, lookAgain } = setUp();
    setBusy(true);
    runs.want([seeded(1), seeded(2)]);
    await turns();
    expect(simulated).toEqual([]);
    expect(runs.store.getState().waiting).toBe(2);
    lookAgain();
    await turns();
    expect(simulated).toEqual([]);
    setBusy(false);
    lookAgain();
    await turns();
    expect(simulated).toEqual([1, 2]);
  });

  it("go on after one that came to nothing, which is said", async () => {
    const { runs, simulated } = setUp();
    runs.want([seeded(13), seeded(2)]);
    await turns();
    expect(simulated).toEqual([2]);
    expect(runs.store.getState()).toMatchObject({ waiting: 0, failure: "out of memory" });
  });

  it("are none any more once nobody looks", async () => {
    const { runs, simulated, end, setBusy } = setUp();
    setBusy(true);
    runs.want([seeded(1), seeded(2), seeded(3)]);
    await turns();
    runs.stop();
    expect(end).toHaveBeenCalled();
    setBusy(false);
    await turns();
    expect(simulated).toEqual([]);
    expect(runs.store.getState().waiting).toBe(0);
  });
});
