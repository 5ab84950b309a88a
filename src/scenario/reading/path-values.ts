import { isObject } from "../objects";
import type { PathValue } from "../path-text";
import type { ProblemLog } from "./problem-log";

/** Changes, `{ "fleets.web.dynos": 5 }`, as values by path; none, and a report, where they are nothing of that kind. */
export function pathValues(changes: unknown, path: string, log: ProblemLog): readonly PathValue[] {
  if (isObject(changes)) return Object.entries(changes).map(([at, value]) => ({ path: at, value }));
  if (changes !== null) {
    const allowed = 'an object such as { "fleets.web.dynos": 5 }';
    log.addSentence(path, "something else", allowed, `${path} must be ${allowed}.`);
  }
  return [];
}
