import { vi } from "vitest";
import { createStore } from "zustand/vanilla";
import type { RunSummary } from "../../src/analysis/result-types";
import { applyChanges, type PathValue } from "../../src/scenario/paths";
import { readScenarioText } from "../../src/scenario/read-scenario";
import type { Problem, Scenario } from "../../src/scenario/types";
import { LIVE_OFF, type LiveState } from "../../src/store/live-state";
import { OwnStories } from "../../src/store/own-stories";
import type { Session } from "../../src/store/session";
import { NO_STUDY } from "../../src/store/study-session";
import type { StudyState } from "../../src/store/study-state";
import { FakeEnvironment } from "./fake-environment";
import { summaryFixture, TURNING_POINT } from "./summary-fixture";

type StateOf<Store extends { getState(): unknown }> = ReturnType<Store["getState"]>;

interface FakeOptions {
  readonly scenario?: Scenario;
  readonly summary?: RunSummary | null;
  readonly run?: Partial<StateOf<Session["run"]>>;
  readonly problems?: readonly Problem[];
  readonly link?: string;
  readonly live?: Partial<LiveState>;
  readonly study?: Partial<StudyState>;
}

/**
 * A session without workers, storage and address bar: edits are validated and land in the scenario, runs do nothing.
 * Every action is a spy, so that a test can say what the page asked for.
 */
export function fakeSession(options: FakeOptions = {}) {
  const {
    scenario = TURNING_POINT,
    summary = summaryFixture(),
    run = {},
    problems = [],
    link = "",
    live = {},
    study = {},
  } = options;
  const scenarioStore = createStore<StateOf<Session["scenario"]>>(() => ({
    baseId: "carwow-pooling",
    scenario,
    canUndo: false,
    canRedo: false,
    problems,
  }));
  const runStore = createStore<StateOf<Session["run"]>>(() => ({
    status: "done",
    progress: 1,
    summary,
    failure: null,
    isPreview: false,
    lastChangedPath: null,
    ...run,
  }));
  const baselineStore = createStore<StateOf<Session["baseline"]>>(() => ({ scenario: null, summary: null }));
  const liveStore = createStore<LiveState>(() => ({ ...LIVE_OFF, ...live }));
  const studyStore = createStore<StudyState>(() => ({ ...NO_STUDY, ...study }));
  const preferencesStore = createStore<StateOf<Session["preferences"]>>(() => ({
    theme: "system",
    latencyScale: "linear",
    openSections: [],
    shown: { workloads: "", endpoints: "", fleets: "" },
    hiddenSeries: [],
    tourSeen: true,
    picture: "open",
  }));

  function apply(changes: readonly PathValue[]): readonly Problem[] {
    const result = applyChanges(scenarioStore.getState().scenario, changes);
    if (!result.ok) return result.problems;
    scenarioStore.setState({ scenario: result.scenario, canUndo: true });
    runStore.setState({ lastChangedPath: changes[0]?.path ?? null });
    return [];
  }

  const edit = (path: string, value: unknown) => apply([{ path, value }]);

  let stories: Promise<OwnStories> | undefined;
  const ownStories = () => {
    stories ??= OwnStories.open({
      storage: new FakeEnvironment().storage,
      present: () => scenarioStore.getState(),
      open: (next, baseId) => scenarioStore.setState({ scenario: next, baseId }),
      rename: (_baseId, _before, name) =>
        scenarioStore.setState(({ scenario }) => ({ scenario: { ...scenario, name } })),
      respell: () => undefined,
    });
    return stories;
  };

  const session = {
    scenario: scenarioStore,
    run: runStore,
    baseline: baselineStore,
    preferences: preferencesStore,
    live: {
      store: liveStore,
      play: vi.fn(),
      pause: vi.fn(),
      toggle: vi.fn(),
      step: vi.fn(),
      reset: vi.fn(),
      setSpeed: vi.fn((speed: LiveState["speed"]) => liveStore.setState({ speed })),
      act: vi.fn(),
      stop: vi.fn(),
    },
    study: {
      store: studyStore,
      prepare: vi.fn(),
      ask: vi.fn((question: StudyState["question"]) =>
        studyStore.setState({ question, base: scenarioStore.getState().scenario }),
      ),
      cancel: vi.fn(() => studyStore.setState({ status: "cancelled" })),
      close: vi.fn(() => studyStore.setState(NO_STUDY)),
    },
    edit: vi.fn(edit),
    commitEdit: vi.fn(),
    applyChanges: vi.fn((changes: readonly PathValue[]) => apply(changes)),
    resetField: vi.fn(),
    replaceScenario: vi.fn((next: Scenario, baseId = "carwow-pooling") =>
      scenarioStore.setState({ scenario: next, baseId }),
    ),
    importText: vi.fn((text: string) => {
      const result = readScenarioText(text);
      scenarioStore.setState({ scenario: result.scenario });
      return result.ok ? [] : result.problems;
    }),
    undo: vi.fn(),
    redo: vi.fn(),
    toShare: vi.fn(() => scenarioStore.getState().scenario),
    pin: vi.fn(() => baselineStore.setState({ scenario, summary })),
    unpin: vi.fn(() => baselineStore.setState({ scenario: null, summary: null })),
    cancel: vi.fn(),
    rerun: vi.fn(),
    simulateAside: vi.fn(async () => "later" as const),
    ownStories: vi.fn(ownStories),
    dismissProblems: vi.fn(() => scenarioStore.setState({ problems: [] })),
    shareLink: vi.fn(async () => link),
    ready: Promise.resolve(),
    dispose: vi.fn(),
  };
  return session satisfies Session;
}
