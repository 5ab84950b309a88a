import { describe, expect, it, vi } from "vitest";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import { withSizes } from "../../../src/scenario/sizes";
import { ReplicationRunner } from "../../../src/workers/replication-runner";
import type { WorkerReport } from "../../../src/workers/worker-api";
import {
  createFakeEngine,
  type FakeEngineOptions,
  type FakeRecord,
  FakeWorkerClock,
} from "../../support/fake-engine";

const SCENARIO = withSizes(DEFAULT_SCENARIO);

function setUp(options: FakeEngineOptions = {}) {
  const clock = new FakeWorkerClock();
  const reports: WorkerReport<FakeRecord>[] = [];
  const runner = new ReplicationRunner(createFakeEngine({ clock, ...options }), clock);
  runner.connect((report) => {
    reports.push(report);
  });
  const finals = (): number[] =>
    reports.flatMap((report) => (report.kind === "record" && report.isFinal ? [report.replication] : []));
  return { clock, runner, reports, finals };
}

describe("a worker's share of a run", () => {
  it("simulates the replications it is given, in order, and reports the last record of each", async () => {
    const { runner, reports, finals } = setUp();
    runner.begin(1, SCENARIO);
    for (const replication of [0, 2, 4]) runner.simulate(1, replication);
    await vi.waitFor(() => expect(finals()).toEqual([0, 2, 4]));
    expect(reports).toHaveLength(3);
    expect(reports[1]).toMatchObject({ runId: 1, replication: 2, progress: 1, record: { nowMs: 1_000 } });
  });

  it("names a record's memory, so that it can be relayed without copying", async () => {
    const { runner, reports, finals } = setUp();
    runner.begin(1, SCENARIO);
    runner.simulate(1, 0);
    await vi.waitFor(() => expect(finals()).toEqual([0]));
    const [report] = reports;
    if (report?.kind !== "record") throw new Error("expected a record");
    expect(report.buffers).toEqual([report.record.column.buffer]);
  });

  it("gives the event loop a turn at least every ten milliseconds or so, however dear an event is", async () => {
    let longest = 0;
    let lastTurns = -1;
    let sliceStart = 0;
    const clock = new FakeWorkerClock();
    const { runner, finals } = setUp({
      clock,
      durationMs: 5_000,
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
    runner.begin(1, SCENARIO);
    runner.simulate(1, 0);
    await vi.waitFor(() => expect(finals()).toEqual([0]), { timeout: 5_000 });
    expect(longest).toBeLessThanOrEqual(10);
  });

  it("reports partial records at most every 50 ms, the first after about 16 ms", async () => {
    const clock = new FakeWorkerClock();
    const at: number[] = [];
    const runner = new ReplicationRunner(
      createFakeEngine({ clock, durationMs: 20_000, eventCostMs: 0.01 }),
      clock,
    );
    runner.connect((report) => {
      if (report.kind === "record" && !report.isFinal) at.push(clock.time);
    });
    runner.begin(1, SCENARIO);
    runner.simulate(1, 0);
    await vi.waitFor(() => expect(clock.time).toBeGreaterThanOrEqual(200));
    expect(at.length).toBeGreaterThanOrEqual(3);
    expect(at[0]).toBeGreaterThanOrEqual(16);
    expect(at[0]).toBeLessThan(50);
    at.slice(1).forEach((time, index) => {
      expect(time - (at[index] ?? 0)).toBeGreaterThanOrEqual(50);
    });
  });

  it("fetches what only some scenarios need before the first replication of one", async () => {
    const { runner, finals } = setUp({ needsExtras: true });
    runner.begin(1, SCENARIO);
    runner.simulate(1, 0);
    await vi.waitFor(() => expect(finals()).toEqual([0]));
  });

  it("stops a replication at the next turn after a cancel, and reports nothing more of it", async () => {
    const { clock, runner, reports } = setUp({ durationMs: 1e9, eventCostMs: 0.01 });
    runner.begin(1, SCENARIO);
    runner.simulate(1, 0);
    await vi.waitFor(() => expect(reports.length).toBeGreaterThan(0));
    runner.cancel(1);
    const reported = reports.length;
    const time = clock.time;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(reports).toHaveLength(reported);
    expect(clock.time - time).toBeLessThanOrEqual(16);
  });

  it("leaves an older run for a newer one, and ignores orders for the older", async () => {
    const { runner, clock, reports, finals } = setUp({ durationMs: 100_000, eventCostMs: 0.001 });
    runner.begin(1, SCENARIO);
    runner.simulate(1, 0);
    const handOver = vi.fn(() => {
      runner.begin(2, SCENARIO);
      runner.simulate(1, 1);
      runner.simulate(2, 7);
    });
    const takeTurn = clock.nextTurn.bind(clock);
    clock.nextTurn = () => {
      if (clock.turns === 3) handOver();
      return takeTurn();
    };
    await vi.waitFor(() => expect(finals()).toEqual([7]));
    expect(handOver).toHaveBeenCalledOnce();
    expect(
      reports.filter((report) => report.runId === 1 && report.kind === "record" && report.isFinal),
    ).toEqual([]);
  });

  it("reports an exception of the engine as data, and can run again", async () => {
    let isBroken = true;
    const { runner, reports, finals } = setUp({
      onStart() {
        if (isBroken) throw new RangeError("no such dyno");
      },
    });
    runner.begin(1, SCENARIO);
    runner.simulate(1, 0);
    await vi.waitFor(() =>
      expect(reports).toEqual([
        { kind: "failed", runId: 1, error: { message: "RangeError: no such dyno", isOutOfMemory: false } },
      ]),
    );
    isBroken = false;
    runner.begin(2, SCENARIO);
    runner.simulate(2, 0);
    await vi.waitFor(() => expect(finals()).toEqual([0]));
  });
});
