import type { RunSummary } from "../../src/analysis/result-types";
import { entryMs } from "../../src/scenario/entry-time";
import type { SizedChange, SizedScenario } from "../../src/scenario/sizes";
import type { Scenario, TimelineEntry } from "../../src/scenario/types";
import type {
  LiveClient,
  LiveListener,
  LiveMoment,
  LiveRun,
  LiveSnapshot,
  RunFailure,
} from "../../src/workers/protocol";

/** A live run whose time a test moves. It applies its timeline as a real one does, and simulates nothing. */
export class FakeLiveRun implements LiveRun {
  nowMs: number;
  speed: number | null = null;
  hasEnded = false;
  isHeld = false;
  scenario: Scenario;
  changes: readonly SizedChange[];
  /** What took place, in order, with when. */
  readonly took: { readonly atMs: number; readonly change: SizedChange }[] = [];
  readonly #listener: LiveListener;
  /** Where set, a hold waits for `letGo`. */
  waits = false;
  #letGo: () => void = () => undefined;

  constructor(sized: SizedScenario, fromMs: number, listener: LiveListener) {
    this.scenario = sized.scenario;
    this.changes = sized.changes;
    this.nowMs = fromMs;
    this.#listener = listener;
    this.#apply();
  }

  go(speed: number): void {
    this.speed = speed;
  }

  pause(): void {
    this.speed = null;
    this.show();
  }

  step(byMs: number): void {
    this.passTo(this.nowMs + byMs);
  }

  async hold(): Promise<LiveMoment | null> {
    this.isHeld = true;
    if (this.waits) {
      await new Promise<void>((resolve) => {
        this.#letGo = resolve;
      });
    }
    return this.hasEnded ? null : { nowMs: this.nowMs, applied: this.took.length };
  }

  letGo(): void {
    this.#letGo();
  }

  change(scenario: Scenario, changes: readonly SizedChange[]): void {
    this.isHeld = false;
    this.scenario = scenario;
    this.changes = [...this.changes.slice(0, this.took.length), ...changes];
    this.#apply();
    this.show();
  }

  end(): void {
    this.hasEnded = true;
    this.#letGo();
  }

  /** The timeline that is simulated. */
  get timeline(): readonly TimelineEntry[] {
    return this.scenario.timeline;
  }

  /** The values as they are now. */
  get present(): Scenario {
    return this.took.reduce(
      (present, { change }) => (change.do === "set" ? change.after.scenario : present),
      this.scenario,
    );
  }

  /** Lets time pass, and shows where it is. */
  passTo(nowMs: number, more: Partial<LiveSnapshot> = {}): void {
    this.nowMs = nowMs;
    this.#apply();
    this.show(more);
  }

  show(more: Partial<LiveSnapshot> = {}): void {
    if (this.hasEnded) return;
    this.#listener.onSnapshot({
      nowMs: this.nowMs,
      phase: this.speed === null ? "paused" : "running",
      speedReached: this.speed,
      applied: this.took.length,
      durationS: 60,
      halted: null,
      state: null,
      summary: this.#summary(),
      ...more,
    });
  }

  fail(code: RunFailure["code"]): void {
    this.hasEnded = true;
    this.#letGo();
    this.#listener.onFailure({ code, message: `ended: ${code}`, problems: [] });
  }

  #summary(): RunSummary {
    const figures = { scenario: this.scenario, replications: 1, requests: { ok: this.nowMs, failed: 0 } };
    return { figures } as unknown as RunSummary;
  }

  #apply(): void {
    for (;;) {
      const change = this.changes[this.took.length];
      if (change === undefined || entryMs(change) > this.nowMs) return;
      this.took.push({ atMs: entryMs(change), change });
    }
  }
}

/** Keeps the promises of the protocol, and begins runs that tests command. */
export class FakeLiveClient implements LiveClient {
  readonly runs: FakeLiveRun[] = [];
  isDisposed = false;

  get latest(): FakeLiveRun {
    const run = this.runs.at(-1);
    if (run === undefined) throw new Error("nothing was begun");
    return run;
  }

  begin(sized: SizedScenario, fromMs: number, listener: LiveListener): LiveRun {
    this.runs.at(-1)?.end();
    const run = new FakeLiveRun(sized, fromMs, listener);
    this.runs.push(run);
    return run;
  }

  dispose(): void {
    this.isDisposed = true;
    this.runs.at(-1)?.end();
  }
}
