import { describe, expect, it } from "vitest";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import { withSizes } from "../../../src/scenario/sizes";
import { RecordKeeper, summaryBuffers } from "../../../src/workers/record-keeper";
import { createFakeEngine, type FakeRecord, fakeSummary } from "../../support/fake-engine";

const SCENARIO = withSizes(DEFAULT_SCENARIO);

function record(replication: number, nowMs = 1_000): FakeRecord {
  return { replication, nowMs, column: new Float64Array(2) };
}

function replicationsOf(keeper: RecordKeeper<FakeRecord>, runId: number): number[] {
  const answer = keeper.summarize(runId, 12);
  if (answer.kind !== "summary") throw new Error(`expected a summary, got ${answer.kind}`);
  return [...answer.summary.series.atS];
}

describe("the worker that sums up", () => {
  it("sums up in order of replication, whoever was first", () => {
    const keeper = new RecordKeeper(createFakeEngine());
    keeper.open(1, SCENARIO);
    for (const replication of [3, 0, 2, 1]) keeper.keep(1, replication, record(replication));
    expect(replicationsOf(keeper, 1)).toEqual([0, 1, 2, 3]);
  });

  it("replaces a partial record by the later one, and leaves out replications that have not begun", () => {
    const keeper = new RecordKeeper(createFakeEngine());
    keeper.open(1, SCENARIO);
    keeper.keep(1, 4, record(4, 100));
    keeper.keep(1, 1, record(1, 100));
    keeper.keep(1, 4, record(4, 900));
    const answer = keeper.summarize(1, 12);
    expect(answer).toMatchObject({ kind: "summary", summary: { figures: { wallMs: 12, replications: 2 } } });
    expect(replicationsOf(keeper, 1)).toEqual([1, 4]);
    if (answer.kind === "summary") expect([...answer.summary.series.sent]).toEqual([100, 900]);
  });

  it("ignores records of another run, and says so when asked for a run it no longer has", () => {
    const keeper = new RecordKeeper(createFakeEngine());
    keeper.open(1, SCENARIO);
    keeper.open(2, SCENARIO);
    keeper.keep(1, 0, record(0));
    keeper.keep(2, 5, record(5));
    expect(replicationsOf(keeper, 2)).toEqual([5]);
    expect(keeper.summarize(1, 0)).toEqual({ kind: "stale" });
    keeper.cancel(2);
    expect(keeper.summarize(2, 0)).toEqual({ kind: "stale" });
  });

  it("reports an exception while summing up as data", () => {
    const keeper = new RecordKeeper(
      createFakeEngine({
        onSummarize() {
          throw new TypeError("books do not balance");
        },
      }),
    );
    keeper.open(1, SCENARIO);
    expect(keeper.summarize(1, 0)).toEqual({
      kind: "failed",
      error: { message: "TypeError: books do not balance", isOutOfMemory: false },
    });
  });

  it("hands over every column of a summary, nested ones too, each buffer once", () => {
    const summary = fakeSummary(DEFAULT_SCENARIO, [record(0)], 1);
    expect(summaryBuffers(summary)).toHaveLength(7);
    const shared = { ...summary, heatmap: { edgesMs: summary.series.atS, density: summary.series.atS } };
    expect(summaryBuffers(shared)).toHaveLength(5);
  });
});
