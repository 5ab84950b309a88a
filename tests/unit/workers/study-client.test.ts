import { describe, expect, it, vi } from "vitest";
import { StudyCancelled } from "../../../src/study/simulator";
import { createStudyClient } from "../../../src/workers/study-client";
import { createWorkerService } from "../../../src/workers/worker-service";
import {
  createFakeEngine,
  type FakeEngineOptions,
  type FakeRecord,
  FakeWorkerClock,
} from "../../support/fake-engine";
import { createSilentService } from "../../support/fake-worker";
import { ManualClock } from "../../support/manual-clock";
import { HUGE, settlesSoon } from "../../support/open-client";
import { openStudyClient, SIZED, wantedRuns } from "../../support/open-study-client";

/** A healthy service that keeps what it was told. */
function spiedService(engine: (clock: FakeWorkerClock) => FakeEngineOptions) {
  const clock = new FakeWorkerClock();
  const service = createWorkerService(createFakeEngine(engine(clock)), clock);
  return {
    ...service,
    studyRuns: vi.fn(service.studyRuns),
    studyCancel: vi.fn(service.studyCancel),
  };
}

/** Each of so many runs heard of once, with its own record. */
const allOf = (count: number) => Array.from({ length: count }, (_, run) => [run, run]);
/** What was heard, in any order. */
const inOrder = (heard: readonly (readonly [number, number])[]) => [...heard].sort(([a], [b]) => a - b);

describe("the runs of a study", () => {
  it.each([1, 2, 5])("are all simulated and each heard of once, by %i workers", async (count) => {
    const { begin, workers } = openStudyClient({ workers: count });
    const { heard, done } = begin(wantedRuns(23));
    await done;
    expect(inOrder(heard)).toEqual(allOf(23));
    expect(workers).toHaveLength(count);
  });

  it("are begun in the order in which they are wanted", async () => {
    const started: number[] = [];
    const { begin } = openStudyClient({
      workers: 1,
      engine: { onStart: (replication) => started.push(replication) },
    });
    await begin(wantedRuns(7)).done;
    expect(started).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it("are handed out singly at first, and together once it is known that they are short", async () => {
    const service = spiedService((clock) => ({ clock, durationMs: 10_000 }));
    const { begin } = openStudyClient({ workers: 1, service: () => service });
    const { heard, done } = begin(wantedRuns(30));
    await done;
    const loads = service.studyRuns.mock.calls.map(([, runs]) => runs.length);
    // A run takes 10 ms, and a load of them is to take 40.
    expect(loads.slice(0, 4)).toEqual([1, 1, 4, 4]);
    expect(loads.at(-1)).toBe(1);
    expect(inOrder(heard)).toEqual(allOf(30));
  });

  it("are handed out singly where they are long", async () => {
    const service = spiedService((clock) => ({ clock, durationMs: 60_000 }));
    const { begin } = openStudyClient({ workers: 1, service: () => service });
    await begin(wantedRuns(6)).done;
    expect(service.studyRuns.mock.calls.every(([, runs]) => runs.length === 1)).toBe(true);
  });

  it("are handed out singly again by the next study, which may have longer ones", async () => {
    let durationMs = 1_000;
    const service = spiedService((clock) => ({
      clock,
      get durationMs() {
        return durationMs;
      },
    }));
    const { begin } = openStudyClient({ workers: 1, service: () => service });
    await begin(wantedRuns(30)).done;
    durationMs = 200_000;
    service.studyRuns.mockClear();
    const { heard, done } = begin(wantedRuns(8));
    await done;
    expect(service.studyRuns.mock.calls.map(([, runs]) => runs.length)).toEqual(Array(8).fill(1));
    expect(inOrder(heard)).toEqual(allOf(8));
  });

  it("are handed out anew where a worker answered before it had simulated all it was asked for", async () => {
    let durationMs = 1_000;
    const service = spiedService((clock) => ({
      clock,
      get durationMs() {
        return durationMs;
      },
      // Short ones, and long ones after them.
      onStart: (replication) => {
        durationMs = replication < 5 ? 1_000 : 200_000;
      },
    }));
    const { begin } = openStudyClient({ workers: 1, service: () => service });
    const { heard, done } = begin(wantedRuns(24));
    await done;
    expect(inOrder(heard)).toEqual(allOf(24));
    expect(service.studyRuns.mock.calls.some(([, runs]) => runs.length > 1)).toBe(true);
    expect(service.studyRuns.mock.calls.at(-1)?.[1]).toHaveLength(1);
  });

  it("are simulated by the same workers, batch after batch", async () => {
    const { begin, workers } = openStudyClient({ workers: 2 });
    await begin(wantedRuns(4)).done;
    const { heard, done } = begin(wantedRuns(3));
    await done;
    expect(inOrder(heard)).toEqual(allOf(3));
    expect(workers).toHaveLength(2);
  });

  it("may be none at all", async () => {
    const { begin } = openStudyClient();
    await expect(begin([]).done).resolves.toBeUndefined();
  });

  it("start no worker before they are wanted", () => {
    expect(openStudyClient().workers).toHaveLength(0);
  });
});

describe("warming the workers up", () => {
  it("simulates again and again for a while, and then no more", async () => {
    const service = spiedService((clock) => ({ clock, durationMs: 100_000 }));
    const { client } = openStudyClient({ workers: 1, service: () => service });
    client.warmUp(SIZED);
    // 100 ms each, until there are 600.
    await vi.waitFor(() => expect(service.studyRuns).toHaveBeenCalledTimes(6));
    await settlesSoon(new Promise(() => undefined));
    expect(service.studyRuns).toHaveBeenCalledTimes(6);
  });

  it("ends when a study is asked, which does not wait for it", async () => {
    const service = spiedService((clock) => ({ clock, durationMs: 1_000, eventCostMs: 0.01 }));
    const { client, begin } = openStudyClient({ workers: 1, service: () => service });
    client.warmUp(SIZED);
    const { heard, done } = begin(wantedRuns(3));
    await done;
    expect(inOrder(heard)).toEqual(allOf(3));
    expect(service.studyCancel).toHaveBeenCalledWith(1);
    expect(service.studyRuns.mock.calls.filter(([studyId]) => studyId === 1)).toHaveLength(1);
  });

  it("is not done twice", async () => {
    const service = spiedService((clock) => ({ clock, durationMs: 700_000 }));
    const { client } = openStudyClient({ workers: 1, service: () => service });
    client.warmUp(SIZED);
    client.warmUp(SIZED);
    await vi.waitFor(() => expect(service.studyRuns).toHaveBeenCalledOnce());
    await settlesSoon(new Promise(() => undefined));
    expect(service.studyRuns).toHaveBeenCalledOnce();
  });
});

describe("a study that nobody wants any more", () => {
  it("rejects at once, and the workers that are at it are told", async () => {
    const huge = (clock: FakeWorkerClock) => ({ clock, ...HUGE });
    const services = [spiedService(huge), spiedService(huge)];
    const { begin } = openStudyClient({ service: (number) => services[number] ?? null });
    const { abort, done, heard } = begin(wantedRuns(10));
    await vi.waitFor(() => {
      for (const { studyRuns } of services) expect(studyRuns).toHaveBeenCalled();
    });
    abort.abort();
    await expect(done).rejects.toBeInstanceOf(StudyCancelled);
    await vi.waitFor(() => {
      for (const { studyCancel } of services) expect(studyCancel).toHaveBeenCalledWith(1);
    });
    expect(heard).toEqual([]);
  });

  it("is not begun where it was called off before", async () => {
    const { begin, workers } = openStudyClient();
    const abort = new AbortController();
    abort.abort();
    await expect(begin(wantedRuns(1), abort).done).rejects.toBeInstanceOf(StudyCancelled);
    expect(workers).toHaveLength(0);
  });

  it("frees its workers for the next", async () => {
    let durationMs = 1e12;
    const healthy = () =>
      spiedService((clock) => ({
        clock,
        eventCostMs: 0.01,
        get durationMs() {
          return durationMs;
        },
      }));
    const services = [healthy(), healthy()];
    const { begin, workers } = openStudyClient({ service: (number) => services[number] ?? null });
    const first = begin(wantedRuns(6));
    await vi.waitFor(() => {
      for (const { studyRuns } of services) expect(studyRuns).toHaveBeenCalled();
    });
    durationMs = 1_000;
    const second = begin(wantedRuns(3));
    await expect(first.done).rejects.toBeInstanceOf(StudyCancelled);
    await second.done;
    expect(first.heard).toEqual([]);
    expect(inOrder(second.heard)).toEqual(allOf(3));
    expect(workers).toHaveLength(2);
  });

  it("can be called off again, and after its end, without a word", async () => {
    const { begin } = openStudyClient();
    const { abort, done, heard } = begin(wantedRuns(2));
    await done;
    abort.abort();
    expect(heard).toHaveLength(2);
    const next = begin(wantedRuns(2));
    abort.abort();
    await expect(next.done).resolves.toBeUndefined();
  });
});

describe("a worker that dies", () => {
  it.each(["crash", "garble"] as const)("has its runs done by another: %s", async (harm) => {
    const { begin, workers } = openStudyClient({
      workers: 2,
      service: (number) => (number === 0 ? createSilentService<FakeRecord>() : null),
    });
    const { heard, done } = begin(wantedRuns(9));
    await vi.waitFor(() => expect(heard.length).toBeGreaterThan(0));
    workers[0]?.[harm]();
    await done;
    expect(inOrder(heard)).toEqual(allOf(9));
    expect(workers).toHaveLength(3);
    expect(workers[0]?.isTerminated).toBe(true);
  });

  it("has those that it was asked for together done by another, one by one", async () => {
    const clock = new FakeWorkerClock();
    const engine = createFakeEngine({ clock, durationMs: 1_000 });
    const healthy = createWorkerService(engine, clock);
    let calls = 0;
    // Answers twice, and then no more.
    const first = {
      ...healthy,
      studyRuns: (...asked: Parameters<typeof healthy.studyRuns>) => {
        calls += 1;
        return calls > 2 ? new Promise<never>(() => undefined) : healthy.studyRuns(...asked);
      },
    };
    const second = spiedService((own) => ({ clock: own, durationMs: 1_000 }));
    const { begin, workers } = openStudyClient({
      workers: 1,
      service: (number) => (number === 0 ? first : second),
    });
    const { heard, done } = begin(wantedRuns(40));
    await vi.waitFor(() => expect(calls).toBe(4));
    workers[0]?.crash();
    await done;
    expect(inOrder(heard)).toEqual(allOf(40));
    const sizes = second.studyRuns.mock.calls.map(([, runs]) => runs.length);
    // What the dead worker had may have killed it.
    expect(sizes.slice(0, 8)).toEqual(Array(8).fill(1));
    expect(Math.max(...sizes)).toBeGreaterThan(1);
  });

  it("twice over the same run ends the study with a sentence", async () => {
    const { begin, workers } = openStudyClient({ workers: 1, service: () => createSilentService() });
    const { done } = begin(wantedRuns(3));
    workers[0]?.crash("out of memory");
    expect(await settlesSoon(done.catch(() => undefined))).toBe(false);
    workers[1]?.crash("out of memory");
    await expect(done).rejects.toThrow(
      /^a worker stopped, most likely for lack of memory \(out of memory\)$/,
    );
  });

  it("leaves the others, and the next study, as they are", async () => {
    let isBroken = true;
    const { begin, workers } = openStudyClient({
      workers: 1,
      service: () => (isBroken ? createSilentService() : null),
    });
    const { done } = begin(wantedRuns(1));
    workers[0]?.crash();
    workers[1]?.crash();
    await expect(done).rejects.toThrow();
    isBroken = false;
    const next = begin(wantedRuns(3));
    await next.done;
    expect(inOrder(next.heard)).toEqual(allOf(3));
  });

  it("over runs of an older study does nothing to the newer one", async () => {
    const { begin, workers } = openStudyClient({
      workers: 2,
      service: (number) => (number === 0 ? createSilentService<FakeRecord>() : null),
    });
    const older = begin(wantedRuns(4));
    await vi.waitFor(() => expect(older.heard).toHaveLength(2));
    // The silent worker still has two runs of the older study when the newer begins.
    const newer = begin(wantedRuns(5).map((run) => ({ ...run, replication: run.replication + 100 })));
    await expect(older.done).rejects.toBeInstanceOf(StudyCancelled);
    workers[0]?.crash();
    await newer.done;
    expect(inOrder(newer.heard)).toEqual(Array.from({ length: 5 }, (_, run) => [run, run + 100]));
  });

  it("at rest is replaced when there is work again", async () => {
    const { begin, workers } = openStudyClient({ workers: 2 });
    await begin(wantedRuns(2)).done;
    workers[0]?.crash();
    expect(workers).toHaveLength(2);
    const { heard, done } = begin(wantedRuns(4));
    await done;
    expect(inOrder(heard)).toEqual(allOf(4));
    expect(workers).toHaveLength(3);
  });

  it("before it even starts ends the study, not the page", async () => {
    const client = createStudyClient({
      workers: 2,
      clock: new ManualClock(),
      createWorker() {
        throw new DOMException("blocked", "SecurityError");
      },
    });
    const { signal } = new AbortController();
    const done = client.simulator(signal).simulate(wantedRuns(3), () => undefined);
    await expect(done).rejects.toThrow(/blocked/);
    client.dispose();
  });
});

describe("a worker that says nothing", () => {
  it("for ten seconds is given up, and its runs are done by another", async () => {
    const { begin, clock, workers } = openStudyClient({
      workers: 1,
      service: (number) => (number === 0 ? createSilentService<FakeRecord>() : null),
    });
    const { heard, done } = begin(wantedRuns(3));
    clock.advance(9_500);
    expect(await settlesSoon(done)).toBe(false);
    expect(workers).toHaveLength(1);
    clock.advance(2_000);
    await done;
    expect(inOrder(heard)).toEqual(allOf(3));
  });

  it("since it has nothing to do is kept", async () => {
    const { begin, clock, workers } = openStudyClient({ workers: 2 });
    await begin(wantedRuns(2)).done;
    clock.advance(60_000);
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([false, false]);
  });

  it("but that it goes on with a long run is kept", async () => {
    const workerClock = new FakeWorkerClock();
    const engine = createFakeEngine({ clock: workerClock, durationMs: 1e12, eventCostMs: 10 });
    const { begin, clock, workers } = openStudyClient({
      workers: 1,
      service: () => createWorkerService(engine, workerClock),
    });
    const { done } = begin(wantedRuns(1));
    for (let second = 0; second < 15; second += 1) {
      const before = workerClock.time;
      await vi.waitFor(() => expect(workerClock.time - before).toBeGreaterThan(3_000), { interval: 1 });
      clock.advance(1_000);
    }
    expect(await settlesSoon(done)).toBe(false);
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([false]);
  });
});

describe("a run that fails", () => {
  it("ends the study with what the engine says; the workers go on", async () => {
    let isBroken = true;
    const { begin, workers } = openStudyClient({
      engine: {
        onStart(replication) {
          if (isBroken && replication === 3) throw new Error("negative queue");
        },
      },
    });
    const { done } = begin(wantedRuns(8));
    await expect(done).rejects.toThrow("negative queue");
    isBroken = false;
    const next = begin(wantedRuns(8));
    await next.done;
    expect(inOrder(next.heard)).toEqual(allOf(8));
    expect(workers).toHaveLength(2);
  });
});

describe("the end of the client", () => {
  it("starts no worker to warm it up any more", () => {
    const { client, workers } = openStudyClient();
    client.dispose();
    client.warmUp(SIZED);
    expect(workers).toHaveLength(0);
  });

  it("calls off what is under way, ends the workers, and stops its clock", async () => {
    const { client, begin, workers, clock } = openStudyClient({ engine: HUGE });
    const { done } = begin(wantedRuns(4));
    client.dispose();
    await expect(done).rejects.toBeInstanceOf(StudyCancelled);
    expect(workers.map(({ isTerminated }) => isTerminated)).toEqual([true, true]);
    expect(clock.pendingTimers).toBe(0);
  });
});
