import { browserClock, type ClientClock } from "./client-clock";
import type { LiveClient, LiveListener, LiveMoment, LiveRun, RunFailure } from "./protocol";
import * as failures from "./run-failures";
import { type OpaqueReport, SupervisedWorker } from "./supervised-worker";

const WATCH_EVERY_MS = 1_000;
const SILENT_TICKS_ALLOWED = 10;

export interface LiveClientOptions {
  readonly createWorker: () => Worker;
  readonly clock?: ClientClock;
  /** Calls back once the page has nothing better to do. */
  readonly whenIdle?: (callback: () => void) => void;
}

/** Where the browser cannot tell when it is idle, a while has to do. */
const A_WHILE_MS = 50;
const LONGEST_WAIT_MS = 1_000;

function whenPageIsIdle(callback: () => void): void {
  if (typeof requestIdleCallback === "function") requestIdleCallback(callback, { timeout: LONGEST_WAIT_MS });
  else setTimeout(callback, A_WHILE_MS);
}

/** The live run under way, as the client knows it. */
interface ActiveLive {
  readonly runId: number;
  readonly listener: LiveListener;
  /** Whether the worker is expected to say something. */
  isAwaited: boolean;
  readonly holds: Set<(moment: LiveMoment | null) => void>;
}

/**
 * The page's end of live runs, with a worker of its own that starts with the first. It owns every promise: holds settle
 * whatever happens to the worker, and what a worker says about a run that has ended is dropped.
 */
export function createLiveClient({
  createWorker,
  clock = browserClock,
  whenIdle = whenPageIsIdle,
}: LiveClientOptions): LiveClient {
  let worker: SupervisedWorker | null = null;
  let active: ActiveLive | null = null;
  let lastRunId = 0;
  let isDisposed = false;

  const endWatch = clock.every(WATCH_EVERY_MS, () => {
    if (active !== null && (active.isAwaited || active.holds.size > 0)) worker?.tick(SILENT_TICKS_ALLOWED);
  });

  function livingWorker(): SupervisedWorker {
    if (worker === null || worker.isDead) {
      worker = new SupervisedWorker(createWorker);
      worker.onReport = onReport;
      worker.onDeath = (reason) => fail(failures.crashed(reason));
    }
    return worker;
  }

  function onReport(report: OpaqueReport): void {
    if (active === null || report.runId !== active.runId) return;
    switch (report.kind) {
      case "live":
        active.isAwaited = report.snapshot.phase !== "paused";
        active.listener.onSnapshot(report.snapshot);
        if (report.snapshot.summary !== null) whenIdle(() => tellDrawn(report.runId));
        break;
      case "refused":
        fail(failures.unsupported(report.problems));
        break;
      case "failed":
        if (report.error.isOutOfMemory) worker?.giveUp(report.error.message);
        else fail(failures.internal(report.error.message));
        break;
    }
  }

  function tellDrawn(runId: number): void {
    if (active?.runId === runId) worker?.ask((remote) => remote.liveDrawn(runId));
  }

  /** Ends what is under way. */
  function leave(): ActiveLive | null {
    const left = active;
    active = null;
    for (const settle of left?.holds ?? []) settle(null);
    return left;
  }

  function fail(failure: RunFailure): void {
    leave()?.listener.onFailure(failure);
  }

  function runOf(live: ActiveLive, worker: SupervisedWorker): LiveRun {
    const { runId } = live;
    const isUnderWay = (): boolean => active === live;

    /** Whatever is asked of the worker, it answers with a picture. */
    function ask(question: Parameters<SupervisedWorker["ask"]>[0]): void {
      if (!isUnderWay()) return;
      live.isAwaited = true;
      worker.resetSilence();
      worker.ask(question);
    }

    return {
      go: (speed) => ask((remote) => remote.liveGo(runId, speed)),
      pause: () => ask((remote) => remote.livePause(runId)),
      step: (byMs) => ask((remote) => remote.liveStep(runId, byMs)),
      change: (scenario, changes) => ask((remote) => remote.liveChange(runId, scenario, changes)),
      hold() {
        if (!isUnderWay()) return Promise.resolve(null);
        return new Promise((resolve) => {
          const settle = (moment: LiveMoment | null): void => {
            live.holds.delete(settle);
            resolve(moment);
          };
          live.holds.add(settle);
          worker.resetSilence();
          worker.ask(async (remote): Promise<LiveMoment | null> => remote.liveHold(runId), settle);
        });
      },
      end() {
        if (!isUnderWay()) return;
        leave();
        worker.ask((remote) => remote.cancel(runId));
      },
    };
  }

  return {
    begin(sized, fromMs, listener) {
      leave();
      lastRunId += 1;
      const live: ActiveLive = { runId: lastRunId, listener, isAwaited: true, holds: new Set() };
      const present = livingWorker();
      if (isDisposed) return runOf(live, present);
      active = live;
      present.resetSilence();
      present.ask((remote) => remote.liveBegin(live.runId, sized, fromMs));
      return runOf(live, present);
    },
    dispose() {
      isDisposed = true;
      leave();
      endWatch();
      worker?.terminate();
    },
  };
}
