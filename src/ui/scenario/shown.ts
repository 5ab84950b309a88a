import { formatSegment } from "../../scenario/paths";
import type { Scenario, Workload } from "../../scenario/types";
import { type PreferencesState, usePreferences, useScenario } from "../shell/session-context";

export type ListName = "workloads" | "endpoints" | "fleets";

/** What an item of each list is called. */
export const ITEM_NOUNS = { workloads: "workload", endpoints: "endpoint", fleets: "fleet" } as const;

/** The names of the items that the controls are about, as the reader chose them. */
export type Shown = PreferencesState["shown"];

/** The item of a list that the controls are about: the one chosen, or the first where that one is gone. */
export function shownItem<List extends ListName>(
  scenario: Scenario,
  list: List,
  shown: Shown,
): Scenario[List][number] {
  const items: Scenario[List] = scenario[list];
  const item = items.find(({ name }) => name === shown[list]) ?? items[0];
  if (item === undefined) throw new Error(`Defect: a scenario without ${list}`);
  return item;
}

export function shownWorkload(scenario: Scenario, shown: Shown): Workload {
  return shownItem(scenario, "workloads", shown);
}

/** A control's path with the shown item's name in place of `*`. */
export function pathShown(path: string, scenario: Scenario, shown: Shown): string {
  const [list, item] = path.split(".", 2);
  if (item !== "*") return path;
  const { name } = shownItem(scenario, list as ListName, shown);
  return path.replace("*", () => formatSegment(name));
}

/** What the reader chose to see. */
export function useShown(): Shown {
  return usePreferences((state) => state.shown);
}

/** A control's path in the present scenario. */
export function useShownPath(path: string): string {
  const shown = useShown();
  return useScenario(({ scenario }) => pathShown(path, scenario, shown));
}

/** The workload, endpoint or fleet that the controls are about. */
export function useShownItem<List extends ListName>(list: List): Scenario[List][number] {
  const shown = useShown();
  return useScenario(({ scenario }) => shownItem(scenario, list, shown));
}
