import { assert } from "../../base/assert";
import { readScenario } from "../read-scenario";
import type { Scenario } from "../types";

/** A scenario that links and the command line can begin from. Once shipped it never changes: links lean on it. */
export interface Preset {
  readonly id: string;
  readonly title: string;
  readonly description: string;
  readonly scenario: Scenario;
  /** Of a step of a reader's own story: the story as links hold it; null where it is too long for one. Every page has the others. */
  readonly storyText?: string | null;
}

/** @param document the scenario's fields that are not at their default; throws where it is no valid scenario */
export function presetOf(id: string, title: string, description: string, document: object): Preset {
  const result = readScenario({ schema: 1, ...document });
  assert(result.ok, `preset ${id} is not valid`);
  return { id, title, description, scenario: result.scenario };
}
