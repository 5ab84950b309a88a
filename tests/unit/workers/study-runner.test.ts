import { describe, expect, it, vi } from "vitest";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import { withSizes } from "../../../src/scenario/sizes";
import type { WantedRun } from "../../../src/study/simulator";
import { StudyRunner } from "../../../src/workers/study-runner";
import type { WorkerReport } from "../../../src/workers/worker-api";
import {
  createFakeEngine,
  type FakeEngineOptions,
  type FakeRecord,
  FakeWorkerClock,
} from "../../support/fake-engine";

const SIZED = withSizes(DEFAULT_SCENARIO);

const wanted = (replication: number): WantedRun => ({ sized: SIZED, replication, detail: "measures" });

function setUp(options: FakeEngineOptions = {}) {
  const clock = options.clock ?? new FakeWorkerClock();
  const reports: WorkerReport<FakeRecord>[] = [];
  const engine = createFakeEngine({ ...options, clock });
  const prepare = vi.spyOn(engine, "prepare");
  const runner = new StudyRunner(engine, clock, (report) => {
    reports.push(report);
  });
  const run = (studyId: number, ...replications: number[]) => runner.run(studyId, replications.map(wanted));
  return { clock, runner, run, reports, prepare };
}

describe("a run of a study", () => {
  it("is simulated to its end and answered with its record", async () => {
    const { run } = setUp({ durationMs: 70_000 });
    expect(await run(1, 5)).toMatchObject({ kind: "records", records: [{ replication: 5, nowMs: 70_000 }] });
  });

  it("is recorded in as much detail as is wanted", async () => {
    const { runner, prepare } = setUp();
    await runner.run(1, [wanted(0), { ...wanted(1), detail: "series" }]);
    expect(prepare.mock.calls).toEqual([
      [SIZED, "measures"],
      [SIZED, "series"],
    ]);
  });

  it("waits for those that were asked for before", async () => {
    const started: number[] = [];
    const ended: number[] = [];
    const { run } = setUp({ onStart: (replication) => started.push(replication) });
    await Promise.all(
      [3, 1, 2].map(async (replication) => {
        await run(1, replication);
        // None begins before the one before it has ended.
        expect(started.length - ended.length).toBeLessThanOrEqual(2);
        ended.push(replication);
      }),
    );
    expect(started).toEqual([3, 1, 2]);
    expect(ended).toEqual([3, 1, 2]);
  });

  it("is answered with those that were asked for with it, in their order, and with how long they took", async () => {
    const { run } = setUp({ durationMs: 10_000, eventCostMs: 0.001 });
    expect(await run(1, 7, 2, 5)).toMatchObject({
      kind: "records",
      records: [{ replication: 7 }, { replication: 2 }, { replication: 5 }],
      tookMs: 30,
    });
  });

  it("is answered without those asked for with it, where they take long", async () => {
    const { run } = setUp({ durationMs: 60_000, eventCostMs: 0.001 });
    const answer = await run(1, 0, 1, 2, 3);
    expect(answer).toMatchObject({ kind: "records", tookMs: expect.closeTo(120) });
    expect(answer.kind === "records" && answer.records.map(({ replication }) => replication)).toEqual([0, 1]);
  });

  it("has what only some scenarios need fetched before it begins", async () => {
    const { run } = setUp({ needsExtras: true });
    expect(await run(1, 0)).toMatchObject({ kind: "records" });
  });

  it("that fails is answered as data, and the next is simulated", async () => {
    const { run } = setUp({
      onStart(replication) {
        if (replication === 0) throw new RangeError("no such dyno");
      },
    });
    expect(await run(1, 0)).toEqual({
      kind: "failed",
      error: { message: "RangeError: no such dyno", isOutOfMemory: false },
    });
    expect(await run(1, 1)).toMatchObject({ kind: "records", records: [{ replication: 1 }] });
  });
});

describe("a study that was called off", () => {
  it("is left at the next turn, and what waits of it is not begun", async () => {
    const onStart = vi.fn();
    const { clock, runner, run } = setUp({ durationMs: 1e12, eventCostMs: 0.01, onStart });
    const answers = [run(4, 0), run(4, 1)];
    await vi.waitFor(() => expect(clock.turns).toBeGreaterThan(2));
    runner.cancel(4);
    const { time } = clock;
    expect(await Promise.all(answers)).toEqual([{ kind: "cancelled" }, { kind: "cancelled" }]);
    expect(clock.time - time).toBeLessThanOrEqual(20);
    expect(onStart).toHaveBeenCalledOnce();
  });

  it("is left between two runs that were asked for together", async () => {
    const started: number[] = [];
    const { runner, run } = setUp({
      durationMs: 1_000,
      eventCostMs: 0.01,
      onStart(replication) {
        started.push(replication);
        if (replication === 1) runner.cancel(4);
      },
    });
    expect(await run(4, 0, 1, 2)).toEqual({ kind: "cancelled" });
    expect(started).toEqual([0, 1]);
  });

  it("takes those before it along, and none after it", async () => {
    const { runner, run } = setUp();
    runner.cancel(4);
    runner.cancel(2);
    expect(await run(3, 0)).toEqual({ kind: "cancelled" });
    expect(await run(4, 0)).toEqual({ kind: "cancelled" });
    expect(await run(5, 0)).toMatchObject({ kind: "records" });
  });
});

describe("a long run", () => {
  it("lets messages in at least every thirty milliseconds or so, however dear an event is", async () => {
    const clock = new FakeWorkerClock();
    let longest = 0;
    let lastTurns = -1;
    let sliceStart = 0;
    const { run } = setUp({
      clock,
      durationMs: 20_000,
      eventCostMs: 0.05,
      onAdvance() {
        if (clock.turns !== lastTurns) {
          sliceStart = clock.time;
          lastTurns = clock.turns;
        }
        // Leaves out the first few steps, in which the runner learns what an event costs.
        if (clock.turns > 4) longest = Math.max(longest, clock.time - sliceStart);
      },
    });
    await run(1, 0);
    expect(clock.turns).toBeGreaterThan(10);
    expect(longest).toBeLessThanOrEqual(33);
  });

  it("says about once a second that it goes on", async () => {
    // 5 s of the worker's time.
    const { run, reports } = setUp({ durationMs: 500_000, eventCostMs: 0.01 });
    await run(7, 0);
    expect(reports.length).toBeGreaterThanOrEqual(4);
    expect(reports.length).toBeLessThanOrEqual(5);
    expect(new Set(reports.map((report) => JSON.stringify(report)))).toEqual(
      new Set(['{"kind":"alive","runId":7}']),
    );
  });

  it("says nothing where it is done within a second", async () => {
    const { run, reports } = setUp({ durationMs: 50_000, eventCostMs: 0.01 });
    await run(7, 0);
    expect(reports).toEqual([]);
  });
});
