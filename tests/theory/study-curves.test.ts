import { describe, expect, it } from "vitest";
import { erlangC, meanSojournMs, sojournQuantileMs } from "../../src/analysis/erlang";
import type { Scenario } from "../../src/scenario/types";
import type { CapacityAnswer } from "../../src/study/answer-types";
import { capacityCurve } from "../../src/study/capacity-curve";
import { localSimulator } from "../support/local-simulator";
import { once } from "../support/once";
import { erlangC as erlangCFromBlocking, waitingTimeMMc } from "../support/theory-formulas";
import { type Part, theoryScenario } from "../support/theory-scenario";

const SERVICE_MS = 100;

describe("the formulas that are drawn beside a curve", () => {
  it.each([
    [1, 5],
    [2, 10],
    [5, 40],
    [20, 190],
    [100, 950],
  ])(
    "%i servers and %i arrivals a second: Erlang's C, and the mean that follows from it",
    (servers, arrivalsPerSecond) => {
      const station = { servers, serviceMs: SERVICE_MS, arrivalsPerSecond };
      const { meanWait } = waitingTimeMMc(arrivalsPerSecond / 1000, SERVICE_MS, servers);
      expect(erlangC(station)).toBeCloseTo(
        erlangCFromBlocking(servers, (arrivalsPerSecond * SERVICE_MS) / 1000),
        10,
      );
      expect(meanSojournMs(station)).toBeCloseTo(meanWait + SERVICE_MS, 6);
    },
  );

  it("the time at M/M/1 is exponential: its p95 is ln 20 ÷ (μ − λ)", () => {
    const station = { servers: 1, serviceMs: SERVICE_MS, arrivalsPerSecond: 7 };
    expect(sojournQuantileMs(station, 0.95)).toBeCloseTo((Math.log(20) * 1000) / (10 - 7), 6);
  });

  it("where waiting drains as fast as one server serves, the two exponential times have the same rate", () => {
    // c − a = 1: the general formula would divide by zero.
    const at = (arrivalsPerSecond: number) =>
      sojournQuantileMs({ servers: 3, serviceMs: SERVICE_MS, arrivalsPerSecond }, 0.95);
    expect(at(20)).toBeGreaterThan(at(19.999));
    expect(at(20)).toBeLessThan(at(20.001));
    expect(at(20.001) - at(19.999)).toBeLessThan(0.1);
  });

  it("no load that keeps all servers busy has a steady state", () => {
    const station = { servers: 2, serviceMs: SERVICE_MS, arrivalsPerSecond: 20 };
    expect(meanSojournMs(station)).toBe(Infinity);
    expect(sojournQuantileMs(station, 0.95)).toBe(Infinity);
  });
});

function open(requestsPerSecond: number, threads: number, slo: Part = {}): Scenario {
  const scenario = theoryScenario({
    // As many requests for few threads as for many.
    run: { durationS: 20 + 1200 / threads, warmupS: 20, replications: 4 },
    workload: { kind: "open", requestsPerSecond },
    steps: [{ kind: "wait", ms: { dist: "exponential", mean: SERVICE_MS } }],
    fleet: { threads },
  });
  return { ...scenario, slo: { ...scenario.slo, ...slo } };
}

async function curveOf(scenario: Scenario): Promise<CapacityAnswer> {
  const question = { kind: "capacity", replications: 4, points: 20 } as const;
  return capacityCurve(question, scenario, localSimulator(), () => undefined);
}

/** The load at which a rising figure comes to a limit, by halves. */
function loadWhere(figure: (load: number) => number, limit: number, most: number): number {
  let [low, high] = [0, most];
  for (let step = 0; step < 50; step += 1) {
    const middle = (low + high) / 2;
    if (figure(middle) < limit) low = middle;
    else high = middle;
  }
  return low;
}

/** The load at which throughput ÷ mean time in the system is largest, by search. */
function exactKnee(servers: number): number {
  const power = (load: number): number =>
    load / meanSojournMs({ servers, serviceMs: SERVICE_MS, arrivalsPerSecond: load });
  const most = (servers * 1000) / SERVICE_MS;
  const loads = Array.from({ length: 10_000 }, (_, i) => ((i + 0.5) * most) / 10_000);
  return loads.reduce((best, load) => (power(load) > power(best) ? load : best));
}

describe.each([1, 4, 10])("the curve of M/M/%i", (servers) => {
  const top = (servers * 1000) / SERVICE_MS;
  const limit = 3 * SERVICE_MS * 1.5;
  const p95 = (load: number): number =>
    sojournQuantileMs({ servers, serviceMs: SERVICE_MS, arrivalsPerSecond: load }, 0.95);
  const curve = once(() => curveOf(open(0.3 * top, servers, { p95Ms: limit })));

  it("has its knee where throughput ÷ latency is largest by Erlang's formula", async () => {
    const exact = exactKnee(servers);
    const { knee } = await curve();
    // Power is flat at its top: a tenth of the load beside it, it is a hundredth lower.
    expect((knee?.load ?? 0) / exact).toBeGreaterThan(0.87);
    expect((knee?.load ?? 0) / exact).toBeLessThan(1.13);
  });

  it("meets the objective up to the load that Erlang's formula says", async () => {
    const exact = loadWhere(p95, limit, top);
    const { headroom } = await curve();
    if (headroom.kind !== "found") throw new Error(`Expected a limit, got ${headroom.kind}.`);
    expect(headroom.missedAt - headroom.metAt).toBeLessThanOrEqual(0.021 * headroom.metAt);
    expect(headroom.metAt / exact).toBeGreaterThan(0.95);
    expect(headroom.missedAt / exact).toBeLessThan(1.05);
    expect(headroom.share).toBeCloseTo(headroom.metAt / (0.3 * top) - 1, 9);
  });

  it("draws Erlang's lines, on which the simulated points lie", async () => {
    const { bounds, points } = await curve();
    const line = bounds.find(({ label }) => label === "Erlang C, p95");
    expect(line?.points.length).toBeGreaterThan(10);
    for (const { load, measures } of points.filter((point) => point.load < 0.7 * top))
      expect(Math.abs((measures.p95.mean ?? 0) / p95(load) - 1)).toBeLessThan(0.08);
  });

  it("never leaves its bounds", async () => {
    const { bounds, points } = await curve();
    for (const { of, points: line } of bounds.filter(({ label }) => !label.startsWith("Erlang")))
      for (const { load, measures } of points) {
        const value = measures[of].mean ?? 0;
        const at = valueAt(line, load);
        const half = ((measures[of].ci95?.[1] ?? 0) - (measures[of].ci95?.[0] ?? 0)) / 2;
        if (of === "throughput") expect(value - half).toBeLessThanOrEqual(at * 1.01);
        else expect(value + half).toBeGreaterThanOrEqual(at * 0.99);
      }
  });
});

function valueAt(line: readonly (readonly [number, number])[], load: number): number {
  const above = Math.max(
    1,
    line.findIndex(([at]) => at >= load),
  );
  const [[x0, y0], [x1, y1]] = [line[above - 1] ?? [0, 0], line[above] ?? [1, 0]];
  return y0 + ((y1 - y0) * (load - x0)) / (x1 - x0);
}

describe("a closed loop of constant times on 20 threads", () => {
  const curve = once(() =>
    curveOf(
      theoryScenario({
        run: { durationS: 32, warmupS: 2, replications: 4 },
        workload: { kind: "closed", clients: 8, thinkMs: SERVICE_MS },
        steps: [{ kind: "wait", ms: SERVICE_MS }],
        fleet: { threads: 20 },
      }),
    ),
  );

  it("has its knee where its asymptotes cross: 20 × (think + work) ÷ work clients", async () => {
    const { knee } = await curve();
    expect(knee?.load).toBeGreaterThan(37);
    expect(knee?.load).toBeLessThan(43);
  });

  it("touches both its asymptotes", async () => {
    const { points } = await curve();
    for (const { load, measures } of points)
      expect(measures.throughput.mean).toBeCloseTo(Math.min((load * 1000) / (2 * SERVICE_MS), 200), 0);
  });

  it("has no headroom to speak of without an objective", async () => {
    expect((await curve()).headroom).toEqual({ kind: "no objective" });
  });
});

describe("an objective that no load misses, or that every load does", () => {
  it.each([
    ["never missed", 1e9, "none missed"],
    ["never met", 1, "none met"],
  ])("%s: the curve ends, and says how far was looked", async (_, p95Ms, kind) => {
    const scenario = theoryScenario({
      run: { durationS: 12, warmupS: 2, replications: 2 },
      workload: { kind: "closed", clients: 7, thinkMs: SERVICE_MS },
      steps: [{ kind: "wait", ms: { dist: "exponential", mean: SERVICE_MS } }],
      fleet: { threads: 5 },
    });
    const { headroom, points, isComplete } = await curveOf({ ...scenario, slo: { ...scenario.slo, p95Ms } });
    expect(isComplete).toBe(true);
    expect(points.length).toBeLessThanOrEqual(20);
    const end = kind === "none missed" ? points.at(-1) : points[0];
    expect(headroom).toEqual({ kind, lookedTo: end?.load });
  });
});

describe("where there is no curve", () => {
  it("says why: recorded requests", async () => {
    const plain = open(1, 1);
    const retries = { attempts: 0, backoffMs: 0, backoffFactor: 1, jitter: false };
    const log = { name: "log", kind: "replay", endpoint: "page", requests: [[1, [5]]] } as const;
    const workloads = [{ ...log, retries, giveUpAfterMs: null }];
    expect((await curveOf({ ...plain, workloads })).impossible).toMatch(/^Recorded requests come when they/);
  });

  it("says why: no traffic", async () => {
    expect((await curveOf(open(0, 1))).impossible).toMatch(/^No request is sent/);
  });
});
