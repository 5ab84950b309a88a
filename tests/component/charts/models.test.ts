import { describe, expect, it } from "vitest";
import { STAGES, type Stage } from "../../../src/analysis/result-types";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import type { Fleet, Scenario, Step } from "../../../src/scenario/types";
import { timeTable } from "../../../src/ui/charts/chart-table";
import type { ChartView } from "../../../src/ui/charts/chart-types";
import { usesPrimary } from "../../../src/ui/charts/models/connections-model";
import { dynosModel } from "../../../src/ui/charts/models/dynos-model";
import { hasBalancerLine, linesModel } from "../../../src/ui/charts/models/lines-model";
import {
  processorsModel,
  reachableShare,
  usedProcessors,
} from "../../../src/ui/charts/models/processors-model";
import { hasReplicas, replicasModel } from "../../../src/ui/charts/models/replicas-model";
import { throughputModel } from "../../../src/ui/charts/models/throughput-model";
import { STAGE_LOOKS } from "../../../src/ui/charts/stages/stage-looks";
import { waterfallRows } from "../../../src/ui/charts/stages/waterfall-model";
import { chartSummary, sampledRequest } from "../../support/chart-summary-fixture";

type Summary = ChartView["summary"];

function view(summary: Summary, baseline: Summary | null = null): ChartView {
  return {
    summary,
    baseline,
    isPreview: false,
    latencyScale: "linear",
    toggled: new Set(),
    zoom: null,
    columnWidth: 540,
  };
}

const [WEB] = DEFAULT_SCENARIO.fleets;
const [PAGE] = DEFAULT_SCENARIO.endpoints;
if (WEB === undefined || PAGE === undefined)
  throw new Error("the default scenario has a fleet and an endpoint");
const web: Fleet = { ...WEB, processes: 1, threads: 10 };

function withSteps(...steps: Step[]): Partial<Scenario> {
  return { endpoints: [{ ...PAGE, ...{ name: "page", fleet: "web", safe: true }, steps }] };
}

function withReplicas(count: number): Pick<Scenario, "database"> {
  const { database } = DEFAULT_SCENARIO;
  return { database: { ...database, replicas: { ...database.replicas, count } } };
}

const QUERY = { kind: "query", ms: 50, count: 1, access: "read" } as const;

describe("processors", () => {
  it("are shown where the scenario gives them something to do", () => {
    expect(usedProcessors(chartSummary())).toEqual([]);
    const computes = chartSummary({ scenario: withSteps({ kind: "cpu", ms: 5 }, { ...QUERY, cpuMs: 0 }) });
    expect(usedProcessors(computes)).toEqual(["cpu"]);
    const queried = {
      ...withSteps({ ...QUERY, cpuMs: { dist: "exponential", mean: 4 } }),
      ...withReplicas(2),
    };
    expect(usedProcessors(chartSummary({ scenario: queried }))).toEqual(["databaseCpu", "replicaCpu"]);
  });

  it("say whose are the busiest, in percent of all", () => {
    const summary = chartSummary({ scenario: withSteps({ kind: "cpu", ms: 5 }, { ...QUERY, cpuMs: 5 }) });
    summary.series.cpu.fill(0.9);
    summary.series.databaseCpu.fill(0.25);
    const model = processorsModel(view(summary));
    expect(model.title).toBe("At 90 %, the dynos' processors are nearly all busy");
    expect(model.reading).toBe("On average: dynos 90 %, database 25 %.");
    expect(model.series.map(({ key }) => key)).toEqual(["processors.cpu", "processors.databaseCpu"]);
  });
});

describe("processors that a lock keeps from being used", () => {
  const steps = withSteps({ kind: "cpu", ms: 5 });
  const dynoType = { vcpus: 4, memoryMb: 1024, monthlyUsd: 50 };

  it("are what one processor per process leaves", () => {
    const reach = (fleet: Partial<Fleet>) =>
      reachableShare(chartSummary({ scenario: { fleets: [{ ...web, dynoType, ...fleet }] } }));
    expect(reach({ runtime: "gvl" })).toBe(0.25);
    expect(reach({ runtime: "event-loop", processes: 2 })).toBe(0.5);
    expect(reach({ runtime: "gvl", processes: 8 })).toBe(1);
    expect(reach({ runtime: "parallel" })).toBe(1);
    expect(reach({ runtime: "parallel", threads: 2 })).toBe(0.5);
    expect(reach({ dynoType: { ...dynoType, vcpus: 0.5 } })).toBe(1);
    expect(reach({ dynos: 0 })).toBe(1);
  });

  it("are said and drawn", () => {
    const summary = chartSummary({ scenario: { ...steps, fleets: [{ ...web, dynoType, runtime: "gvl" }] } });
    summary.series.cpu.fill(0.2);
    const model = processorsModel(view(summary));
    expect(model.title).toBe("The dynos compute at 20 %; their processes can use 25 %");
    expect(model.lines.map(({ value }) => value)).toEqual([1, 0.25]);
  });
});

describe("connections of the primary", () => {
  it("are shown where a query goes there", () => {
    const reading: Fleet = { ...web, reads: "replicas" };
    const read = withSteps({ ...QUERY, cpuMs: 0 });
    const write = withSteps({ ...QUERY, cpuMs: 0, access: "write" });
    const uses = (scenario: Partial<Scenario>) => usesPrimary(chartSummary({ scenario }));
    expect(uses({})).toBe(true);
    expect(uses(withSteps({ kind: "wait", ms: 5 }))).toBe(false);
    expect(uses({ ...read, fleets: [reading], ...withReplicas(1) })).toBe(false);
    expect(uses({ ...write, fleets: [reading], ...withReplicas(1) })).toBe(true);
    // Without a replica, reads go to the primary.
    expect(uses({ ...read, fleets: [reading] })).toBe(true);
    const shared = {
      endpoints: [{ ...PAGE, ...read.endpoints?.[0], fleet: { web: 0.5, jobs: 0.5 } }],
    } as const;
    expect(uses({ ...shared, fleets: [reading, { ...web, name: "jobs" }], ...withReplicas(1) })).toBe(true);
  });
});

describe("replicas", () => {
  it("are shown where there are any, with what each gives", () => {
    expect(hasReplicas(chartSummary())).toBe(false);
    const reports: Fleet = { ...web, name: "reports", reads: "replicas" };
    const summary = chartSummary({ scenario: { ...withReplicas(2), fleets: [web, reports] } });
    expect(hasReplicas(summary)).toBe(true);
    const model = replicasModel(view(summary));
    expect(model.title).toBe("Each of 2 replicas has 40 of 240 connections open");
    expect(model.reading).toMatch(/^reports reads from them/);
    expect(model.lines.map(({ value }) => value)).toEqual([240]);
    expect(model.series).toHaveLength(2);
  });

  it("are drawn one by one where there are several, so that one without traffic is seen", () => {
    const summary = chartSummary({ buckets: 40, scenario: withReplicas(2) });
    const connectionsPerReplica = new Float64Array(3 * 40).fill(40, 0, 80).fill(1, 110, 120);
    summary.series.replicas.fill(2).fill(3, 30);
    const model = replicasModel(view({ ...summary, series: { ...summary.series, connectionsPerReplica } }));
    expect(model.series.map(({ label }) => label)).toEqual([
      "connections of a replica",
      "replicas",
      "replica 1",
      "replica 2",
      "replica 3",
    ]);
    expect(model.series[4]?.every.at(-1)).toBe(1);
    expect(model.reading).toContain("One replica has hardly any connections at the end");
  });

  it("are shown where one comes later", () => {
    const summary = chartSummary();
    summary.series.replicas.fill(1, 100);
    expect(hasReplicas(summary)).toBe(true);
  });

  it("say and draw which reads may be out of date", () => {
    const summary = chartSummary({ scenario: withReplicas(1) });
    summary.series.staleReads.fill(3);
    const figures = { ...summary.figures, staleReads: 1234 };
    const model = replicasModel(view({ ...summary, figures }));
    expect(model.reading).toMatch(/ 1234 reads may have missed their own client's last write\.$/);
    const alone = replicasModel(view({ ...summary, figures: { ...figures, staleReads: 1 } }));
    expect(alone.reading).toMatch(/ 1 read may have missed its own client's last write\.$/);
    // Three in a bucket of 0.2 s.
    expect(model.series[2]?.every[0]).toBeCloseTo(15);
    const { fileHead } = timeTable(model, summary);
    expect(fileHead.at(-1)).toBe("possibly_stale_reads_per_second");
  });
});

describe("retries", () => {
  const keys = ["throughput.ok", "throughput.sent"];

  it("are no line where there are none", () => {
    const model = throughputModel(view(chartSummary()));
    expect(model.series.map(({ key }) => key)).toEqual(keys);
    expect(model.reading).not.toContain("retries");
  });

  it("are a thin line per second and a clause of the reading", () => {
    const summary = chartSummary({ failures: { timeout: 0.5 } });
    summary.series.retries.fill(8);
    const { requests } = summary.figures;
    const figures = { ...summary.figures, retries: 0.76 * requests.sent };
    const model = throughputModel(view({ ...summary, figures }));
    expect(model.reading).toMatch(/; 76 % of requests sent are retries\.$/);
    const line = model.series[2];
    expect(line).toMatchObject({ key: "throughput.retries", label: "of them retries", look: "thin" });
    expect(line?.every[0]).toBeCloseTo(40);
    expect(line?.values[0]).toBeCloseTo(40);
    expect(timeTable(model, summary).head.at(3)).toBe("of them retries");
  });

  it("of a pinned run stay to be compared with", () => {
    const pinned = chartSummary();
    pinned.series.retries.fill(8);
    const line = throughputModel(view(chartSummary(), pinned)).series[2];
    expect(line?.every[0]).toBe(0);
    expect(line?.baseline?.[0]).toBeCloseTo(40);
  });
});

describe("lines of requests", () => {
  it("are told apart where a balancer keeps one", () => {
    expect(hasBalancerLine(chartSummary())).toBe(false);
    const summary = chartSummary({ scenario: { fleets: [{ ...web, maxOutstandingPerDyno: 10 }] } });
    expect(hasBalancerLine(summary)).toBe(true);
    summary.series.queued.fill(20);
    summary.series.balancerQueued.fill(8);
    const model = linesModel(view(summary));
    expect(model.title).toBe("On average 8 requests wait in the balancer's line, at most 15");
    expect(model.series.map(({ every }) => every[0])).toEqual([12, 8]);
  });
});

describe("dynos of several fleets", () => {
  const fleets: Fleet[] = [
    { ...web, dynos: 2 },
    { ...web, name: "idle", dynos: 0 },
    { ...web, name: "jobs", dynos: 3, threads: 5 },
  ];
  const summary = chartSummary({ dynos: 5, scenario: { fleets } });
  const buckets = summary.series.atS.length;
  summary.series.busyThreadsPerDyno.fill(8, 0, 2 * buckets).fill(1, 2 * buckets);
  const model = dynosModel(view(summary));

  it("stand fleet after fleet, each numbered from 1", () => {
    expect(model.axis).toMatchObject({
      groups: [
        { name: "web", first: 0, count: 2 },
        { name: "jobs", first: 2, count: 3 },
      ],
    });
    expect([0, 1, 2, 4].map(model.rowTitle)).toEqual(["web 1", "web 2", "jobs 1", "jobs 3"]);
  });

  it("are compared by the share of their own threads", () => {
    expect(model.most).toBe(1);
    expect(model.cells[0]).toBeCloseTo(0.8);
    expect(model.cells.at(-1)).toBeCloseTo(0.2);
    expect(model.cellText(0, 0)).toBe("web 1: 8.0 of 10 threads");
    expect(model.cellText(4, 0)).toBe("jobs 3: 1.0 of 5 threads");
    expect(model.title).toBe("Busy threads of a dyno: web 8.0 of 10, jobs 1.0 of 5");
  });
});

describe("dynos that are not up", () => {
  const GONE = 0;
  const BOOTING = 1;
  const DEAD = 4;
  const SLOW = 6;
  const summary = chartSummary({ dynos: 3, buckets: 40, bucketS: 1 });
  summary.series.busyThreadsPerDyno.fill(8);
  const statusPerDyno = new Uint8Array(3 * 40).fill(2);
  statusPerDyno.fill(DEAD, 10, 20).fill(SLOW, 40 + 10, 40 + 20);
  statusPerDyno.fill(GONE, 80, 90).fill(BOOTING, 90, 100);
  summary.series.busyThreadsPerDyno.fill(0, 80, 100).fill(0, 10, 20);
  const model = dynosModel(view({ ...summary, series: { ...summary.series, statusPerDyno } }));

  it("are told apart in the map, and said in the tooltip", () => {
    const { states = [], cellText } = model;
    expect([5, 15, 40 + 15, 80 + 5, 80 + 15].map((cell) => states[cell])).toEqual([
      "up",
      "dead",
      "slow",
      "gone",
      "booting",
    ]);
    expect(cellText(0, 5)).toBe("dyno 1: 8.0 of 10 threads");
    expect(cellText(0, 15)).toBe("dyno 1: dead");
    expect(cellText(1, 15)).toBe("dyno 2: 8.0 of 10 threads, slowed down");
    expect(cellText(2, 5)).toBe("dyno 3: not there");
    expect(cellText(2, 15)).toBe("dyno 3: booting");
  });

  it("are not taken for idle ones", () => {
    const least = model.columnFacts.find(({ label }) => label === "least busy");
    expect(least?.values[15]).toBe(8);
    expect(model.title).toBe("Dynos share the load: 8.0 to 8.0 of 10 threads busy");
  });

  it("are shown however short it was", () => {
    const long = chartSummary({ dynos: 1, buckets: 400, bucketS: 1 });
    const status = new Uint8Array(400).fill(2).fill(DEAD, 101, 102);
    const { states = [], cut } = dynosModel(
      view({ ...long, series: { ...long.series, statusPerDyno: status } }),
    );
    expect(cut.size).toBe(2);
    expect(states.filter((state) => state === "dead")).toHaveLength(1);
  });
});

describe("a run that streams in", () => {
  it("is read as far as it has come", () => {
    const summary = chartSummary();
    const buckets = summary.series.atS.length;
    for (let dyno = 0; dyno < 25; dyno++) {
      summary.series.busyThreadsPerDyno.fill(Number.NaN, dyno * buckets + 60, (dyno + 1) * buckets);
    }
    const { title, reading, columnFacts } = dynosModel(view(summary, summary));
    expect(title).toMatch(/^Of 10 threads the busiest dyno uses \d\.\d/);
    expect(`${title} ${reading}`).not.toContain("NaN");
    expect(columnFacts.map(({ values }) => Number.isNaN(values[0]))).toEqual([false, false, false]);
    expect(columnFacts.map(({ values }) => Number.isNaN(values.at(-1)))).toEqual([true, true, true]);
  });

  it("is read even where nothing was measured yet", () => {
    const summary = chartSummary();
    summary.series.busyThreadsPerDyno.fill(Number.NaN);
    const { title, reading } = dynosModel(view(summary));
    expect(`${title} ${reading}`).not.toContain("NaN");
  });
});

describe("stages", () => {
  it("each look like no other", () => {
    const looks = STAGES.map((stage) => STAGE_LOOKS[stage]);
    expect(new Set(looks.map(({ color }) => color)).size).toBe(STAGES.length);
    expect(new Set(looks.map(({ label }) => label)).size).toBe(STAGES.length);
    const hatches = looks.flatMap(({ hatch }) => (hatch === null ? [] : [hatch]));
    expect(new Set(hatches).size).toBe(hatches.length);
  });
});

describe("the lines of a waterfall", () => {
  it("are one per stretch while they fit, and one per stage where they do not", () => {
    const passed = (count: number) =>
      Array.from({ length: count }, (_, index): readonly [Stage, number] => [index % 2 ? "query" : "cpu", 2]);
    const { segments: few } = sampledRequest(passed(9));
    expect(waterfallRows(few).map(({ segments }) => segments.length)).toEqual(Array(9).fill(1));
    const { segments: many } = sampledRequest([["queue", 1], ...passed(9)]);
    expect(
      waterfallRows(many).map(({ stage, segments, totalMs }) => [stage, segments.length, totalMs]),
    ).toEqual([
      ["queue", 1, 1],
      ["cpu", 5, 10],
      ["query", 4, 8],
    ]);
  });
});
