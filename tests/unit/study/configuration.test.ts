import { describe, expect, it } from "vitest";
import { figures } from "../../../src/analysis/figures";
import type { ReplicationRecord } from "../../../src/engine";
import { Configuration, limits } from "../../../src/study/configuration";
import { type HandMadeRequest, handMadeRecord } from "../../support/hand-made-record";
import { station } from "../../support/hand-made-studies";
import { localSimulator } from "../../support/local-simulator";
import type { Part } from "../../support/theory-scenario";

const NO_LIMIT = { p95Ms: null, p99Ms: null, queueP95Ms: null, failureRate: null };

/** So many requests that took so long; some of them failed. */
const requestsOf = (ms: number, count = 100, failed = 0): HandMadeRequest[] =>
  Array.from({ length: count }, (_, i) => ({
    stages: { wait: ms },
    ...(i < failed ? { failure: "timeout" as const } : {}),
  }));

/** A configuration with the replications 0, 1, …, each of such requests. */
function made(slo: Part, replications: readonly (readonly HandMadeRequest[])[]): Configuration {
  const configuration = new Configuration(station({ slo: { ...NO_LIMIT, ...slo } }));
  replications.forEach((requests, replication) => {
    configuration.keep(replication, handMadeRecord(configuration.scenario, { replication, requests }));
  });
  return configuration;
}

describe("a configuration of which nothing is known yet", () => {
  it("has its price, and no other measure", () => {
    const configuration = new Configuration(station({}));
    const { monthlyUsd, ...others } = configuration.measures;
    expect(monthlyUsd.mean).toBe(configuration.sized.monthlyUsd);
    expect(Object.values(others).every(({ mean }) => mean === null)).toBe(true);
  });
});

describe("records that come in any order", () => {
  const scenario = station({ run: { durationS: 6, warmupS: 1 } });

  async function records(): Promise<ReplicationRecord[]> {
    const found: ReplicationRecord[] = [];
    await localSimulator().simulate(new Configuration(scenario).missing(5), (_, record) =>
      found.push(record),
    );
    return found;
  }

  it("count as far as there is no gap before them", async () => {
    const configuration = new Configuration(scenario);
    const all = await records();
    const known = [3, 1, 0, 4, 2].map((replication) => {
      const record = all[replication];
      if (record !== undefined) configuration.keep(replication, record);
      return configuration.replications;
    });
    expect(known).toEqual([0, 0, 2, 2, 5]);
    expect(configuration.records).toEqual(all);
  });

  it("give the same in the end as in order, and on the way what was known in order", async () => {
    const all = await records();
    const [inOrder, mixed] = [new Configuration(scenario), new Configuration(scenario)];
    for (const record of all.slice(0, 2)) inOrder.keep(record.replication, record);
    for (const replication of [1, 4, 0]) {
      const record = all[replication];
      if (record !== undefined) mixed.keep(replication, record);
      // Looked at on the way: what is known by then must not stay what is said.
      expect(mixed.measures.throughput).toBeDefined();
    }
    expect(mixed.measures).toEqual(inOrder.measures);
    expect(mixed.own("mean")).toEqual(inOrder.own("mean"));
    for (const record of all) {
      inOrder.keep(record.replication, record);
      mixed.keep(record.replication, record);
    }
    expect(mixed.measures).toEqual(inOrder.measures);
    expect(mixed.own("mean")).toHaveLength(5);
  });

  it("are what is missing no more", async () => {
    const configuration = new Configuration(scenario);
    const [first, , third] = await records();
    if (first !== undefined) configuration.keep(0, first);
    if (third !== undefined) configuration.keep(2, third);
    expect(configuration.missing(4).map(({ replication }) => replication)).toEqual([1, 3]);
    expect(configuration.missing(4, "series").map(({ detail }) => detail)).toEqual(["series", "series"]);
    expect(configuration.missing(1)).toEqual([]);
  });

  it("have the very measures of a run's figures", async () => {
    const configuration = new Configuration(scenario);
    const all = await records();
    for (const record of all) configuration.keep(record.replication, record);
    const run = figures(configuration.sized, all, 0);
    expect(configuration.measures).toEqual({
      throughput: run.throughputPerSecond,
      failureRate: run.failureRate,
      mean: run.latencyMs.mean,
      p50: run.latencyMs.p50,
      p95: run.latencyMs.p95,
      p99: run.latencyMs.p99,
      queueP95: run.queueMs.p95,
      monthlyUsd: { mean: run.cost.monthlyUsd, ci95: [run.cost.monthlyUsd, run.cost.monthlyUsd] },
      usdPerMillion: { mean: run.cost.perMillionRequestsUsd, ci95: expect.anything() },
    });
    expect(configuration.isMet).toBe(run.slo.met);
  });
});

describe("whether an objective is met", () => {
  const alike = (ms: number) => [ms - 1, ms, ms + 1, ms].map((each) => requestsOf(each));
  const apart = (ms: number) => [0.6, 0.8, 1, 0.9].map((share) => requestsOf(share * ms));

  it.each<[what: string, limit: number, latencies: readonly HandMadeRequest[][], meets: string]>([
    ["the whole interval is below", 300, alike(200), "yes"],
    ["met, with an interval that reaches over it", 300, apart(290), "likely"],
    ["missed, with an interval that reaches below it", 300, apart(310), "unlikely"],
    ["the whole interval is above", 300, alike(400), "no"],
    ["met, by one replication", 300, [requestsOf(200)], "likely"],
    ["missed, by one replication", 300, [requestsOf(400)], "unlikely"],
  ])("is said with what the intervals leave open: %s", (_what, p95Ms, latencies, meets) => {
    const configuration = made({ p95Ms }, latencies);
    expect(configuration.meets).toBe(meets);
    expect(configuration.isMet).toBe(["yes", "likely"].includes(meets));
  });

  it("is a question of every limit", () => {
    const slow = made({ p95Ms: 300, p99Ms: 150 }, alike(200));
    expect([slow.isMet, slow.meets]).toEqual([false, "no"]);
    const fast = made({ p95Ms: 300, p99Ms: 250, queueP95Ms: 10 }, alike(200));
    expect([fast.isMet, fast.meets]).toEqual([true, "yes"]);
  });

  it("is no question without limits", () => {
    const free = made({}, alike(9_000));
    expect(limits(free.scenario.slo)).toEqual([]);
    expect([free.isMet, free.meets]).toEqual([true, "yes"]);
  });

  it("is missed for certain where nothing succeeded that should be fast", () => {
    const down = made({ p95Ms: 300 }, [requestsOf(10, 50, 50), requestsOf(10, 50, 50)]);
    expect([down.isMet, down.meets]).toEqual([false, "no"]);
  });

  it("is missed for certain where the run was broken off", () => {
    const configuration = made({ p95Ms: 300 }, alike(200));
    const record = handMadeRecord(configuration.scenario, { replication: 4, requests: requestsOf(200) });
    configuration.keep(4, { ...record, stoppedAtMs: 5_000 });
    expect(configuration.isBrokenOff).toBe(true);
    expect([configuration.isMet, configuration.meets]).toEqual([false, "no"]);
  });

  describe("of failures, where none was seen", () => {
    it("leaves a rate of 3 ÷ n open: the rule of three", () => {
      // 3 ÷ 400 = 0.75 %.
      expect(made({ failureRate: 0.008 }, alike(100)).meets).toBe("yes");
      expect(made({ failureRate: 0.007 }, alike(100)).meets).toBe("likely");
    });

    it("leaves any rate open where nothing has ended", () => {
      expect(made({ failureRate: 0.5 }, [[], []]).meets).toBe("likely");
      expect(made({ failureRate: 1 }, [[], []]).meets).toBe("yes");
    });
  });

  it("of failures that were seen is said by their interval", () => {
    const failing = (shares: readonly number[]) => shares.map((failed) => requestsOf(100, 1_000, failed));
    expect(made({ failureRate: 0.02 }, failing([10, 11, 10, 9])).meets).toBe("yes");
    expect(made({ failureRate: 0.02 }, failing([5, 35, 10, 20])).meets).toBe("likely");
    expect(made({ failureRate: 0.02 }, failing([50, 52, 51, 50])).meets).toBe("no");
  });
});
