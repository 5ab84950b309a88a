import type { StoreApi } from "zustand/vanilla";
import type { RunSummary } from "../analysis/result-types";
import { DEFAULT_SCENARIO } from "../scenario/defaults";
import { knownPreset, OPENING_PRESET_ID, obtainPreset, onOwnStories } from "../scenario/known-presets";
import type { PathValue } from "../scenario/paths";
import { entriesWithoutEffect, readScenarioText } from "../scenario/read-scenario";
import type { Problem, Scenario } from "../scenario/types";
import type { LiveClient, SimulationClient, StudyClient } from "../workers/protocol";
import { AddressSync, type OpenedLink } from "./address-sync";
import { Baseline, type BaselineState } from "./baseline";
import type { Environment } from "./environment";
import { LiveSession } from "./live-session";
import type { LiveControls, LiveState } from "./live-state";
import type { OwnStories } from "./own-stories";
import { createPreferences, type PreferencesState, STANDARD_PREFERENCES } from "./preferences";
import { RunController, type RunState } from "./run-controller";
import { ScenarioEditor, type ScenarioEvent, type ScenarioState } from "./scenario-editor";
import { standardAt } from "./standard";
import { Stored } from "./stored";
import { StudySession } from "./study-session";
import type { StudyControls } from "./study-state";

export interface SessionOptions {
  /** Stays the caller's: disposing the session leaves it alone. */
  readonly client: SimulationClient;
  /** Fetches what simulates live, when it is first asked for; the session disposes of it. */
  readonly loadLive: () => Promise<LiveClient>;
  /** Fetches what simulates for studies, when one is first asked; the session disposes of it. */
  readonly loadStudies: () => Promise<StudyClient>;
  readonly environment: Environment;
  /** What a reader who has chosen nothing yet gets, where it is not `STANDARD_PREFERENCES`. */
  readonly standardPreferences?: Partial<PreferencesState>;
}

/** One reader's work on one page: the stores to watch, and everything that can be done to them. */
export interface Session {
  readonly scenario: StoreApi<ScenarioState>;
  readonly run: StoreApi<RunState>;
  readonly baseline: StoreApi<BaselineState>;
  /**
   * The live mode. While it is on, the scenario is that of the running system as it is now, whatever changes it acts on
   * the running system at once, and the run store has the picture of it.
   */
  readonly live: LiveControls & { readonly store: StoreApi<LiveState> };
  /** What is asked of the scenario by simulating it many times. */
  readonly study: StudyControls;
  /** Written with `setState`; kept over visits. */
  readonly preferences: StoreApi<PreferencesState>;
  /**
   * Changes one field. A refused value changes nothing; what is wrong with it is returned. `dragging`: a quick look
   * with few replications, until `commitEdit` makes it a step that can be undone.
   */
  edit(path: string, value: unknown, options?: { readonly dragging?: boolean }): readonly Problem[];
  /** The end of a drag: one step, simulated at full precision. */
  commitEdit(): void;
  /** Several changes as one step; where one is refused none is made. */
  applyChanges(changes: readonly PathValue[]): readonly Problem[];
  /**
   * Back to the value in the preset the scenario began from; an item that the preset does not have goes back to the
   * document's default, and a field that neither has is taken away.
   */
  resetField(path: string): void;
  /** Another scenario as a step that can be undone; `baseId` is the preset its link starts from. */
  replaceScenario(scenario: Scenario, baseId?: string): void;
  /**
   * Opens a scenario's JSON text: what can be read of it, as a step. Where nothing can be, the present scenario stays.
   * Problems are returned, and shown until they are dismissed.
   */
  importText(text: string): readonly Problem[];
  undo(): void;
  redo(): void;
  /** The scenario to hand on: the present one, or the live session so far. */
  toShare(): Scenario;
  /** Makes the present scenario and its result the baseline. */
  pin(): void;
  unpin(): void;
  /** Stops the run under way. */
  cancel(): void;
  /** Simulates the present scenario again, after a failure or a cancel. */
  rerun(): void;
  /** Simulates another scenario and shows nothing of it, while nothing else is under way; "later" where something is, or came first. */
  simulateAside(scenario: Scenario): Promise<RunSummary | "later" | { readonly failure: string }>;
  /** The reader's own stories, fetched when they are first asked for. Rejects where their code cannot be had. */
  ownStories(): Promise<OwnStories>;
  dismissProblems(): void;
  /**
   * The page's whole address with the scenario to hand on; compact where the readable one is over 2,000 characters. null where the
   * scenario, for its recordings, is too large for any link.
   */
  shareLink(): Promise<string | null>;
}

/** The session as its owner, the page's entry, sees it. */
export interface OwnedSession extends Session {
  /**
   * Settles once the address the page was loaded with has been read and its first run has begun. Until then the
   * scenario is the one last worked on. Never rejects.
   */
  readonly ready: Promise<void>;
  /** Stops listening to the browser and ends what is under way. */
  dispose(): void;
}

export function createSession(options: SessionOptions): OwnedSession {
  const { client, environment } = options;
  const stored = new Stored(environment.storage);
  const baseline = new Baseline(stored);
  const runs = new RunController({
    client,
    now: environment.now,
    onWhole: (scenario, summary) => baseline.offer(scenario, summary),
    onIdle: () => void baseline.complete(runs),
  });
  const { problems, ...entry } = stored.readLastScenario() ?? openingEntry();
  const editor: ScenarioEditor = new ScenarioEditor(entry, problems, onScenario);
  const address: AddressSync = new AddressSync(environment, onLink, () => study.questionText);
  const { now, after } = environment;
  const live = new LiveSession({ load: options.loadLive, editor, runs, now, after });
  const study: StudySession = new StudySession({
    load: options.loadStudies,
    present: toShare,
    after,
    onQuestion: respell,
  });

  function onScenario({ kind, path }: ScenarioEvent): void {
    const present = editor.present;
    if (live.isOn) {
      runs.noteChange(path);
      live.follow(kind === "draft");
      return;
    }
    if (kind === "draft") {
      runs.preview(present.scenario, path);
      return;
    }
    if (kind === "step") address.write(present, "push");
    stored.write("scenario", { baseId: present.baseId, scenario: present.scenario });
    runs.full(present.scenario, path);
  }

  function onLink(link: OpenedLink): void {
    live.leave(false);
    editor.visit({ baseId: link.baseId, scenario: link.scenario }, link.problems);
    // First, so that the address is not spelled with the question that was asked before.
    openQuestion(link);
    spellAddress(link.problems);
  }

  /** What a link asks of its scenario is asked; the address says it again once it has been read. */
  function openQuestion({ question, problems }: OpenedLink): void {
    if (question === undefined) study.leave();
    else
      void study.open(question).then((unread) => {
        if (unread.length > 0) editor.setProblems([...problems, ...unread]);
      });
  }

  /** Spells the address as links are written here; one with problems is left as it came, for the reader to mend. */
  function spellAddress(problems: readonly Problem[]): void {
    if (problems.length === 0) address.write(editor.present, "replace");
  }

  function toShare(): Scenario {
    return live.kept ?? editor.present.scenario;
  }

  function respell(): void {
    if (!live.isOn) address.write(editor.present, "replace");
  }

  function replaceScenario(scenario: Scenario, baseId = editor.present.baseId): void {
    live.leave(false);
    editor.replace({ baseId, scenario }, []);
  }

  let stories: Promise<OwnStories> | undefined;
  function ownStories(): Promise<OwnStories> {
    stories ??= import("./own-stories").then(({ OwnStories }) =>
      OwnStories.open({
        storage: environment.storage,
        present: () => ({ baseId: editor.present.baseId, scenario: toShare() }),
        open: replaceScenario,
        rename: (baseId, before, after) => editor.rename(baseId, before, after),
        respell,
      }),
    );
    // What could not be fetched may be there the next time.
    stories.catch(() => {
      stories = undefined;
    });
    return stories;
  }
  onOwnStories(ownStories);

  async function begin(): Promise<void> {
    const link = await address.open();
    if (link === null) {
      // What the address is written against, and fields go back to.
      await obtainPreset(editor.present.baseId);
      address.write(editor.present, "replace");
      runs.full(editor.present.scenario, null);
    } else {
      editor.reset({ baseId: link.baseId, scenario: link.scenario }, link.problems);
      spellAddress(link.problems);
      openQuestion(link);
    }
    address.listen();
  }

  return {
    scenario: editor.store,
    run: runs.store,
    baseline: baseline.store,
    live,
    study,
    preferences: createPreferences(stored, { ...STANDARD_PREFERENCES, ...options.standardPreferences }),
    ready: begin(),
    edit: (path, value, { dragging = false } = {}) =>
      dragging ? editor.drag(path, value) : editor.apply([{ path, value }]),
    commitEdit: () => editor.commit(),
    applyChanges: (changes) => editor.apply(changes),
    resetField(path) {
      const { baseId, scenario } = editor.present;
      const base = knownPreset(baseId)?.scenario ?? DEFAULT_SCENARIO;
      editor.apply([{ path, value: standardAt(base, scenario, path) ?? null }]);
    },
    replaceScenario,
    importText(text) {
      const result = readScenarioText(text);
      const unread = result.ok ? [] : result.problems;
      const problems = [...unread, ...entriesWithoutEffect(result.scenario)];
      // The very defaults stand for "nothing could be read"; the reader's own work is worth more than those.
      if (result.ok || result.scenario !== DEFAULT_SCENARIO) {
        live.leave(false);
        editor.replace({ baseId: editor.present.baseId, scenario: result.scenario }, problems);
      } else editor.setProblems(problems);
      return problems;
    },
    undo: () => editor.undo(),
    redo: () => editor.redo(),
    pin() {
      editor.commit();
      const scenario = toShare();
      baseline.pin(scenario, runs.wholeSummaryOf(scenario));
      void baseline.complete(runs);
    },
    unpin: () => baseline.unpin(),
    toShare,
    cancel: () => runs.cancel(),
    rerun() {
      if (live.isOn) return;
      editor.commit();
      runs.rerun(editor.present.scenario);
    },
    async simulateAside(scenario) {
      if (!runs.isIdle || live.isOn || study.isAsking) return "later";
      const atHand = runs.wholeSummaryOf(scenario);
      if (atHand !== null) return atHand;
      const outcome = await runs.quietly(scenario);
      if (outcome.ok) return outcome.summary;
      return outcome.failure.code === "cancelled" ? "later" : { failure: outcome.failure.message };
    },
    ownStories,
    dismissProblems() {
      editor.setProblems([]);
      respell();
    },
    shareLink: () => address.shareLink({ baseId: editor.present.baseId, scenario: toShare() }),
    dispose() {
      live.dispose();
      study.dispose();
      address.dispose();
      runs.dispose();
    },
  };
}

function openingEntry(): { baseId: string; scenario: Scenario; problems: readonly Problem[] } {
  const scenario = knownPreset(OPENING_PRESET_ID)?.scenario ?? DEFAULT_SCENARIO;
  return { baseId: OPENING_PRESET_ID, scenario, problems: [] };
}
