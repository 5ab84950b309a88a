import { describe, expect, it } from "vitest";
import { figures } from "../../../src/analysis/figures";
import type { LatencyEstimates, ResultFigures } from "../../../src/analysis/result-types";
import { compile, type ReplicationRecord, Simulation } from "../../../src/engine";
import { PRESETS } from "../../../src/scenario/presets";
import { withSizes } from "../../../src/scenario/sizes";
import { recordsOf, summaryOf } from "../../support/judged";
import { SHORT_PRESETS } from "../../support/short-presets";
import { BOUNDLESS_PLAN, type TinyScenario, tiny } from "../../support/tiny-scenarios";

const query = (ms: number): object => ({ kind: "query", ms });
const wait = (ms: number): object => ({ kind: "wait", ms });
const ONCE = { thinkMs: 1e6 };
const figuresOf = (parts: TinyScenario): ResultFigures => summaryOf(tiny(parts)).figures;

const means = (estimates: LatencyEstimates): Record<string, number | null> =>
  Object.fromEntries(Object.entries(estimates).map(([name, { mean }]) => [name, mean]));

describe("counts of requests", () => {
  it("are of those sent after the warm-up: sent = ok + failed + in flight", () => {
    // Sent at 0, 1000, 2000 and 3000, each answered 700 later; the warm-up ends at 1500, the run at 3500.
    const { requests, simulatedRequests } = figuresOf({
      run: { durationS: 3.5, warmupS: 1.5 },
      closed: { clients: 1, thinkMs: 300 },
      steps: [wait(700)],
    });
    expect(requests).toEqual({ sent: 2, ok: 1, failed: 0, inFlight: 1, failedByKind: {} });
    expect(simulatedRequests).toBe(4);
  });

  it("count as in the warm-up what was sent in it, whenever it is answered", () => {
    const { requests, throughputPerSecond } = figuresOf({
      run: { durationS: 4, warmupS: 1 },
      closed: { clients: 1, ...ONCE },
      steps: [wait(2000)],
    });
    expect(requests).toMatchObject({ sent: 0, ok: 0 });
    // But the answer came in the measured window.
    expect(throughputPerSecond.mean).toBeCloseTo(1 / 3, 12);
  });

  it("count a request that is sent as the warm-up ends as measured", () => {
    const { requests } = figuresOf({
      run: { durationS: 4, warmupS: 2 },
      closed: { clients: 1, thinkMs: 500 },
      steps: [wait(500)],
    });
    expect(requests).toMatchObject({ sent: 2, ok: 2, inFlight: 0 });
  });

  it("are summed over replications", () => {
    const parts = { closed: { clients: 2 }, steps: [wait(600)], fleet: { threads: 2 } };
    const one = figuresOf(parts).requests;
    const three = figuresOf({ ...parts, run: { replications: 3 } });
    expect(three.requests).toEqual({
      ...one,
      sent: 3 * one.sent,
      ok: 3 * one.ok,
      inFlight: 3 * one.inFlight,
    });
    expect(three.replications).toBe(3);
  });

  it("name only the kinds of failure that happened", () => {
    const { requests } = figuresOf({
      closed: { clients: 4, ...ONCE },
      steps: [wait(300)],
      fleet: { backlog: 1 },
      edge: { timeoutMs: 500 },
    });
    expect(requests).toMatchObject({ sent: 4, ok: 1, failed: 3 });
    expect(requests.failedByKind).toEqual({ timeout: 1, "backlog-full": 2 });
  });

  it("are the endpoint's and the fleet's too, where there is one of each", () => {
    const { requests, byEndpoint, byFleet, latencyMs } = figuresOf({});
    expect(byEndpoint).toEqual({ page: { requests, latencyMs } });
    expect(Object.keys(byFleet)).toEqual(["web"]);
    expect(byFleet.web?.requests).toEqual(requests);
  });
});

describe("the failure rate", () => {
  it("is failed ÷ (ok + failed): what is in flight is neither", () => {
    const { failureRate, requests } = figuresOf({
      closed: { clients: 4, ...ONCE },
      steps: [wait(3000)],
      fleet: { backlog: 1 },
      edge: { maxConnections: null },
    });
    expect(requests).toMatchObject({ ok: 1, failed: 2, inFlight: 1 });
    expect(failureRate.mean).toBeCloseTo(2 / 3, 12);
  });

  it("is unknown where no request ended", () => {
    expect(figuresOf({ closed: { clients: 1 }, steps: [wait(9000)] }).failureRate).toEqual({
      mean: null,
      ci95: null,
    });
  });

  it("is pooled over requests, not averaged over replications, and its interval stays between 0 and 1", () => {
    const scenario = tiny({ run: { replications: 2 } });
    const [record] = recordsOf(scenario);
    if (record === undefined) throw new Error("no record");
    const failing = (ok: number, failed: number): ReplicationRecord => {
      const failedByKind = new Float64Array(record.failedByKind.length);
      failedByKind[0] = failed;
      return { ...record, ok, sent: ok + failed, failedByKind };
    };
    const { failureRate } = figures(withSizes(scenario), [failing(10, 0), failing(10, 30)], 0);
    expect(failureRate.mean).toBeCloseTo(0.6, 12);
    expect(failureRate.ci95).toEqual([0, 1]);
  });
});

describe("throughput", () => {
  it("is successful answers in the measured window, by their time, per second", () => {
    const { throughputPerSecond, measuredS } = figuresOf({
      run: { durationS: 10, warmupS: 2, replications: 2 },
      closed: { clients: 4 },
      steps: [wait(500)],
      fleet: { threads: 4 },
    });
    expect(measuredS).toBe(8);
    // Answers at 2000, 2500 … 9500: sixteen times four in eight seconds.
    expect(throughputPerSecond).toEqual({ mean: 8, ci95: [8, 8] });
  });

  it("does not count failures", () => {
    expect(figuresOf({ fleet: { dynos: 0 } }).throughputPerSecond.mean).toBe(0);
  });

  it("of a run still under way is over what was measured so far", () => {
    const scenario = tiny({ run: { durationS: 10, warmupS: 2 }, steps: [wait(500)] });
    const simulation = new Simulation(compile(withSizes(scenario)), 0);
    const rate = (atMs: number): number | null => {
      simulation.advance(atMs);
      return figures(withSizes(scenario), [simulation.record()], 0).throughputPerSecond.mean;
    };
    expect([rate(1000), rate(4001), rate(10_000)]).toEqual([null, 5 / 2.001, 2]);
  });
});

describe("latency, queue time and the application's time", () => {
  it("are of successful requests after the warm-up, exact where times are constant", () => {
    // Four at once on two threads: two wait for 100.
    const { latencyMs, queueMs, appMs } = figuresOf({
      closed: { clients: 4, ...ONCE },
      steps: [wait(100)],
      fleet: { threads: 2 },
    });
    expect(means(latencyMs)).toEqual({
      mean: 150,
      p50: 100,
      p75: 200,
      p90: 200,
      p95: 200,
      p99: 200,
      max: 200,
    });
    expect(means(queueMs)).toEqual({ mean: 50, p50: 0, p75: 100, p90: 100, p95: 100, p99: 100, max: 100 });
    expect(means(appMs)).toEqual({ mean: 100, p50: 100, p75: 100, p90: 100, p95: 100, p99: 100, max: 100 });
  });

  it("of failures are theirs alone", () => {
    const { latencyMs, failedLatencyMs } = figuresOf({
      closed: { clients: 2, ...ONCE },
      steps: [wait(300)],
      edge: { timeoutMs: 500 },
    });
    expect([latencyMs.max.mean, failedLatencyMs.mean.mean, failedLatencyMs.max.mean]).toEqual([
      300, 500, 500,
    ]);
  });

  it("are nothing where nothing succeeded", () => {
    const { latencyMs, queueMs, appMs, stagesMs } = figuresOf({ fleet: { dynos: 0 } });
    for (const estimates of [latencyMs, queueMs, appMs])
      expect(new Set(Object.values(means(estimates)))).toEqual(new Set([null]));
    expect(new Set(Object.values(stagesMs))).toEqual(new Set([null]));
  });

  it("are percentiles of all replications' requests together, with the spread of each one's own around them", () => {
    const { latencyMs } = figuresOf({
      run: { replications: 4 },
      closed: { clients: 20 },
      steps: [{ kind: "wait", ms: { dist: "exponential", mean: 100 } }],
      fleet: { threads: 20 },
    });
    for (const { mean, ci95 } of Object.values(latencyMs)) {
      expect(ci95?.[0]).toBeLessThan(mean ?? 0);
      expect(ci95?.[1]).toBeGreaterThan(mean ?? 0);
      expect((ci95?.[0] ?? 0) + (ci95?.[1] ?? 0)).toBeCloseTo(2 * (mean ?? 0), 6);
    }
  });
});

describe("the stages", () => {
  it("name where the time went", () => {
    const { stagesMs } = figuresOf({
      closed: { clients: 2, ...ONCE },
      steps: [wait(40), query(100), query(20)],
      fleet: { threads: 2 },
      pool: { size: 1, connectMs: 30 },
      pooler: { overheadMs: 5 },
    });
    // One waits for the other's connection: for 30 + 5 + 100 + 5 + 20.
    expect(stagesMs).toMatchObject({
      queue: 0,
      wait: 40,
      connect: 15,
      checkout: 80,
      query: 120,
      cpu: 0,
      cpuWait: 0,
      queryWait: 0,
    });
    expect(stagesMs.pooler).toBeCloseTo(10, 9);
  });

  it.each(SHORT_PRESETS)("add up to the latency: %s", (_id, scenario) => {
    const { stagesMs, latencyMs, requests } = summaryOf({
      ...scenario,
      run: { ...scenario.run, replications: 2 },
    }).figures;
    if (requests.ok === 0) return;
    const sum = Object.values(stagesMs).reduce<number>((total, ms) => total + (ms ?? 0), 0);
    expect(sum / (latencyMs.mean.mean ?? Number.NaN)).toBeCloseTo(1, 9);
  });
});

describe("utilization", () => {
  it("is the share of the measured time that things were busy, of what there was", () => {
    const { utilization } = figuresOf({
      run: { durationS: 4, warmupS: 1 },
      closed: { clients: 3, thinkMs: 500 },
      steps: [query(250), wait(250)],
      fleet: { threads: 8 },
      pool: { size: 10, hold: "query" },
      database: { plan: { ...BOUNDLESS_PLAN, connectionLimit: 12 }, reservedConnections: 2 },
    });
    // Three of eight threads, half of the time; three of ten pool slots, a quarter of it; three of ten connections, all of it.
    expect(utilization.threads).toBeCloseTo(3 / 8 / 2, 9);
    expect(utilization.pool).toBeCloseTo(3 / 10 / 4, 9);
    expect(utilization.databaseConnections).toBeCloseTo(3 / 10, 9);
    expect(utilization).toMatchObject({ pooler: 0, cpu: 0, databaseCpu: 0 });
  });

  it("of the pooler is of its server connections that run a query", () => {
    const { utilization } = figuresOf({
      closed: { clients: 2, thinkMs: 500 },
      steps: [query(500)],
      fleet: { threads: 2 },
      pooler: { connections: 4, capacityPerSecond: 1e9 },
    });
    expect(utilization.pooler).toBeCloseTo(2 / 4 / 2, 6);
  });

  it("is 0 where there is nothing to be busy", () => {
    const { utilization } = figuresOf({
      fleet: { dynos: 0 },
      database: { plan: { ...BOUNDLESS_PLAN, connectionLimit: 0 } },
    });
    expect(new Set(Object.values(utilization))).toEqual(new Set([0]));
  });
});

describe("peaks", () => {
  it("are the highest numbers at any moment of any replication, warm-up included", () => {
    const { peaks } = figuresOf({
      run: { durationS: 4, warmupS: 2 },
      closed: { clients: 9, ...ONCE },
      steps: [query(100)],
      fleet: { dynos: 2, threads: 3 },
      pooler: { connections: 2 },
    });
    expect(peaks).toEqual({
      queued: 3,
      balancerQueued: 0,
      databaseConnections: 2,
      poolerClients: 6,
      poolerQueued: 4,
      dynos: 2,
    });
  });
});

describe("each dyno's figures", () => {
  it("are requests and busy threads, on average over replications", () => {
    const { byFleet } = figuresOf({
      run: { durationS: 4, warmupS: 1, replications: 3 },
      closed: { clients: 3 },
      steps: [wait(500)],
      fleet: { dynos: 2, threads: 2 },
    });
    // Round-robin of three at a time over two dynos: 18 measured requests, nine for each.
    expect(byFleet.web?.perDyno.requests).toEqual([9, 9]);
    expect(byFleet.web?.perDyno.busyThreads.reduce((a, b) => a + b)).toBeCloseTo(3, 9);
  });
});

describe("cost", () => {
  it("is that of dynos and database in a month of 730 h, and for a million answers", () => {
    const { cost, throughputPerSecond } = figuresOf({
      closed: { clients: 2 },
      steps: [wait(500)],
      fleet: { dynos: 3, dynoType: { vcpus: 1, memoryMb: 1e9, monthlyUsd: 20 }, threads: 2 },
      database: { plan: { ...BOUNDLESS_PLAN, monthlyUsd: 45 } },
    });
    expect(cost.monthlyUsd).toBe(105);
    const answersInAMonth = (throughputPerSecond.mean ?? 0) * 730 * 3600;
    expect(cost.perMillionRequestsUsd).toBeCloseTo((105 / answersInAMonth) * 1e6, 9);
  });

  it("of a million answers is unknown where there is none", () => {
    expect(figuresOf({ fleet: { dynos: 0 } }).cost.perMillionRequestsUsd).toBeNull();
  });

  it("of the opening scenario is that of 25 dynos for $50 and a database for $50", () => {
    const [opening] = PRESETS;
    if (opening === undefined) throw new Error("no preset");
    expect(
      summaryOf({ ...opening.scenario, run: { ...opening.scenario.run, replications: 1 } }).figures.cost
        .monthlyUsd,
    ).toBe(1300);
  });
});

describe("the objective", () => {
  const latency100: TinyScenario = {
    closed: { clients: 4, ...ONCE },
    steps: [wait(100)],
    fleet: { threads: 2 },
  };

  it.each([
    [{ p95Ms: 200, p99Ms: 200, queueP95Ms: 100, failureRate: 0 }, []],
    [{ p95Ms: 199 }, [{ objective: "p95Ms", limit: 199, value: 200 }]],
    [{ p99Ms: 150 }, [{ objective: "p99Ms", limit: 150, value: 200 }]],
    [{ queueP95Ms: 0 }, [{ objective: "queueP95Ms", limit: 0, value: 100 }]],
    [
      { p95Ms: 1, queueP95Ms: 1 },
      [
        { objective: "p95Ms", limit: 1, value: 200 },
        { objective: "queueP95Ms", limit: 1, value: 100 },
      ],
    ],
    [{}, []],
  ])("%j has the misses %j", (slo, misses) => {
    expect(figuresOf({ ...latency100, slo }).slo).toEqual({ met: misses.length === 0, misses });
  });

  it("of latency is missed where nothing succeeded, that of failures by their rate", () => {
    const { slo } = figuresOf({
      slo: { p95Ms: 1000, queueP95Ms: 10, failureRate: 0.1 },
      fleet: { dynos: 0 },
    });
    expect(slo).toEqual({
      met: false,
      misses: [
        { objective: "p95Ms", limit: 1000, value: null },
        { objective: "queueP95Ms", limit: 10, value: null },
        { objective: "failureRate", limit: 0.1, value: 1 },
      ],
    });
  });

  it("of failures is met where no request ended", () => {
    const { slo } = figuresOf({ slo: { failureRate: 0 }, steps: [wait(9000)] });
    expect(slo).toEqual({ met: true, misses: [] });
  });
});

describe("replications", () => {
  const scenario = tiny({
    durationS: 10,
    run: { replications: 5 },
    closed: { clients: 6 },
    steps: [{ kind: "query", ms: { dist: "exponential", mean: 100 } }],
    fleet: { dynos: 2, threads: 2, balancer: "random" },
  });
  const records = recordsOf(scenario);
  const sized = withSizes(scenario);

  it("differ from each other", () => {
    expect(new Set(records.map((record) => record.simulatedRequests)).size).toBeGreaterThan(1);
  });

  it("give the same figures whoever simulated them, in which pieces and how often they were looked at", () => {
    const again = Array.from({ length: 5 }, (_, replication) => {
      const simulation = new Simulation(compile(sized), replication);
      for (let atMs = 0; !simulation.finished; atMs += 137) {
        simulation.advance(atMs, 50);
        simulation.record();
      }
      return simulation.record();
    });
    expect(figures(sized, again, 0)).toEqual(figures(sized, records, 0));
  });

  it("give the same whichever of them came first, but for the last bits of sums", () => {
    const forwards = figures(sized, records, 0);
    const backwards = figures(sized, [...records].reverse(), 0);
    expect(backwards.requests).toEqual(forwards.requests);
    expect(backwards.peaks).toEqual(forwards.peaks);
    for (const key of ["mean", "p50", "p95", "p99", "max"] as const) {
      expect(backwards.latencyMs[key].mean).toBeCloseTo(forwards.latencyMs[key].mean ?? Number.NaN, 9);
    }
  });

  it("that have not begun yet change nothing but their number", () => {
    const fresh = new Simulation(compile(sized), 5).record();
    const without = figures(sized, records, 0);
    const withOne = figures(sized, [...records, fresh], 0);
    expect(withOne.requests).toEqual(without.requests);
    expect(withOne.throughputPerSecond).toEqual(without.throughputPerSecond);
    expect(withOne.utilization).toEqual(without.utilization);
    expect(withOne.latencyMs).toEqual(without.latencyMs);
  });
});
