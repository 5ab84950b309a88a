import { describe, expect, it, vi } from "vitest";
import type { RunUpdate } from "../../../src/workers/protocol";
import { ANY_SCENARIO, HUGE, healthyService, openClient, until } from "../../support/open-client";

describe("a run", () => {
  it.each([1, 2, 3, 8])(
    "gives the same result with %i workers, in order of replication",
    async (simulating) => {
      const { client } = openClient({ simulating });
      const outcome = await client.run({ scenario: ANY_SCENARIO, replications: 5 }, () => undefined).done;
      if (!outcome.ok) throw new Error(outcome.failure.message);
      expect([...outcome.summary.series.atS]).toEqual([0, 1, 2, 3, 4]);
      expect([...outcome.summary.series.sent]).toEqual([1_000, 1_000, 1_000, 1_000, 1_000]);
      expect(outcome.summary.figures.scenario).toEqual(ANY_SCENARIO);
    },
  );

  it("simulates each replication once, spread over the workers", async () => {
    const started: number[] = [];
    const { client } = openClient({ engine: { onStart: (replication) => started.push(replication) } });
    await client.run({ scenario: ANY_SCENARIO, replications: 8 }, () => undefined).done;
    expect(started.toSorted((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
  });

  it("starts only the workers it needs, unless asked to start all of them early", async () => {
    const { client, workers } = openClient({ simulating: 8 });
    await client.run({ scenario: ANY_SCENARIO, replications: 2 }, () => undefined).done;
    expect(workers).toHaveLength(3);
    client.start();
    expect(workers).toHaveLength(9);
    await client.run({ scenario: ANY_SCENARIO, replications: 100 }, () => undefined).done;
    expect(workers).toHaveLength(9);
  });

  it("that is over before the first picture is due gives its result only, summed up once", async () => {
    const onSummarize = vi.fn();
    const onUpdate = vi.fn();
    const { client } = openClient({ engine: { onSummarize } });
    const outcome = await client.run({ scenario: ANY_SCENARIO, replications: 8 }, onUpdate).done;
    expect(outcome.ok).toBe(true);
    expect(onUpdate).not.toHaveBeenCalled();
    expect(onSummarize).toHaveBeenCalledOnce();
  });

  it("states the time from the request to the last record", async () => {
    const { client, clock } = openClient({ engine: { durationMs: 100_000 } });
    const run = client.run({ scenario: ANY_SCENARIO, replications: 1 }, () => undefined);
    clock.advance(20);
    const outcome = await run.done;
    expect(outcome.ok && outcome.summary.figures.wallMs).toBe(20);
  });

  it("leaves no timer behind", async () => {
    const { client, clock } = openClient();
    await client.run({ scenario: ANY_SCENARIO, replications: 3 }, () => undefined).done;
    expect(clock.pendingTimers).toBe(0);
  });
});

describe("a long run", () => {
  it("streams its progress, also with a single replication, at most every 50 ms", async () => {
    const updates: (RunUpdate & { at: number })[] = [];
    const { client, clock } = openClient({ engine: { durationMs: 1e8, eventCostMs: 0.01 } });
    client.run({ scenario: ANY_SCENARIO, replications: 1 }, (update) =>
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
    const { client, clock } = openClient({
      service() {
        const service = healthyService(HUGE);
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
    client.run({ scenario: ANY_SCENARIO, replications: 4 }, () => {
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
    const { client, clock, workers } = openClient({ engine: { ...HUGE, onAdvance } });
    const run = client.run({ scenario: ANY_SCENARIO, replications: 2 }, onUpdate);
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
    const { client } = openClient({ engine: { durationMs: 300_000, eventCostMs: 0.001 } });
    const older = vi.fn();
    const first = client.run({ scenario: ANY_SCENARIO, replications: 4 }, older);
    const second = client.run(
      { scenario: { ...ANY_SCENARIO, name: "newer" }, replications: 3 },
      () => undefined,
    );
    expect(await first.done).toMatchObject({ ok: false, failure: { code: "cancelled" } });
    const outcome = await second.done;
    expect(outcome).toMatchObject({ ok: true, summary: { figures: { scenario: { name: "newer" } } } });
    expect(outcome.ok && [...outcome.summary.series.atS]).toEqual([0, 1, 2]);
    expect(older).not.toHaveBeenCalled();
  });

  it("many runs in a row leave only the last", async () => {
    const { client } = openClient({ engine: { durationMs: 50_000 } });
    const runs = Array.from({ length: 30 }, (_, number) =>
      client.run({ scenario: { ...ANY_SCENARIO, name: `run ${number}` }, replications: 2 }, () => undefined),
    );
    const outcomes = await Promise.all(runs.map((run) => run.done));
    expect(outcomes.filter((outcome) => outcome.ok)).toHaveLength(1);
    expect(outcomes.at(-1)).toMatchObject({
      ok: true,
      summary: { figures: { scenario: { name: "run 29" } } },
    });
  });

  it("after the end changes nothing", async () => {
    const { client } = openClient();
    const run = client.run({ scenario: ANY_SCENARIO, replications: 1 }, () => undefined);
    const outcome = await run.done;
    run.cancel();
    expect(await run.done).toBe(outcome);
    expect(outcome.ok).toBe(true);
  });

  it("disposing settles what is under way, ends the workers, and later runs are refused", async () => {
    const { client, workers } = openClient({ engine: HUGE });
    const run = client.run({ scenario: ANY_SCENARIO, replications: 1 }, () => undefined);
    client.dispose();
    expect(await run.done).toMatchObject({ ok: false, failure: { code: "cancelled" } });
    expect(workers.every((worker) => worker.isTerminated)).toBe(true);
    const late = client.run({ scenario: ANY_SCENARIO, replications: 1 }, () => undefined);
    expect(await late.done).toMatchObject({ ok: false, failure: { code: "cancelled" } });
  });
});
