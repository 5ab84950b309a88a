import { formatPath } from "../path-text";
import type { Problem } from "../types";

/** A place in a document, as a chain from the leaf to the root, so that its path is only written when needed. */
export interface Place {
  readonly parent: Place | null;
  readonly segment: string;
}

/** The place of a field or item inside another place. */
export function inside(parent: Place | null, segment: string): Place {
  return { parent, segment };
}

/** A place as a path. */
export function pathOf(place: Place | null): string {
  const segments: string[] = [];
  for (let at = place; at !== null; at = at.parent) segments.unshift(shorten(at.segment));
  return formatPath(segments);
}

/** A hostile document could fill memory with complaints; nobody reads more than these. */
const MAXIMUM_PROBLEMS = 100;
const MAXIMUM_TEXT = 60;

function shorten(text: string): string {
  const characters = text.length > MAXIMUM_TEXT ? `${text.slice(0, MAXIMUM_TEXT)}…` : text;
  return characters.replace(/\p{Surrogate}/gu, "\uFFFD");
}

/** A found value in few words, however large it is. */
function describe(value: unknown): string {
  switch (typeof value) {
    case "undefined":
      return "nothing";
    case "string":
      return value === "" ? "empty text" : `"${shorten(value)}"`;
    case "number":
    case "boolean":
      return String(value);
    case "object":
      if (value === null) return "null";
      return Array.isArray(value) ? `a list of ${value.length}` : describeObject(value);
    default:
      return `a ${typeof value}`;
  }
}

function describeObject(value: object): string {
  const names: string[] = [];
  for (const name of Object.keys(value)) {
    if (names.length === 4) return `an object with ${names.join(", ")} and more`;
    names.push(shorten(name));
  }
  return names.length === 0 ? "an empty object" : `an object with ${names.join(", ")}`;
}

/** Collects what is wrong with a document while it is read. */
export class ProblemLog {
  #problems: Problem[] = [];
  #count = 0;

  /** How many problems there were, those beyond the limit included. */
  get count(): number {
    return this.#count;
  }

  /** What was found where, and what is allowed there. `instead`: what stands in its place, if that is one value. */
  add(place: Place | null, input: unknown, allowed: string, instead?: unknown): void {
    this.#count += 1;
    if (this.#problems.length >= MAXIMUM_PROBLEMS) return;
    const path = pathOf(place);
    const found = describe(input);
    const subject = path === "" ? "The document" : path;
    this.#push(path, found, allowed, `${subject} is ${found}, but must be ${allowed}.`, instead);
  }

  /** A field that does not exist. */
  addUnknown(place: Place | null, input: unknown, known: readonly string[]): void {
    this.#count += 1;
    if (this.#problems.length >= MAXIMUM_PROBLEMS) return;
    const path = pathOf(place);
    const allowed = oneOf(known);
    const sentence = `There is no field ${path}, so it was left out; the fields there are ${allowed}.`;
    this.#push(path, describe(input), allowed, sentence, undefined);
  }

  /** A path that leads nowhere. `reached`: its segments up to the first that does not exist. */
  addDeadEnd(
    segments: readonly string[],
    reached: readonly string[],
    input: unknown,
    known: readonly string[],
  ): void {
    const path = formatPath(segments.map(shorten));
    const parent = formatPath(reached.slice(0, -1).map(shorten));
    const where = parent === "" ? "a scenario" : parent;
    const allowed = known.length === 0 ? `nothing inside ${where}` : oneOf(known);
    const has = known.length === 0 ? `${where} has nothing inside it` : `${where} has ${allowed}`;
    this.addSentence(path, describe(input), allowed, `There is no place ${path}; ${has}.`);
  }

  /** A path that is given a value more than once. */
  addRepeated(path: string, earlier: unknown, later: unknown): void {
    const found = `${describe(earlier)}, then ${describe(later)}`;
    this.addSentence(path, found, "one value", `${path} is given more than once: ${found}. The last counts.`);
  }

  /** Something that does not hold at a place. `why`: a sentence of its own about it. */
  addCondition(place: Place | null, found: string, allowed: string, why?: string): void {
    const path = pathOf(place);
    const subject = path === "" ? "The document" : path;
    const sentence =
      why === undefined ? `${subject} has ${found}, but must have ${allowed}.` : `In ${subject}: ${why}`;
    this.addSentence(path, found, allowed, sentence);
  }

  /** Something that the others have no words for. */
  addSentence(path: string, found: string, allowed: string, sentence: string): void {
    this.#count += 1;
    if (this.#problems.length < MAXIMUM_PROBLEMS) this.#push(path, found, allowed, sentence, undefined);
  }

  #push(path: string, found: string, allowed: string, sentence: string, instead: unknown): void {
    const problem: Problem = { path, found, allowed, sentence };
    this.#problems.push(instead === undefined ? problem : { ...problem, instead: describe(instead) });
  }

  /** Everything reported; a last entry says how many more there were. */
  list(): readonly Problem[] {
    const more = this.#count - this.#problems.length;
    if (more === 0) return this.#problems;
    const sentence = `There are ${more} more problems, which are not listed.`;
    return [
      ...this.#problems,
      { path: "", found: `${more} more problems`, allowed: "a document without problems", sentence },
    ];
  }
}

/** Words as a list for people, cut off where it gets long. */
export function oneOf(words: readonly string[]): string {
  const shown = words.slice(0, 30).map(shorten);
  const rest = words.length - shown.length;
  return rest > 0 ? `${shown.join(", ")} and ${rest} more` : shown.join(", ");
}
