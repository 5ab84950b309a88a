import { describe, expect, it, vi } from "vitest";
import { DEFAULT_SCENARIO } from "../../../src/scenario/defaults";
import { withSizes } from "../../../src/scenario/sizes";
import type { Scenario, TimelineEntry } from "../../../src/scenario/types";
import { LiveRunner } from "../../../src/workers/live-runner";
import type { LiveSnapshot } from "../../../src/workers/protocol";
import type { WorkerReport } from "../../../src/workers/worker-api";
import {
  createFakeEngine,
  type FakeEngineOptions,
  type FakeRecord,
  FakeWorkerClock,
} from "../../support/fake-engine";

const kill = (atS: number): TimelineEntry => ({
  atS,
  do: "killDyno",
  fleet: "web",
  count: 1,
  graceful: false,
  backAfterS: null,
});

function scenarioWith(timeline: readonly TimelineEntry[] = [], durationS = 45): Scenario {
  return { ...DEFAULT_SCENARIO, run: { ...DEFAULT_SCENARIO.run, durationS }, timeline };
}

/** A runner on an engine where an event a millisecond costs what a test says, and on time that only they take. */
function setUp(options: FakeEngineOptions = {}) {
  const clock = new FakeWorkerClock();
  const reports: WorkerReport<FakeRecord>[] = [];
  const applied: [string, number][] = [];
  const durations: number[] = [];
  const engine = createFakeEngine({
    clock,
    durationMs: 1e12,
    onApply: (change, nowMs) => applied.push([change.do, nowMs]),
    ...options,
  });
  const prepare = engine.prepare;
  const runner = new LiveRunner<FakeRecord>(
    {
      ...engine,
      prepare(sized) {
        durations.push(sized.scenario.run.durationS);
        return prepare(sized);
      },
    },
    clock,
  );
  /** What the page does with a report; by default it receives it at once, and draws it. */
  let receive = (): Promise<void> | undefined => undefined;
  let draws = true;
  runner.connect((report) => {
    reports.push(report);
    if (draws) queueMicrotask(() => runner.drawn(report.runId));
    return receive();
  });
  const snapshots = (): LiveSnapshot[] =>
    reports.flatMap((report) => (report.kind === "live" ? [report.snapshot] : []));
  const latest = (): LiveSnapshot => {
    const snapshot = snapshots().at(-1);
    if (snapshot === undefined) throw new Error("nothing was shown");
    return snapshot;
  };
  return {
    clock,
    runner,
    reports,
    applied,
    durations,
    snapshots,
    latest,
    /** By default a run so long that it never comes to its end. */
    begin(scenario = scenarioWith([], 1e6), fromMs = 0) {
      runner.begin(1, withSizes(scenario), fromMs);
    },
    /** Waits until so much of the worker's own time has passed. */
    async pass(forMs: number) {
      const until = clock.time + forMs;
      await vi.waitFor(() => expect(clock.time).toBeGreaterThanOrEqual(until), {
        interval: 1,
        timeout: 5_000,
      });
    },
    onReceive(next: typeof receive) {
      receive = next;
    },
    stopDrawing() {
      draws = false;
    },
  };
}

describe("a live run's clock", () => {
  it("begins paused at 0, with a picture", () => {
    const { begin, latest } = setUp();
    begin();
    expect(latest()).toMatchObject({ nowMs: 0, phase: "paused", applied: 0, halted: null });
    expect(latest().summary).not.toBeNull();
    expect(latest().state).not.toBeNull();
  });

  it.each([1, 5, 20, 100])("passes %i times as fast as the one on the wall", async (speed) => {
    const { begin, runner, clock, pass, latest } = setUp();
    begin();
    const from = clock.time;
    runner.go(1, speed);
    await pass(3_000);
    const { nowMs, speedReached, phase } = latest();
    expect(phase).toBe("running");
    expect(Math.abs(nowMs - speed * (clock.time - from))).toBeLessThanOrEqual(speed * 50);
    expect(speedReached).toBeCloseTo(speed, 0);
  });

  it("passes as fast as the machine can, where that is wanted", async () => {
    const { begin, runner, pass, latest } = setUp({ eventCostMs: 0.002 });
    begin();
    runner.go(1, Number.POSITIVE_INFINITY);
    await pass(2_000);
    expect(latest().speedReached).toBeGreaterThan(400);
    expect(latest().speedReached).toBeLessThanOrEqual(500);
  });

  it("falls behind openly where the machine is too slow, and does not try to catch up for ever", async () => {
    let costMs = 0.04;
    const { begin, runner, pass, latest, clock } = setUp({
      get eventCostMs() {
        return costMs;
      },
    });
    begin();
    runner.go(1, 100);
    await pass(3_000);
    expect(latest().speedReached).toBeGreaterThan(20);
    expect(latest().speedReached).toBeLessThanOrEqual(25);
    const { nowMs } = latest();
    const from = clock.time;
    costMs = 0.000_1;
    await pass(1_000);
    // Of 3 s of being too slow it makes up for a quarter of a second at most.
    expect(latest().nowMs - nowMs).toBeLessThan(100 * (clock.time - from + 400));
  });

  it("makes up for having slept too long, as workers of a page in the background do", async () => {
    const { begin, runner, clock, pass, latest } = setUp({ eventCostMs: 0.000_1 });
    begin();
    const from = clock.time;
    clock.oversleepMs = 960;
    runner.go(1, 20);
    await pass(30_000);
    expect(Math.abs(latest().nowMs - 20 * (clock.time - from))).toBeLessThanOrEqual(20 * 1_050);
  });

  it("gives the event loop a turn every ten milliseconds or so", async () => {
    let longest = 0;
    let turns = -1;
    let sliceFrom = 0;
    const clock = new FakeWorkerClock();
    const runner = new LiveRunner<FakeRecord>(
      createFakeEngine({
        clock,
        durationMs: 1e12,
        eventCostMs: 0.05,
        onAdvance() {
          if (clock.turns !== turns) [turns, sliceFrom] = [clock.turns, clock.time];
          // Leaves out the first few steps, in which the runner learns what an event costs.
          if (clock.turns > 6) longest = Math.max(longest, clock.time - sliceFrom);
        },
      }),
      clock,
    );
    runner.begin(1, withSizes(scenarioWith([], 1e6)), 0);
    runner.go(1, Number.POSITIVE_INFINITY);
    await vi.waitFor(() => expect(clock.time).toBeGreaterThan(2_000), { interval: 1 });
    expect(longest).toBeGreaterThan(0);
    expect(longest).toBeLessThanOrEqual(12);
    runner.cancel(1);
  });

  it("stands still at a whole millisecond when it is paused, and goes on from there", async () => {
    const { begin, runner, pass, latest, clock } = setUp();
    begin();
    runner.go(1, 7.3);
    await pass(1_000);
    runner.pause(1);
    await vi.waitFor(() => expect(latest().phase).toBe("paused"));
    const { nowMs, summary } = latest();
    expect(Number.isInteger(nowMs)).toBe(true);
    expect(summary).not.toBeNull();
    clock.time += 60_000;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(latest().nowMs).toBe(nowMs);
    runner.go(1, 1);
    await pass(500);
    expect(latest().nowMs - nowMs).toBeGreaterThan(400);
    expect(latest().nowMs - nowMs).toBeLessThan(600);
  });

  it("steps by as much simulated time as it is told, and pauses", async () => {
    const { begin, runner, latest } = setUp();
    begin();
    runner.step(1, 1_000);
    await vi.waitFor(() => expect(latest()).toMatchObject({ nowMs: 1_000, phase: "paused" }));
    runner.step(1, 1_000);
    await vi.waitFor(() => expect(latest()).toMatchObject({ nowMs: 2_000, phase: "paused" }));
  });
});

describe("what a live run shows", () => {
  it("is some 25 pictures a second, and some five summaries", async () => {
    const { begin, runner, pass, snapshots } = setUp();
    begin();
    runner.go(1, 5);
    await pass(4_000);
    const pictures = snapshots();
    expect(pictures.length).toBeGreaterThan(80);
    expect(pictures.length).toBeLessThanOrEqual(102);
    const summaries = pictures.filter(({ summary }) => summary !== null);
    expect(summaries.length).toBeGreaterThan(15);
    expect(summaries.length).toBeLessThanOrEqual(22);
  });

  it("has rates of about the last simulated second", async () => {
    const { begin, runner, pass, latest } = setUp();
    begin();
    runner.go(1, 1);
    await pass(3_000);
    // The fake engine sends a request every simulated millisecond.
    expect(latest().state?.sentPerSecond).toBeCloseTo(1_000, 0);
  });

  it("waits until the last picture was received, and time goes on meanwhile", async () => {
    const { begin, runner, pass, snapshots, onReceive, latest } = setUp();
    begin();
    runner.go(1, 20);
    await pass(500);
    let received = (): void => undefined;
    onReceive(() => new Promise((resolve) => (received = resolve)));
    await pass(100);
    const shown = snapshots().length;
    const { nowMs } = latest();
    await pass(5_000);
    expect(snapshots()).toHaveLength(shown);
    onReceive(() => undefined);
    received();
    await pass(100);
    expect(latest().nowMs - nowMs).toBeGreaterThan(20 * 4_900);
  });

  it("is no summary while the page is busy with the last one, but the state goes on", async () => {
    const { begin, runner, pass, snapshots, stopDrawing, latest } = setUp();
    const summaries = () => snapshots().filter(({ summary }) => summary !== null).length;
    stopDrawing();
    begin();
    runner.go(1, 1);
    await pass(2_000);
    expect(summaries()).toBe(1);
    expect(snapshots().length).toBeGreaterThan(40);
    expect(latest().nowMs).toBeGreaterThan(1_900);
    runner.pause(1);
    await vi.waitFor(() => expect(latest().phase).toBe("paused"));
    expect(summaries()).toBe(1);
    runner.drawn(1);
    expect(summaries()).toBe(2);
    expect(latest()).toMatchObject({ phase: "paused" });
  });

  it("tells of a pause as soon as the last picture was received", async () => {
    const { begin, runner, latest, onReceive } = setUp();
    let received = (): void => undefined;
    onReceive(() => new Promise((resolve) => (received = resolve)));
    begin();
    runner.step(1, 500);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(latest().nowMs).toBe(0);
    received();
    await vi.waitFor(() => expect(latest()).toMatchObject({ nowMs: 500, phase: "paused" }));
  });
});

describe("a live run's timeline", () => {
  it("takes place at its times, and before anything else of the same moment", async () => {
    const { begin, runner, applied, latest } = setUp();
    begin(scenarioWith([kill(1.2345), kill(0.5), kill(9)]));
    runner.step(1, 2_000);
    await vi.waitFor(() => expect(latest().nowMs).toBe(2_000));
    expect(applied).toEqual([
      ["killDyno", 500],
      ["killDyno", 1_234.5],
    ]);
    expect(latest().applied).toBe(2);
  });

  it("is changed while time stands still at a whole millisecond, and goes on from there", async () => {
    const { begin, runner, applied, pass, latest } = setUp({ eventCostMs: 0.01 });
    begin();
    runner.go(1, 20);
    await pass(777);
    const moment = await runner.hold(1);
    expect(moment).not.toBeNull();
    const atMs = moment?.nowMs ?? Number.NaN;
    expect(Number.isInteger(atMs)).toBe(true);
    const standing = latest().nowMs;
    await new Promise((resolve) => setTimeout(resolve, 10));
    expect(latest().nowMs).toBe(standing);
    const changed = withSizes(scenarioWith([kill(atMs / 1000), kill(atMs / 1000 + 5)]));
    runner.change(1, changed.scenario, changed.changes);
    expect(applied).toEqual([["killDyno", atMs]]);
    await pass(500);
    expect(applied).toEqual([
      ["killDyno", atMs],
      ["killDyno", atMs + 5_000],
    ]);
    expect(latest()).toMatchObject({ phase: "running", applied: 2 });
  });

  it("keeps what has taken place when what is to come is changed", async () => {
    const { begin, runner, applied, latest } = setUp();
    begin(scenarioWith([kill(1), kill(3)]));
    runner.step(1, 2_000);
    await vi.waitFor(() => expect(latest().nowMs).toBe(2_000));
    expect(await runner.hold(1)).toEqual({ nowMs: 2_000, applied: 1 });
    runner.change(1, scenarioWith([kill(1)]), []);
    runner.step(1, 2_000);
    await vi.waitFor(() => expect(latest().nowMs).toBe(4_000));
    expect(applied).toEqual([["killDyno", 1_000]]);
  });
});

describe("a live run that comes to the end of its run", () => {
  it.each([
    [45, 60],
    [600, 600],
    [3600, 600],
    [86_400, 5400],
  ])(
    "of a scenario of %d s is one of %d s at first, so that its series are fine enough",
    (durationS, firstS) => {
      const { begin, durations } = setUp();
      begin(scenarioWith([], durationS));
      expect(durations).toEqual([firstS]);
    },
  );

  it("is simulated again in one of twice the length, silently, and goes on where it was", async () => {
    const { begin, runner, applied, durations, snapshots, latest } = setUp({ eventCostMs: 0.01 });
    begin(scenarioWith([kill(30)]));
    runner.step(1, 59_000);
    await vi.waitFor(() => expect(latest()).toMatchObject({ nowMs: 59_000, phase: "paused" }));
    runner.step(1, 2_000);
    await vi.waitFor(() => expect(latest()).toMatchObject({ nowMs: 61_000, phase: "paused" }));
    expect(durations).toEqual([60, 120]);
    expect(latest()).toMatchObject({ durationS: 120, applied: 1 });
    expect(applied).toEqual([
      ["killDyno", 30_000],
      ["killDyno", 30_000],
    ]);
    const silent = snapshots().filter(({ phase }) => phase === "catching-up");
    expect(silent.length).toBeGreaterThan(0);
    expect(silent.every(({ state, summary }) => state === null && summary === null)).toBe(true);
    expect(latest().state?.sentPerSecond).toBeCloseTo(1_000, 0);
  });

  it("answers while it catches up, and does not make up for the time that it took", async () => {
    const { begin, runner, clock, pass, latest } = setUp({ eventCostMs: 0.05 });
    begin(scenarioWith());
    runner.step(1, 60_000);
    await vi.waitFor(() => expect(latest()).toMatchObject({ nowMs: 60_000, phase: "paused" }), {
      timeout: 5_000,
    });
    runner.go(1, 1);
    await vi.waitFor(() => expect(latest().phase).toBe("catching-up"));
    const moment = await runner.hold(1);
    expect(moment?.nowMs).toBe(60_000);
    runner.change(1, scenarioWith(), []);
    const from = clock.time;
    await pass(1_000);
    expect(latest().nowMs - 60_000).toBeLessThanOrEqual(clock.time - from + 50);
    expect(latest().nowMs).toBeGreaterThan(60_500);
  });

  it("stops at the longest run there may be, and says so", async () => {
    const { begin, runner, latest } = setUp({ eventCostMs: 0 });
    begin(scenarioWith([], 1e6), 1e9 - 1_000);
    runner.go(1, Number.POSITIVE_INFINITY);
    await vi.waitFor(() => expect(latest()).toMatchObject({ halted: "longest", phase: "paused" }), {
      timeout: 30_000,
    });
    expect(latest().nowMs).toBe(1e9);
  });
});

describe("a live run that cannot go on", () => {
  it("stops where there are too many requests in the system, and shows what there is", async () => {
    const { begin, runner, latest, reports } = setUp({ overrunsAtMs: 1_234 });
    begin();
    runner.go(1, 20);
    await vi.waitFor(() => expect(latest()).toMatchObject({ halted: "overrun", phase: "paused" }));
    expect(latest()).toMatchObject({ nowMs: 1_234 });
    expect(latest().summary).not.toBeNull();
    const shown = reports.length;
    runner.go(1, 20);
    expect(reports.length).toBeGreaterThan(shown);
    expect(await runner.hold(1)).toMatchObject({ nowMs: 1_234 });
  });

  it("reports what the engine throws as data, and lets nobody wait", async () => {
    const { begin, runner, reports, latest } = setUp({
      eventCostMs: 0.01,
      onApply() {
        throw new Error("no such dyno");
      },
    });
    begin(scenarioWith([kill(1)]));
    runner.go(1, 1);
    await vi.waitFor(() => expect(latest().nowMs).toBeGreaterThan(100));
    await vi.waitFor(() =>
      expect(reports.at(-1)).toEqual({
        kind: "failed",
        runId: 1,
        error: { message: "Error: no such dyno", isOutOfMemory: false },
      }),
    );
    expect(await runner.hold(1)).toBeNull();
  });

  it("is left for a newer one, and whoever holds the older is told", async () => {
    const { runner, begin, reports, pass } = setUp();
    begin();
    runner.go(1, 1);
    await pass(100);
    // Between two whole milliseconds at most; so this one waits.
    const held = runner.hold(1);
    runner.begin(2, withSizes(scenarioWith()), 0);
    await held;
    const shown = reports.length;
    runner.go(1, 100);
    expect(await runner.hold(1)).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(reports.slice(shown).filter(({ runId }) => runId === 1)).toEqual([]);
  });
});
