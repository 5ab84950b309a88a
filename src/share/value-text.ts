import { deepEqual, isObject, ownValue } from "../scenario/objects";
import { DISTRIBUTION_SHAPE } from "../scenario/shapes/duration-shape";

/*
 * Values as they stand in a link and after `--set path=`: numbers, true, false, null and plain words as they are,
 * distributions as exponential(500) or lognormal(500,cv=2), anything else as JSON. A text that would read as something
 * else stands in JSON's quotation marks.
 */

/** Each distribution's word with its parameters in the order in which they may stand without their names. */
const DISTRIBUTIONS = DISTRIBUTION_SHAPE.variants.map(({ word, record }) => ({
  word,
  parameters: Object.keys(record.fields).filter((name) => name !== DISTRIBUTION_SHAPE.tag),
}));

/** Each digit can be matched in one way only: a long row of them that is no number after all must not cost time. */
const NUMBER = /^[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?$/;
const CALL = /^([a-z]+)\((.*)\)$/s;
const ARGUMENT = /^\s*(?:([A-Za-z]\w*)\s*=\s*)?(\S+)\s*$/;

/** The value that a text stands for. Never throws: a text that is nothing else is text. */
export function parseValue(text: string): unknown {
  if (text === "true") return true;
  if (text === "false") return false;
  if (text === "null") return null;
  if (NUMBER.test(text)) return Number(text);
  if (/^\s*[[{"]/.test(text)) {
    try {
      return JSON.parse(text) as unknown;
    } catch {
      return text;
    }
  }
  return parseDistribution(text) ?? text;
}

/** A value as a text that `parseValue` reads back as an equal one, as readable as can be. */
export function formatValue(value: unknown): string {
  const readable = formatReadable(value);
  return readable !== null && deepEqual(parseValue(readable), value) ? readable : JSON.stringify(value);
}

function formatReadable(value: unknown): string | null {
  if (typeof value === "string") return value;
  if (value === null || typeof value === "number" || typeof value === "boolean") return String(value);
  return isObject(value) ? formatDistribution(value) : null;
}

/** The first parameter stands alone; what follows it says what it is, but for a range. */
function formatDistribution(value: Readonly<Record<string, unknown>>): string | null {
  const word = ownValue(value, "dist");
  if (word === "empirical") {
    const { values } = value;
    return Array.isArray(values) ? `empirical(${values.join(",")})` : null;
  }
  const distribution = DISTRIBUTIONS.find(
    ({ word: own, parameters }) => own === word && parameters.every((name) => Object.hasOwn(value, name)),
  );
  if (distribution === undefined) return null;
  const [first, second] = distribution.parameters;
  const named = first === "p50" ? [first, second] : second === "max" ? [] : [second];
  const texts = distribution.parameters.map((name) =>
    named.includes(name) ? `${name}=${String(value[name])}` : String(value[name]),
  );
  return `${distribution.word}(${texts.join(",")})`;
}

/** A distribution from its call form, complete or not, or null where the text is no such thing. */
function parseDistribution(text: string): Readonly<Record<string, unknown>> | null {
  const [, word, inside = ""] = CALL.exec(text) ?? [];
  const candidates = DISTRIBUTIONS.filter((distribution) => distribution.word === word);
  if (candidates.length === 0) return null;
  const parts = inside.trim() === "" ? [] : inside.split(",");
  if (word === "empirical") {
    const values = parts.map((part) => part.trim());
    return values.every((part) => NUMBER.test(part)) ? { dist: word, values: values.map(Number) } : null;
  }
  for (const { parameters } of candidates) {
    const fields = argumentsFor(parameters, parts);
    if (fields !== null) return { dist: word, ...fields };
  }
  return null;
}

/** The arguments of a call under their parameters' names, or null where they do not fit. */
function argumentsFor(
  parameters: readonly string[],
  parts: readonly string[],
): Readonly<Record<string, number>> | null {
  const fields = new Map<string, number>();
  for (const [index, part] of parts.entries()) {
    const [, named, text = ""] = ARGUMENT.exec(part) ?? [];
    const name = named ?? parameters[index];
    if (name === undefined || !parameters.includes(name) || fields.has(name) || !NUMBER.test(text))
      return null;
    fields.set(name, Number(text));
  }
  return Object.fromEntries(fields);
}
