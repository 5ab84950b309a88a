import { describe, expect, it } from "vitest";
import { GAUGE } from "../../../../src/engine/record/replication-record";
import { momentsOf } from "../../../support/statistics";
import {
  answersOf,
  BOUNDLESS_PLAN,
  begin,
  endMoments,
  failureMoments,
  failures,
  recordOf,
  stages,
  type TinyScenario,
} from "../../../support/tiny-scenarios";

const ONCE = { thinkMs: 1e6 };
const query = (ms: unknown, cpuMs: unknown = 0, more: object = {}): object => ({
  kind: "query",
  ms,
  cpuMs,
  ...more,
});
/** Requests at these moments, of so many ms. */
const recorded = (...requests: readonly (readonly [atMs: number, ms: number])[]): object[] => [
  { name: "log", kind: "replay", endpoint: "page", requests: requests.map(([atMs, ms]) => [atMs, [ms]]) },
];
const plan = (vcpus: number, more: object = {}): object => ({ ...BOUNDLESS_PLAN, vcpus, ...more });
const wide = { fleet: { threads: 100 }, pool: { size: 100 } };

/** A query that is sent at a moment. */
interface Sent {
  readonly atMs: number;
  readonly ms: number;
  readonly cpuMs: number;
}
const at = (atMs: number, ms: number, cpuMs: number): Sent => ({ atMs, ms, cpuMs });

/** When queries end. */
function ends(queries: readonly Sent[], database: object): number[] {
  const answers = answersOf({
    ...wide,
    workloads: queries.map(({ atMs, ms }, i) => ({
      name: `w${i}`,
      kind: "replay",
      endpoint: `e${i}`,
      requests: [[atMs, [ms]]],
    })),
    endpoints: queries.map(({ cpuMs }, i) => ({ name: `e${i}`, steps: [query(0, cpuMs)] })),
    database,
  });
  return endMoments(answers.sort((a, b) => a.workload - b.workload));
}

describe("a query's processor part", () => {
  const database = { plan: plan(1) };

  it("is within its time on an idle database", () => {
    expect(ends([at(0, 100, 40)], database)).toEqual([100]);
    expect(ends([at(0, 100, 0)], database)).toEqual([100]);
  });

  it("is no longer than that time", () => {
    expect(ends([at(0, 30, 100)], database)).toEqual([30]);
  });

  it("comes first", () => {
    // Both compute until 80; the first then holds its connection for the 60 that are not the processor's.
    expect(ends([at(0, 100, 40), at(0, 40, 40)], database)).toEqual([140, 80]);
  });

  it("is shared equally between the running queries", () => {
    expect(ends([at(0, 90, 90), at(0, 90, 90), at(0, 30, 30)], database)).toEqual([210, 210, 90]);
    expect(ends([at(0, 100, 100), at(60, 10, 10)], database)).toEqual([110, 80]);
  });

  it("is shared over the server's processors, none getting more than one", () => {
    expect(ends([at(0, 100, 100), at(0, 100, 100)], { plan: plan(2) })).toEqual([100, 100]);
    expect(ends([at(0, 60, 60), at(0, 60, 60), at(0, 60, 60)], { plan: plan(2) })).toEqual([90, 90, 90]);
    expect(ends([at(0, 60, 60)], { plan: plan(0.5) })).toEqual([120]);
  });

  it("is not in the way of queries that need no processor", () => {
    expect(ends([at(0, 100, 100), at(0, 100, 0)], database)).toEqual([100, 100]);
  });

  it("makes what is longer than on an idle database a stage of its own", () => {
    const record = recordOf({ ...wide, closed: { clients: 2, ...ONCE }, steps: [query(100, 40)], database });
    expect(stages(record)).toEqual({ query: 200, queryWait: 80 });
  });

  it("counts as the database's processors in use", () => {
    const record = recordOf({
      ...wide,
      closed: { clients: 3, ...ONCE },
      steps: [query(100, 40)],
      database: { plan: plan(2) },
    });
    expect(record.gaugesMeasured[GAUGE.databaseCpu]).toBeCloseTo(120, 6);
  });

  it("is drawn by itself, and never longer than the query", () => {
    const cpuMs = { dist: "exponential", mean: 50 };
    const alone = answersOf({ durationS: 40, closed: { thinkMs: 0 }, steps: [query(40, cpuMs)], database });
    expect(alone.length).toBeGreaterThan(990);
    for (const { latencyMs } of alone) expect(latencyMs).toBeCloseTo(40, 6);
  });
});

describe("contention", () => {
  const [alpha, beta] = [0.1, 0.02];
  const database = { plan: plan(64), contention: { alpha, beta } };

  it.each([1, 2, 3, 5, 20])("slows each processor by 1 + α(n − 1) + βn(n − 1): %i active", (n) => {
    const factor = 1 + alpha * (n - 1) + beta * n * (n - 1);
    const all = ends(
      Array.from({ length: n }, () => at(0, 100, 100)),
      database,
    );
    for (const atMs of all) expect(atMs).toBeCloseTo(100 * factor, 6);
  });

  it("slows the processors, not the rest of a query", () => {
    const [first] = ends([at(0, 300, 100), at(0, 300, 100)], database);
    expect(first).toBeCloseTo(100 * 1.14 + 200, 6);
  });

  it("comes from every active connection, also one that needs no processor", () => {
    expect(ends([at(0, 100, 100), at(0, 1000, 0)], database)[0]).toBeCloseTo(114, 6);
  });

  it("does not come from idle connections", () => {
    const record = recordOf({
      ...wide,
      workloads: [
        {
          name: "before",
          kind: "replay",
          endpoint: "page",
          requests: [
            [0, [10]],
            [0, [10]],
            [0, [10]],
            [1000, [100]],
          ],
        },
      ],
      steps: [query(0, 1e6)],
      database,
    });
    expect(record.gaugesHighest[GAUGE.databaseConnections]).toBe(3);
    expect(record.latency.largest).toBeCloseTo(100, 6);
  });

  it("changes as others come and go", () => {
    // Alone for 50; from then on at 1 ÷ 1.14, and the other's 20 are done at 72.8; alone again.
    const [first, other] = ends([at(0, 100, 100), at(50, 20, 20)], database);
    expect(other).toBeCloseTo(50 + 22.8, 6);
    expect(first).toBeCloseTo(72.8 + 30, 6);
  });

  it("of 0 is none", () => {
    const none = { plan: plan(64), contention: { alpha: 0, beta: 0 } };
    expect(ends([at(0, 100, 100), at(0, 100, 100)], none)).toEqual([100, 100]);
  });
});

describe("a query that runs many times (N+1)", () => {
  it("draws its time anew for each repetition", () => {
    const parts = (count: number): TinyScenario => ({
      ...wide,
      durationS: 40,
      open: { requestsPerSecond: 50 },
      steps: [query({ dist: "exponential", mean: 1 }, 0, { count })],
    });
    const latencies = (count: number): Float64Array =>
      Float64Array.from(answersOf(parts(count)), ({ latencyMs }) => latencyMs);
    const { mean, variance } = momentsOf(latencies(25));
    // A sum of 25: mean 25, standard deviation 5; drawn once it would be 25.
    expect(Math.abs(mean - 25)).toBeLessThan(0.6);
    expect(Math.abs(Math.sqrt(variance) - 5)).toBeLessThan(0.5);
  });

  it("keeps the first repetition's time, however many follow", () => {
    const parts = (count: number): TinyScenario => ({
      ...wide,
      open: { requestsPerSecond: 50 },
      steps: [query({ dist: "exponential", mean: 20 }, 0, { count }), { kind: "wait", ms: 0 }],
    });
    const latencies = (count: number): Map<number, number> =>
      new Map(answersOf(parts(count)).map(({ number, latencyMs }) => [number, latencyMs]));
    const [once, twice] = [latencies(1), latencies(2)];
    for (const [number, latencyMs] of twice) expect(latencyMs).toBeGreaterThan(once.get(number) ?? 0);
  });

  it("draws its processor part anew for each repetition", () => {
    for (let replication = 0; replication < 5; replication += 1) {
      const steps = [query(10, { dist: "uniform", min: 0, max: 10 }, { count: 380 })];
      const simulation = begin({ ...wide, closed: ONCE, steps }, replication);
      simulation.advance(3900);
      const { ok, gaugesMeasured } = simulation.record();
      expect(ok).toBe(1);
      // A sum of 380: mean 1900, standard deviation 56; drawn once it would be 1097.
      expect(Math.abs((gaugesMeasured[GAUGE.databaseCpu] ?? 0) - 1900)).toBeLessThan(4 * 56);
    }
  });

  it("with hold: request keeps its connection over all, with hold: query gives it back after each", () => {
    const parts = (hold: string): TinyScenario => ({
      closed: { clients: 2, ...ONCE },
      steps: [query(100, 0, { count: 2 })],
      fleet: { threads: 2 },
      pool: { size: 1, hold },
    });
    expect(endMoments(answersOf(parts("request")))).toEqual([200, 400]);
    expect(endMoments(answersOf(parts("query")))).toEqual([300, 400]);
  });
});

describe("a crash while queries compute", () => {
  /** The third connection is one too many for the memory; the first query has done its computing by then. */
  const parts: TinyScenario = {
    ...wide,
    workloads: recorded([0, 400], [70, 400], [100, 400], [1200, 90], [1200, 90]),
    steps: [query(0, 60)],
    database: {
      plan: plan(1, { memoryMb: 25 }),
      memoryPerConnectionMb: 10,
      recoveryS: 1,
      contention: { alpha: 0.5, beta: 0 },
    },
  };

  it("fails them all, those that compute and those that don't any more", () => {
    const record = recordOf(parts);
    expect(failures(record)).toEqual({ "database-down": 3 });
    expect(failureMoments(record, "database-down")).toEqual([100, 100, 100]);
  });

  it("leaves nothing at the processors, which are as fast as ever for those that come afterwards", () => {
    const simulation = begin(parts);
    simulation.advance(101);
    expect(simulation.books()).toMatchObject({ databaseOpen: 0, databaseActive: 0, checkedOut: 0 });
    simulation.advance(1199);
    expect(simulation.record().gaugesMeasured[GAUGE.databaseCpu]).toBeCloseTo(60 + 30, 6);
    // Two of 60 at 1 ÷ 1.5 and half each, then what is left.
    expect(endMoments(answersOf(parts)).slice(3)).toEqual([1410, 1410]);
  });
});
