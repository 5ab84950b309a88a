import { describe, expect, it } from "vitest";
import type { Simulation } from "../../../../src/engine";
import type { Balancer } from "../../../../src/scenario/types";
import { unevenness } from "../../../support/statistics";
import { begin, type TinyScenario } from "../../../support/tiny-scenarios";

const SECOND = 1000;

/** One request every 10 ms, beginning at 0, to dynos of 1,000 threads, and requests that take between 50 and 950 ms. */
function paced(balancer: Balancer, dynos: number, more: TinyScenario = {}): Simulation {
  return begin({
    durationS: 40,
    open: { requestsPerSecond: 100, arrivals: "paced" },
    steps: [{ kind: "wait", ms: { dist: "uniform", min: 50, max: 950 } }],
    ...more,
    fleet: { dynos, threads: 1000, balancer, ...more.fleet },
  });
}

interface Choice {
  readonly dyno: number;
  /** Requests sent to each dyno and not answered yet, just before. */
  readonly outstanding: readonly number[];
}

/** The dyno that each of the next arrivals is sent to: they come every 10 ms, and nothing else happens at such a moment. */
function choices(simulation: Simulation, count: number): Choice[] {
  const first = Math.ceil(simulation.nowMs / 10) * 10;
  return Array.from({ length: count }, (_, i) => {
    simulation.advance(first + 10 * i);
    const outstanding = simulation.books().outstandingAtDynos;
    simulation.advance(first + 10 * i + 1e-6);
    const after = simulation.books().outstandingAtDynos;
    return { dyno: after.findIndex((count, dyno) => count > (outstanding[dyno] ?? 0)), outstanding };
  });
}

/** How many requests each dyno's threads have taken. */
const takenByDynos = (simulation: Simulation): Float64Array =>
  simulation.record().fleets[0]?.requestsPerDyno ?? new Float64Array(0);

describe("round-robin", () => {
  it("sends requests to the dynos in turn, however long they take", () => {
    expect(choices(paced("round-robin", 3), 10).map(({ dyno }) => dyno)).toEqual([
      0, 1, 2, 0, 1, 2, 0, 1, 2, 0,
    ]);
  });

  it("takes in a dyno that has booted", () => {
    const simulation = paced("round-robin", 2, { fleet: { boot: { bootS: 0 } } });
    simulation.advance(SECOND);
    simulation.apply({ kind: "dynos", dynos: 3 });
    const chosen = choices(simulation, 9).map(({ dyno }) => dyno);
    expect([...chosen].sort()).toEqual([0, 0, 0, 1, 1, 1, 2, 2, 2]);
    expect(new Set(chosen.slice(3, 6))).toEqual(new Set([0, 1, 2]));
  });
});

describe("least-outstanding", () => {
  /** What the rule says, by looking at every dyno: the fewest outstanding, ties in turn behind the last chosen. */
  function expectRule(chosen: readonly Choice[], firstTurn: number): void {
    let turn = firstTurn;
    for (const { dyno, outstanding } of chosen) {
      const least = Math.min(...outstanding);
      const inTurn = [...outstanding.keys()].map((i) => (turn + i) % outstanding.length);
      expect(dyno).toBe(inTurn.find((candidate) => outstanding[candidate] === least));
      turn = dyno + 1;
    }
  }

  it("sends a request to the dyno with the fewest sent and not yet answered, ties in turn", () => {
    const chosen = choices(paced("least-outstanding", 7), 1000);
    expectRule(chosen, 0);
    // Else the rule would hold of round-robin as well.
    expect(
      chosen.filter(({ dyno }, i) => i > 0 && dyno !== ((chosen[i - 1]?.dyno ?? 0) + 1) % 7).length,
    ).toBeGreaterThan(300);
  });

  it("counts what the client still waits for: a request that timed out at the edge is outstanding no more", () => {
    const simulation = begin({
      open: { requestsPerSecond: 100, arrivals: "paced" },
      steps: [{ kind: "wait", ms: 3000 }],
      edge: { timeoutMs: 25 },
      fleet: { dynos: 2, threads: 1000, balancer: "least-outstanding" },
    });
    simulation.advance(1001);
    const { outstandingAtDynos, busyThreadsOfDynos } = simulation.books();
    expect(outstandingAtDynos.reduce((a, b) => a + b)).toBe(3);
    expect(busyThreadsOfDynos.reduce((a, b) => a + b)).toBe(101);
  });

  // The tree of counters is only kept up to date while this rule is in force.
  it("holds from the moment on at which it is switched to", () => {
    const simulation = paced("random", 5);
    simulation.advance(SECOND);
    simulation.apply({ kind: "balancer", balancer: "least-outstanding" });
    for (const { dyno, outstanding } of choices(simulation, 50))
      expect(outstanding[dyno]).toBe(Math.min(...outstanding));
  });
});

describe("random", () => {
  it("sends requests to every dyno alike", () => {
    const record = paced("random", 10, { open: { requestsPerSecond: 1000, arrivals: "paced" } });
    record.advance(Number.POSITIVE_INFINITY);
    const requestsPerDyno = takenByDynos(record);
    expect(requestsPerDyno.reduce((a, b) => a + b)).toBe(40_000);
    expect(Math.abs(unevenness(requestsPerDyno))).toBeLessThan(4.5);
  });

  it("pays no heed to how busy a dyno is", () => {
    const chosen = choices(paced("random", 3), 1000);
    const toTheBusiest = chosen.filter(
      ({ dyno, outstanding }) => outstanding[dyno] === Math.max(...outstanding),
    ).length;
    expect(toTheBusiest).toBeGreaterThan(300);
  });

  it("sends the same request to the same dyno, whatever else changes", () => {
    const first = choices(paced("random", 4), 200).map(({ dyno }) => dyno);
    const slower = paced("random", 4, { steps: [{ kind: "wait", ms: 2000 }], fleet: { threads: 5 } });
    expect(choices(slower, 200).map(({ dyno }) => dyno)).toEqual(first);
  });
});

describe("power-of-two", () => {
  it("draws two different dynos, so that the busiest of three never gets a request", () => {
    for (const { dyno, outstanding } of choices(paced("power-of-two", 3), 1000)) {
      const busiest = Math.max(...outstanding);
      const alone = outstanding.filter((count) => count === busiest).length === 1;
      if (alone) expect(outstanding[dyno]).toBeLessThan(busiest);
    }
  });

  it("of two dynos always takes the less busy one", () => {
    for (const { dyno, outstanding } of choices(paced("power-of-two", 2), 1000)) {
      expect(outstanding[dyno]).toBe(Math.min(...outstanding));
    }
  });

  it("draws every pair alike", () => {
    // Requests that are over before the next comes: every choice is between equals, so the first drawn gets it.
    const simulation = paced("power-of-two", 10, {
      open: { requestsPerSecond: 1000, arrivals: "paced" },
      steps: [{ kind: "wait", ms: 0.5 }],
    });
    simulation.advance(Number.POSITIVE_INFINITY);
    expect(Math.abs(unevenness(takenByDynos(simulation)))).toBeLessThan(4.5);
  });

  it("needs no second dyno where there is only one", () => {
    expect(choices(paced("power-of-two", 1), 3).map(({ dyno }) => dyno)).toEqual([0, 0, 0]);
  });
});

it("a rule switched live applies to the next request", () => {
  const simulation = paced("random", 3);
  simulation.advance(SECOND);
  simulation.apply({ kind: "balancer", balancer: "round-robin" });
  const chosen = choices(simulation, 9).map(({ dyno }) => dyno);
  for (let i = 1; i < 9; i += 1) expect(chosen[i]).toBe(((chosen[i - 1] ?? 0) + 1) % 3);
});
