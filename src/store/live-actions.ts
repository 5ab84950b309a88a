import { formatPath } from "../scenario/path-text";
import { getAt } from "../scenario/paths";
import type { Scenario, TimelineEntry, Workload } from "../scenario/types";
import type { LiveAction } from "./live-state";

const SPIKE_FACTOR = 4;
export const SPIKE_S = 20;
/** A restart takes a database so long, and a scenario may have no more clients or requests per second than that. */
const RESTART_S = 5;
const MOST_TRAFFIC = 1_000_000;

/** The field that says how much traffic a workload is; null where none does. */
function trafficField(workload: Workload): string | null {
  switch (workload.kind) {
    case "closed":
    case "burst":
      return "clients";
    case "open":
      return workload.trace === undefined ? "requestsPerSecond" : null;
    case "replay":
      return null;
  }
}

function trafficPaths({ workloads }: Scenario): readonly string[] {
  return workloads.flatMap((workload) => {
    const field = trafficField(workload);
    return field === null ? [] : [formatPath(["workloads", workload.name, field])];
  });
}

function usesDatabase({ endpoints }: Scenario): boolean {
  return endpoints.some(({ steps }) => steps.some(({ kind }) => kind === "query"));
}

/** Whether traffic that was raised is still to be lowered again. */
function isSpiking(recorded: readonly TimelineEntry[], nowS: number): boolean {
  return recorded.some((entry) => entry.do === "set" && entry.atS > nowS);
}

/** Why something cannot be done to the system as it is; null where it can. */
export function whyNot(
  action: LiveAction,
  scenario: Scenario,
  recorded: readonly TimelineEntry[],
  nowS: number,
): string | null {
  switch (action.do) {
    case "deploy":
    case "killDyno": {
      const fleet = scenario.fleets.find(({ name }) => name === action.fleet);
      return fleet === undefined || fleet.dynos === 0 ? "There is no dyno in this fleet." : null;
    }
    case "failover":
    case "restartDatabase":
      return usesDatabase(scenario) ? null : "No endpoint asks the database.";
    case "spike":
      if (trafficPaths(scenario).length === 0) return "Recorded and measured traffic stays as it is.";
      return isSpiking(recorded, nowS) ? "A spike is under way." : null;
  }
}

/** What an action comes to on a timeline. @param scenario as it is by then */
export function entriesOf(action: LiveAction, scenario: Scenario, atS: number): readonly TimelineEntry[] {
  switch (action.do) {
    case "deploy":
      return [{ atS, do: "deploy", fleet: action.fleet }];
    case "killDyno": {
      // It comes back as a platform brings it back: it boots.
      const backAfterS = scenario.fleets.find(({ name }) => name === action.fleet)?.boot.bootS ?? null;
      return [{ atS, do: "killDyno", fleet: action.fleet, count: 1, graceful: false, backAfterS }];
    }
    case "failover":
      return [{ atS, do: "failover" }];
    case "restartDatabase":
      return [{ atS, do: "restartDatabase", downS: RESTART_S }];
    case "spike": {
      const values = trafficPaths(scenario).map((path) => ({ path, value: Number(getAt(scenario, path)) }));
      const raised = values.map(({ path, value }): TimelineEntry => {
        return { atS, do: "set", path, value: Math.min(MOST_TRAFFIC, SPIKE_FACTOR * value) };
      });
      const lowered = values.map(({ path, value }): TimelineEntry => {
        return { atS: atS + SPIKE_S, do: "set", path, value };
      });
      return [...raised, ...lowered];
    }
  }
}
