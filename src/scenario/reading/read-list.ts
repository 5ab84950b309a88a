import { ownValue } from "../objects";
import type { ListShape, TupleShape } from "../shape";
import { isUsableName } from "./names";
import { inside, type Place, type ProblemLog } from "./problem-log";
import { instead, REJECTED, type Reader, refuse } from "./reading";

/** Reads a list. Items that cannot stand are left out, unless the list stands or falls as a whole. */
export function readList(
  read: Reader,
  shape: ListShape,
  input: unknown,
  spare: unknown,
  place: Place | null,
  log: ProblemLog,
): unknown {
  if (!Array.isArray(input) || input.length < shape.minimum || input.length > shape.maximum) {
    return refuse(shape, input, spare, place, log);
  }
  const spares: readonly unknown[] = Array.isArray(spare) ? spare : [];
  const names = shape.named ? new Names(input) : null;
  const problemsBefore = log.count;
  const items: unknown[] = [];
  for (let index = 0; index < input.length; index++) {
    const raw: unknown = input[index];
    const item = names?.rename(raw, index, place, log) ?? raw;
    const name = names?.at(index);
    const itemPlace = inside(place, name ?? String(index));
    const value = read(shape.of, item ?? null, spareFor(name, index, spares), itemPlace, log);
    if (value === REJECTED) continue;
    // The shape has read all of them: they are what its check is about.
    const unmet = shape.itemCheck?.(value as never, items as never[]) ?? null;
    if (unmet !== null) {
      log.add(inside(itemPlace, unmet.field), ownValue(value, unmet.field), unmet.allowed);
      continue;
    }
    items.push(names === null ? value : names.complete(value, name));
  }
  if (shape.indivisible && log.count > problemsBefore) return instead(spare);
  // Too few are left: what was wrong with the others has been reported.
  if (items.length < shape.minimum) return instead(spare);
  const unmet = shape.check?.(items) ?? null;
  if (unmet === null) return items;
  log.add(place, input, unmet, spare);
  return instead(spare);
}

/** The spare item of the same name, else at the same position. */
function spareFor(name: string | undefined, index: number, spares: readonly unknown[]): unknown {
  const named = name === undefined ? undefined : spares.find((spare) => ownValue(spare, "name") === name);
  return named ?? spares[index];
}

/** The names of a list's items: each usable, and each once. */
class Names {
  readonly #given: (string | undefined)[] = [];
  readonly #taken = new Set<string>();
  readonly #repeated = new Set<number>();

  constructor(items: readonly unknown[]) {
    items.forEach((item, index) => {
      const name = ownValue(item, "name");
      const usable = isUsableName(name);
      if (usable && this.#taken.has(name)) this.#repeated.add(index);
      this.#given.push(usable && !this.#taken.has(name) ? name : undefined);
      if (usable) this.#taken.add(name);
    });
  }

  /** The name that an item was given and may keep. */
  at(index: number): string | undefined {
    return this.#given[index];
  }

  /** The item under another name, where its own belongs to an earlier one; null where it may keep it. */
  rename(item: unknown, index: number, place: Place | null, log: ProblemLog): unknown {
    if (!this.#repeated.has(index)) return null;
    const name = String(ownValue(item, "name"));
    const renamed = this.#unused(name);
    log.add(inside(inside(place, String(index)), "name"), name, "a name that no other item has", renamed);
    this.#given[index] = renamed;
    return { ...(item as object), name: renamed };
  }

  /** A value as read, with a name of its own if it was given none that can stand. */
  complete(value: unknown, name: string | undefined): unknown {
    if (name !== undefined) return value;
    const initial = String(ownValue(value, "name"));
    const unused = this.#taken.has(initial) ? this.#unused(initial) : initial;
    this.#taken.add(unused);
    return { ...(value as object), name: unused };
  }

  #unused(name: string): string {
    const stem = name.slice(0, 90);
    let number = 2;
    while (this.#taken.has(`${stem}-${number}`)) number += 1;
    const unused = `${stem}-${number}`;
    this.#taken.add(unused);
    return unused;
  }
}

/** Reads a list of fixed length, which stands or falls as a whole. */
export function readTuple(
  read: Reader,
  shape: TupleShape,
  input: unknown,
  spare: unknown,
  place: Place | null,
  log: ProblemLog,
): unknown {
  if (!Array.isArray(input) || input.length !== shape.of.length)
    return refuse(shape, input, spare, place, log);
  const items: unknown[] = [];
  for (const [index, of] of shape.of.entries()) {
    const item = read(of, input[index] ?? null, undefined, inside(place, String(index)), log);
    if (item === REJECTED) return instead(spare);
    items.push(item);
  }
  return items;
}
