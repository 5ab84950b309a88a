import { onTestFinished, vi } from "vitest";
import { DEFAULT_SCENARIO } from "../../src/scenario/defaults";
import { createSimulationClient } from "../../src/workers/simulation-client";
import type { WorkerApi } from "../../src/workers/worker-api";
import { createWorkerService } from "../../src/workers/worker-service";
import { createFakeEngine, type FakeEngineOptions, type FakeRecord, FakeWorkerClock } from "./fake-engine";
import { FakeWorker } from "./fake-worker";
import { ManualClock } from "./manual-clock";

/** The fake engine asks nothing of a scenario. */
export const ANY_SCENARIO = DEFAULT_SCENARIO;
/** A replication that does not end while a test runs. */
export const HUGE: FakeEngineOptions = { durationMs: 1e12, eventCostMs: 0.01 };

interface OpenClientOptions {
  readonly simulating?: number;
  readonly engine?: FakeEngineOptions;
  /** What the worker of this number, by order of creation, runs; null for a healthy one. */
  readonly service?: (number: number) => WorkerApi<FakeRecord> | null;
}

/**
 * A client whose time moves only by hand, over workers with clocks of their own. Once `client.start()` was called the
 * last worker is the one that sums up; otherwise the first.
 */
export function openClient({ simulating = 2, engine = {}, service = () => null }: OpenClientOptions = {}) {
  const clock = new ManualClock();
  const workers: FakeWorker<FakeRecord>[] = [];
  const client = createSimulationClient({
    workers: simulating,
    clock,
    createWorker() {
      const worker = new FakeWorker(service(workers.length) ?? healthyService(engine));
      workers.push(worker);
      return worker.asWorker();
    },
  });
  onTestFinished(() => client.dispose());
  return { client, clock, workers };
}

export function healthyService(engine: FakeEngineOptions): WorkerApi<FakeRecord> {
  const clock = new FakeWorkerClock();
  return createWorkerService(createFakeEngine({ clock, ...engine }), clock);
}

/** Whether a promise settles soon. */
export function settlesSoon(promise: Promise<unknown>): Promise<boolean> {
  const pending = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 20));
  return Promise.race([promise.then(() => true), pending]);
}

/** Waits for a condition while the client's clock goes on. */
export async function until(clock: ManualClock, condition: () => void): Promise<void> {
  await vi.waitFor(
    () => {
      clock.advance(10);
      condition();
    },
    { interval: 2, timeout: 3_000 },
  );
}
