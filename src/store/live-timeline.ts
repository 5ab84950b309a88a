import { entryMs } from "../scenario/entry-time";
import { formatPath } from "../scenario/path-text";
import { applyChanges, getAt, listDifferences, type PathValue, parsePath } from "../scenario/paths";
import { afterSetting, type SizedChange, type SizedScenario, withSizes } from "../scenario/sizes";
import type { Run, Scenario, TimelineEntry } from "../scenario/types";
import { isSame } from "./same";

type Setting = Extract<TimelineEntry, { do: "set" }>;

/** A scenario without the timeline: what is true at one moment. */
function still(scenario: Scenario): Scenario {
  return scenario.timeline.length === 0 ? scenario : { ...scenario, timeline: [] };
}

function inOrder(entries: readonly TimelineEntry[]): readonly TimelineEntry[] {
  return entries.toSorted((one, other) => one.atS - other.atS);
}

/**
 * The scenario of a live run while it is being written: how it was at 0, its own timeline, and what the reader did since,
 * as further entries. What is simulated is at every moment what this scenario says, so that it replays to the last bit.
 */
export class LiveTimeline {
  /** As simulated: one replication. */
  #start: Scenario;
  /** As the reader sees it. */
  #run: Run;
  #own: readonly TimelineEntry[];
  #recorded: readonly TimelineEntry[] = [];
  #changes: readonly SizedChange[];
  #applied = 0;
  #present: Scenario;

  constructor(scenario: Scenario) {
    this.#run = scenario.run;
    this.#own = scenario.timeline;
    this.#start = still({ ...scenario, run: { ...scenario.run, replications: 1 } });
    this.#present = this.#start;
    this.#changes = withSizes({ ...this.#start, timeline: this.#own }).changes;
  }

  /** What the reader did, oldest first. */
  get recorded(): readonly TimelineEntry[] {
    return this.#recorded;
  }

  /** How many entries have taken place. */
  get applied(): number {
    return this.#applied;
  }

  /** The scenario with all that is on its timeline: what is simulated. */
  get written(): Scenario {
    return { ...this.#start, timeline: [...this.#own, ...this.#recorded] };
  }

  /** The same, made ready to be simulated. */
  get sized(): SizedScenario {
    return { ...withSizes(this.#start), scenario: this.written, changes: this.#changes };
  }

  /** What comes after so many entries of the timeline. */
  changesFrom(applied: number): readonly SizedChange[] {
    return this.#changes.slice(applied);
  }

  /** With the values as they are now, and the reader's own timeline. */
  get present(): Scenario {
    return { ...this.#present, run: this.#run, timeline: this.#own };
  }

  /** So many entries have taken place by now. Those that set a value are returned: whoever shows values takes them over. */
  pass(applied: number): readonly Setting[] {
    const passed = this.#changes.slice(this.#applied, applied);
    const entries = inOrder(this.written.timeline).slice(this.#applied, applied);
    this.#applied = Math.max(this.#applied, applied);
    for (const change of passed) if (change.do === "set") this.#present = change.after.scenario;
    return entries.filter((entry) => entry.do === "set");
  }

  /** How many entries will have taken place at a time, once all that is due then has. */
  dueAt(atMs: number): number {
    return this.#changes.filter((change) => entryMs(change) <= atMs).length;
  }

  /** Records entries: now or later. */
  record(entries: readonly TimelineEntry[]): void {
    this.#write(this.#own, [...this.#recorded, ...entries]);
  }

  /**
   * Takes over, at a time in whole milliseconds, what the reader made of the present scenario. False where that cannot
   * be done to a running system, or not be written down as a timeline; nothing has changed then.
   */
  follow(next: Scenario, atMs: number): boolean {
    const differences = listDifferences(this.present, { ...next, timeline: this.#own });
    const settings = this.#settings(differences.filter(isFelt), next, atMs / 1000);
    if (
      settings === null ||
      !this.#write(next.timeline, [...this.#notOvertaken(settings, atMs), ...settings])
    )
      return false;
    const { name, notes, slo } = next;
    this.#run = next.run;
    this.#start = { ...this.#start, name, notes, slo };
    this.#present = { ...this.#present, name, notes, slo };
    return true;
  }

  /** The scenario to begin again with: as it was at 0, with all that the reader has set since. */
  get again(): Scenario {
    const set = inOrder(this.#recorded).filter((entry) => entry.do === "set");
    const start = set.reduce(afterSetting, this.#start);
    return { ...start, run: this.#run, timeline: this.#own };
  }

  /** The scenario to begin again with, after the reader made something of the present one that a running one cannot do. */
  againAs(next: Scenario): Scenario {
    const result = applyChanges(this.again, listDifferences(this.present, next));
    return result.ok ? result.scenario : next;
  }

  /**
   * The session as a scenario that ends at a time; a little later where it has not measured anything by then, or was
   * changed at that very moment.
   */
  kept(nowMs: number): Scenario {
    const { warmupS } = this.#start.run;
    const isJustChanged = this.#recorded.some((entry) => entryMs(entry) === nowMs);
    const durationS = Math.max(isJustChanged ? nowMs / 1000 + 1 : nowMs / 1000, warmupS + 1);
    const timeline = this.written.timeline.filter(({ atS }) => atS < durationS);
    return { ...this.#start, run: { ...this.#start.run, durationS }, timeline };
  }

  /** What was recorded, but for values that were still to be set where the reader has now set another. */
  #notOvertaken(settings: readonly Setting[], atMs: number): readonly TimelineEntry[] {
    const paths = settings.map(({ path }) => path);
    return this.#recorded.filter(
      (entry) => entry.do !== "set" || entryMs(entry) <= atMs || !paths.includes(entry.path),
    );
  }

  /** Changes as entries that set one value each; whole parts, where values go together. null where none of that will do. */
  #settings(changes: readonly PathValue[], next: Scenario, atS: number): readonly Setting[] | null {
    return this.#asEntries(changes, next, atS) ?? this.#asEntries(partsOf(changes, next), next, atS);
  }

  #asEntries(changes: readonly PathValue[], next: Scenario, atS: number): readonly Setting[] | null {
    let present = this.#present;
    const entries: Setting[] = [];
    for (const change of changes) {
      const entry = this.#admit({ atS, do: "set", ...change }, present);
      if (entry === null) return null;
      present = afterSetting(present, entry);
      entries.push(entry);
    }
    const { name, notes, slo } = next;
    const isReached = isSame({ ...present, name, notes, slo, run: next.run }, still(next));
    return isReached ? entries : null;
  }

  /** An entry as a link gives it back; null where it would not. Its path must be there from the begin, its value by then. */
  #admit(entry: Setting, present: Scenario): Setting | null {
    const read = (scenario: Scenario) =>
      applyChanges(still(scenario), [{ path: "timeline", value: [{ ...entry, atS: 0 }] }]);
    const fromStart = read(this.#start);
    if (!fromStart.ok && fromStart.problems.some(({ path }) => path.endsWith(".path"))) return null;
    const byThen = read(present);
    const [admitted] = byThen.ok ? byThen.scenario.timeline : [];
    return admitted?.do === "set" ? { ...admitted, atS: entry.atS } : null;
  }

  /** Puts other entries in place; false, and nothing done, where what has taken place would be another. */
  #write(own: readonly TimelineEntry[], recorded: readonly TimelineEntry[]): boolean {
    const before = inOrder(this.written.timeline).slice(0, this.#applied);
    const entries = inOrder([...own, ...recorded]);
    if (!isSame(entries.slice(0, this.#applied), before)) return false;
    const toCome = withSizes({ ...this.#present, timeline: entries.slice(this.#applied) });
    this.#own = own;
    this.#recorded = recorded;
    this.#changes = [...this.#changes.slice(0, this.#applied), ...toCome.changes];
    return true;
  }
}

/** Not felt by the system: names, objective, and for how long and how often it would be simulated otherwise. */
const UNFELT = /^(?:name|notes|slo(?:\..*)?|run\.(?:durationS|replications))$/;

function isFelt({ path }: PathValue): boolean {
  return !UNFELT.test(path);
}

/** The parts that changed values stand in, whole. */
function partsOf(changes: readonly PathValue[], next: Scenario): readonly PathValue[] {
  const parts = changes.map(({ path }) => formatPath((parsePath(path) ?? []).slice(0, -1)));
  return [...new Set(parts)].map((path) => ({ path, value: getAt(next, path) }));
}
