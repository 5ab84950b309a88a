/**
 * The scenario described as data. One description serves four readers: reading and checking a document
 * (`read-value.ts`), finding and setting a place in it (`paths.ts`), telling two documents apart, and the JSON schema.
 *
 * A shape carries the type it describes only for the compiler, so that a description that does not fit `types.ts`
 * fails to compile. `initial` is what a missing value becomes.
 */
export interface ShapeOf<T> {
  readonly initial: T;
}

/** Any shape, for code that walks the description. */
export type Shape =
  | NumberShape
  | FlagShape
  | TextShape
  | WordShape
  | ReferenceShape
  | CatalogueShape
  | AnythingShape
  | NullableShape
  | OptionalShape
  | EitherShape
  | RecordShape
  | VariantShape
  | ListShape
  | TupleShape
  | SharesShape;

export interface NumberShape extends ShapeOf<number> {
  readonly kind: "number";
  readonly minimum: number;
  readonly maximum: number;
  /** The minimum itself is not allowed. */
  readonly above: boolean;
  readonly whole: boolean;
}

export interface FlagShape extends ShapeOf<boolean> {
  readonly kind: "flag";
}

export interface TextShape extends ShapeOf<string> {
  readonly kind: "text";
  readonly maximumLength: number;
  /** A name that items are found by: not empty, and not a word that JavaScript objects reserve. */
  readonly isName: boolean;
}

export interface WordShape extends ShapeOf<string> {
  readonly kind: "word";
  readonly words: readonly string[];
}

/** The name of an item elsewhere in the document. Empty while reading: whichever comes first. */
export interface ReferenceShape extends ShapeOf<string> {
  readonly kind: "reference";
  readonly to: "fleets" | "endpoints";
}

/** The id of a catalogue entry. */
export interface CatalogueShape extends ShapeOf<string> {
  readonly kind: "catalogue";
  readonly noun: string;
  readonly examples: readonly string[];
  readonly knows: (id: string) => boolean;
}

/** Checked elsewhere, against what its place in the document asks for. */
export interface AnythingShape extends ShapeOf<unknown> {
  readonly kind: "anything";
}

export interface NullableShape extends ShapeOf<unknown> {
  readonly kind: "nullable";
  readonly of: Shape;
}

/** A field that may be absent; `null` says so too, which a path can write. */
export interface OptionalShape extends ShapeOf<undefined> {
  readonly kind: "optional";
  readonly of: Shape;
}

/** A plain value, or an object that spells it out. */
export interface EitherShape extends ShapeOf<unknown> {
  readonly kind: "either";
  readonly plain: Shape;
  readonly spelled: Shape;
}

/** A condition over several fields of a record: null where it holds. */
export type RecordCheck = (value: Readonly<Record<string, unknown>>) => CheckFailure | null;

export interface CheckFailure {
  /** The field that is named in the report. */
  readonly field: string;
  readonly allowed: string;
  /** Every field that is set back when the condition fails. */
  readonly resets: readonly string[];
}

export interface RecordShape extends ShapeOf<Readonly<Record<string, unknown>>> {
  readonly kind: "record";
  readonly fields: Readonly<Record<string, Shape>>;
  /** Understood only as a whole: its fields have no defaults, and with one bad field none of it stands. */
  readonly indivisible: boolean;
  readonly checks: readonly RecordCheck[];
  /** Sets of fields of which a document gives one at most; setting one takes the others away. */
  readonly alternatives: readonly (readonly string[])[];
  /** Values for missing fields that follow from the fields given, before the ordinary defaults; null: none do. */
  readonly fill: ((given: Readonly<Record<string, unknown>>) => Readonly<Record<string, unknown>>) | null;
}

/** One of several records, told apart by the word in the field `tag`, which each of them holds. */
export interface VariantShape extends ShapeOf<Readonly<Record<string, unknown>>> {
  readonly kind: "variant";
  readonly tag: string;
  /** Whether a missing word means the first record, or is reported. */
  readonly tagRequired: boolean;
  /** More than one record may carry the same word: the one whose fields fit best is meant. */
  readonly variants: readonly { readonly word: string; readonly record: RecordShape }[];
}

export interface ListShape extends ShapeOf<readonly unknown[]> {
  readonly kind: "list";
  readonly of: Shape;
  readonly minimum: number;
  readonly maximum: number;
  /** Items are records with a unique `name`, by which paths find them. */
  readonly named: boolean;
  readonly indivisible: boolean;
  readonly check: ((items: readonly unknown[]) => string | null) | null;
  /** A condition between each item and those before it; an item that fails it is left out. */
  readonly itemCheck: ItemCheck<never> | null;
}

/** Which field of an item does not go together with the items before it, and what is allowed; null where all do. */
export type ItemCheck<T> = (item: T, earlier: readonly T[]) => Pick<CheckFailure, "field" | "allowed"> | null;

/** A list of fixed length. */
export interface TupleShape extends ShapeOf<readonly unknown[]> {
  readonly kind: "tuple";
  readonly of: readonly Shape[];
}

/** Names with shares that sum to 1. */
export interface SharesShape extends ShapeOf<Readonly<Record<string, number>>> {
  readonly kind: "shares";
  readonly to: "fleets" | "endpoints";
}

/** How far from 1 the sum of shares may be. */
export const SHARE_TOLERANCE = 1e-6;

/** What a shape describes, to the compiler. */
type Typed<S extends Shape, T> = S & { readonly describes?: (value: T) => T };
/** A shape known to describe `T`. */
export type Describes<T> = Shape & { readonly describes?: (value: T) => T };

type NumberOptions = { readonly above?: boolean; readonly whole?: boolean };

/** A finite number from `minimum` to `maximum`. */
export function number(
  minimum: number,
  maximum: number,
  initial: number,
  options: NumberOptions = {},
): Typed<NumberShape, number> {
  const { above = false, whole = false } = options;
  return { kind: "number", minimum, maximum, above, whole, initial };
}

/** A whole number from `minimum` to `maximum`. */
export function whole(minimum: number, maximum: number, initial: number): Typed<NumberShape, number> {
  return number(minimum, maximum, initial, { whole: true });
}

/** Milliseconds. */
export function milliseconds(initial: number): Typed<NumberShape, number> {
  return number(0, 1e9, initial);
}

/** Seconds. */
export function seconds(initial: number): Typed<NumberShape, number> {
  return number(0, 1e6, initial);
}

/** True or false. */
export function flag(initial: boolean): Typed<FlagShape, boolean> {
  return { kind: "flag", initial };
}

/** Free text. */
export function text(
  maximumLength: number,
  initial = "",
  options: { readonly isName?: boolean } = {},
): Typed<TextShape, string> {
  return { kind: "text", maximumLength, isName: options.isName ?? false, initial };
}

/** The longest name an item can have, in UTF-16 units. */
export const MAXIMUM_NAME_LENGTH = 100;

/** The name of an item in a list. `initial` names an item that has none, with a number where it is taken. */
export function itemName(initial: string): Typed<TextShape, string> {
  return text(MAXIMUM_NAME_LENGTH, initial, { isName: true });
}

/** One of a few words; the first is the default unless another is named. */
export function word<W extends string>(words: readonly W[], initial: W): Typed<WordShape, W> {
  return { kind: "word", words, initial };
}

/** The name of a fleet or endpoint; the first where missing. */
export function reference(to: "fleets" | "endpoints"): Typed<ReferenceShape, string> {
  return { kind: "reference", to, initial: "" };
}

/** The id of a catalogue entry. */
export function catalogueId(shape: Omit<CatalogueShape, "kind">): Typed<CatalogueShape, string> {
  return { kind: "catalogue", ...shape };
}

/** Any JSON value. */
export function anything(): Typed<AnythingShape, unknown> {
  return { kind: "anything", initial: null };
}

/** The value or null; null where missing, unless `initial` says otherwise. */
export function nullable<T>(of: Describes<T>, initial: T | null = null): Typed<NullableShape, T | null> {
  return { kind: "nullable", of, initial };
}

/** A field that may be absent. */
export function optional<T>(of: Describes<T>): Typed<OptionalShape, T> {
  return { kind: "optional", of, initial: undefined };
}

/** A plain value, or an object that spells it out. */
export function either<P, S>(
  plain: Describes<P>,
  spelled: Describes<S>,
  initial: P | S,
): Typed<EitherShape, P | S> {
  return { kind: "either", plain, spelled, initial };
}

type FieldShapes<T> = { readonly [K in keyof T]-?: Describes<Required<T>[K]> };
type RecordOptions = Partial<Pick<RecordShape, "indivisible" | "checks" | "alternatives" | "fill">>;

/** An object with exactly these fields. */
export function record<T extends object>(
  fields: FieldShapes<T>,
  options: RecordOptions = {},
): Typed<RecordShape, T> {
  const shapes: Record<string, Shape> = { ...(fields as Record<string, Shape>) };
  const initial: Record<string, unknown> = {};
  for (const [name, shape] of Object.entries(shapes)) {
    if (shape.kind !== "optional") initial[name] = shape.initial;
  }
  return {
    kind: "record",
    fields: shapes,
    indivisible: options.indivisible ?? false,
    checks: options.checks ?? [],
    alternatives: options.alternatives ?? [],
    fill: options.fill ?? null,
    initial,
  };
}

/** One of several records, told apart by `tag`; the first is the default unless the tag is required. */
export function variant<T extends object>(
  tag: string,
  variants: readonly (readonly [string, RecordShape])[],
  options: { readonly tagRequired?: boolean } = {},
): Typed<VariantShape, T> {
  const [first] = variants;
  return {
    kind: "variant",
    tag,
    tagRequired: options.tagRequired ?? false,
    variants: variants.map(([name, shape]) => ({ word: name, record: shape })),
    initial: first === undefined ? {} : first[1].initial,
  };
}

/** A list of up to `maximum` items; by default empty, or one default item where it may not be empty. */
export function list<T>(
  of: Describes<T>,
  options: Partial<Omit<ListShape, "kind" | "of" | "initial" | "itemCheck">> & {
    readonly initial?: readonly T[];
    readonly itemCheck?: ItemCheck<T>;
  } = {},
): Typed<ListShape, readonly T[]> {
  const minimum = options.minimum ?? 0;
  return {
    kind: "list",
    of,
    minimum,
    maximum: options.maximum ?? 100,
    named: options.named ?? false,
    indivisible: options.indivisible ?? false,
    check: options.check ?? null,
    itemCheck: options.itemCheck ?? null,
    initial: options.initial ?? (minimum > 0 ? [of.initial] : []),
  };
}

/** A list of fixed length. */
export function pair<A, B>(first: Describes<A>, second: Describes<B>): Typed<TupleShape, readonly [A, B]> {
  return { kind: "tuple", of: [first, second], initial: [first.initial, second.initial] };
}

/** Names of fleets or endpoints with shares that sum to 1. */
export function shares(to: "fleets" | "endpoints"): Typed<SharesShape, Readonly<Record<string, number>>> {
  return { kind: "shares", to, initial: {} };
}
