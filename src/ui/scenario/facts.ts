import { type Capacity, capacity } from "../../analysis/capacity";
import { meanMs } from "../../scenario/duration-mean";
import type { Endpoint, Scenario, Step, Workload } from "../../scenario/types";
import { type Shown, shownItem } from "./shown";

/** What a line of arithmetic beside a control is made of: the scenario, and the items that are shown. */
export interface Facts extends Capacity {
  readonly scenario: Scenario;
  readonly workload: Workload;
  readonly endpoint: Endpoint;
  /** A request of the shown workload: its mean time in all steps, over what the workload sends, in ms. */
  readonly requestMs: number;
}

function inFront<Item>(item: Item, items: readonly Item[]): readonly Item[] {
  return items[0] === item ? items : [item, ...items.filter((other) => other !== item)];
}

/** A step's mean time, all its repetitions together, in ms. */
export function stepMs(step: Step): number {
  return (step.kind === "query" ? step.count : 1) * meanMs(step.ms);
}

/** The mean time of an endpoint's steps together, in ms. */
export function endpointMs(endpoint: Endpoint | undefined): number {
  return endpoint?.steps.reduce((sum, step) => sum + stepMs(step), 0) ?? 0;
}

/** What the workload sends, as endpoint and share; a journey's endpoints each count as often as they come. */
function requestMsOf(workload: Workload, endpoints: readonly Endpoint[]): number {
  const timeOf = (name: string) => endpointMs(endpoints.find((endpoint) => endpoint.name === name));
  if (workload.kind === "replay") return timeOf(workload.endpoint);
  if (workload.journey !== undefined) {
    return workload.journey.reduce((sum, name) => sum + timeOf(name), 0) / workload.journey.length;
  }
  return Object.entries(workload.mix ?? {}).reduce((sum, [name, share]) => sum + share * timeOf(name), 0);
}

/** The facts about what is shown. */
export function factsOf(scenario: Scenario, shown: Shown): Facts {
  const workload = shownItem(scenario, "workloads", shown);
  const endpoint = shownItem(scenario, "endpoints", shown);
  const fleet = shownItem(scenario, "fleets", shown);
  // The arithmetic is that of a scenario's first fleet and endpoint.
  const parts = capacity({
    ...scenario,
    fleets: inFront(fleet, scenario.fleets),
    endpoints: inFront(endpoint, scenario.endpoints),
  });
  return { ...parts, scenario, workload, endpoint, requestMs: requestMsOf(workload, scenario.endpoints) };
}
