import { onTestFinished } from "vitest";
import { DEFAULT_SCENARIO } from "../../src/scenario/defaults";
import { withSizes } from "../../src/scenario/sizes";
import type { WantedRun } from "../../src/study/simulator";
import { createStudyClient } from "../../src/workers/study-client";
import type { WorkerApi } from "../../src/workers/worker-api";
import type { FakeEngineOptions, FakeRecord } from "./fake-engine";
import { FakeWorker } from "./fake-worker";
import { ManualClock } from "./manual-clock";
import { healthyService } from "./open-client";

/** What their scenario is. */
export const SIZED = withSizes(DEFAULT_SCENARIO);

/** Runs of the fake engine, which asks nothing of a scenario: replications 0, 1, … */
export function wantedRuns(count: number): WantedRun[] {
  return Array.from({ length: count }, (_, replication) => ({
    sized: SIZED,
    replication,
    detail: "measures",
  }));
}

interface OpenStudyClientOptions {
  readonly workers?: number;
  readonly engine?: FakeEngineOptions;
  /** What the worker of this number, by order of creation, runs; null for a healthy one. */
  readonly service?: (number: number) => WorkerApi<FakeRecord> | null;
}

/** A client of studies whose time moves only by hand. */
export function openStudyClient({
  workers: count = 2,
  engine = {},
  service = () => null,
}: OpenStudyClientOptions = {}) {
  const clock = new ManualClock();
  const workers: FakeWorker<FakeRecord>[] = [];
  const client = createStudyClient({
    workers: count,
    clock,
    createWorker() {
      const worker = new FakeWorker(service(workers.length) ?? healthyService(engine));
      workers.push(worker);
      return worker.asWorker();
    },
  });
  onTestFinished(() => client.dispose());
  /** Begins a batch, and keeps what is heard of it: [place in the batch, replication]. */
  const begin = (runs: readonly WantedRun[], abort = new AbortController()) => {
    const heard: (readonly [index: number, replication: number])[] = [];
    const done = client.simulator(abort.signal).simulate(runs, (index, record) => {
      heard.push([index, (record as unknown as FakeRecord).replication]);
    });
    // Awaited where a test looks at it.
    done.catch(() => undefined);
    return { abort, heard, done };
  };
  return { client, clock, workers, begin };
}
