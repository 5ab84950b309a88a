import type { StoreApi } from "zustand/vanilla";
import type { RunSummary } from "../analysis/result-types";
import { afterSetting } from "../scenario/sizes";
import type { Scenario } from "../scenario/types";
import type { LiveClient, LiveMoment, LiveRun, LiveSnapshot, RunFailure } from "../workers/protocol";
import { entriesOf, whyNot } from "./live-actions";
import type { LiveAction, LiveSpeed, LiveState } from "./live-state";
import { LiveTimeline } from "./live-timeline";

const STEP_MS = 1_000;
/** While a value is dragged it is set so often at most. */
const DRAGGED_EVERY_MS = 100;
/** Charts show so much of a live run, and at least this share of the run, so that there is something in it. */
const WINDOW_S = 60;
const WINDOW_SHARE = 1 / 4;

const HALTED: Readonly<Record<NonNullable<LiveSnapshot["halted"]>, string>> = {
  overrun: "More than 2,000,000 requests are in the system: time stops here.",
  longest: "No run may be longer than 1,000,000 s: time stops here.",
};
const BEGAN_AGAIN = "This cannot change in a running system, so time began again at 0.";

/** What a live run needs of the session around it. */
export interface LiveHost {
  readonly client: LiveClient;
  readonly store: StoreApi<LiveState>;
  /** The scenario as its controls show it. */
  readonly scenario: () => Scenario;
  /** Values changed by themselves: the scenario, and all steps that can be gone back to, take them over. */
  readonly takeOver: (change: (scenario: Scenario) => Scenario) => void;
  /** The scenario is this one instead, from the begin of a run on. */
  readonly amend: (scenario: Scenario) => void;
  /** Another picture of the run. */
  readonly show: (summary: RunSummary) => void;
  readonly now: () => number;
  readonly after: (delayMs: number, callback: () => void) => () => void;
}

/**
 * One live session: lets time run, writes down what the reader does as it happens, and keeps the page, the timeline and
 * the running system together. Whatever is done waits until the system stands still, so that it is known when it was.
 */
export class LiveController {
  readonly #host: LiveHost;
  #timeline: LiveTimeline;
  /** null after a failure. */
  #run: LiveRun | null = null;
  #nowMs = 0;
  #actions: LiveAction[] = [];
  #isHolding = false;
  #setLastAt = Number.NEGATIVE_INFINITY;
  #callOffDrag: (() => void) | null = null;

  constructor(host: LiveHost) {
    this.#host = host;
    this.#timeline = new LiveTimeline(host.scenario());
    this.#begin();
  }

  /** The session as a scenario; whether it holds anything that the reader did. */
  get kept(): { readonly scenario: Scenario; readonly isChanged: boolean } {
    return {
      scenario: this.#timeline.kept(this.#nowMs),
      isChanged: this.#timeline.recorded.length > 0,
    };
  }

  get #isPlaying(): boolean {
    return this.#host.store.getState().isPlaying;
  }

  play(): void {
    const isTakenUp = this.#run === null;
    if (isTakenUp) this.#begin();
    const status = isTakenUp ? "restarting" : "running";
    this.#tell({ isPlaying: true, status, failure: null, notice: null });
    this.#go();
    if (isTakenUp) void this.#write();
  }

  pause(): void {
    this.#tell({ isPlaying: false, status: "paused" });
    this.#run?.pause();
  }

  step(): void {
    this.#tell({ isPlaying: false, status: "paused", notice: null });
    this.#run?.step(STEP_MS);
  }

  setSpeed(speed: LiveSpeed): void {
    this.#tell({ speed, speedReached: null });
    if (this.#isPlaying) this.#go();
  }

  reset(): void {
    this.#beginAgain(this.#timeline.again, null);
  }

  act(action: LiveAction): void {
    this.#actions.push(action);
    void this.#write();
  }

  /** The reader changed the scenario, or is about to. */
  follow(isDragging: boolean): void {
    this.#callOffDrag?.();
    this.#callOffDrag = null;
    const waitMs = isDragging ? this.#setLastAt + DRAGGED_EVERY_MS - this.#host.now() : 0;
    if (waitMs <= 0) void this.#write();
    else this.#callOffDrag = this.#host.after(waitMs, () => void this.#write());
  }

  end(): void {
    this.#callOffDrag?.();
    this.#run?.end();
    this.#run = null;
  }

  #begin(): void {
    let hasFailed = false;
    const run = this.#host.client.begin(this.#timeline.sized, this.#nowMs, {
      onSnapshot: (snapshot) => this.#onSnapshot(snapshot),
      onFailure: (failure) => {
        hasFailed = true;
        this.#onFailure(failure);
      },
    });
    // A worker that cannot start has failed by now.
    this.#run = hasFailed ? null : run;
  }

  #go(): void {
    const { speed } = this.#host.store.getState();
    this.#run?.go(speed === "max" ? Number.POSITIVE_INFINITY : speed);
  }

  #beginAgain(scenario: Scenario, notice: string | null): void {
    this.#timeline = new LiveTimeline(scenario);
    this.#nowMs = 0;
    this.#actions = [];
    this.#begin();
    if (this.#isPlaying) this.#go();
    this.#tell({ status: "restarting", nowS: 0, recorded: [], failure: null, notice });
    this.#host.amend(scenario);
  }

  /** Lets the system stand still, and does to it what the reader did until then. */
  async #write(): Promise<void> {
    const run = this.#run;
    if (this.#isHolding || run === null) return;
    this.#isHolding = true;
    const moment = await run.hold();
    this.#isHolding = false;
    if (moment !== null && run === this.#run) this.#writeAt(moment, run);
    // It was begun again meanwhile: then to the newer one.
    else if (run !== this.#run) void this.#write();
  }

  #writeAt({ nowMs, applied }: LiveMoment, run: LiveRun): void {
    this.#nowMs = nowMs;
    this.#setLastAt = this.#host.now();
    this.#pass(applied);
    for (const action of this.#actions.splice(0)) {
      const { present, recorded } = this.#timeline;
      if (whyNot(action, present, recorded, nowMs / 1000) !== null) continue;
      this.#timeline.record(entriesOf(action, present, nowMs / 1000));
    }
    this.#pass(this.#timeline.dueAt(nowMs));
    const next = this.#host.scenario();
    if (!this.#timeline.follow(next, nowMs)) {
      this.#beginAgain(this.#timeline.againAs(next), BEGAN_AGAIN);
      return;
    }
    // These values came from the controls.
    this.#timeline.pass(this.#timeline.dueAt(nowMs));
    run.change(this.#timeline.written, this.#timeline.changesFrom(applied));
    this.#tell({ recorded: this.#timeline.recorded });
  }

  /** So many entries have taken place: what they set by themselves is shown. */
  #pass(applied: number): void {
    const settings = this.#timeline.pass(applied);
    if (settings.length > 0) this.#host.takeOver((scenario) => settings.reduce(afterSetting, scenario));
  }

  #onSnapshot(snapshot: LiveSnapshot): void {
    const { phase, halted, state, summary, speedReached } = snapshot;
    if (phase === "catching-up") {
      this.#tell({ status: "restarting", speedReached: null });
      return;
    }
    this.#nowMs = snapshot.nowMs;
    this.#pass(snapshot.applied);
    const isPlaying = this.#isPlaying && halted === null;
    this.#tell({
      isPlaying,
      status: isPlaying ? "running" : "paused",
      nowS: snapshot.nowMs / 1000,
      speedReached,
      ...(halted === null ? {} : { notice: HALTED[halted] }),
      ...(state === null ? {} : { state }),
      ...(summary === null ? {} : { window: windowOf(snapshot) }),
    });
    if (summary !== null) this.#host.show(this.#asItIs(summary));
  }

  /** A summary about the values as they are now, so that limits and advice are those of the running system. */
  #asItIs(summary: RunSummary): RunSummary {
    const { run, timeline } = summary.figures.scenario;
    const scenario = { ...this.#timeline.present, run, timeline };
    return { ...summary, figures: { ...summary.figures, scenario } };
  }

  #onFailure(failure: RunFailure): void {
    this.#run = null;
    this.#tell({ isPlaying: false, status: "failed", failure, speedReached: null });
  }

  #tell(state: Partial<LiveState>): void {
    this.#host.store.setState(state);
  }
}

function windowOf({ nowMs, durationS }: LiveSnapshot): NonNullable<LiveState["window"]> {
  const lengthS = Math.max(WINDOW_S, durationS * WINDOW_SHARE);
  const toS = Math.max(nowMs / 1000, lengthS);
  return { fromS: toS - lengthS, toS };
}
