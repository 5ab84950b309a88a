import { isObject, ownValue } from "../objects";
import { type ListShape, number, type RecordShape, type Shape, type VariantShape } from "../shape";
import { recordFor } from "./read-record";

/** What lies one segment further: its shape, its value (undefined where absent), and the field or index it has. */
export interface Step {
  readonly shape: Shape;
  readonly value: unknown;
  readonly key: string | number;
}

const SHARE = number(0, 1, 0);

/** Follows one segment into a value. null where the shape has nothing there, whatever the value holds. */
export function stepInto(shape: Shape, value: unknown, segment: string): Step | null {
  switch (shape.kind) {
    case "nullable":
    case "optional":
      return stepInto(shape.of, value ?? undefined, segment);
    case "either":
      return isObject(value) ? stepInto(shape.spelled, value, segment) : null;
    case "variant": {
      const record = recordOf(shape, value);
      return record === undefined ? null : stepInto(record, value, segment);
    }
    case "record": {
      const field = Object.hasOwn(shape.fields, segment) ? shape.fields[segment] : undefined;
      return field === undefined ? null : { shape: field, value: ownValue(value, segment), key: segment };
    }
    case "shares":
      return { shape: SHARE, value: ownValue(value, segment), key: segment };
    case "list": {
      const index = isWalkable(shape) && Array.isArray(value) ? itemIndex(value, segment) : null;
      return index === null || !Array.isArray(value)
        ? null
        : { shape: shape.of, value: value[index], key: index };
    }
    default:
      return null;
  }
}

/**
 * Whether paths lead into a list: into those of things, which are short. A curve or a recorded trace is one value; it
 * can be so long that changing its points one by one would take minutes.
 */
function isWalkable(shape: ListShape): boolean {
  return shape.of.kind === "record" || shape.of.kind === "variant";
}

/** Where an item of a list is, by its name or else by its index; null where there is none. */
export function itemIndex(items: readonly unknown[], segment: string): number | null {
  const named = items.findIndex((item) => ownValue(item, "name") === segment);
  if (named >= 0) return named;
  if (!/^(0|[1-9]\d{0,6})$/.test(segment)) return null;
  const index = Number(segment);
  return index < items.length ? index : null;
}

/** The record that a variant's value is, by its tag. */
export function recordOf(shape: VariantShape, value: unknown): RecordShape | undefined {
  if (!isObject(value)) return shape.tagRequired ? undefined : shape.variants[0]?.record;
  const word = ownValue(value, shape.tag) ?? (shape.tagRequired ? undefined : shape.variants[0]?.word);
  return typeof word === "string" ? recordFor(shape, word, value) : undefined;
}

/** The segments that lead further from a value, for a report of one that does not. */
export function knownSegments(shape: Shape, value: unknown): readonly string[] {
  switch (shape.kind) {
    case "nullable":
    case "optional":
      return knownSegments(shape.of, value ?? undefined);
    case "either":
      return isObject(value) ? knownSegments(shape.spelled, value) : [];
    case "variant": {
      const record = recordOf(shape, value);
      return record === undefined ? [] : knownSegments(record, value);
    }
    case "record":
      return Object.keys(shape.fields);
    case "list":
      return isWalkable(shape) && Array.isArray(value)
        ? value.slice(0, 50).map((item, index) => String(ownValue(item, "name") ?? index))
        : [];
    default:
      return [];
  }
}
