import { isObject, ownValue } from "../objects";
import type { RecordShape, Shape, VariantShape } from "../shape";
import { allowedBy, words } from "./allowed";
import { inside, oneOf, type Place, type ProblemLog } from "./problem-log";
import { instead, REJECTED, type Reader, refuse } from "./reading";

type Fields = Record<string, unknown>;

/** Reads an object with known fields. An indivisible one stands only if all of it does. */
export function readRecord(
  read: Reader,
  shape: RecordShape,
  input: unknown,
  spare: unknown,
  place: Place | null,
  log: ProblemLog,
): unknown {
  if (!isObject(input)) return refuse(shape, input, spare, place, log);
  const problemsBefore = log.count;
  reportUnknownFields(shape, input, place, log);
  const given = withoutSurplusAlternatives(shape, input, place, log);
  const filled = shape.fill?.(given) ?? {};
  const value: Fields = {};
  let complete = true;
  for (const [name, fieldShape] of Object.entries(shape.fields)) {
    const fieldGiven = ownValue(given, name);
    const fieldInput = fieldGiven === undefined ? ownValue(filled, name) : fieldGiven;
    if (shape.indivisible && fieldInput === undefined && fieldShape.kind !== "optional") {
      log.add(inside(place, name), undefined, allowedBy(fieldShape));
      complete = false;
      continue;
    }
    const fieldSpare = shape.indivisible ? undefined : spareFor(name, fieldShape, spare);
    const found = read(fieldShape, fieldInput, fieldSpare, inside(place, name), log);
    if (found === REJECTED) complete = false;
    const field = found === REJECTED ? fieldShape.initial : found;
    if (field !== undefined) value[name] = field;
  }
  if (shape.indivisible && (!complete || log.count > problemsBefore)) return instead(spare);
  return checked(shape, value, spare, place, log);
}

/**
 * What stands in place of a wrong field: the spare record's, else the default. A list's default items are no spares
 * for items that were given: these are left out where they cannot be read.
 */
function spareFor(name: string, shape: Shape, spare: unknown): unknown {
  const own = ownValue(spare, name);
  if (own !== undefined) return own;
  return shape.kind === "list" ? undefined : shape.initial;
}

function reportUnknownFields(shape: RecordShape, input: Fields, place: Place | null, log: ProblemLog): void {
  for (const name of Object.keys(input)) {
    if (Object.hasOwn(shape.fields, name) || input[name] === undefined) continue;
    log.addUnknown(inside(place, name), input[name], Object.keys(shape.fields));
  }
}

/** Of fields that exclude each other, the first stays. */
function withoutSurplusAlternatives(
  shape: RecordShape,
  input: Fields,
  place: Place | null,
  log: ProblemLog,
): Fields {
  let given = input;
  for (const alternatives of shape.alternatives) {
    const present = alternatives.filter((name) => ownValue(input, name) != null);
    for (const surplus of present.slice(1)) {
      log.add(inside(place, surplus), input[surplus], `absent, since ${present[0]} is given`);
      given = { ...given, [surplus]: undefined };
    }
  }
  return given;
}

/** Holds the conditions over several fields; where one fails, its fields are set back, or nothing stands. */
function checked(
  shape: RecordShape,
  value: Fields,
  spare: unknown,
  place: Place | null,
  log: ProblemLog,
): unknown {
  for (const check of shape.checks) {
    const failure = check(value);
    if (failure === null) continue;
    const { field, allowed, resets } = failure;
    const resetTo = (name: string) => {
      const own = ownValue(spare, name);
      return own === undefined ? shape.fields[name]?.initial : own;
    };
    const found = ownValue(value, field);
    if (resets.length === 0) {
      log.add(inside(place, field), found, allowed, spare);
      return instead(spare);
    }
    log.add(inside(place, field), found, allowed, resetTo(field));
    for (const name of resets) value[name] = resetTo(name);
  }
  return value;
}

/** Reads one of several records by the word in its tag. */
export function readVariant(
  read: Reader,
  shape: VariantShape,
  input: unknown,
  spare: unknown,
  place: Place | null,
  log: ProblemLog,
): unknown {
  if (!isObject(input)) return refuse(shape, input, spare, place, log);
  const known = words(shape.variants);
  const given = ownValue(input, shape.tag);
  const spareWord = ownValue(spare, shape.tag);
  let word = given;
  if (given === undefined && !shape.tagRequired) word = known[0];
  if (typeof word !== "string" || !known.includes(word)) {
    log.add(inside(place, shape.tag), given, `one of: ${oneOf(known)}`, spareWord);
    if (spareWord === undefined) return REJECTED;
    word = spareWord;
  }
  const record = recordFor(shape, String(word), input);
  if (record === undefined) return instead(spare);
  const usableSpare = spareWord === word || record.indivisible ? spare : undefined;
  return read(record, { ...input, [shape.tag]: word }, usableSpare, place, log);
}

/** The record that carries a word; of several, the one that knows most of the fields given. */
export function recordFor(shape: VariantShape, word: string, input: Fields): RecordShape | undefined {
  let best: RecordShape | undefined;
  let bestScore = -1;
  for (const entry of shape.variants) {
    if (entry.word !== word) continue;
    const score = Object.keys(input).filter((name) => Object.hasOwn(entry.record.fields, name)).length;
    if (score > bestScore) {
      best = entry.record;
      bestScore = score;
    }
  }
  return best;
}
