import { describe, expect, it, vi } from "vitest";
import { createSimulationClient } from "../../../src/workers/simulation-client";
import { createWorkerService } from "../../../src/workers/worker-service";
import {
  createFakeEngine,
  type FakeEngineOptions,
  type FakeRecord,
  FakeWorkerClock,
} from "../../support/fake-engine";
import { createSilentService, type FakeWorker } from "../../support/fake-worker";
import { ManualClock } from "../../support/manual-clock";
import { ANY_SCENARIO, HUGE, openClient, settlesSoon, until } from "../../support/open-client";

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
      const { client, workers } = openClient({
        service() {
          const clock = new FakeWorkerClock();
          return createWorkerService(createFakeEngine(engine(clock)), clock);
        },
      });
      client.start();
      const run = client.run({ scenario: ANY_SCENARIO, replications: 2 }, () => undefined);
      const harmed = workers.at(position);
      harm(harmed);
      const outcome = await run.done;
      expect(outcome).toMatchObject({ ok: false, failure: { code: "crashed" } });
      if (!outcome.ok) expect(outcome.failure.message).toContain("Your scenario is kept");
      expect(harmed?.isTerminated).toBe(true);

      durationMs = 1_000;
      const next = await client.run({ scenario: ANY_SCENARIO, replications: 2 }, () => undefined).done;
      expect(next.ok).toBe(true);
      expect(workers).toHaveLength(4);
    });
  }

  it("a worker that stays silent is given up after about ten seconds, and the next run works", async () => {
    const { client, clock } = openClient({
      simulating: 1,
      service: (number) => (number === 1 ? createSilentService<FakeRecord>() : null),
    });
    const run = client.run({ scenario: ANY_SCENARIO, replications: 1 }, () => undefined);
    clock.advance(9_500);
    expect(await settlesSoon(run.done)).toBe(false);
    clock.advance(2_000);
    const outcome = await run.done;
    expect(outcome).toMatchObject({ ok: false, failure: { code: "crashed" } });
    const next = client.run({ scenario: ANY_SCENARIO, replications: 1 }, () => undefined);
    expect(await next.done).toMatchObject({ ok: true });
  });

  it("a worker that is idle is never given up for its silence", async () => {
    const { client, clock } = openClient({ simulating: 2, engine: HUGE });
    client.start();
    const onUpdate = vi.fn();
    const run = client.run({ scenario: ANY_SCENARIO, replications: 1 }, onUpdate);
    for (let second = 0; second < 30; second += 1) {
      const updates = onUpdate.mock.calls.length;
      await until(clock, () => expect(onUpdate.mock.calls.length).toBeGreaterThan(updates));
      clock.advance(1_000);
    }
    expect(await settlesSoon(run.done)).toBe(false);
  });

  it("a worker that cannot be started at all ends the run, not the page", async () => {
    const client = createSimulationClient({
      workers: 2,
      clock: new ManualClock(),
      createWorker() {
        throw new DOMException("blocked", "SecurityError");
      },
    });
    const run = client.run({ scenario: ANY_SCENARIO, replications: 2 }, () => undefined);
    expect(await run.done).toMatchObject({ ok: false, failure: { code: "crashed" } });
  });

  it("a worker that finds no memory for a scenario is replaced, and the page says so", async () => {
    let isHuge = true;
    const { client, workers } = openClient({
      engine: {
        onStart() {
          if (isHuge) throw new RangeError("Array buffer allocation failed");
        },
      },
    });
    const outcome = await client.run({ scenario: ANY_SCENARIO, replications: 2 }, () => undefined).done;
    expect(outcome).toMatchObject({ ok: false, failure: { code: "crashed" } });
    expect(workers.filter((worker) => worker.isTerminated)).toHaveLength(1);
    isHuge = false;
    const next = await client.run({ scenario: ANY_SCENARIO, replications: 2 }, () => undefined).done;
    expect(next.ok).toBe(true);
  });

  it("an exception in the engine is an internal failure, and the workers go on", async () => {
    let isBroken = true;
    const { client, workers } = openClient({
      engine: {
        onStart() {
          if (isBroken) throw new Error("negative queue");
        },
      },
    });
    const outcome = await client.run({ scenario: ANY_SCENARIO, replications: 4 }, () => undefined).done;
    expect(outcome).toMatchObject({ ok: false, failure: { code: "internal" } });
    if (!outcome.ok) expect(outcome.failure.message).toContain("negative queue");
    isBroken = false;
    const next = await client.run({ scenario: ANY_SCENARIO, replications: 4 }, () => undefined).done;
    expect(next.ok).toBe(true);
    expect(workers).toHaveLength(3);
  });
});
