import fc from "fast-check";
import { formatPath } from "../../src/scenario/path-text";
import { readScenario } from "../../src/scenario/read-scenario";
import type { RecordShape, Shape, VariantShape } from "../../src/scenario/shape";
import { SCENARIO_SHAPE } from "../../src/scenario/shapes/scenario-shape";
import type { Scenario } from "../../src/scenario/types";

interface Names {
  readonly fleets: readonly string[];
  readonly endpoints: readonly string[];
}

/** Names that people give, and names that try to be something else: an index, a path, a number, markup. */
const name = fc.oneof(
  fc.constantFrom(
    "web",
    "page",
    "hey",
    "site",
    "search",
    "read only",
    "0",
    "1",
    "a.b",
    "x%41",
    "50%",
    "=&#+?",
  ),
  fc.constantFrom(
    "true",
    "null",
    "exponential(5)",
    '{"a":1}',
    "<b>",
    "über",
    "日本",
    "🚀",
    "-1e5",
    " ",
    "….",
  ),
  fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 12 }).filter((text) => !(text in {})),
);

function names(maximum: number): fc.Arbitrary<readonly string[]> {
  return fc.uniqueArray(name, { minLength: 1, maxLength: maximum });
}

/** Numbers near the bounds, round ones, and any others. */
function numbers(shape: Extract<Shape, { kind: "number" }>): fc.Arbitrary<number> {
  const { minimum, maximum, whole, above } = shape;
  if (whole) {
    const small = fc.integer({ min: minimum, max: Math.min(maximum, minimum + 50) });
    return fc.oneof(
      small,
      fc.maxSafeInteger().map((n) => clamp(n, minimum, maximum)),
      fc.constant(maximum),
    );
  }
  const any = fc.double({ min: minimum, max: maximum, minExcluded: above, noNaN: true });
  const round = fc
    .integer({ min: 1, max: 2000 })
    .map((n) => clamp(n / 4, above ? minimum + 0.25 : minimum, maximum));
  return fc.oneof({ arbitrary: round, weight: 3 }, any, fc.constant(maximum));
}

function clamp(value: number, minimum: number, maximum: number): number {
  return Math.min(maximum, Math.max(minimum, value));
}

function sharesOf(known: readonly string[]): fc.Arbitrary<Readonly<Record<string, number>>> {
  return fc
    .tuple(
      fc.subarray([...known], { minLength: 1 }),
      fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 9 }),
    )
    .map(([chosen, weights]) => {
      const parts = chosen.map((_, index) => weights[index % weights.length] ?? 1);
      const sum = parts.reduce((total, part) => total + part, 0);
      return Object.fromEntries(chosen.map((key, index) => [key, (parts[index] ?? 1) / sum]));
    });
}

/** Whatever a shape allows, as a document would write it: sometimes with fields left out. */
function anyOf(shape: Shape, known: Names): fc.Arbitrary<unknown> {
  switch (shape.kind) {
    case "number":
      return numbers(shape);
    case "flag":
      return fc.boolean();
    case "text":
      return shape.isName ? name : fc.oneof(name, fc.string({ unit: "grapheme", maxLength: 40 }));
    case "word":
      return fc.constantFrom(...shape.words);
    case "reference":
      return fc.constantFrom(...known[shape.to]);
    case "catalogue":
      return fc.constantFrom(...shape.examples);
    case "anything":
      return fc.constant(null);
    case "nullable":
    case "optional":
      return fc.oneof(fc.constant(null), anyOf(shape.of, known));
    case "either":
      return fc.oneof(anyOf(shape.plain, known), anyOf(shape.spelled, known));
    case "record":
      return anyRecord(shape, known);
    case "variant":
      return anyVariant(shape, known);
    case "list":
      return fc.array(anyOf(shape.of, known), { minLength: shape.minimum, maxLength: shape.minimum + 2 });
    case "tuple":
      return fc.tuple(...shape.of.map((of) => anyOf(of, known)));
    case "shares":
      return sharesOf(known[shape.to]);
  }
}

function anyRecord(shape: RecordShape, known: Names): fc.Arbitrary<Record<string, unknown>> {
  const fields = Object.fromEntries(
    Object.entries(shape.fields).map(([field, of]) => [field, anyOf(of, known)]),
  );
  return shape.indivisible
    ? fc.record(fields)
    : fc.record(fields, { requiredKeys: ["schema"].filter((k) => k in fields) });
}

function anyVariant(shape: VariantShape, known: Names): fc.Arbitrary<unknown> {
  return fc.oneof(
    ...shape.variants.map(({ word, record }) =>
      anyRecord(record, known).chain((fields) => {
        const entry = { ...fields, [shape.tag]: word };
        if (word !== "set") return fc.constant(entry);
        return fc
          .constantFrom(...known.fleets)
          .chain((fleet) =>
            fc.constantFrom(
              { ...entry, path: formatPath(["fleets", fleet, "dynos"]), value: 12 },
              { ...entry, path: formatPath(["fleets", fleet, "autoscaler"]), value: { min: 1 } },
              { ...entry, path: "pooler.enabled", value: true },
              { ...entry, path: "edge.timeoutMs", value: null },
            ),
          );
      }),
    ),
  );
}

/** A document with these fleets and endpoints, and anything else as it comes. */
function anyDocument(known: Names): fc.Arbitrary<Record<string, unknown>> {
  const { fleets, endpoints, ...rest } = SCENARIO_SHAPE.fields;
  const others = fc.record(
    Object.fromEntries(Object.entries(rest).map(([field, shape]) => [field, anyOf(shape, known)])),
    { requiredKeys: ["schema"] },
  );
  const named = (shape: Shape | undefined, own: readonly string[]) =>
    fc.tuple(
      ...own.map((itemName) => {
        const item = shape?.kind === "list" ? anyOf(shape.of, known) : fc.constant({});
        return item.map((fields) => ({ ...(fields as object), name: itemName }));
      }),
    );
  return fc
    .tuple(others, named(fleets, known.fleets), named(endpoints, known.endpoints))
    .map(([fields, fleetItems, endpointItems]) => ({
      ...fields,
      fleets: fleetItems,
      endpoints: endpointItems,
    }));
}

/**
 * Any valid scenario of the whole schema. Where the parts that came up do not fit together (a minimum above a
 * maximum), reading has put valid ones in their place.
 */
export const anyScenario: fc.Arbitrary<Scenario> = fc
  .record({ fleets: names(3), endpoints: names(3) })
  .chain(anyDocument)
  .map((document) => readScenario(document).scenario);
