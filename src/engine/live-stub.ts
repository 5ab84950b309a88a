import type { SizedChange, SizedScenario } from "../scenario/sizes";
import type { Change } from "./change";
import { compile } from "./compile";
import type { SystemLevels } from "./levels";

// Stands in until the engine has its own.
export function compileChange(change: SizedChange, sized: SizedScenario): Change {
  const fleet = "fleet" in change ? sized.scenario.fleets.findIndex(({ name }) => name === change.fleet) : 0;
  switch (change.do) {
    case "set":
      return { kind: "plan", plan: compile(change.after) };
    case "deploy":
      return { kind: "deploy", fleet };
    case "killDyno":
      return {
        kind: "killDyno",
        fleet,
        count: change.count,
        graceful: change.graceful,
        backAfterMs: change.backAfterS === null ? Infinity : change.backAfterS * 1000,
      };
    case "slowDyno":
      return {
        kind: "slowDyno",
        fleet,
        count: change.count,
        factor: change.factor,
        forMs: change.forS * 1000,
      };
    case "failover":
      return { kind: "failover" };
    case "restartDatabase":
      return { kind: "restartDatabase", downMs: change.downS * 1000 };
  }
}

export function stubLevels(nowMs: number): SystemLevels {
  const server = { isUp: true, connections: 0, usableConnections: 0, activeQueries: 0, cpu: 0 };
  return {
    nowMs,
    sent: 0,
    ok: 0,
    failedByKind: new Float64Array(13),
    inFlight: 0,
    edgeConnections: 0,
    fleets: [],
    pooler: null,
    primary: server,
    replicas: [],
    queries: 0,
    replicaQueries: 0,
    monthlyUsd: 0,
  };
}
