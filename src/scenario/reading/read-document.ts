import { isObject, ownValue } from "../objects";
import { SCENARIO_SHAPE } from "../shapes/scenario-shape";
import type { Scenario } from "../types";
import type { ProblemLog } from "./problem-log";
import { readValue } from "./read-value";
import { resolveReferences } from "./references";
import { resolveTimeline } from "./timeline";

/**
 * A document of the current schema, read whole: what is missing becomes the default, what is wrong is reported and
 * becomes what `spare` has there, else the default. null where there is nothing to read.
 */
export function readDocument(input: unknown, spare: Scenario | undefined, log: ProblemLog): Scenario | null {
  if (!isObject(input)) {
    log.add(null, input, 'a scenario: an object with "schema": 1');
    return null;
  }
  if (ownValue(input, "schema") === undefined) log.addSentence(...NO_SCHEMA);
  // The shape has been held against the type field by field where it was written; see `record`.
  const document = readValue(SCENARIO_SHAPE, input, spare, null, log) as Scenario;
  return resolveTimeline(resolveReferences(document, spare, log), log, readDocument);
}

const NO_SCHEMA = ["schema", "nothing", "1", 'schema is missing; a scenario says "schema": 1.'] as const;
