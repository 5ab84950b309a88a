import { DEFAULT_SCENARIO } from "./defaults";
import { CURRENT_SCHEMA, migrate } from "./migrations";
import { ownValue } from "./objects";
import { overlay } from "./reading/overlay";
import { ProblemLog } from "./reading/problem-log";
import { readDocument } from "./reading/read-document";
import { SCENARIO_SHAPE } from "./shapes/scenario-shape";
import type { Problem, Scenario } from "./types";

export { entriesWithoutEffect } from "./reading/timeline";

/** A valid scenario in every case; where something was wrong with what was read, what could be read of it. */
export type ReadResult =
  | { readonly ok: true; readonly scenario: Scenario }
  | { readonly ok: false; readonly scenario: Scenario; readonly problems: readonly Problem[] };

/**
 * Texts longer than this are not read: 32 Mi UTF-16 units, enough for a replay of a million requests, and parsed in
 * well under a second.
 */
export const MAXIMUM_TEXT_LENGTH = 32 * 1024 * 1024;

/**
 * Reads a document of any schema up to the current one, and fills in its defaults. Never throws. With a `base`, the
 * document lies over it: what is missing comes from the base, and so does what stands in place of a wrong value.
 */
export function readScenario(input: unknown, base?: Scenario): ReadResult {
  const log = new ProblemLog();
  const schema = ownValue(input, "schema");
  if (typeof schema === "number" && schema > CURRENT_SCHEMA) {
    const allowed = `a schema up to ${CURRENT_SCHEMA}`;
    const sentence = `This document has schema ${schema}, written by a newer version of Headroom; this one reads up to ${CURRENT_SCHEMA}.`;
    log.addSentence("schema", String(schema), allowed, sentence);
    return finished(base ?? DEFAULT_SCENARIO, log);
  }
  const document = migrate(input);
  const whole = base === undefined ? document : overlay(SCENARIO_SHAPE, withoutSchema(base), document);
  return finished(readDocument(whole, base, log) ?? base ?? DEFAULT_SCENARIO, log);
}

/** A base must not lend its `schema` to a document that does not say its own. */
function withoutSchema(base: Scenario): Partial<Scenario> {
  const { schema: _schema, ...rest } = base;
  return rest;
}

/** Reads a scenario from JSON text. Never throws. */
export function readScenarioText(text: string, base?: Scenario): ReadResult {
  const problem = (found: string, allowed: string, sentence: string): ReadResult => ({
    ok: false,
    scenario: base ?? DEFAULT_SCENARIO,
    problems: [{ path: "", found, allowed, sentence }],
  });
  if (text.length > MAXIMUM_TEXT_LENGTH) {
    const found = `${text.length} characters`;
    const allowed = `at most ${MAXIMUM_TEXT_LENGTH} characters`;
    return problem(found, allowed, `The document has ${found}, but must have ${allowed}.`);
  }
  let input: unknown;
  try {
    input = JSON.parse(text.charCodeAt(0) === 0xfeff ? text.slice(1) : text);
  } catch (error) {
    const reason = error instanceof Error ? error.message.slice(0, 200) : "unreadable";
    return problem(reason, "JSON", `The document is not JSON: ${reason}`);
  }
  return readScenario(input, base);
}

/** The result of reading: good only if nothing was reported. */
export function finished(scenario: Scenario, log: ProblemLog): ReadResult {
  return log.count === 0 ? { ok: true, scenario } : { ok: false, scenario, problems: log.list() };
}
