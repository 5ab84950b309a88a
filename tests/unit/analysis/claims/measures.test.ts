import { describe, expect, it } from "vitest";
import { METRICS } from "../../../../src/analysis/claims/measures";
import type { Measured } from "../../../../src/scenario/stories/story";
import { summaryOf } from "../../../support/judged";
import { type TinyScenario, tiny } from "../../../support/tiny-scenarios";

/** Ten requests a second of 100 ms; from 10 s to 14 s the database is down. */
const PARTS: TinyScenario = {
  durationS: 40,
  open: { requestsPerSecond: 10, arrivals: "paced" },
  steps: [{ kind: "query", ms: 100 }],
  fleet: { dynos: 2, threads: 10, boot: { bootS: 1 } },
  pool: { size: 10 },
  timeline: [
    { atS: 10, do: "restartDatabase", downS: 4 },
    { atS: 20, do: "set", path: "fleets.web.dynos", value: 5 },
  ],
};
const summary = summaryOf(tiny(PARTS));
const value = (measured: Measured) => METRICS[measured.metric].of(summary, measured).value;

describe("a number of a part of a run", () => {
  it("is of that part alone", () => {
    expect(value({ metric: "throughput", fromS: 20, toS: 40 })).toBeCloseTo(10, 6);
    expect(value({ metric: "throughput", fromS: 11, toS: 13 })).toBeCloseTo(0, 6);
    expect(value({ metric: "failureRate", fromS: 20, toS: 40 })).toBe(0);
    expect(value({ metric: "successRate", fromS: 11, toS: 13 })).toBe(0);
    expect(value({ metric: "latencyP95", fromS: 20, toS: 40 })).toBeCloseTo(100, 0);
  });

  it("is of the whole run where none is named", () => {
    expect(value({ metric: "throughput" })).toBe(summary.figures.throughputPerSecond.mean);
    expect(value({ metric: "failureRate" })).toBe(summary.figures.failureRate.mean);
    expect(value({ metric: "requestsSent" })).toBe(summary.figures.simulatedRequests);
  });
});

describe("failures", () => {
  it("are counted, and last as long as they come", () => {
    expect(value({ metric: "requestsFailed" })).toBe(summary.figures.requests.failed);
    expect(value({ metric: "requestsFailed", failure: "database-down" })).toBe(
      summary.figures.requests.failedByKind["database-down"],
    );
    expect(value({ metric: "requestsFailed", failure: "timeout" })).toBe(0);
    const seconds = value({ metric: "secondsFailing" }) ?? 0;
    expect(seconds).toBeGreaterThan(3);
    expect(seconds).toBeLessThanOrEqual(4.2);
  });
});

describe("instances", () => {
  it("are those that are up, in the part that is asked for", () => {
    expect(value({ metric: "dynosLeast" })).toBeCloseTo(2, 9);
    expect(value({ metric: "dynosMost" })).toBeCloseTo(5, 9);
    expect(value({ metric: "dynosMost", toS: 20 })).toBeCloseTo(2, 9);
    expect(value({ metric: "dynosMean", fromS: 30 })).toBeCloseTo(5, 9);
  });
});

describe("connections of replicas", () => {
  it("are those of the replica with the fewest and with the most, among those that are up", () => {
    const replicated = summaryOf(
      tiny({
        ...PARTS,
        timeline: [{ atS: 20, do: "set", path: "database.replicas.count", value: 2 }],
        fleet: { dynos: 2, threads: 10, reads: "replicas" },
        database: { replicas: { count: 1, dnsTtlS: 1e6 } },
      }),
    );
    const of = (measured: Measured) => METRICS[measured.metric].of(replicated, measured).value ?? -1;
    const series = replicated.series;
    const row = (replica: number) =>
      series.connectionsPerReplica.subarray(replica * series.atS.length, (replica + 1) * series.atS.length);
    const meanOf = (column: Float64Array) => column.reduce((sum, value) => sum + value, 0) / column.length;
    const late = series.atS.findIndex((atS) => atS >= 30);
    const means = [0, 1].map((replica) => meanOf(row(replica).subarray(late)));
    expect(of({ metric: "replicasMost" })).toBeCloseTo(2, 9);
    expect(of({ metric: "readConnectionsMost", fromS: 30 })).toBeCloseTo(Math.max(...means), 9);
    expect(of({ metric: "readConnectionsLeast", fromS: 30 })).toBeCloseTo(Math.min(...means), 9);
    // Before the second replica came, the first is the one with the fewest, too.
    expect(of({ metric: "readConnectionsLeast", fromS: 10, toS: 20 })).toBe(
      of({ metric: "readConnectionsMost", fromS: 10, toS: 20 }),
    );
  });
});
