import { ownValue } from "./objects";
import { formatPath, type PathValue, parsePath } from "./path-text";
import { finished, type ReadResult } from "./read-scenario";
import { ProblemLog } from "./reading/problem-log";
import { readDocument } from "./reading/read-document";
import { DeadEnd, replaceAt } from "./reading/replace-at";
import { itemIndex, knownSegments } from "./reading/walk";
import { SCENARIO_SHAPE } from "./shapes/scenario-shape";
import type { Scenario } from "./types";

export { listDifferences } from "./differences";
export { formatPath, formatSegment, type PathValue, parsePath } from "./path-text";

/** The value at a path; undefined where there is none. */
export function getAt(scenario: Scenario, path: string): unknown {
  let value: unknown = scenario;
  for (const segment of parsePath(path) ?? [""]) {
    if (Array.isArray(value)) {
      const index = itemIndex(value, segment);
      value = index === null ? undefined : value[index];
    } else {
      value = ownValue(value, segment);
    }
  }
  return value;
}

/**
 * The scenario with one value changed, checked as a whole. Where the path does not exist or the value cannot stand,
 * the result says so and holds the scenario with what could be changed. `null` takes away a field that may be absent.
 * Changing what an item is (`kind`, `do`, `dist`) keeps the fields that both kinds have, and gives the rest defaults.
 */
export function setAt(scenario: Scenario, path: string, value: unknown): ReadResult {
  return applyChanges(scenario, [{ path, value }]);
}

/**
 * The scenario with several values changed at once, and checked once, so that changes may need each other. Their
 * order does not matter: wider ones come before those inside them, kinds before the fields of the new kind. Of two
 * for the same place the last counts, and the other is reported.
 */
export function applyChanges(scenario: Scenario, changes: readonly PathValue[]): ReadResult {
  const log = new ProblemLog();
  let document: unknown = scenario;
  for (const { segments, value } of inOrder(changes, log)) {
    const changed = replaceAt(SCENARIO_SHAPE, document, segments, value);
    if (changed instanceof DeadEnd) {
      log.addDeadEnd(segments, changed.segments, value, knownSegments(changed.shape, changed.value));
    } else {
      document = changed;
    }
  }
  if (document === scenario) return finished(scenario, log);
  return finished(readDocument(document, scenario, log) ?? scenario, log);
}

interface Change {
  readonly segments: readonly string[];
  readonly value: unknown;
}

const TAGS = ["kind", "do", "dist"];

function inOrder(changes: readonly PathValue[], log: ProblemLog): readonly Change[] {
  const byPath = new Map<string, Change>();
  for (const { path, value } of changes) {
    const segments = parsePath(path);
    if (segments === null) {
      const shown = path.slice(0, 60);
      const allowed = "a path such as fleets.web.dynos";
      log.addSentence(shown, "no path", allowed, `"${shown}" is not a path such as fleets.web.dynos.`);
      continue;
    }
    const canonical = formatPath(segments);
    const earlier = byPath.get(canonical);
    if (earlier !== undefined) log.addRepeated(canonical, earlier.value, value);
    byPath.set(canonical, { segments, value });
  }
  const rank = ({ segments }: Change) => 2 * segments.length - (TAGS.includes(segments.at(-1) ?? "") ? 1 : 0);
  return [...byPath.values()].sort((a, b) => rank(a) - rank(b));
}
