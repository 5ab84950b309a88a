import { describe, expect, it } from "vitest";
import type { Answer, SweepAnswer } from "../../../src/study/answer-types";
import { Configuration } from "../../../src/study/configuration";
import { coarseToFine, combinations, scenarioAt } from "../../../src/study/grid";
import type { SweepQuestion } from "../../../src/study/question-types";
import { sweep } from "../../../src/study/sweep";
import { HeldSimulator, station, watching } from "../../support/hand-made-studies";
import { localSimulator } from "../../support/local-simulator";

const BASE = station({ run: { durationS: 6, warmupS: 1 }, slo: { p95Ms: 400 } });
const THREADS = { path: "fleets.web.threads", values: [2, 4, 6, 8, 10] };
const DYNOS = { path: "fleets.web.dynos", values: [1, 2, 3] };
const nobody = (): void => undefined;

function question(axes: SweepQuestion["axes"], replications = 2): SweepQuestion {
  return { kind: "sweep", axes, replications };
}

const asSweep = (answer: Answer | undefined): SweepAnswer => {
  if (answer?.kind !== "sweep") throw new Error("no sweep");
  return answer;
};

describe("a sweep", () => {
  it("has a cell for every combination, the last axis fastest, each of all its replications", async () => {
    const axes = [DYNOS, THREADS];
    const { cells, isComplete, progress } = await sweep(question(axes, 3), BASE, localSimulator(), nobody);
    expect(cells.map(({ at }) => at)).toEqual(combinations([3, 5]));
    expect(new Set(cells.map(({ replications }) => replications))).toEqual(new Set([3]));
    expect(cells.every(({ measures, isMet, problem }) => measures && isMet !== null && !problem)).toBe(true);
    expect([isComplete, progress]).toEqual([true, { done: 45, wanted: 45 }]);
  });

  it("has in each cell what its scenario alone measures", async () => {
    const axes = [DYNOS, THREADS];
    const { cells } = await sweep(question(axes), BASE, localSimulator(), nobody);
    const alone = new Configuration(scenarioAt(BASE, axes, [2, 1]).scenario);
    await localSimulator().simulate(alone.missing(2), (_, record) => alone.keep(record.replication, record));
    const cell = cells.find(({ at }) => at.join() === "2,1");
    expect(cell).toEqual({
      at: [2, 1],
      replications: 2,
      measures: alone.measures,
      isMet: alone.isMet,
      problem: null,
    });
  });

  it("says of each cell whether the objective is met", async () => {
    // 20 requests a second for 100 ms each: two threads are always busy, ten hardly ever.
    const { cells } = await sweep(question([THREADS], 4), BASE, localSimulator(), nobody);
    expect(cells.map(({ isMet }) => isMet)).toEqual([false, true, true, true, true]);
  });

  it("asks what simulates once: the first replication of all, coarse to fine, before the second of any", async () => {
    const simulator = new HeldSimulator();
    const done = sweep(question([DYNOS, THREADS]), BASE, simulator, nobody);
    await simulator.releaseAll();
    simulator.end();
    await done;
    expect(simulator.asked).toHaveLength(1);
    const runs = simulator.asked[0] ?? [];
    expect(runs.map(({ replication }) => replication)).toEqual([
      ...Array.from({ length: 15 }, () => 0),
      ...Array.from({ length: 15 }, () => 1),
    ]);
    const order = coarseToFine([3, 5]).map((at) => scenarioAt(BASE, [DYNOS, THREADS], at).scenario);
    expect(runs.map(({ sized }) => sized.scenario)).toEqual([...order, ...order]);
    expect(runs.every(({ detail }) => detail === "measures")).toBe(true);
  });

  it("leaves cells out whose values cannot stand together, and says why", async () => {
    const times = [
      { path: "run.warmupS", values: [1, 8] },
      { path: "run.durationS", values: [4, 12] },
    ];
    const simulator = localSimulator();
    const { cells, isComplete } = await sweep(question(times), BASE, simulator, nobody);
    expect(cells.map(({ measures }) => measures !== null)).toEqual([true, true, false, true]);
    expect(cells[2]).toMatchObject({ replications: 0, measures: null, isMet: null });
    expect(cells[2]?.problem).toMatch(/warmupS/);
    expect(simulator.runs).toBe(6);
    expect(isComplete).toBe(true);
  });

  it("of nothing but such cells is complete without a run", async () => {
    const simulator = localSimulator();
    const never = [{ path: "run.warmupS", values: [50, 60] }];
    const { cells, isComplete, progress } = await sweep(question(never), BASE, simulator, nobody);
    expect(cells.every(({ problem }) => problem !== null)).toBe(true);
    expect([isComplete, progress, simulator.runs]).toEqual([true, { done: 0, wanted: 0 }, 0]);
  });
});

describe("a sweep under way", () => {
  it("shows the cells that are known, and nothing yet of the others", async () => {
    const simulator = new HeldSimulator();
    const { onMore, seen } = watching();
    const done = sweep(question([THREADS]), BASE, simulator, onMore);
    await simulator.release(1, 0);
    const first = coarseToFine([5]).map(([place = 0]) => place);
    const { cells, isComplete, progress } = asSweep(seen.at(-1));
    expect(cells.map(({ replications }) => replications)).toEqual(
      THREADS.values.map((_, place) => (first.slice(0, 2).includes(place) ? 1 : 0)),
    );
    expect(cells.filter(({ replications }) => replications === 0)).toEqual(
      cells.flatMap(({ at, replications }) =>
        replications === 0 ? [{ at, replications: 0, measures: null, isMet: null, problem: null }] : [],
      ),
    );
    expect([isComplete, progress]).toEqual([false, { done: 2, wanted: 10 }]);
    await simulator.release(2, 3, 4, 5, 6, 7, 8, 9);
    simulator.end();
    expect((await done).isComplete).toBe(true);
  });

  it("keeps what is shown of a cell while nothing more is known of it", async () => {
    const simulator = new HeldSimulator();
    const { onMore, seen } = watching();
    void sweep(question([THREADS]), BASE, simulator, onMore);
    await simulator.release(0, 1);
    const [before, after] = seen.map((answer) => asSweep(answer).cells);
    const changed = after?.filter((cell, place) => cell !== before?.[place]);
    expect(changed).toHaveLength(1);
  });

  it("has the same answer in the end, whatever came first", async () => {
    const mixed = new HeldSimulator();
    const done = sweep(question([THREADS]), BASE, mixed, nobody);
    await mixed.release(9, 2, 5, 0, 7, 3, 8, 1, 6, 4);
    mixed.end();
    expect(await done).toEqual(await sweep(question([THREADS]), BASE, localSimulator(), nobody));
  });
});
