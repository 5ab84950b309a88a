import { DEFAULT_SCENARIO } from "../scenario/defaults";
import { shortDocument } from "../scenario/differences";
import { knownPreset, knownPresetIds, OPENING_PRESET_ID, obtainPreset } from "../scenario/known-presets";
import { CURRENT_SCHEMA } from "../scenario/migrations";
import { applyChanges, listDifferences, type PathValue } from "../scenario/paths";
import { entriesWithoutEffect } from "../scenario/read-scenario";
import type { Problem, Scenario } from "../scenario/types";
import { formatValue, parseValue } from "./value-text";

/** What a link opens to. The scenario is valid whatever the link was; `problems` says what in it could not be read. */
export interface LinkContent {
  /** The preset that the scenario began from. */
  readonly baseId: string;
  readonly scenario: Scenario;
  /** The question about the scenario that the link asks, as JSON text, whatever it is; absent where it asks none. */
  readonly question?: string;
  readonly problems: readonly Problem[];
}

/** Links longer than this many characters are better shared in the compact form: some tools cut them. */
export const COMFORTABLE_LINK_LENGTH = 2000;

/** Longer links, and more parameters than this, are not read. Browsers refuse longer ones anyway. */
const MAXIMUM_HASH_LENGTH = 2 * 1024 * 1024;
const MAXIMUM_PARAMETERS = 20_000;
/**
 * The readable form: `#from=ID`, then what differs from that preset as `path=value`. One that is not known yet is none. A step of
 * a reader's own story has the whole story before it; one that no link can hold is only named (`at`), for the page that has it.
 */
export function writeHash(baseId: string, scenario: Scenario): string {
  const preset = knownPreset(baseId);
  const { storyText } = preset ?? { storyText: null };
  const changes = listDifferences(storyText === null ? DEFAULT_SCENARIO : presetScenario(baseId), scenario);
  const parameters = changes.map(
    ({ path, value }) => `${encodePath(path)}=${encodeText(formatValue(value))}`,
  );
  const base =
    storyText === null
      ? ["from=default", ...(preset === undefined ? [] : [`at=${baseId}`])]
      : [...(storyText === undefined ? [] : [`story=${storyText}`]), `from=${baseId}`];
  return withSafeEnd(`#${[...base, ...parameters].join("&")}`);
}

/** A link that also asks a question about its scenario. @param question its JSON */
export function withQuestion(hash: string, question: string): string {
  return withSafeEnd(`${hash}&study=${encodeText(question)}`);
}

/** The compact form of the whole scenario. `baseId`, where given, is kept beside it as what it began from. */
export async function writeCompactHash(scenario: Scenario, baseId?: string): Promise<string> {
  const { pack } = await import("./packed");
  return `#s=${await pack(shortDocument(scenario))}${baseId === undefined ? "" : `&from=${baseId}`}`;
}

/** A path's own percent codes stay; what a link cannot hold is coded too, and both are undone by reading the path. */
function encodePath(path: string): string {
  return path.replace(/[^\w.~%-]/gu, encodeURIComponent);
}

/** Leaves what is safe inside a fragment and pleasant to read. */
function encodeText(text: string): string {
  return encodeURIComponent(text)
    .replace(/%(2C|3A|3D|40|2F)/g, (code) => decodeURIComponent(code))
    .replace(/[!'*~]/g, percentCode);
}

function percentCode(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

/** Programs that turn text into links leave punctuation at the end out of them. */
function withSafeEnd(hash: string): string {
  return hash.replace(/[.,:=@/_-]$/, percentCode);
}

/** Opens what follows the `#` in an address (with or without it). Never throws. */
export async function readHash(hash: string): Promise<LinkContent> {
  const opening = presetScenario(OPENING_PRESET_ID);
  const text = hash.startsWith("#") ? hash.slice(1) : hash;
  if (text === "") return { baseId: OPENING_PRESET_ID, scenario: opening, problems: [] };
  if (text.length > MAXIMUM_HASH_LENGTH) {
    const problem = tooMuch(`${text.length} characters`, `at most ${MAXIMUM_HASH_LENGTH} characters`);
    return { baseId: OPENING_PRESET_ID, scenario: opening, problems: [problem] };
  }
  const problems: Problem[] = [];
  const { from, at, packed, story, study, newerSchema, changes } = sortParameters(text, problems);
  const step = story === null ? null : await (await import("./packed")).openStory(story, from, problems);
  const baseId = step?.baseId ?? (await chooseBase(from, packed !== null, problems));
  const base = step?.base ?? presetScenario(baseId);
  if (newerSchema !== null) {
    problems.push(newer(newerSchema));
    return { baseId, scenario: base, problems };
  }
  const unpacked =
    packed === null ? base : await (await import("./packed")).unpackScenario(packed, base, problems);
  const result = applyChanges(unpacked, changes);
  if (!result.ok) problems.push(...result.problems);
  problems.push(...entriesWithoutEffect(result.scenario, base));
  const isHere = at !== null && (await obtainPreset(at)) !== undefined;
  const content = { baseId: isHere ? at : baseId, scenario: result.scenario, problems };
  return study === null ? content : { ...content, question: study };
}

interface Parameters {
  from: string | null;
  at: string | null;
  packed: string | null;
  story: string | null;
  study: string | null;
  newerSchema: number | null;
  readonly changes: PathValue[];
}

function sortParameters(text: string, problems: Problem[]): Parameters {
  const parameters: Parameters = {
    from: null,
    at: null,
    packed: null,
    story: null,
    study: null,
    newerSchema: null,
    changes: [],
  };
  const parts = text.split("&", MAXIMUM_PARAMETERS + 1);
  if (parts.length > MAXIMUM_PARAMETERS) {
    problems.push(tooMuch("more parameters", `at most ${MAXIMUM_PARAMETERS} parameters`));
    parts.length = MAXIMUM_PARAMETERS;
  }
  for (const part of parts) {
    if (part !== "") sortParameter(part, parameters, problems);
  }
  return parameters;
}

function sortParameter(part: string, parameters: Parameters, problems: Problem[]): void {
  const equals = part.indexOf("=");
  if (equals <= 0) {
    problems.push(malformed(part, "no value", "path=value", "is not of the form path=value"));
    return;
  }
  const key = part.slice(0, equals);
  const text = decode(part.slice(equals + 1));
  if (text === null) {
    problems.push(
      malformed(key, "a broken % code", "percent-encoded text", "has a broken % code in its value"),
    );
    return;
  }
  if (key === "from" || key === "at" || key === "s" || key === "story" || key === "study") {
    const field = key === "s" ? "packed" : key;
    if (parameters[field] !== null)
      problems.push(malformed(key, "it twice", "it once", "is given twice; the last counts"));
    parameters[field] = text;
    return;
  }
  const value = parseValue(text);
  if (key === "schema" && typeof value === "number" && value > CURRENT_SCHEMA) parameters.newerSchema = value;
  else parameters.changes.push({ path: key, value });
}

function decode(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}

/** The preset to begin from: the one named, else the opening one (a compact link needs none: the defaults). */
async function chooseBase(from: string | null, isCompact: boolean, problems: Problem[]): Promise<string> {
  if (from !== null && (await obtainPreset(from)) !== undefined) return from;
  if (from !== null) {
    const found = `"${from.slice(0, 60)}"`;
    const known = knownPresetIds().join(", ");
    const sentence = `There is no preset ${found}, so ${OPENING_PRESET_ID} is used; the presets are ${known}.`;
    problems.push({ path: "from", found, allowed: known, sentence, instead: OPENING_PRESET_ID });
  }
  return isCompact && from === null ? "default" : OPENING_PRESET_ID;
}

function presetScenario(id: string): Scenario {
  return knownPreset(id)?.scenario ?? DEFAULT_SCENARIO;
}

function malformed(part: string, found: string, allowed: string, complaint: string): Problem {
  const path = part.slice(0, 60);
  return { path, found, allowed, sentence: `In the link, "${path}" ${complaint}.` };
}

function tooMuch(found: string, allowed: string): Problem {
  return { path: "", found, allowed, sentence: `The link has ${found}, but may have ${allowed}.` };
}

function newer(schema: number): Problem {
  const found = String(schema);
  const allowed = `a schema up to ${CURRENT_SCHEMA}`;
  const sentence = `This link has schema ${found}, written by a newer version of Headroom, so only its preset is used.`;
  return { path: "schema", found, allowed, sentence };
}
