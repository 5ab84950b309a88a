import { transfer } from "comlink";
import type { SizedChange, SizedScenario } from "../scenario/sizes";
import type { Scenario } from "../scenario/types";
import type { EnginePort } from "./engine-port";
import { LivePace } from "./live-pace";
import { LiveSystem } from "./live-system";
import type { LiveMoment, LiveSnapshot } from "./protocol";
import { summaryBuffers } from "./record-keeper";
import { SLICE_MS, StepSize } from "./step-size";
import type { ReportListener, WorkerReport } from "./worker-api";
import type { WorkerClock } from "./worker-clock";
import { describeError } from "./worker-error";

const SNAPSHOT_EVERY_MS = 40;
/** Summing up costs time too; about this share of the worker's time is spent on it, but it never keeps quiet for long. */
const SUMMARY_EVERY_MS = 200;
const SUMMARY_TIME_SHARE = 0.2;
const LONGEST_WITHOUT_MS = 1_000;

/** What time is to do. */
type Aim =
  | { readonly kind: "rest" }
  | { readonly kind: "pace"; readonly pace: LivePace }
  | { readonly kind: "step"; readonly untilMs: number };

interface Live<Record> {
  readonly runId: number;
  readonly system: LiveSystem<Record>;
  readonly begunAt: number;
  aim: Aim;
  isHeld: boolean;
}

/**
 * Lets a live run's time pass: as fast as is wanted or as the machine can, in slices of a few milliseconds with a turn
 * of the event loop between them. It knows neither frames nor visibility: whoever looks away and comes back finds
 * everything that happened since. A picture goes out only when the last one was received, a summary only when the last
 * one was drawn.
 */
export class LiveRunner<Record> {
  readonly #engine: EnginePort<Record>;
  readonly #clock: WorkerClock;
  readonly #stepSize = new StepSize();
  #listener: ReportListener<Record> = () => undefined;
  #live: Live<Record> | null = null;
  #holds: ((moment: LiveMoment | null) => void)[] = [];
  #isWorking = false;
  #snapshotDueAt = 0;
  #summaryDueAt = 0;
  #isUnread = false;
  /** The page is still busy with the last summary. */
  #isUndrawn = false;
  /** A picture is to follow as soon as the page is ready for it. */
  #isOwed = false;

  constructor(engine: EnginePort<Record>, clock: WorkerClock) {
    this.#engine = engine;
    this.#clock = clock;
  }

  connect(listener: ReportListener<Record>): void {
    this.#listener = listener;
  }

  begin(runId: number, sized: SizedScenario, fromMs: number): void {
    this.#abandon();
    this.#isUnread = false;
    this.#isUndrawn = false;
    try {
      const problems = this.#engine.unsupportedFields(sized.scenario);
      if (problems.length > 0) {
        this.#report({ kind: "refused", runId, problems });
        return;
      }
      this.#live = {
        runId,
        system: new LiveSystem(this.#engine, sized, fromMs),
        begunAt: this.#clock.now(),
        aim: { kind: "rest" },
        isHeld: false,
      };
      if (fromMs === 0) this.#show(this.#live, true);
    } catch (error) {
      this.#fail(runId, error);
    }
    void this.#work();
  }

  go(runId: number, speed: number): void {
    this.#aim(runId, ({ nowMs }) => ({
      kind: "pace",
      pace: new LivePace(speed, nowMs, this.#clock.now()),
    }));
  }

  pause(runId: number): void {
    this.#aim(runId, () => ({ kind: "rest" }));
  }

  step(runId: number, byMs: number): void {
    this.#aim(runId, ({ standMs }) => ({ kind: "step", untilMs: standMs + byMs }));
  }

  hold(runId: number): Promise<LiveMoment | null> {
    const live = this.#live;
    if (live?.runId !== runId) return Promise.resolve(null);
    return new Promise((resolve) => {
      live.isHeld = true;
      this.#holds.push(resolve);
      this.#settleHolds(live);
      void this.#work();
    });
  }

  change(runId: number, scenario: Scenario, changes: readonly SizedChange[]): void {
    const live = this.#live;
    if (live?.runId !== runId) return;
    live.isHeld = false;
    try {
      live.system.change(scenario, changes);
      this.#show(live, true);
    } catch (error) {
      this.#fail(runId, error);
    }
    void this.#work();
  }

  /** The page has drawn the last summary. */
  drawn(runId: number): void {
    if (this.#live?.runId !== runId) return;
    this.#isUndrawn = false;
    this.#showOwed(this.#live);
  }

  cancel(runId: number): void {
    if (this.#live?.runId === runId) this.#abandon();
  }

  #abandon(): void {
    this.#live = null;
    this.#isOwed = false;
    for (const resolve of this.#holds.splice(0)) resolve(null);
  }

  #aim(runId: number, aimAt: (system: LiveSystem<Record>) => Aim): void {
    const live = this.#live;
    if (live?.runId !== runId) return;
    live.aim = live.system.halted === null ? aimAt(live.system) : { kind: "rest" };
    if (live.aim.kind === "rest" && live.system.stands) this.#show(live, true);
    void this.#work();
  }

  async #work(): Promise<void> {
    if (this.#isWorking) return;
    this.#isWorking = true;
    for (let live = this.#live; live !== null && hasToGoOn(live); live = this.#live) {
      const { runId } = live;
      try {
        const isThere = this.#slice(live);
        const restMs = this.#snapshotDueAt - this.#clock.now();
        if (isThere && live.aim.kind === "pace" && restMs > 0) await this.#rest(live.aim.pace, restMs);
        else await this.#clock.nextTurn();
      } catch (error) {
        this.#fail(runId, error);
      }
    }
    this.#isWorking = false;
  }

  async #rest(pace: LivePace, forMs: number): Promise<void> {
    await this.#clock.sleep(forMs);
    pace.rested(this.#clock.now());
  }

  /** Works for a few milliseconds; true where simulated time is where it should be by now. */
  #slice(live: Live<Record>): boolean {
    const { system } = live;
    const goalMs = this.#goalMs(live);
    const { isCatchingUp } = system;
    let now = this.#clock.now();
    const endsAt = now + SLICE_MS;
    let isThere = false;
    while (!isThere && now < endsAt && system.isCatchingUp === isCatchingUp) {
      isThere = system.advance(goalMs, this.#stepSize.events);
      const then = this.#clock.now();
      this.#stepSize.took(then - now, isThere);
      now = then;
    }
    if (isThere) this.#arrived(live);
    else if (isCatchingUp && !system.isCatchingUp) this.#caughtUp(live);
    else if (live.aim.kind === "pace") live.aim.pace.worked(system.nowMs, now);
    if (now >= this.#snapshotDueAt) this.#show(live, false);
    return isThere;
  }

  #goalMs({ system, aim, isHeld }: Live<Record>): number {
    if (isHeld || aim.kind === "rest") return system.standMs;
    return aim.kind === "step" ? aim.untilMs : Math.max(system.standMs, aim.pace.goalMs(this.#clock.now()));
  }

  /** What was lost while it caught up is not made up for. */
  #caughtUp(live: Live<Record>): void {
    const { aim, system } = live;
    if (aim.kind === "pace") {
      live.aim = { kind: "pace", pace: new LivePace(aim.pace.speed, system.nowMs, this.#clock.now()) };
    }
    if (live.isHeld) this.#settleHolds(live);
    else if (aim.kind === "rest") this.#show(live, true);
  }

  #arrived(live: Live<Record>): void {
    const { aim, system } = live;
    if (live.isHeld) this.#settleHolds(live);
    else if (aim.kind !== "pace" || system.halted !== null) {
      live.aim = { kind: "rest" };
      this.#show(live, true);
    }
  }

  #settleHolds({ system: { stands, nowMs, applied } }: Live<Record>): void {
    if (!stands) return;
    for (const resolve of this.#holds.splice(0)) resolve({ nowMs, applied });
  }

  /** @param isUrgent it is not left out where the last one was not received yet, but comes later */
  #show(live: Live<Record>, isUrgent: boolean): void {
    const now = this.#clock.now();
    this.#snapshotDueAt = now + SNAPSHOT_EVERY_MS;
    if (this.#isUnread) {
      this.#isOwed ||= isUrgent;
      return;
    }
    const { runId, system, aim } = live;
    const { isCatchingUp, nowMs, applied, durationS, halted } = system;
    const isResting = aim.kind === "rest";
    const isWanted = !isCatchingUp && (now >= this.#summaryDueAt || (isUrgent && isResting));
    const withSummary = isWanted && !this.#isUndrawn;
    this.#isOwed ||= isWanted && isUrgent && this.#isUndrawn;
    const snapshot: LiveSnapshot = {
      nowMs: Math.floor(nowMs),
      phase: isCatchingUp ? "catching-up" : isResting ? "paused" : "running",
      speedReached: aim.kind === "pace" && !isCatchingUp ? aim.pace.speedReached(nowMs, now) : null,
      applied,
      durationS,
      halted,
      state: isCatchingUp ? null : system.state(),
      summary: withSummary ? system.summary(now - live.begunAt) : null,
    };
    if (withSummary) {
      const took = this.#clock.now() - now;
      const affordable = Math.min(LONGEST_WITHOUT_MS, took / SUMMARY_TIME_SHARE);
      this.#summaryDueAt = now + Math.max(SUMMARY_EVERY_MS, affordable);
      this.#isUndrawn = true;
    }
    this.#isUnread = true;
    this.#report({ kind: "live", runId, snapshot }, snapshot.summary ? summaryBuffers(snapshot.summary) : []);
  }

  #onRead(runId: number): void {
    const live = this.#live;
    if (live?.runId !== runId) return;
    this.#isUnread = false;
    this.#showOwed(live);
  }

  #showOwed(live: Live<Record>): void {
    if (!this.#isOwed || this.#isUnread || this.#isUndrawn) return;
    this.#isOwed = false;
    this.#show(live, true);
  }

  #fail(runId: number, error: unknown): void {
    if (this.#live?.runId === runId) this.#abandon();
    this.#report({ kind: "failed", runId, error: describeError(error) });
  }

  #report(report: WorkerReport<Record>, buffers: ArrayBuffer[] = []): void {
    // Across threads the listener answers with a promise, once it has received the report.
    Promise.resolve(this.#listener(transfer(report, buffers))).then(
      () => this.#onRead(report.runId),
      (error: unknown) => {
        if (report.kind !== "failed") this.#fail(report.runId, error);
      },
    );
  }
}

/** Whether there is anything to simulate: time is wanted, or stands where it cannot stay. */
function hasToGoOn<Record>({ system, aim, isHeld }: Live<Record>): boolean {
  if (system.halted !== null) return false;
  return !system.stands || (!isHeld && aim.kind !== "rest");
}
