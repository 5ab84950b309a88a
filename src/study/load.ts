import type { Scenario, Workload } from "../scenario/types";
import type { CapacityAnswer } from "./answer-types";

/** What a scenario's workloads send, as one number that can be made larger. */
export interface Load {
  readonly unit: CapacityAnswer["unit"];
  /** The scenario's own. */
  readonly now: number;
  /** Whether there are only whole loads. */
  readonly isWhole: boolean;
  /** The scenario under a load in that unit. */
  readonly at: (load: number) => Scenario;
}

/** The load of a scenario; a sentence where it has none that can be changed. */
export function loadOf(scenario: Scenario): Load | string {
  const { workloads } = scenario;
  if (workloads.some(({ kind }) => kind === "replay"))
    return "Recorded requests come when they came: their load cannot be changed.";
  const sum = (of: (workload: Workload) => number): number =>
    workloads.reduce((total, workload) => total + of(workload), 0);
  const clients = sum((workload) => (workload.kind === "closed" ? workload.clients : 0));
  const rate = sum((workload) => (workload.kind === "open" ? workload.requestsPerSecond : 0));
  const areTraced = workloads.some((workload) => workload.kind === "open" && workload.trace !== undefined);
  const only = (kind: Workload["kind"]): boolean => workloads.every((workload) => workload.kind === kind);
  const count = sum((workload) => ("clients" in workload ? workload.clients : 0));
  if (count + rate === 0 && !areTraced) return "No request is sent, so there is no load to change.";
  if (only("closed"))
    return { unit: "clients", now: clients, isWhole: true, at: (load) => scaled(scenario, load / clients) };
  if (only("open") && !areTraced)
    return {
      unit: "requestsPerSecond",
      now: rate,
      isWhole: false,
      at: (load) => scaled(scenario, load / rate),
    };
  return { unit: "factor", now: 1, isWhole: false, at: (load) => scaled(scenario, load) };
}

/** All workloads with so many times their clients, or requests a second; whole clients, and at least one where there are any. */
function scaled(scenario: Scenario, factor: number): Scenario {
  return { ...scenario, workloads: scenario.workloads.map((workload) => scaledWorkload(workload, factor)) };
}

function scaledWorkload(workload: Workload, factor: number): Workload {
  switch (workload.kind) {
    case "closed":
    case "burst": {
      const { clients } = workload;
      return { ...workload, clients: clients === 0 ? 0 : Math.max(1, Math.round(clients * factor)) };
    }
    case "open": {
      const { requestsPerSecond, trace } = workload;
      const rate = { ...workload, requestsPerSecond: requestsPerSecond * factor };
      if (trace === undefined) return rate;
      return { ...rate, trace: trace.map(([atS, perSecond]) => [atS, perSecond * factor] as const) };
    }
    case "replay":
      return workload;
  }
}
