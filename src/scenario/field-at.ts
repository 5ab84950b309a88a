import { ownValue } from "./objects";
import { formatPath, parsePath } from "./path-text";
import { stepInto } from "./reading/walk";
import type { NumberShape, Shape } from "./shape";
import { SCENARIO_SHAPE } from "./shapes/scenario-shape";
import type { Scenario } from "./types";

/** A place in a scenario. */
export interface Field {
  /** The one way to write its path: items that have names are called by them. */
  readonly path: string;
  /** What may stand there. */
  readonly shape: Shape;
  /** What stands there; undefined where the field is absent. */
  readonly value: unknown;
}

/** What a path leads to; null where it leads nowhere. */
export function fieldAt(scenario: Scenario, path: string): Field | null {
  let shape: Shape = SCENARIO_SHAPE;
  let value: unknown = scenario;
  const segments: string[] = [];
  for (const segment of parsePath(path) ?? [""]) {
    const step = stepInto(shape, value, segment);
    if (step === null) return null;
    const name = typeof step.key === "number" ? ownValue(step.value, "name") : step.key;
    segments.push(typeof name === "string" ? name : String(step.key));
    ({ shape, value } = step);
  }
  return { path: formatPath(segments), shape, value };
}

/** The numbers that may stand in a field; null where none may. */
export function numbersOf(shape: Shape): NumberShape | null {
  switch (shape.kind) {
    case "number":
      return shape;
    case "nullable":
    case "optional":
      return numbersOf(shape.of);
    case "either":
      return numbersOf(shape.plain);
    default:
      return null;
  }
}
