import type { Endpoint, Fleet, Scenario, Workload } from "../../../scenario/types";
import type { Change } from "../../shell/change";
import { ITEM_NOUNS, type ListName } from "../shown";
import { stepsText } from "./step-changes";
import { msText, said } from "./value-words";

const LISTS = ["workloads", "endpoints", "fleets"] as const satisfies readonly ListName[];

/** An item in a few words, for one that is new. */
function itemText(item: Workload | Endpoint | Fleet): string {
  if ("steps" in item) return stepsText(item.steps);
  if ("dynos" in item) return `${item.dynos} ${item.dynos === 1 ? "dyno" : "dynos"}`;
  const count = (value: number) => value.toLocaleString("en-US");
  switch (item.kind) {
    case "closed":
      return `${count(item.clients)} clients`;
    case "open":
      return `${count(item.requestsPerSecond)} requests a second`;
    case "burst":
      return `${count(item.clients)} requests every ${msText(item.everyMs)}`;
    case "replay":
      return `${count(item.requests.length)} recorded requests`;
  }
}

const PARTS = { workloads: "clients", endpoints: null, fleets: "dynos" } as const;

/** Which workloads, endpoints and fleets came and which went. */
export function itemChanges(before: Scenario, after: Scenario): readonly Change[] {
  return LISTS.flatMap((list) => {
    const noun = ITEM_NOUNS[list];
    const title = `${noun.charAt(0).toUpperCase()}${noun.slice(1)}`;
    const changes = [
      ...missing(before, after, list).map(({ name }) => said(`${title} ${name} removed`)),
      ...missing(after, before, list).map((item) => said(`${title} ${item.name} added: ${itemText(item)}`)),
    ];
    return changes.map((change) => ({ ...change, part: PARTS[list] }));
  });
}

function missing(
  scenario: Scenario,
  other: Scenario,
  list: ListName,
): readonly (Workload | Endpoint | Fleet)[] {
  return scenario[list].filter(({ name }) => !other[list].some((item) => item.name === name));
}

/** A scenario with the items only that the other has too, in the other's order, so that the two can be compared item by item. */
export function withCommonItems(scenario: Scenario, other: Scenario): Scenario {
  const common = <Item extends { readonly name: string }>(items: readonly Item[], others: readonly Item[]) =>
    others.flatMap(({ name }) => items.find((item) => item.name === name) ?? []);
  return {
    ...scenario,
    workloads: common(scenario.workloads, other.workloads),
    endpoints: common(scenario.endpoints, other.endpoints),
    fleets: common(scenario.fleets, other.fleets),
  };
}
