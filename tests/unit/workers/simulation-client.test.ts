import { afterEach, describe, expect, it, vi } from "vitest";
import type { Problem, Scenario } from "../../../src/scenario/types";
import type { RunUpdate } from "../../../src/workers/protocol";
import {
  createSimulationClient,
  type StartableSimulationClient,
} from "../../../src/workers/simulation-client";
import type { WorkerApi } from "../../../src/workers/worker-api";
import { createWorkerService } from "../../../src/workers/worker-service";
import {
  createFakeEngine,
  type FakeEngineOptions,
  type FakeRecord,
  FakeWorkerClock,
} from "../../support/fake-engine";
import { createSilentService, FakeWorker } from "../../support/fake-worker";
import { ManualClock } from "../../support/manual-clock";

const SCENARIO = { name: "any" } as Scenario;
const HUGE: FakeEngineOptions = { durationMs: 1e12, eventCostMs: 0.01 };

let client: StartableSimulationClient | null = null;
let workers: FakeWorker<FakeRecord>[] = [];

afterEach(() => {
  client?.dispose();
  client = null;
  workers = [];
});

interface SetUp {
  readonly simulating?: number;
  readonly engine?: FakeEngineOptions;
  /** By the order of creation; the default is a healthy worker. */
  readonly service?: (number: number) => WorkerApi<FakeRecord> | null;
}

/** Workers of their own clocks and a client whose time moves only by hand; worker 0 sums up once all are started. */
function setUp({ simulating = 2, engine = {}, service = () => null }: SetUp = {}) {
  const clock = new ManualClock();
  const created = createSimulationClient({
    workers: simulating,
    clock,
    createWorker() {
      const healthy = (): WorkerApi<FakeRecord> => {
        const workerClock = new FakeWorkerClock();
        return createWorkerService(createFakeEngine({ clock: workerClock, ...engine }), workerClock);
      };
      const worker = new FakeWorker(service(workers.length) ?? healthy());
      workers.push(worker);
      return worker.asWorker();
    },
  });
  client = created;
  return { client: created, clock };
}

function settled(done: Promise<unknown>): Promise<boolean> {
  const pending = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 20));
  return Promise.race([done.then(() => true), pending]);
}

/** Waits for a condition while the client's clock goes on. */
async function until(clock: ManualClock, condition: () => void): Promise<void> {
  await vi.waitFor(
    () => {
      clock.advance(10);
      condition();
    },
    { interval: 2, timeout: 3_000 },
  );
}

describe("a run", () => {
  it.each([1, 2, 3, 8])(
    "gives the same result with %i workers, in order of replication",
    async (simulating) => {
      const { client } = setUp({ simulating });
      const outcome = await client.run({ scenario: SCENARIO, replications: 5 }, () => undefined).done;
      if (!outcome.ok) throw new Error(outcome.failure.message);
      expect([...outcome.summary.series.atS]).toEqual([0, 1, 2, 3, 4]);
      expect([...outcome.summary.series.sent]).toEqual([1_000, 1_000, 1_000, 1_000, 1_000]);
      expect(outcome.summary.figures.scenario).toEqual(SCENARIO);
    },
  );

  it("simulates each replication once, spread over the workers", async () => {
    const started: number[] = [];
    const { client } = setUp({ engine: { onStart: (replication) => started.push(replication) } });
    await client.run({ scenario: SCENARIO, replications: 8 }, () => undefined).done;
    expect(started.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("starts only the workers it needs, unless asked to start all of them early", async () => {
    const { client } = setUp({ simulating: 8 });
    await client.run({ scenario: SCENARIO, replications: 2 }, () => undefined).done;
    expect(workers).toHaveLength(3);
    client.start();
    expect(workers).toHaveLength(9);
    await client.run({ scenario: SCENARIO, replications: 100 }, () => undefined).done;
    expect(workers).toHaveLength(9);
  });

  it("that is over before the first picture is due gives its result only, summed up once", async () => {
    const onSummarize = vi.fn();
    const onUpdate = vi.fn();
    const { client } = setUp({ engine: { onSummarize } });
    const outcome = await client.run({ scenario: SCENARIO, replications: 8 }, onUpdate).done;
    expect(outcome.ok).toBe(true);
    expect(onUpdate).not.toHaveBeenCalled();
    expect(onSummarize).toHaveBeenCalledOnce();
  });

  it("states the time from the request to the last record", async () => {
    const { client, clock } = setUp({ engine: { durationMs: 100_000 } });
    const run = client.run({ scenario: SCENARIO, replications: 1 }, () => undefined);
    clock.advance(20);
    const outcome = await run.done;
    expect(outcome.ok && outcome.summary.figures.wallMs).toBe(20);
  });

  it("leaves no timer behind", async () => {
    const { client, clock } = setUp();
    await client.run({ scenario: SCENARIO, replications: 3 }, () => undefined).done;
    expect(clock.pendingTimers).toBe(0);
  });
});

describe("a long run", () => {
  it("streams its progress, also with a single replication, at most every 50 ms", async () => {
    const updates: (RunUpdate & { at: number })[] = [];
    const { client, clock } = setUp({ engine: { durationMs: 1e8, eventCostMs: 0.01 } });
    client.run({ scenario: SCENARIO, replications: 1 }, (update) =>
      updates.push({ ...update, at: clock.now() }),
    );
    await until(clock, () => expect(updates.length).toBeGreaterThanOrEqual(4));
    for (const [index, update] of updates.entries()) {
      const earlier = updates[index - 1];
      expect(update.progress).toBeGreaterThan(earlier?.progress ?? 0);
      expect(update.progress).toBeLessThan(1);
      expect(update.at - (earlier?.at ?? -25)).toBeGreaterThanOrEqual(50);
    }
  });

  it("has one summary in the making at any time, however many records arrive", async () => {
    let asked = 0;
    let answered = 0;
    let mostAtOnce = 0;
    const { client, clock } = setUp({
      service() {
        const workerClock = new FakeWorkerClock();
        const service = createWorkerService(createFakeEngine({ clock: workerClock, ...HUGE }), workerClock);
        return {
          ...service,
          summarize(runId, wallMs) {
            asked += 1;
            mostAtOnce = Math.max(mostAtOnce, asked - answered);
            const answer = service.summarize(runId, wallMs);
            const later = new Promise((resolve) => setTimeout(() => resolve(answer), 15));
            return later as unknown as typeof answer;
          },
        };
      },
    });
    client.run({ scenario: SCENARIO, replications: 4 }, () => {
      answered += 1;
    });
    await until(clock, () => expect(answered).toBeGreaterThanOrEqual(5));
    expect(mostAtOnce).toBe(1);
  });
});

describe("cancelling", () => {
  it("settles at once, stops the workers, and says nothing more", async () => {
    const onAdvance = vi.fn();
    const onUpdate = vi.fn();
    const { client, clock } = setUp({ engine: { ...HUGE, onAdvance } });
    const run = client.run({ scenario: SCENARIO, replications: 2 }, onUpdate);
    await until(clock, () => expect(onUpdate).toHaveBeenCalled());
    run.cancel();
    const updates = onUpdate.mock.calls.length;
    expect(await run.done).toMatchObject({ ok: false, failure: { code: "cancelled" } });
    await new Promise((resolve) => setTimeout(resolve, 30));
    const advanced = onAdvance.mock.calls.length;
    clock.advance(1_000);
    await new Promise((resolve) => setTimeout(resolve, 30));
    expect(onAdvance.mock.calls).toHaveLength(advanced);
    expect(onUpdate.mock.calls).toHaveLength(updates);
    expect(workers.some((worker) => worker.isTerminated)).toBe(false);
  });

  it("a newer run ends the older one, whose late messages reach nobody", async () => {
    const { client } = setUp({ engine: { durationMs: 300_000, eventCostMs: 0.001 } });
    const older = vi.fn();
    const first = client.run({ scenario: SCENARIO, replications: 4 }, older);
    const second = client.run({ scenario: { ...SCENARIO, name: "newer" }, replications: 3 }, () => undefined);
    expect(await first.done).toMatchObject({ ok: false, failure: { code: "cancelled" } });
    const outcome = await second.done;
    expect(outcome).toMatchObject({ ok: true, summary: { figures: { scenario: { name: "newer" } } } });
    expect(outcome.ok && [...outcome.summary.series.atS]).toEqual([0, 1, 2]);
    expect(older).not.toHaveBeenCalled();
  });

  it("many runs in a row leave only the last", async () => {
    const { client } = setUp({ engine: { durationMs: 50_000 } });
    const runs = Array.from({ length: 30 }, (_, number) =>
      client.run({ scenario: { ...SCENARIO, name: `run ${number}` }, replications: 2 }, () => undefined),
    );
    const outcomes = await Promise.all(runs.map((run) => run.done));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.at(-1)).toMatchObject({
      ok: true,
      summary: { figures: { scenario: { name: "run 29" } } },
    });
  });

  it("after the end changes nothing", async () => {
    const { client } = setUp();
    const run = client.run({ scenario: SCENARIO, replications: 1 }, () => undefined);
    const outcome = await run.done;
    run.cancel();
    expect(await run.done).toBe(outcome);
    expect(outcome.ok).toBe(true);
  });

  it("disposing settles what is under way, ends the workers, and later runs are refused", async () => {
    const { client } = setUp({ engine: HUGE });
    const run = client.run({ scenario: SCENARIO, replications: 1 }, () => undefined);
    client.dispose();
    expect(await run.done).toMatchObject({ ok: false, failure: { code: "cancelled" } });
    expect(workers.every((worker) => worker.isTerminated)).toBe(true);
    const late = client.run({ scenario: SCENARIO, replications: 1 }, () => undefined);
    expect(await late.done).toMatchObject({ ok: false, failure: { code: "cancelled" } });
  });
});

describe("when something fails", () => {
  const crashes: [string, (worker: FakeWorker<FakeRecord> | undefined) => void][] = [
    ["dies", (worker) => worker?.crash()],
    ["sends what cannot be read", (worker) => worker?.garble()],
  ];

  for (const [role, position] of [
    ["a simulating worker", 0],
    ["the worker that sums up", -1],
  ] as const) {
    it.each(crashes)(`${role} that %s ends the run in plain words and is replaced`, async (_, harm) => {
      let durationMs = 1e12;
      const engine = (clock: FakeWorkerClock): FakeEngineOptions => ({
        clock,
        eventCostMs: 0.01,
        get durationMs() {
          return durationMs;
        },
      });
      const { client } = setUp({
        service() {
          const clock = new FakeWorkerClock();
          return createWorkerService(createFakeEngine(engine(clock)), clock);
        },
      });
      client.start();
      const run = client.run({ scenario: SCENARIO, replications: 2 }, () => undefined);
      const harmed = workers.at(position);
      harm(harmed);
      const outcome = await run.done;
      expect(outcome).toMatchObject({ ok: false, failure: { code: "crashed", problems: [] } });
      if (!outcome.ok) expect(outcome.failure.message).toContain("Your scenario is kept");
      expect(harmed?.isTerminated).toBe(true);

      durationMs = 1_000;
      const next = await client.run({ scenario: SCENARIO, replications: 2 }, () => undefined).done;
      expect(next.ok).toBe(true);
      expect(workers).toHaveLength(4);
    });
  }

  it("a worker that stays silent is given up after about ten seconds, and the next run works", async () => {
    const { client, clock } = setUp({
      simulating: 1,
      service: (number) => (number === 1 ? createSilentService<FakeRecord>() : null),
    });
    const run = client.run({ scenario: SCENARIO, replications: 1 }, () => undefined);
    clock.advance(9_500);
    expect(await settled(run.done)).toBe(false);
    clock.advance(2_000);
    const outcome = await run.done;
    expect(outcome).toMatchObject({ ok: false, failure: { code: "crashed" } });
    const next = client.run({ scenario: SCENARIO, replications: 1 }, () => undefined);
    expect(await next.done).toMatchObject({ ok: true });
  });

  it("a worker that is idle is never given up for its silence", async () => {
    const { client, clock } = setUp({ simulating: 2, engine: HUGE });
    client.start();
    const onUpdate = vi.fn();
    const run = client.run({ scenario: SCENARIO, replications: 1 }, onUpdate);
    for (let second = 0; second < 30; second += 1) {
      const updates = onUpdate.mock.calls.length;
      await until(clock, () => expect(onUpdate.mock.calls.length).toBeGreaterThan(updates));
      clock.advance(1_000);
    }
    expect(await settled(run.done)).toBe(false);
  });

  it("a worker that cannot be started at all ends the run, not the page", async () => {
    client = createSimulationClient({
      workers: 2,
      clock: new ManualClock(),
      createWorker() {
        throw new DOMException("blocked", "SecurityError");
      },
    });
    const run = client.run({ scenario: SCENARIO, replications: 2 }, () => undefined);
    expect(await run.done).toMatchObject({ ok: false, failure: { code: "crashed" } });
  });

  it("a worker that finds no memory for a scenario is replaced, and the page says so", async () => {
    let isHuge = true;
    const { client } = setUp({
      engine: {
        onStart() {
          if (isHuge) throw new RangeError("Array buffer allocation failed");
        },
      },
    });
    const outcome = await client.run({ scenario: SCENARIO, replications: 2 }, () => undefined).done;
    expect(outcome).toMatchObject({ ok: false, failure: { code: "crashed" } });
    expect(workers.filter((worker) => worker.isTerminated)).toHaveLength(1);
    isHuge = false;
    const next = await client.run({ scenario: SCENARIO, replications: 2 }, () => undefined).done;
    expect(next.ok).toBe(true);
  });

  it("a scenario the engine cannot simulate yet is refused with the fields' names", async () => {
    const problem: Problem = { path: "timeline", found: "1 entry", allowed: "none", sentence: "Not yet." };
    const { client } = setUp({ engine: { problems: [problem] } });
    const outcome = await client.run({ scenario: SCENARIO, replications: 8 }, () => undefined).done;
    expect(outcome).toMatchObject({ ok: false, failure: { code: "unsupported", problems: [problem] } });
    if (!outcome.ok) expect(outcome.failure.message).toContain("timeline");
  });

  it("an exception in the engine is an internal failure, and the workers go on", async () => {
    let isBroken = true;
    const { client } = setUp({
      engine: {
        onStart() {
          if (isBroken) throw new Error("negative queue");
        },
      },
    });
    const outcome = await client.run({ scenario: SCENARIO, replications: 4 }, () => undefined).done;
    expect(outcome).toMatchObject({ ok: false, failure: { code: "internal" } });
    if (!outcome.ok) expect(outcome.failure.message).toContain("negative queue");
    isBroken = false;
    const next = await client.run({ scenario: SCENARIO, replications: 4 }, () => undefined).done;
    expect(next.ok).toBe(true);
    expect(workers).toHaveLength(3);
  });
});
