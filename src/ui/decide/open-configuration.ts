import { deepEqual } from "../../scenario/objects";
import { applyChanges, type PathValue } from "../../scenario/paths";
import type { Scenario } from "../../scenario/types";
import type { Session } from "../../store/session";

/** Makes a configuration that a study looked at the scenario at hand, as one step; does nothing where its values cannot stand. */
export function openConfiguration(session: Session, base: Scenario, changes: readonly PathValue[]): void {
  if (deepEqual(base, session.scenario.getState().scenario)) {
    session.applyChanges(changes);
    return;
  }
  // The scenario at hand has become another: the cell is what was asked about, changed.
  const { ok, scenario } = applyChanges(base, changes);
  if (ok) session.replaceScenario(scenario);
}
