import { deepEqual, isObject, ownValue } from "./objects";
import { formatPath, type PathValue } from "./path-text";
import { recordOf } from "./reading/walk";
import type { RecordShape, Shape, VariantShape } from "./shape";
import { SCENARIO_SHAPE } from "./shapes/scenario-shape";
import type { Scenario } from "./types";

/**
 * The changes that turn one scenario into another, each as small as it can be read: applied to `base` by
 * `applyChanges` they give `scenario` again, to the letter. A list whose items come, go or change places is one change,
 * in which what is at its default is left out.
 */
export function listDifferences(base: Scenario, scenario: Scenario): readonly PathValue[] {
  const changes: PathValue[] = [];
  collect(SCENARIO_SHAPE, base, scenario, [], changes);
  return changes;
}

/** A scenario as short as it can be written: without the fields that reading it fills in again. */
export function shortDocument(scenario: Scenario): unknown {
  return { schema: scenario.schema, ...(withoutDefaults(SCENARIO_SHAPE, scenario) as object) };
}

function collect(
  shape: Shape,
  base: unknown,
  value: unknown,
  path: readonly string[],
  changes: PathValue[],
): void {
  if (deepEqual(base, value)) return;
  if (value === undefined) {
    changes.push({ path: formatPath(path), value: null });
  } else if (!collectParts(shape, base, value, path, changes)) {
    changes.push({ path: formatPath(path), value: withoutDefaults(shape, value) });
  }
}

/** A value without the fields that reading it would fill in again, but with the names and kinds of things. */
function withoutDefaults(shape: Shape, value: unknown): unknown {
  switch (shape.kind) {
    case "nullable":
    case "optional":
      return value === null ? null : withoutDefaults(shape.of, value);
    case "list":
      return Array.isArray(value) ? value.map((item) => withoutDefaults(shape.of, item)) : value;
    case "variant": {
      const record = recordOf(shape, value);
      return record === undefined ? value : withoutDefaults(record, value);
    }
    case "record": {
      if (shape.indivisible || shape.fill !== null || !isObject(value)) return value;
      const entries = Object.entries(shape.fields).flatMap(([name, field]): [string, unknown][] => {
        const own = ownValue(value, name);
        const says =
          (field.kind === "text" && field.isName) || (field.kind === "word" && field.words.length === 1);
        if (own === undefined || (!says && deepEqual(own, field.initial))) return [];
        return [[name, withoutDefaults(field, own)]];
      });
      return Object.fromEntries(entries);
    }
    default:
      return value;
  }
}

/** Collects what differs inside; false where the value is to be written whole. */
function collectParts(
  shape: Shape,
  base: unknown,
  value: unknown,
  path: readonly string[],
  changes: PathValue[],
): boolean {
  switch (shape.kind) {
    case "nullable":
    case "optional":
      return base != null && value != null && collectParts(shape.of, base, value, path, changes);
    case "either":
      return isObject(base) && isObject(value) && collectParts(shape.spelled, base, value, path, changes);
    case "record":
      return collectRecord(shape, base, value, path, changes);
    case "variant":
      return collectVariant(shape, base, value, path, changes);
    case "list":
      return (
        Array.isArray(base) &&
        Array.isArray(value) &&
        sameItems(shape.of, shape.named, base, value) &&
        collectItems(shape.of, base, value, path, changes)
      );
    case "shares":
      return collectShares(base, value, path, changes);
    default:
      return false;
  }
}

function collectRecord(
  shape: RecordShape,
  base: unknown,
  value: unknown,
  path: readonly string[],
  changes: PathValue[],
): boolean {
  if (shape.indivisible) return false;
  for (const [name, field] of Object.entries(shape.fields)) {
    const before = ownValue(base, name);
    const after = ownValue(value, name);
    // Setting a field takes its alternatives away, so that this needs no change of its own.
    if (after === undefined && alternativeGiven(shape, name, value)) continue;
    collect(field, before, after, [...path, name], changes);
  }
  return true;
}

function alternativeGiven(shape: RecordShape, name: string, value: unknown): boolean {
  return shape.alternatives.some(
    (names) => names.includes(name) && names.some((other) => ownValue(value, other) !== undefined),
  );
}

function collectVariant(
  shape: VariantShape,
  base: unknown,
  value: unknown,
  path: readonly string[],
  changes: PathValue[],
): boolean {
  const record = recordOf(shape, value);
  if (record === undefined || record.indivisible) return false;
  const word = ownValue(value, shape.tag);
  if (ownValue(base, shape.tag) === word) return collectRecord(record, base, value, path, changes);
  changes.push({ path: formatPath([...path, shape.tag]), value: word });
  const { [shape.tag]: _tag, ...kept } = isObject(base) ? base : {};
  collectRecord(record, { ...record.initial, ...kept, [shape.tag]: word }, value, path, changes);
  return true;
}

/** Whether two lists have the same items in the same order, so that each can be compared with its own. */
function sameItems(of: Shape, named: boolean, base: readonly unknown[], value: readonly unknown[]): boolean {
  if (base.length !== value.length) return false;
  if (named) return value.every((item, index) => ownValue(item, "name") === ownValue(base[index], "name"));
  return of.kind === "variant";
}

function collectItems(
  of: Shape,
  base: readonly unknown[],
  value: readonly unknown[],
  path: readonly string[],
  changes: PathValue[],
): boolean {
  value.forEach((item, index) => {
    const name = ownValue(item, "name");
    collect(of, base[index], item, [...path, typeof name === "string" ? name : String(index)], changes);
  });
  return true;
}

function collectShares(
  base: unknown,
  value: unknown,
  path: readonly string[],
  changes: PathValue[],
): boolean {
  if (!isObject(base) || !isObject(value)) return false;
  const names = Object.keys(value);
  if (names.length !== Object.keys(base).length || !names.every((name) => Object.hasOwn(base, name)))
    return false;
  for (const name of names) {
    if (value[name] !== base[name]) changes.push({ path: formatPath([...path, name]), value: value[name] });
  }
  return true;
}
