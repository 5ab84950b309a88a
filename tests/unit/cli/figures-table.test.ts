import { describe, expect, it } from "vitest";
import { breakdown } from "../../../src/analysis/breakdown";
import { figures } from "../../../src/analysis/figures";
import { figuresTable } from "../../../src/cli/figures-table";
import { alignedColumns } from "../../../src/cli/text-table";
import { readScenario } from "../../../src/scenario/read-scenario";
import { withSizes } from "../../../src/scenario/sizes";
import { type HandMade, handMadeRecord, TWO_FLEETS } from "../../support/hand-made-record";

/** The table of one replication made by hand. */
function table(made: HandMade, document: object = TWO_FLEETS): string {
  const read = readScenario(document);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  const records = [handMadeRecord(read.scenario, made)];
  return figuresTable({
    figures: figures(withSizes(read.scenario), records, 0),
    breakdown: breakdown(records),
  });
}

const MADE: HandMade = {
  busyThreads: [[4, 2], [1]],
  requests: [
    { stages: { queue: 20, query: 100 } },
    { stages: { query: 100 } },
    { stages: { cpu: 50 }, endpoint: 1, fleet: 1 },
    { stages: { cpu: 50 }, endpoint: 1, fleet: 1, failure: "timeout" },
  ],
};

describe("the table for a terminal", () => {
  it("says before all figures that a run was broken off", () => {
    const read = readScenario(TWO_FLEETS);
    if (!read.ok) throw new Error(JSON.stringify(read.problems));
    const record = { ...handMadeRecord(read.scenario, MADE), nowMs: 2345, stoppedAtMs: 2345 };
    const text = figuresTable({
      figures: figures(withSizes(read.scenario), [record], 0),
      breakdown: breakdown([record]),
    });
    expect(text).toMatch(/^BROKEN OFF at 2\.3 s: more than 2,000,000 requests .*\n\nthroughput/m);
    expect(table(MADE)).not.toContain("BROKEN OFF");
  });

  it("has a row for each endpoint where there are several", () => {
    const text = table(MADE);
    expect(text).toMatch(/^endpoint +sent +failed +mean +p50 +p95 +p99$/m);
    expect(text).toMatch(/^page +2 +0 % +110 ms +100 ms +120 ms +120 ms$/m);
    expect(text).toMatch(/^report +2 +50 % +50 ms +50 ms +50 ms +50 ms$/m);
  });

  it("has a row for each fleet where there are several", () => {
    const text = table(MADE);
    expect(text).toMatch(/^fleet +sent +failed +dynos +busy threads$/m);
    expect(text).toMatch(/^web +2 +0 % +2 +60 %$/m);
    expect(text).toMatch(/^jobs +2 +50 % +1 +50 %$/m);
  });

  it("has neither where there is one of each", () => {
    const [page] = TWO_FLEETS.endpoints;
    const [web] = TWO_FLEETS.fleets;
    const one = {
      ...TWO_FLEETS,
      endpoints: [page],
      fleets: [web],
      workloads: [{ name: "users", kind: "closed" }],
    };
    const text = table({ requests: [{ stages: { query: 100 } }] }, one);
    expect(text).not.toMatch(/^(endpoint|fleet) /m);
  });

  it("says where the time goes, of the mean and of each percentile, in the stages that take any", () => {
    const text = table(MADE);
    expect(text).toMatch(/^where the time goes +latency +queue +cpu +query$/m);
    expect(text).toMatch(/^mean +90 ms +6\.7 ms +16\.7 ms +66\.7 ms$/m);
    expect(text).toMatch(/^p50 +100 ms +0 +0 +100 ms$/m);
    expect(text).toMatch(/^p99 +120 ms +20 ms +0 +100 ms$/m);
  });

  it("leaves out what did not happen", () => {
    const text = table({});
    expect(text).not.toMatch(/where the time goes|retries|stale reads|in use|NaN|undefined|null/);
    expect(text).toMatch(/^page +0 +none +none +none +none +none$/m);
  });

  it("counts retries and stale reads, and what was in use", () => {
    const text = table({
      ...MADE,
      retries: 3,
      staleReads: 2,
      levels: { threads: 12, cpu: 1, cpuCapacity: 4 },
    });
    expect(text).toContain("retries: 3 of 4 requests were sent again after a failure");
    expect(text).toContain("stale reads: 2 may have missed the same client's last write");
    expect(text).toMatch(/^in use: threads 58\.3 %, processors 25 %$/m);
  });
});

describe("columns of text", () => {
  it("are aligned, the first to the left and the others to the right", () => {
    expect(
      alignedColumns([
        ["a", "long", "x"],
        ["bbb", "1"],
      ]),
    ).toEqual(["a    long  x", "bbb     1"]);
    expect(alignedColumns([])).toEqual([]);
  });
});
