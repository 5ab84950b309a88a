import { isObject, ownValue } from "../objects";
import type { ListShape, RecordShape, Shape, VariantShape } from "../shape";

type Fields = Readonly<Record<string, unknown>>;

/**
 * One document laid over another: what the upper one leaves out comes from the lower. A list has the items of the
 * upper one; an item continues the lower list's item of the same name, or, where items have no names, the one at its
 * position if that is of the same kind. Durations, mixes, curves, and sizes and plans that are spelled out are taken
 * whole. Nothing is checked.
 */
export function overlay(shape: Shape, lower: unknown, upper: unknown): unknown {
  if (upper === undefined) return lower;
  switch (shape.kind) {
    case "nullable":
    case "optional":
      return upper === null ? null : overlay(shape.of, lower ?? undefined, upper);
    case "record":
      return isObject(upper) && isObject(lower) ? overlayRecord(shape, lower, upper) : upper;
    case "variant":
      return isObject(upper) && isObject(lower) ? overlayVariant(shape, lower, upper) : upper;
    case "list":
      return Array.isArray(upper) && Array.isArray(lower) ? overlayList(shape, lower, upper) : upper;
    default:
      return upper;
  }
}

function overlayRecord(shape: RecordShape, lower: Fields, upper: Fields): unknown {
  if (shape.indivisible) return upper;
  const excluded = shape.alternatives
    .filter((names) => names.some((name) => ownValue(upper, name) != null))
    .flat();
  const kept = Object.entries(lower).filter(
    ([name]) => !excluded.includes(name) && Object.hasOwn(shape.fields, name),
  );
  const laid = Object.entries(upper).map(([name, value]): [string, unknown] => {
    const field = Object.hasOwn(shape.fields, name) ? shape.fields[name] : undefined;
    return [name, field === undefined ? value : overlay(field, ownValue(lower, name), value)];
  });
  return Object.fromEntries([...kept, ...laid]);
}

function overlayVariant(shape: VariantShape, lower: Fields, upper: Fields): unknown {
  const word = ownValue(upper, shape.tag) ?? ownValue(lower, shape.tag);
  const record = shape.variants.find((entry) => entry.word === word)?.record;
  if (record === undefined) return upper;
  return overlayRecord(record, { ...lower, [shape.tag]: word }, upper);
}

function overlayList(shape: ListShape, lower: readonly unknown[], upper: readonly unknown[]): unknown {
  if (shape.indivisible) return upper;
  return upper.map((item, index) => {
    const below = shape.named
      ? lower.find((candidate) => ownValue(candidate, "name") === ownValue(item, "name"))
      : lower[index];
    return below !== undefined && sameKind(shape, below, item) ? overlay(shape.of, below, item) : item;
  });
}

function sameKind(list: ListShape, below: unknown, item: unknown): boolean {
  if (list.named || list.of.kind !== "variant") return true;
  const word = ownValue(item, list.of.tag);
  return word === undefined || word === ownValue(below, list.of.tag);
}
