import { describe, expect, it } from "vitest";
import type { Scenario } from "../../../src/scenario/types";
import type { CheapestAnswer } from "../../../src/study/answer-types";
import { cheapest } from "../../../src/study/cheapest";
import { Configuration } from "../../../src/study/configuration";
import type { Axis } from "../../../src/study/question-types";
import { LOOKED_AT_WHOLE, screen } from "../../../src/study/screen";
import { SearchSpace, worstShare } from "../../../src/study/search-space";
import { Work } from "../../../src/study/work";
import { handMadeRecord } from "../../support/hand-made-record";
import { station, watching } from "../../support/hand-made-studies";
import { localSimulator } from "../../support/local-simulator";
import type { Part } from "../../support/theory-scenario";

const nobody = (): void => undefined;

/** Dynos of one thread with a price: 20 requests a second keep two of them busy. */
function servers(slo: Part, run: Part = {}): Scenario {
  return station({
    run: { durationS: 12, warmupS: 2, ...run },
    slo: { failureRate: 0.01, ...slo },
    fleet: {
      threads: 1,
      dynos: 6,
      maxOutstandingPerDyno: 1,
      dynoType: { vcpus: 1, memoryMb: 1e9, monthlyUsd: 25 },
    },
  });
}

const DYNOS: Axis = { path: "fleets.web.dynos", values: [1, 2, 3, 4, 5, 6, 7, 8] };

async function search(
  base: Scenario,
  axes: readonly Axis[],
  simulator = localSimulator(),
): Promise<CheapestAnswer> {
  return cheapest({ kind: "cheapest", axes, replications: 4 }, base, simulator, nobody);
}

const valuesOf = (candidates: CheapestAnswer["tried"]) =>
  candidates.map(({ values }) => values.map(({ value }) => value));

describe("the cheapest along one axis", () => {
  it("meets the objective, and none of the cheaper ones that were simulated does", async () => {
    const { best, tried, present, isComplete } = await search(servers({ p95Ms: 400 }), [DYNOS]);
    const usd = best?.measures.monthlyUsd.mean ?? 0;
    expect(["yes", "likely"]).toContain(best?.meets);
    for (const one of tried)
      if ((one.measures.monthlyUsd.mean ?? 0) < usd) expect(["no", "unlikely"]).toContain(one.meets);
    expect(usd).toBe(25 * Number(best?.values[0]?.value));
    expect(present).toMatchObject({ values: [], replications: 4 });
    expect(isComplete).toBe(true);
  });

  it("is found whatever the order of the values", async () => {
    const there = await search(servers({ p95Ms: 400 }), [DYNOS]);
    const back = await search(servers({ p95Ms: 400 }), [{ ...DYNOS, values: [...DYNOS.values].reverse() }]);
    expect(back.best?.values).toEqual(there.best?.values);
    expect(valuesOf(back.frontier)).toEqual(valuesOf(there.frontier));
  });

  it("is confirmed with at least as many replications as are asked for, as is all of the frontier", async () => {
    const { best, frontier } = await search(servers({ p95Ms: 400 }), [DYNOS]);
    for (const one of [best, ...frontier]) expect(one?.replications).toBeGreaterThanOrEqual(4);
  });

  it("is the fastest of those that cost the same", async () => {
    const balancers: Axis = { path: "fleets.web.balancer", values: ["random", "least-outstanding"] };
    const base = servers({ p95Ms: 2_000 });
    const open = { ...base, fleets: base.fleets.map((fleet) => ({ ...fleet, maxOutstandingPerDyno: null })) };
    const { best, frontier } = await search(open, [balancers]);
    expect(best?.values).toEqual([{ path: "fleets.web.balancer", value: "least-outstanding" }]);
    expect(frontier).toHaveLength(1);
  });
});

describe("the frontier", () => {
  it("goes from cheap to dear, each faster than the one before, and begins with the best", async () => {
    const { frontier, best } = await search(servers({ p95Ms: 600 }), [DYNOS]);
    expect(frontier.length).toBeGreaterThan(1);
    expect(frontier[0]).toEqual(best);
    const usd = frontier.map(({ measures }) => measures.monthlyUsd.mean ?? 0);
    const p95 = frontier.map(({ measures }) => measures.p95.mean ?? 0);
    expect(usd).toEqual([...usd].sort((a, b) => a - b));
    expect(p95).toEqual([...p95].sort((a, b) => b - a));
    expect(new Set(p95).size).toBe(p95.length);
  });
});

describe("a space in which little can stand", () => {
  it("counts values that cannot stand together, and simulates the others", async () => {
    const axes: readonly Axis[] = [
      { path: "run.warmupS", values: [2, 50] },
      { path: "fleets.web.dynos", values: [4, 5] },
    ];
    const { ruledOut, tried, space } = await search(servers({ p95Ms: 600 }), axes);
    expect(space).toBe(4);
    expect(ruledOut).toEqual([{ reason: "these values cannot stand together", count: 2 }]);
    expect(valuesOf(tried)).toEqual([
      [2, 4],
      [2, 5],
    ]);
  });

  it("is answered where nothing can at all", async () => {
    const { best, tried, frontier, sureness, isComplete } = await search(servers({ p95Ms: 600 }), [
      { path: "run.warmupS", values: [50, 60] },
    ]);
    expect([best, tried, frontier, isComplete]).toEqual([null, [], [], true]);
    expect(sureness).toEqual([
      "None of those that were simulated meets the objective.",
      "All 2 combinations were looked at: 0 were simulated, 2 needed no simulation.",
    ]);
  });

  it("may be a single configuration", async () => {
    const { best, space, tried } = await search(servers({ p95Ms: 600 }), [{ ...DYNOS, values: [6] }]);
    expect([space, tried.length, best?.values[0]?.value]).toEqual([1, 1, 6]);
  });
});

describe("where there is no search", () => {
  it("nothing is simulated, and it says why", async () => {
    const simulator = localSimulator();
    const { impossible, isComplete, space, sureness } = await search(
      servers({ failureRate: null }),
      [DYNOS],
      simulator,
    );
    expect(impossible).toMatch(/^There is no objective to meet/);
    expect([isComplete, space, sureness, simulator.calls]).toEqual([true, 0, [], 0]);
  });

  it("for too many combinations is said before they are listed", async () => {
    const values = Array.from({ length: 200 }, (_, i) => i + 1);
    const { impossible } = await search(servers({ p95Ms: 600 }), [
      { path: "fleets.web.dynos", values },
      { path: "fleets.web.threads", values },
      { path: "fleets.web.processes", values },
    ]);
    expect(impossible).toMatch(/^There are 8000000 combinations; at most 100000 can be searched/);
  });
});

describe("a search under way", () => {
  it("tells what is known so far, and how sure it is only at the end", async () => {
    const { onMore, seen } = watching();
    await cheapest(
      { kind: "cheapest", axes: [DYNOS], replications: 4 },
      servers({ p95Ms: 400 }),
      localSimulator(),
      onMore,
    );
    const told = seen.flatMap((answer) => (answer.kind === "cheapest" ? [answer] : []));
    expect(told[0]).toMatchObject({ tried: [], best: null, space: 8 });
    expect(told[0]?.present?.replications).toBe(1);
    expect(told.every(({ sureness, isComplete }) => sureness.length === 0 && !isComplete)).toBe(true);
    const counts = told.map(({ tried }) => tried.length);
    expect(counts).toEqual([...counts].sort((a, b) => a - b));
    expect(told.every(({ progress: { done, wanted } }) => done <= wanted)).toBe(true);
  });
});

describe("a first look at a space", () => {
  const many = Array.from({ length: 40 }, (_, i) => i + 1);
  /** Changes nothing, and so makes lines that are all alike. */
  const POOL_SIZES: Axis = { path: "fleets.web.pool.size", values: many.slice(0, 12) };

  it("is at all of it where it is small, two replications each", async () => {
    const simulator = localSimulator();
    const space = new SearchSpace(servers({ p95Ms: 400 }), [DYNOS]);
    const screening = await screen(space, [DYNOS], new Work(simulator, nobody));
    expect(screening).toEqual({ isWhole: true, along: null });
    const out = space.ruledOut.reduce((sum, { count }) => sum + count, 0);
    expect(space.tried.length + out).toBe(8);
    expect(simulator.runs).toBe(2 * space.tried.length);
  });

  it("is along the dynos where it is large: on each line down to where the objective begins to be met", async () => {
    const axes = [POOL_SIZES, { ...DYNOS, values: many }];
    const space = new SearchSpace(servers({ p95Ms: 400 }, { durationS: 6, warmupS: 1 }), axes);
    expect(space.size).toBeGreaterThan(LOOKED_AT_WHOLE);
    const screening = await screen(space, axes, new Work(localSimulator(), nobody));
    expect(screening).toEqual({ isWhole: false, along: "fleets.web.dynos" });
    expect(space.tried.length).toBeLessThan(200);
    const line = space.tried.filter(({ spot }) => spot.at[0] === 0);
    const met = line.filter(({ configuration }) => worstShare(configuration) <= 1);
    const least = Math.min(...met.map(({ spot }) => spot.at[1] ?? 0));
    // The place before the first that meets was looked at, if only by arithmetic.
    const before = space.spots.find(({ at }) => at[0] === 0 && at[1] === least - 1);
    expect(before !== undefined && space.isSeen(before)).toBe(true);
  });

  it("leaves lines out that cost twice the best", async () => {
    const price = (monthlyUsd: number) => ({ vcpus: 1, memoryMb: 1e9, monthlyUsd });
    const base = servers({ p95Ms: 400 }, { durationS: 6, warmupS: 1 });
    const dear = {
      ...base,
      fleets: base.fleets.map((fleet) => ({ ...fleet, dynoType: price(25) })),
    };
    const axes = [
      { path: "fleets.web.dynoType.monthlyUsd", values: [10_000, 25] },
      POOL_SIZES,
      { ...DYNOS, values: many.slice(0, 20) },
    ];
    const space = new SearchSpace(dear, axes);
    await screen(space, axes, new Work(localSimulator(), nobody));
    expect(space.tried.length).toBeGreaterThan(0);
    expect(space.tried.filter(({ spot }) => spot.at[0] === 0)).toEqual([]);
  });
});

describe("a space", () => {
  it("is listed from cheap to dear, at the catalogue's prices", () => {
    const space = new SearchSpace(servers({ p95Ms: 400 }), [
      { ...DYNOS, values: [3, 1, 2] },
      { path: "fleets.web.threads", values: [1, 2] },
    ]);
    expect(space.spots.map(({ monthlyUsd }) => monthlyUsd)).toEqual([25, 25, 50, 50, 75, 75]);
  });

  it("has its prices also where the first value of another axis cannot stand", () => {
    const space = new SearchSpace(servers({ p95Ms: 400 }), [
      { path: "run.warmupS", values: [50, 2] },
      { ...DYNOS, values: [1, 2, 3] },
    ]);
    expect(space.spots.map(({ monthlyUsd }) => monthlyUsd)).toEqual([25, 25, 50, 50, 75, 75]);
  });
});

describe("how far a configuration is over its limits", () => {
  const over = (slo: Part, ms: number, failed = 0): number => {
    const configuration = new Configuration(station({ slo: { failureRate: null, ...slo } }));
    const requests = Array.from({ length: 100 }, (_, i) => ({
      stages: { wait: ms },
      ...(i < failed ? { failure: "timeout" as const } : {}),
    }));
    configuration.keep(0, handMadeRecord(configuration.scenario, { requests }));
    return worstShare(configuration);
  };

  it("is the worst figure's share of its limit", () => {
    expect(over({ p95Ms: 400 }, 200)).toBeCloseTo(0.5, 2);
    expect(over({ p95Ms: 400, p99Ms: 100 }, 200)).toBeCloseTo(2, 2);
    expect(over({ p95Ms: 400, failureRate: 0.05 }, 200, 10)).toBeCloseTo(2, 9);
  });

  it("is without end where nothing succeeds, or where nothing may fail and something does", () => {
    expect(over({ p95Ms: 400 }, 200, 100)).toBe(Infinity);
    expect(over({ failureRate: 0 }, 200, 1)).toBe(Infinity);
    expect(over({ failureRate: 0 }, 200)).toBe(0);
  });
});
