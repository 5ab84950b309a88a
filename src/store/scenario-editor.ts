import { createStore, type StoreApi } from "zustand/vanilla";
import { applyChanges, type PathValue, setAt } from "../scenario/paths";
import type { Problem, Scenario } from "../scenario/types";
import { isSame } from "./same";
import { record, redo, startHistory, type UndoHistory, undo } from "./undo-history";

/** A scenario with the preset its link names only the differences from. */
export interface ScenarioEntry {
  readonly baseId: string;
  readonly scenario: Scenario;
}

export interface ScenarioState extends ScenarioEntry {
  readonly canUndo: boolean;
  readonly canRedo: boolean;
  /** What could not be read of the link or file last opened, until it is dismissed. */
  readonly problems: readonly Problem[];
}

/**
 * `draft`: a value while it is being dragged. `step`: a committed scenario, by an edit, undo, or a file.
 * `visit`: a committed scenario that the address bar already holds.
 */
export interface ScenarioEvent {
  readonly kind: "draft" | "step" | "visit";
  /** The field that was edited, where it was one. */
  readonly path: string | null;
}

/** The scenario being worked on, with its undo history. A drag is one step, however many values it passed. */
export class ScenarioEditor {
  readonly store: StoreApi<ScenarioState>;
  readonly #onChange: (event: ScenarioEvent) => void;
  #history: UndoHistory<ScenarioEntry>;
  /** The history that is set aside, while steps are kept apart from it. */
  #outside: UndoHistory<ScenarioEntry> | null = null;
  /** The value being dragged, over `#history.present`. */
  #draft: ScenarioEntry | null = null;
  #draftPath: string | null = null;

  constructor(entry: ScenarioEntry, problems: readonly Problem[], onChange: (event: ScenarioEvent) => void) {
    this.#history = startHistory(entry);
    this.#onChange = onChange;
    this.store = createStore<ScenarioState>(() => ({ ...entry, canUndo: false, canRedo: false, problems }));
  }

  get present(): ScenarioEntry {
    return this.#draft ?? this.#history.present;
  }

  /** Begins anew on another scenario, without history. */
  reset(entry: ScenarioEntry, problems: readonly Problem[]): void {
    this.#history = startHistory(entry);
    this.#draft = null;
    this.#publish({ kind: "visit", path: null }, problems);
  }

  /** Changes a value for as long as it is dragged. A refused value changes nothing, and says why. */
  drag(path: string, value: unknown): readonly Problem[] {
    const result = setAt(this.present.scenario, path, value);
    if (!result.ok) return result.problems;
    if (this.#draft !== null && this.#draftPath !== path) this.commit();
    if (isSame(result.scenario, this.present.scenario)) return [];
    this.#draft = { baseId: this.present.baseId, scenario: result.scenario };
    this.#draftPath = path;
    this.#publish({ kind: "draft", path });
    return [];
  }

  /** Ends a drag: one step, from before the drag to where it ended, and none where it ended where it began. */
  commit(): void {
    const draft = this.#draft;
    if (draft === null) return;
    const path = this.#draftPath;
    this.#settleDraft(draft);
    this.#publish({ kind: "step", path });
  }

  /** Applies changes together, as one step; where one is refused none is made. */
  apply(changes: readonly PathValue[]): readonly Problem[] {
    this.commit();
    const { baseId, scenario } = this.present;
    const result = applyChanges(scenario, changes);
    if (!result.ok) return result.problems;
    if (isSame(result.scenario, scenario)) return [];
    this.#history = record(this.#history, { baseId, scenario: result.scenario });
    this.#publish({ kind: "step", path: changes[0]?.path ?? null });
    return [];
  }

  /** Puts another scenario in place of this one, as a step that can be undone. */
  replace(entry: ScenarioEntry, problems: readonly Problem[]): void {
    this.commit();
    this.#history = record(this.#history, entry);
    this.#publish({ kind: "step", path: null }, problems);
  }

  /**
   * Goes where the browser's back, forward or a typed address leads. Where that is the last or the next step of the
   * history it counts as undo or redo, so that the two ways of going back agree.
   */
  visit(entry: ScenarioEntry, problems: readonly Problem[]): void {
    if (this.#draft !== null) this.#settleDraft(this.#draft);
    const { past, present, future } = this.#history;
    if (isSame(past.at(-1), entry)) this.#history = undo(this.#history);
    else if (isSame(future[0], entry)) this.#history = redo(this.#history);
    else if (!isSame(present, entry)) this.#history = record(this.#history, entry);
    this.#publish({ kind: "visit", path: null }, problems);
  }

  undo(): void {
    this.commit();
    this.#move(undo(this.#history));
  }

  redo(): void {
    this.commit();
    this.#move(redo(this.#history));
  }

  /** From now on steps are kept apart, over the present scenario, until `endAside`. */
  beginAside(): void {
    this.commit();
    this.#outside ??= this.#history;
    this.#history = startHistory(this.#history.present);
    this.#show();
  }

  /**
   * Puts a scenario in place of all steps that were kept apart, as one step; null: as if there had been none.
   * @param publishes whether anyone is told
   */
  endAside(scenario: Scenario | null, publishes: boolean): void {
    if (this.#outside === null) return;
    const outside = this.#outside;
    this.#outside = null;
    this.#draft = null;
    this.#draftPath = null;
    this.#history =
      scenario === null ? outside : record(outside, { baseId: outside.present.baseId, scenario });
    this.#show();
    if (publishes) this.#onChange({ kind: scenario === null ? "visit" : "step", path: null });
  }

  /** The scenario became another by itself: no step, and nobody is told. */
  amend(scenario: Scenario): void {
    const { baseId } = this.present;
    this.#draft = null;
    this.#draftPath = null;
    this.#history = { ...this.#history, present: { baseId, scenario } };
    this.#show();
  }

  /** Values changed by themselves, whatever step one goes back to: no step, and nobody is told. */
  takeOver(change: (scenario: Scenario) => Scenario): void {
    const changed = ({ baseId, scenario }: ScenarioEntry): ScenarioEntry => {
      return { baseId, scenario: change(scenario) };
    };
    const { past, present, future } = this.#history;
    this.#history = {
      past: past.map(changed),
      present: changed(present),
      future: future.map(changed),
    };
    if (this.#draft !== null) this.#draft = changed(this.#draft);
    this.#show();
  }

  /** What began from a preset and has its old name gets the new one, whatever step one goes back to: no step, and nobody is told. */
  rename(baseId: string, before: string, after: string): void {
    const renamed = (entry: ScenarioEntry): ScenarioEntry =>
      entry.baseId === baseId && entry.scenario.name === before
        ? { baseId, scenario: { ...entry.scenario, name: after } }
        : entry;
    const throughout = ({ past, present, future }: UndoHistory<ScenarioEntry>) => ({
      past: past.map(renamed),
      present: renamed(present),
      future: future.map(renamed),
    });
    this.#history = throughout(this.#history);
    if (this.#outside !== null) this.#outside = throughout(this.#outside);
    if (this.#draft !== null) this.#draft = renamed(this.#draft);
    this.#show();
  }

  setProblems(problems: readonly Problem[]): void {
    this.store.setState({ problems });
  }

  #move(history: UndoHistory<ScenarioEntry>): void {
    if (history.present === this.#history.present) return;
    this.#history = history;
    this.#publish({ kind: "step", path: null });
  }

  #settleDraft(draft: ScenarioEntry): void {
    this.#draft = null;
    this.#draftPath = null;
    if (!isSame(draft, this.#history.present)) this.#history = record(this.#history, draft);
  }

  #publish(event: ScenarioEvent, problems?: readonly Problem[]): void {
    this.#show(problems);
    this.#onChange(event);
  }

  #show(problems?: readonly Problem[]): void {
    this.store.setState({
      ...this.present,
      canUndo: this.#history.past.length > 0 || this.#draft !== null,
      canRedo: this.#history.future.length > 0 && this.#draft === null,
      ...(problems === undefined ? {} : { problems }),
    });
  }
}
