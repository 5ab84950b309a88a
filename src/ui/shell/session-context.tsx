import { createContext, type ReactNode, use, useSyncExternalStore } from "react";
import type { Session } from "../../store/session";

type StateOf<Store extends { getState(): unknown }> = ReturnType<Store["getState"]>;
export type ScenarioState = StateOf<Session["scenario"]>;
export type RunState = StateOf<Session["run"]>;
export type LiveState = StateOf<Session["live"]["store"]>;
export type StudyState = StateOf<Session["study"]["store"]>;
export type BaselineState = StateOf<Session["baseline"]>;
export type PreferencesState = StateOf<Session["preferences"]>;

const SessionContext = createContext<Session | null>(null);

/** Gives everything below it the session, the page's only source of state. */
export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** The session's actions and stores. Throws outside a `SessionProvider`, which is a defect of the page. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (session === null) throw new Error("useSession was called outside a SessionProvider");
  return session;
}

interface ReadableStore<State> {
  getState(): State;
  subscribe(listener: () => void): () => void;
}

/** The component is drawn again only when the selected value changes, so select as little as possible. */
function useSelected<State, Value>(store: ReadableStore<State>, select: (state: State) => Value): Value {
  return useSyncExternalStore(store.subscribe, () => select(store.getState()));
}

/** A value out of the scenario store; `select` must return the same reference while nothing changed. */
export function useScenario<Value>(select: (state: ScenarioState) => Value): Value {
  return useSelected<ScenarioState, Value>(useSession().scenario, select);
}

/** A value out of the run store; `select` must return the same reference while nothing changed. */
export function useRun<Value>(select: (state: RunState) => Value): Value {
  return useSelected<RunState, Value>(useSession().run, select);
}

/** A value out of the live mode's store; `select` must return the same reference while nothing changed. */
export function useLive<Value>(select: (state: LiveState) => Value): Value {
  return useSelected<LiveState, Value>(useSession().live.store, select);
}

/** A value out of the study's store; `select` must return the same reference while nothing changed. */
export function useStudy<Value>(select: (state: StudyState) => Value): Value {
  return useSelected<StudyState, Value>(useSession().study.store, select);
}

/** A value out of the baseline store; `select` must return the same reference while nothing changed. */
export function useBaseline<Value>(select: (state: BaselineState) => Value): Value {
  return useSelected<BaselineState, Value>(useSession().baseline, select);
}

/** A value out of the reader's preferences; `select` must return the same reference while nothing changed. */
export function usePreferences<Value>(select: (state: PreferencesState) => Value): Value {
  return useSelected<PreferencesState, Value>(useSession().preferences, select);
}
