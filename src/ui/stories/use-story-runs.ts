import { useEffect, useState, useSyncExternalStore } from "react";
import type { Scenario } from "../../scenario/types";
import { StoryRuns, type StoryRunsState } from "../../store/story-runs";
import { useSession } from "../shell/session-context";

/** The runs of these scenarios, simulated one by one while the page has nothing else to do. @param scenarios the same reference while they are the same */
export function useStoryRuns(scenarios: readonly Scenario[]): StoryRunsState {
  const session = useSession();
  const [runs] = useState(
    () =>
      new StoryRuns(
        (scenario) => session.simulateAside(scenario),
        (delayMs, callback) => {
          const timer = setTimeout(callback, delayMs);
          return () => clearTimeout(timer);
        },
      ),
  );
  useEffect(() => runs.want(scenarios), [runs, scenarios]);
  useEffect(() => () => runs.stop(), [runs]);
  return useSyncExternalStore(runs.store.subscribe, runs.store.getState);
}
