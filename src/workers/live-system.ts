import type { RunSummary } from "../analysis/result-types";
import { type SystemState, stateOfLevels } from "../analysis/system-state";
import type { SystemLevels } from "../engine/index";
import { entryMs } from "../scenario/entry-time";
import type { SizedChange, SizedScenario } from "../scenario/sizes";
import type { Scenario } from "../scenario/types";
import type { EnginePort, RunningReplication } from "./engine-port";
import type { LiveSnapshot } from "./protocol";
import { leaveOutUnfinished } from "./unfinished-buckets";

/**
 * A live run begins as one of at least a minute. One of more than ten minutes begins as a sixteenth of what the scenario says: its series would else be too
 * coarse to show anything for a long time. No run may be longer than the longest.
 */
const SHORTEST_S = 60;
const SHORT_S = 600;
const FIRST_PART = 1 / 16;
const LONGEST_S = 1_000_000;
/** Over how much simulated time rates are shown. */
const RATES_OVER_MS = 1_000;

/**
 * The system of a live run: one replication of a scenario whose timeline is still being written. At any time it is by
 * construction where that scenario, with its timeline as it is by then, is at that time in a run of the same length.
 * When it comes to the end of its run, a run of twice the length is simulated from 0 until there, to the same bits.
 */
export class LiveSystem<Record> {
  readonly #engine: EnginePort<Record>;
  #sized: SizedScenario;
  #running: RunningReplication<Record>;
  #applied = 0;
  #halted: LiveSnapshot["halted"] = null;
  #catchUpMs = 0;
  /** Time has come to a moment of which nothing has happened yet. */
  #isBefore = true;
  /** Of about a second, oldest first. */
  #levels: SystemLevels[] = [];

  /** @param fromMs until where it is to catch up at first */
  constructor(engine: EnginePort<Record>, sized: SizedScenario, fromMs: number) {
    this.#engine = engine;
    const whole = sized.scenario.run.durationS;
    let durationS = Math.max(SHORTEST_S, Math.min(whole, Math.max(SHORT_S, whole * FIRST_PART)));
    while (durationS * 1000 < fromMs) durationS *= 2;
    this.#sized = lasting(sized, Math.min(durationS, LONGEST_S));
    this.#running = this.#start(fromMs);
  }

  get nowMs(): number {
    return this.#running.nowMs;
  }

  get applied(): number {
    return this.#applied;
  }

  get durationS(): number {
    return this.#sized.scenario.run.durationS;
  }

  get halted(): LiveSnapshot["halted"] {
    return this.#halted;
  }

  get isCatchingUp(): boolean {
    return this.nowMs < this.#catchUpMs && this.#halted === null;
  }

  /** The next whole millisecond of which nothing has happened yet: where it can stand still and be changed. */
  get standMs(): number {
    if (this.isCatchingUp) return this.#catchUpMs;
    return this.#isBefore ? Math.ceil(this.nowMs) : Math.floor(this.nowMs) + 1;
  }

  get stands(): boolean {
    if (this.#halted !== null) return true;
    return this.#isBefore && Number.isInteger(this.nowMs) && !this.isCatchingUp;
  }

  /** Goes on for about so many events, first of all to where it was, and then to `goalMs`; true once it is there. */
  advance(goalMs: number, maximumEvents: number): boolean {
    if (this.#halted !== null) return true;
    const isCatchingUp = this.isCatchingUp;
    const goal = isCatchingUp ? this.#catchUpMs : goalMs;
    const endMs = this.durationS * 1000;
    if (this.nowMs >= endMs && goal > endMs) {
      this.#lengthen();
      return this.#halted !== null;
    }
    const until = Math.min(goal, endMs, this.#nextStopMs());
    this.#isBefore = this.#running.advance(until, maximumEvents);
    if (!this.#isBefore) return false;
    if (this.nowMs < until) {
      this.#halted = "overrun";
      return true;
    }
    if (this.nowMs === this.#levelsMs) this.#levels = [this.#running.levels()];
    this.#applyDue();
    return until >= goal && !isCatchingUp;
  }

  /** Another timeline from here on; where it stands. */
  change(scenario: Scenario, changes: readonly SizedChange[]): void {
    const all = [...this.#sized.changes.slice(0, this.#applied), ...changes];
    this.#sized = lasting({ ...this.#sized, scenario, changes: all }, this.durationS);
    this.#applyDue();
  }

  state(): SystemState {
    const levels = this.#running.levels();
    while ((this.#levels[1]?.nowMs ?? Number.POSITIVE_INFINITY) <= levels.nowMs - RATES_OVER_MS)
      this.#levels.shift();
    const state = stateOfLevels(this.#sized.scenario, levels, this.#levels[0] ?? null);
    if (levels.nowMs > (this.#levels.at(-1)?.nowMs ?? -1)) this.#levels.push(levels);
    return state;
  }

  /** Of what was simulated until now: a run's own length says how far it may go. */
  summary(wallMs: number): RunSummary {
    const summary = this.#engine.summarize(this.#sized, [this.#running.record()], wallMs);
    leaveOutUnfinished(summary, this.nowMs);
    return summary;
  }

  #start(catchUpMs: number): RunningReplication<Record> {
    this.#applied = 0;
    this.#catchUpMs = catchUpMs;
    this.#levels = [];
    const { scenario } = this.#sized;
    // Everything on the timeline is applied here, whether it was known from the begin or not.
    const plain = { ...this.#sized, scenario: { ...scenario, timeline: [] }, changes: [] };
    const running = this.#engine.prepare(plain).start(0);
    this.#isBefore = true;
    if (catchUpMs === 0) this.#levels = [running.levels()];
    return running;
  }

  #lengthen(): void {
    const durationS = Math.min(LONGEST_S, 2 * this.durationS);
    if (durationS === this.durationS) {
      this.#halted = "longest";
      return;
    }
    const nowMs = this.nowMs;
    this.#sized = lasting(this.#sized, durationS);
    this.#running = this.#start(nowMs);
  }

  /** While catching up: when to look at the levels, for the rates of where it was. */
  get #levelsMs(): number {
    return this.isCatchingUp ? Math.max(0, this.#catchUpMs - RATES_OVER_MS) : Number.NaN;
  }

  #nextStopMs(): number {
    const next = this.#sized.changes[this.#applied];
    const changeMs = next === undefined ? Number.POSITIVE_INFINITY : entryMs(next);
    return this.#levelsMs > this.nowMs ? Math.min(changeMs, this.#levelsMs) : changeMs;
  }

  #applyDue(): void {
    for (;;) {
      const next = this.#sized.changes[this.#applied];
      if (next === undefined || entryMs(next) > this.nowMs) return;
      this.#running.apply(next, this.#sized);
      this.#applied += 1;
    }
  }
}

/** The same system in a run of another length. */
function lasting(sized: SizedScenario, durationS: number): SizedScenario {
  const { scenario, changes } = sized;
  if (scenario.run.durationS === durationS && changes.length === 0) return sized;
  return {
    ...sized,
    scenario: { ...scenario, run: { ...scenario.run, durationS } },
    changes: changes.map((change) =>
      change.do === "set" ? { ...change, after: lasting(change.after, durationS) } : change,
    ),
  };
}
