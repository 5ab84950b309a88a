import { describe, expect, it } from "vitest";
import { sojournQuantileMs } from "../../src/analysis/erlang";
import type { Scenario } from "../../src/scenario/types";
import type { CheapestAnswer } from "../../src/study/answer-types";
import { cheapest } from "../../src/study/cheapest";
import { Configuration } from "../../src/study/configuration";
import { combinations, scenarioAt, valuesAt } from "../../src/study/grid";
import type { Axis, CheapestQuestion } from "../../src/study/question-types";
import { localSimulator } from "../support/local-simulator";
import { type Part, theoryScenario } from "../support/theory-scenario";

const SERVICE_MS = 100;
const USD_EACH = 25;

/** c dynos of one thread and one line before all of them: M/M/c, of which each server has a price. */
function servers(requestsPerSecond: number, slo: Part): Scenario {
  const scenario = theoryScenario({
    run: { durationS: 110, warmupS: 10, replications: 4 },
    workload: { kind: "open", requestsPerSecond },
    steps: [{ kind: "wait", ms: { dist: "exponential", mean: SERVICE_MS } }],
    fleet: {
      dynos: 30,
      threads: 1,
      maxOutstandingPerDyno: 1,
      dynoType: { vcpus: 1, memoryMb: 1e9, monthlyUsd: USD_EACH },
    },
  });
  return { ...scenario, slo: { ...scenario.slo, failureRate: 0.001, ...slo } };
}

const dynos = (from: number, to: number): Axis => ({
  path: "fleets.web.dynos",
  values: Array.from({ length: to - from + 1 }, (_, i) => from + i),
});

async function search(base: Scenario, axes: readonly Axis[], replications = 8): Promise<CheapestAnswer> {
  const question: CheapestQuestion = { kind: "cheapest", axes, replications };
  return cheapest(question, base, localSimulator(), () => undefined);
}

describe("the cheapest number of servers", () => {
  it.each([
    [50, 400],
    [120, 350],
  ])(
    "for %i requests a second with a p95 of %i ms is the one that Erlang's formula says",
    async (rate, p95Ms) => {
      const p95 = (count: number): number =>
        sojournQuantileMs({ servers: count, serviceMs: SERVICE_MS, arrivalsPerSecond: rate }, 0.95);
      const exact = Array.from({ length: 40 }, (_, i) => i + 1).find((count) => p95(count) <= p95Ms) ?? 0;
      const { best } = await search(servers(rate, { p95Ms }), [dynos(1, 40)]);
      const found = Number(best?.values[0]?.value);
      // Within an interval of the limit one server more or fewer is as right.
      const near = [exact, exact + 1, exact - 1].filter(
        (count) => count === exact || Math.abs(p95(count) / p95Ms - 1) < 0.03,
      );
      expect(near).toContain(found);
      expect(best?.measures.monthlyUsd.mean).toBe(found * USD_EACH);
    },
  );

  it("rules out by arithmetic what could never serve what comes, and says how many", async () => {
    const { ruledOut, tried, space } = await search(servers(100, { p95Ms: 350 }), [dynos(1, 40)]);
    expect(space).toBe(40);
    const count = ruledOut.reduce((sum, one) => sum + one.count, 0);
    // All of 8 and fewer; with 9 a short run's line does not grow long enough to be sure.
    expect(count).toBeGreaterThanOrEqual(8);
    expect(count + tried.length).toBe(40);
    // Ten servers are busy all the time: none below can be right.
    expect(tried.every(({ values }) => Number(values[0]?.value) >= 9)).toBe(true);
  });

  it("is none where even the most servers miss, and then says so", async () => {
    const { best, frontier, sureness } = await search(servers(100, { p95Ms: 150 }), [dynos(1, 12)]);
    expect(best).toBeNull();
    expect(frontier).toEqual([]);
    expect(sureness[0]).toBe("None of those that were simulated meets the objective.");
  });

  it("needs an objective", async () => {
    const { impossible } = await search(servers(10, { failureRate: null }), [dynos(1, 4)]);
    expect(impossible).toMatch(/^There is no objective to meet/);
  });
});

describe("the frontier of cost against p95", () => {
  const axes: readonly Axis[] = [
    dynos(7, 10),
    { path: "fleets.web.balancer", values: ["random", "power-of-two", "least-outstanding"] },
  ];

  /** Every configuration simulated as often, and those of the ones that meet the objective that no other beats in cost and p95 both. */
  async function bruteForce(base: Scenario, replications: number): Promise<string[]> {
    const all = await Promise.all(
      combinations(axes.map(({ values }) => values.length)).map(async (at) => {
        const configuration = new Configuration(scenarioAt(base, axes, at).scenario);
        await localSimulator().simulate(configuration.missing(replications), (_, record) =>
          configuration.keep(record.replication, record),
        );
        const { measures, isMet } = configuration;
        const name = valuesAt(axes, at)
          .map(({ value }) => value)
          .join();
        return { name, isMet, usd: measures.monthlyUsd.mean ?? 0, p95: measures.p95.mean ?? Infinity };
      }),
    );
    const met = all.filter(({ isMet }) => isMet);
    return met
      .filter(
        (one) =>
          !met.some(
            (other) =>
              other !== one &&
              other.usd <= one.usd &&
              other.p95 <= one.p95 &&
              (other.usd < one.usd || other.p95 < one.p95),
          ),
      )
      .sort((one, other) => one.usd - other.usd)
      .map(({ name }) => name);
  }

  it("is the one that trying everything finds", async () => {
    const plain = servers(60, { p95Ms: 600 });
    const base = {
      ...plain,
      fleets: plain.fleets.map((fleet) => ({ ...fleet, maxOutstandingPerDyno: null })),
    };
    const { frontier, best } = await search(base, axes, 8);
    const found = frontier.map(({ values }) => values.map(({ value }) => value).join());
    expect(found).toEqual(await bruteForce(base, 8));
    expect(found.length).toBeGreaterThan(2);
    expect(best?.values.map(({ value }) => value).join()).toBe(found[0]);
  });
});

describe("a space too large to be looked at whole", () => {
  it("is looked through by halves, and its best is the one that Erlang's formula says", async () => {
    const [rate, p95Ms] = [60, 380];
    const poolSizes: Axis = { path: "fleets.web.pool.size", values: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11] };
    const { best, tried, space, sureness } = await search(
      servers(rate, { p95Ms }),
      [dynos(1, 40), poolSizes],
      4,
    );
    expect(space).toBe(440);
    expect(tried.length).toBeLessThan(150);
    const p95 = (count: number): number =>
      sojournQuantileMs({ servers: count, serviceMs: SERVICE_MS, arrivalsPerSecond: rate }, 0.95);
    const exact = Array.from({ length: 40 }, (_, i) => i + 1).find((count) => p95(count) <= p95Ms) ?? 0;
    expect(Math.abs(Number(best?.values[0]?.value) - exact)).toBeLessThanOrEqual(1);
    expect(sureness[1]).toMatch(/^Of 440 combinations \d+ were simulated\. Along fleets\.web\.dynos/);
  });
});
