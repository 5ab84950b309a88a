import type { NumberShape, Shape } from "../shape";
import { oneOf } from "./problem-log";

/** A number as people write it: 1,000,000. */
function plain(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 20 });
}

function allowedNumber(shape: NumberShape): string {
  const noun = shape.whole ? "a whole number" : "a number";
  const { minimum, maximum, above } = shape;
  if (minimum === maximum) return plain(minimum);
  return above
    ? `${noun} above ${plain(minimum)}, up to ${plain(maximum)}`
    : `${noun} from ${plain(minimum)} to ${plain(maximum)}`;
}

/** What a shape allows, in words that continue "it must be …". */
export function allowedBy(shape: Shape): string {
  switch (shape.kind) {
    case "number":
      return allowedNumber(shape);
    case "flag":
      return "true or false";
    case "text":
      return shape.isName
        ? `a name of 1 to ${shape.maximumLength} characters`
        : `text of at most ${plain(shape.maximumLength)} characters`;
    case "word":
      return shape.words.length === 1 ? oneOf(shape.words) : `one of: ${oneOf(shape.words)}`;
    case "reference":
      return shape.to === "fleets" ? "the name of a fleet" : "the name of an endpoint";
    case "catalogue":
      return `the id of a ${shape.noun} (such as ${oneOf(shape.examples)})`;
    case "anything":
      return "any value";
    case "nullable":
      return `${allowedBy(shape.of)}, or null`;
    case "optional":
      return allowedBy(shape.of);
    case "either":
      return `${allowedBy(shape.plain)}, or ${allowedBy(shape.spelled)}`;
    case "record":
      return `an object with ${oneOf(Object.keys(shape.fields))}`;
    case "variant":
      return `an object whose "${shape.tag}" is one of: ${oneOf(words(shape.variants))}`;
    case "list":
      return allowedList(shape.minimum, shape.maximum);
    case "tuple":
      return `a list of exactly ${shape.of.length}`;
    case "shares":
      return `an object of names of ${shape.to} with shares that sum to 1`;
  }
}

function allowedList(minimum: number, maximum: number): string {
  return minimum === 0 ? `a list of at most ${plain(maximum)}` : `a list of ${minimum} to ${plain(maximum)}`;
}

/** The words that tell a variant's records apart, each once. */
export function words(variants: readonly { readonly word: string }[]): readonly string[] {
  return [...new Set(variants.map((entry) => entry.word))];
}
