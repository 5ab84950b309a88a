import type { Problem, Scenario } from "../scenario/types";

/** What a scenario asks for that this engine does not simulate: nothing. */
export function unsupportedFields(_scenario: Scenario): Problem[] {
  return [];
}
