import { assert } from "../base/assert";
import { deepFreeze } from "./objects";
import { ProblemLog } from "./reading/problem-log";
import { readDocument } from "./reading/read-document";
import type { Scenario } from "./types";

function readDefaults(): Scenario {
  const log = new ProblemLog();
  const scenario = readDocument({ schema: 1 }, undefined, log);
  assert(scenario !== null && log.count === 0, "the defaults are not a valid scenario");
  return deepFreeze(scenario);
}

/** What `{ "schema": 1 }` means: every field at its default. */
export const DEFAULT_SCENARIO: Scenario = readDefaults();
