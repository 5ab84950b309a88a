import { words } from "./reading/allowed";
import type { RecordShape, Shape, VariantShape } from "./shape";
import { AUTOSCALER_SHAPE } from "./shapes/autoscaler-shape";
import { DISTRIBUTION_SHAPE } from "./shapes/duration-shape";
import { SCENARIO_SHAPE } from "./shapes/scenario-shape";

type Schema = Readonly<Record<string, unknown>>;

/**
 * The scenario as a JSON schema (draft 2020-12), for editors and other tools. It says what each field may be, not what
 * fields must be to each other: that shares sum to 1 or that names exist is checked only on reading.
 */
export function scenarioJsonSchema(): Schema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "Headroom scenario",
    description: "A system, its traffic and how to simulate them. Every field but schema has a default.",
    ...recordSchema(SCENARIO_SHAPE, ["schema"]),
    $defs: Object.fromEntries([...SHARED].map(([shape, name]) => [name, ownSchemaOf(shape)])),
  };
}

/** Shapes that stand in many places, written once. */
const SHARED = new Map<Shape, string>([
  [DISTRIBUTION_SHAPE, "distribution"],
  [AUTOSCALER_SHAPE, "autoscaler"],
]);

function schemaOf(shape: Shape): Schema {
  const name = SHARED.get(shape);
  return name === undefined ? ownSchemaOf(shape) : { $ref: `#/$defs/${name}` };
}

function ownSchemaOf(shape: Shape): Schema {
  switch (shape.kind) {
    case "number": {
      const { minimum, maximum, above } = shape;
      const bounds = above ? { exclusiveMinimum: minimum, maximum } : { minimum, maximum };
      return { type: shape.whole ? "integer" : "number", ...bounds, default: shape.initial };
    }
    case "flag":
      return { type: "boolean", default: shape.initial };
    case "text":
      return { type: "string", ...(shape.isName ? { minLength: 1 } : {}), maxLength: shape.maximumLength };
    case "word":
      return shape.words.length === 1
        ? { const: shape.words[0] }
        : { enum: shape.words, default: shape.initial };
    case "reference":
      return { type: "string", description: `The name of one of the ${shape.to}; the first where missing.` };
    case "catalogue":
      return {
        type: "string",
        description: `The id of a ${shape.noun} in the catalogue.`,
        examples: shape.examples,
        default: shape.initial,
      };
    case "anything":
      return {};
    case "nullable":
      return { anyOf: [schemaOf(shape.of), { type: "null" }], default: shape.initial };
    case "optional":
      return { anyOf: [schemaOf(shape.of), { type: "null" }] };
    case "either":
      return { anyOf: [schemaOf(shape.plain), schemaOf(shape.spelled)] };
    case "record":
      return recordSchema(shape, []);
    case "variant":
      return variantSchema(shape);
    case "list":
      return { type: "array", items: schemaOf(shape.of), minItems: shape.minimum, maxItems: shape.maximum };
    case "tuple":
      return { type: "array", prefixItems: shape.of.map(schemaOf), items: false, minItems: shape.of.length };
    case "shares":
      return {
        type: "object",
        description: `Names of ${shape.to} with shares that sum to 1.`,
        additionalProperties: { type: "number", minimum: 0, maximum: 1 },
      };
  }
}

function recordSchema(shape: RecordShape, needed: readonly string[]): Schema {
  const fields = Object.entries(shape.fields);
  const required = shape.indivisible
    ? fields.filter(([, field]) => field.kind !== "optional").map(([name]) => name)
    : needed;
  const properties = fields.map(([name, field]): [string, Schema] => {
    const { default: initial, ...schema } = schemaOf(field);
    return [name, shape.indivisible || initial === undefined ? schema : { ...schema, default: initial }];
  });
  return {
    type: "object",
    properties: Object.fromEntries(properties),
    ...(required.length === 0 ? {} : { required }),
    additionalProperties: false,
  };
}

/** The first record may leave its word out, where a missing word means it. */
function variantSchema(shape: VariantShape): Schema {
  const [first] = words(shape.variants);
  return {
    anyOf: shape.variants.map(({ word, record }) =>
      recordSchema(record, !shape.tagRequired && word === first ? [] : [shape.tag]),
    ),
  };
}
