import { describe, expect, it, onTestFinished, vi } from "vitest";
import { withSizes } from "../../../src/scenario/sizes";
import { createLiveClient } from "../../../src/workers/live-client";
import type { LiveSnapshot, RunFailure } from "../../../src/workers/protocol";
import type { WorkerApi } from "../../../src/workers/worker-api";
import type { FakeEngineOptions, FakeRecord } from "../../support/fake-engine";
import { createSilentService, FakeWorker } from "../../support/fake-worker";
import { ManualClock } from "../../support/manual-clock";
import { ANY_SCENARIO, healthyService } from "../../support/open-client";

const SIZED = withSizes({ ...ANY_SCENARIO, run: { ...ANY_SCENARIO.run, durationS: 1e6 } });
const KILL = {
  atS: 0.001,
  do: "killDyno",
  fleet: "web",
  count: 1,
  graceful: false,
  backAfterS: null,
} as const;

interface Options {
  readonly engine?: FakeEngineOptions;
  /** What the worker of this number, by order of creation, runs; null for a healthy one. */
  readonly service?: (number: number) => WorkerApi<FakeRecord> | null;
  readonly isBusy?: () => boolean;
}

function setUp({ engine = {}, service = () => null, isBusy = () => false }: Options = {}) {
  const clock = new ManualClock();
  const workers: FakeWorker<FakeRecord>[] = [];
  const idle: (() => void)[] = [];
  const client = createLiveClient({
    clock,
    whenIdle: (callback) => (isBusy() ? idle.push(callback) : queueMicrotask(callback)),
    createWorker() {
      const worker = new FakeWorker(
        service(workers.length) ?? healthyService({ durationMs: 1e12, ...engine }),
      );
      workers.push(worker);
      return worker.asWorker();
    },
  });
  onTestFinished(() => client.dispose());

  function begin(fromMs = 0) {
    const snapshots: LiveSnapshot[] = [];
    const failures: RunFailure[] = [];
    const run = client.begin(SIZED, fromMs, {
      onSnapshot: (snapshot) => snapshots.push(snapshot),
      onFailure: (failure) => failures.push(failure),
    });
    const latest = (): LiveSnapshot | undefined => snapshots.at(-1);
    return { run, snapshots, failures, latest };
  }
  return { client, clock, workers, begin, idle };
}

describe("live runs, as the page sees them", () => {
  it("have a worker of their own, which starts with the first one", async () => {
    const { workers, begin } = setUp();
    expect(workers).toHaveLength(0);
    const one = begin();
    await vi.waitFor(() => expect(one.latest()).toMatchObject({ nowMs: 0, phase: "paused" }));
    const other = begin();
    await vi.waitFor(() => expect(other.latest()).toMatchObject({ nowMs: 0 }));
    expect(workers).toHaveLength(1);
  });

  it("run, pause and step", async () => {
    const { run, latest } = setUp().begin();
    run.go(20);
    await vi.waitFor(() => expect(latest()?.nowMs).toBeGreaterThan(1_000));
    run.pause();
    await vi.waitFor(() => expect(latest()?.phase).toBe("paused"));
    const paused = latest()?.nowMs ?? Number.NaN;
    run.step(1_000);
    await vi.waitFor(() => expect(latest()).toMatchObject({ nowMs: paused + 1_000, phase: "paused" }));
  });

  it("hand over the columns of a summary whole", async () => {
    const { latest } = setUp().begin();
    await vi.waitFor(() => expect(latest()?.summary?.series.atS).toEqual(Float64Array.of(0)));
  });

  it("send another summary when the page has drawn the last one", async () => {
    const { begin, idle } = setUp({ isBusy: () => true });
    const { run, snapshots } = begin();
    const summaries = () => snapshots.filter(({ summary }) => summary !== null).length;
    run.go(1);
    await vi.waitFor(() => expect(snapshots.length).toBeGreaterThan(20));
    expect(summaries()).toBe(1);
    for (const callback of idle.splice(0)) callback();
    await vi.waitFor(() => expect(summaries()).toBe(2));
  });

  it("take up where they are told, without a word about what came before", async () => {
    const { latest, snapshots } = setUp().begin(5_000);
    await vi.waitFor(() => expect(latest()).toMatchObject({ nowMs: 5_000, phase: "paused" }));
    expect(snapshots.slice(0, -1).every(({ phase }) => phase === "catching-up")).toBe(true);
  });

  it("stand still to be changed", async () => {
    const applied: number[] = [];
    const { run, latest } = setUp({ engine: { onApply: (_, nowMs) => applied.push(nowMs) } }).begin();
    expect(await run.hold()).toEqual({ nowMs: 0, applied: 0 });
    run.change(SIZED.scenario, [KILL]);
    run.step(1_000);
    await vi.waitFor(() => expect(latest()).toMatchObject({ nowMs: 1_000, applied: 1 }));
    expect(applied).toEqual([1]);
  });

  it("say nothing after their end, and nothing can be asked of them", async () => {
    const { run, snapshots, latest } = setUp().begin();
    run.go(20);
    await vi.waitFor(() => expect(latest()?.nowMs).toBeGreaterThan(100));
    run.end();
    const shown = snapshots.length;
    run.go(100);
    run.change(SIZED.scenario, []);
    expect(await run.hold()).toBeNull();
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(snapshots).toHaveLength(shown);
  });

  it("end when a newer one begins", async () => {
    const { begin } = setUp();
    const one = begin();
    await vi.waitFor(() => expect(one.latest()).toBeDefined());
    one.run.go(20);
    const held = one.run.hold();
    const other = begin();
    expect(await held).toBeNull();
    await vi.waitFor(() => expect(other.latest()).toMatchObject({ nowMs: 0, phase: "paused" }));
    expect(one.failures).toEqual([]);
  });
});

describe("a live run that fails", () => {
  it.each([
    ["dies", (worker: FakeWorker<FakeRecord> | undefined) => worker?.crash()],
    ["sends what cannot be read", (worker: FakeWorker<FakeRecord> | undefined) => worker?.garble()],
  ])("since its worker %s says so in plain words, and the next has a new one", async (_, harm) => {
    const { workers, begin } = setUp();
    const { run, failures, latest } = begin();
    await vi.waitFor(() => expect(latest()).toBeDefined());
    run.go(1);
    const held = run.hold();
    harm(workers[0]);
    expect(await held).toBeNull();
    expect(failures).toMatchObject([{ code: "crashed" }]);
    const next = begin();
    await vi.waitFor(() => expect(next.latest()).toMatchObject({ nowMs: 0 }));
    expect(workers).toHaveLength(2);
  });

  it("since its worker is silent is given up after about ten seconds", async () => {
    const { begin, clock } = setUp({ service: () => createSilentService<FakeRecord>() });
    const { failures } = begin();
    clock.advance(9_500);
    expect(failures).toEqual([]);
    clock.advance(2_000);
    expect(failures).toMatchObject([{ code: "crashed" }]);
  });

  it("is not given up for its silence while it is paused", async () => {
    const { begin, clock } = setUp();
    const { latest, failures } = begin();
    await vi.waitFor(() => expect(latest()?.phase).toBe("paused"));
    clock.advance(60_000);
    expect(failures).toEqual([]);
  });

  it("since the engine does not simulate its scenario names the fields", async () => {
    const problems = [{ path: "timeline", found: "1 entry", allowed: "none", sentence: "Not yet." }];
    const { failures } = setUp({ engine: { problems } }).begin();
    await vi.waitFor(() => expect(failures).toMatchObject([{ code: "unsupported", problems }]));
  });

  it.each([
    ["of a defect", "negative queue", "internal", 1],
    ["of memory", "Array buffer allocation failed", "crashed", 2],
  ] as const)("because %s says so, and the next one runs", async (_, message, code, used) => {
    let isBroken = true;
    const { begin, workers } = setUp({
      engine: {
        onStart() {
          if (isBroken) throw new RangeError(message);
        },
      },
    });
    const { failures } = begin();
    await vi.waitFor(() => expect(failures).toMatchObject([{ code }]));
    isBroken = false;
    const next = begin();
    await vi.waitFor(() => expect(next.latest()).toMatchObject({ nowMs: 0 }));
    expect(workers).toHaveLength(used);
  });

  it("since no worker can be started says so, and the page goes on", () => {
    const onFailure = vi.fn();
    const client = createLiveClient({
      clock: new ManualClock(),
      createWorker() {
        throw new DOMException("blocked", "SecurityError");
      },
    });
    onTestFinished(() => client.dispose());
    client.begin(SIZED, 0, { onSnapshot: () => undefined, onFailure });
    expect(onFailure).toHaveBeenCalledExactlyOnceWith(expect.objectContaining({ code: "crashed" }));
  });
});
