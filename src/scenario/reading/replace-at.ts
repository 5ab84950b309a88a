import { isObject, ownValue } from "../objects";
import type { RecordShape, Shape, VariantShape } from "../shape";
import { recordOf, stepInto } from "./walk";

/** The segments up to the first that leads nowhere. */
export class DeadEnd {
  constructor(
    readonly segments: readonly string[],
    readonly shape: Shape,
    readonly value: unknown,
  ) {}
}

/**
 * A value with another one put at a path in it; nothing is checked but that the path exists. What is not on the path
 * stays the same object. A field that excludes another takes it away; a new word in a tag takes away the fields that
 * the record of that name does not have.
 */
export function replaceAt(
  shape: Shape,
  value: unknown,
  segments: readonly string[],
  replacement: unknown,
  depth = 0,
): unknown {
  const segment = segments[depth];
  if (segment === undefined) return replacement;
  const step = stepInto(shape, value, segment);
  if (step === null) return new DeadEnd(segments.slice(0, depth + 1), shape, value);
  const inner = replaceAt(step.shape, step.value, segments, replacement, depth + 1);
  if (inner instanceof DeadEnd) return inner;
  if (Array.isArray(value)) return value.map((item, index) => (index === step.key ? inner : item));
  const fields = withoutExcluded(shape, value, segment, inner);
  return { ...fields, [segment]: inner };
}

/** The fields of the object that go on beside the one that is set. */
function withoutExcluded(
  shape: Shape,
  value: unknown,
  segment: string,
  inner: unknown,
): Readonly<Record<string, unknown>> {
  const object = isObject(value) ? value : {};
  const plain = plainShape(shape, value);
  if (plain?.kind === "variant") {
    if (segment === plain.tag) return fieldsOfWord(plain, object, inner);
    const record = recordOf(plain, value);
    return record === undefined ? object : withoutAlternatives(record, object, segment, inner);
  }
  return plain?.kind === "record" ? withoutAlternatives(plain, object, segment, inner) : object;
}

function plainShape(shape: Shape, value: unknown): Shape | undefined {
  if (shape.kind === "nullable" || shape.kind === "optional") return plainShape(shape.of, value);
  if (shape.kind === "either") return isObject(value) ? plainShape(shape.spelled, value) : undefined;
  return shape;
}

function fieldsOfWord(
  shape: VariantShape,
  object: Readonly<Record<string, unknown>>,
  word: unknown,
): Readonly<Record<string, unknown>> {
  const records = shape.variants.filter((entry) => entry.word === word).map((entry) => entry.record);
  // A word that means nothing is reported when the document is read; until then nothing is lost.
  if (records.length === 0 || ownValue(object, shape.tag) === word) return object;
  return Object.fromEntries(
    Object.entries(object).filter(([name]) => records.some((record) => Object.hasOwn(record.fields, name))),
  );
}

function withoutAlternatives(
  record: RecordShape,
  object: Readonly<Record<string, unknown>>,
  segment: string,
  inner: unknown,
): Readonly<Record<string, unknown>> {
  const excluded = record.alternatives
    .filter((names) => names.includes(segment))
    .flat()
    .filter((name) => name !== segment);
  if (inner === null || inner === undefined || excluded.length === 0) return object;
  return Object.fromEntries(Object.entries(object).filter(([name]) => !excluded.includes(name)));
}
