import type { ReplicationRecord } from "../engine";
import { isObject } from "../scenario/objects";

/*
 * Records as JSON, exact to the last bit. Numbers stand as JSON's, whose shortest form reads back as the same number; those that JSON has
 * no word for stand as texts in an object: { "number": "-0" }. An array of numbers of one type is { "Float64Array": [...] }, in which the
 * words are bare; a row of the same number is [times, number] where that is shorter. An object that looks like one of these stands in
 * another: { "fields": {...} }.
 */

const ARRAYS = { Float64Array, Int32Array, Uint32Array, Uint8Array };
type ArrayName = keyof typeof ARRAYS;
const ARRAY_NAMES = Object.keys(ARRAYS) as ArrayName[];

type Row = readonly [times: number, value: number | string];

/** A record as plain JSON. */
export function recordJson(record: ReplicationRecord): unknown {
  return encoded(record);
}

/** The record that JSON holds; throws where it is none. What comes back has the fields that were written, whatever they are. */
export function recordOfJson(json: unknown): ReplicationRecord {
  const record = decoded(json) as Partial<ReplicationRecord> | null;
  if (typeof record?.replication !== "number" || !Array.isArray(record.endpoints))
    throw new Error("This is no record.");
  return record as ReplicationRecord;
}

function encoded(value: unknown): unknown {
  if (typeof value === "number") {
    const word = wordFor(value);
    return typeof word === "number" ? word : { number: word };
  }
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(encoded);
  const name = ARRAY_NAMES.find((one) => value instanceof ARRAYS[one]);
  if (name !== undefined) return { [name]: rows(value as Float64Array) };
  const fields = Object.fromEntries(Object.entries(value).map(([field, own]) => [field, encoded(own)]));
  const [only = "", ...others] = Object.keys(fields);
  return others.length === 0 && isTag(only) ? { fields } : fields;
}

/** Whether an object with this field alone stands for something else. */
function isTag(field: string): boolean {
  return field === "number" || field === "fields" || ARRAY_NAMES.some((name) => name === field);
}

function decoded(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(decoded);
  if (!isObject(json)) return json;
  const entries = Object.entries(json);
  const [[field, own] = ["", null]] = entries;
  if (entries.length === 1) {
    if (field === "number") return numberOf(own);
    if (field === "fields" && isObject(own)) return decodedFields(own);
    const name = ARRAY_NAMES.find((one) => one === field);
    if (name !== undefined) return ARRAYS[name].from(numbers(own));
  }
  return decodedFields(json);
}

function decodedFields(fields: Readonly<Record<string, unknown>>): unknown {
  return Object.fromEntries(Object.entries(fields).map(([name, part]) => [name, decoded(part)]));
}

/** A number as JSON can say it. */
function wordFor(value: number): number | string {
  if (Object.is(value, -0)) return "-0";
  return Number.isFinite(value) ? value : String(value);
}

function numberOf(word: unknown): number {
  if (typeof word === "number") return word;
  const value = ["-0", "NaN", "Infinity", "-Infinity"].includes(String(word)) ? Number(word) : null;
  if (value === null) throw new Error("This is no number.");
  return value;
}

/** The numbers of an array, of which long rows of the same, most of all of zeros, are said once. */
function rows(array: ArrayLike<number>): (number | string | Row)[] {
  const said: (number | string | Row)[] = [];
  for (let at = 0; at < array.length; ) {
    const value = array[at] ?? 0;
    let end = at + 1;
    while (end < array.length && Object.is(array[end], value)) end += 1;
    const word = wordFor(value);
    if (end - at > 3) said.push([end - at, word]);
    else for (; at < end; at += 1) said.push(word);
    at = end;
  }
  return said;
}

/** A whole array cannot be longer than this; a part that says so is none. */
const LONGEST_ARRAY = 100_000_000;

function numbers(said: unknown): number[] {
  if (!Array.isArray(said)) throw new Error("This is no array of numbers.");
  const values: number[] = [];
  for (const one of said as readonly unknown[]) {
    if (!Array.isArray(one)) {
      values.push(numberOf(one));
      continue;
    }
    const [times, word] = one as readonly unknown[];
    if (typeof times !== "number" || !(times >= 1 && times + values.length <= LONGEST_ARRAY))
      throw new Error("This is no array of numbers.");
    const value = numberOf(word);
    for (let left = times; left > 0; left -= 1) values.push(value);
  }
  return values;
}
