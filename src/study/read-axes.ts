import { fieldAt } from "../scenario/field-at";
import { isObject } from "../scenario/objects";
import { setAt } from "../scenario/paths";
import { inside, type Place, type ProblemLog } from "../scenario/reading/problem-log";
import { readValue } from "../scenario/reading/read-value";
import { REJECTED } from "../scenario/reading/reading";
import type { Scenario } from "../scenario/types";
import { axisValues, USUAL_STEPS } from "./axis-values";
import { AXIS_SHAPE, type WrittenAxis } from "./question-shape";
import type { Axis } from "./question-types";

type AxisValue = Axis["values"][number];

/** The axes that can be used. An axis is left out where its path or its whole range cannot be, or an earlier one has the same path. */
export function readAxes(
  inputs: readonly unknown[],
  base: Scenario,
  place: Place,
  log: ProblemLog,
): readonly Axis[] {
  const axes: Axis[] = [];
  for (const [index, input] of inputs.entries()) {
    const own = inside(place, String(index));
    const axis = readAxis(input, base, own, log);
    if (axis === null) continue;
    if (axes.some(({ path }) => path === axis.path))
      log.add(inside(own, "path"), axis.path, "a path that no other axis has");
    else axes.push(axis);
  }
  if (axes.length === 0) log.addCondition(place, "no axis that can be used", "at least one");
  return axes;
}

function readAxis(input: unknown, base: Scenario, place: Place, log: ProblemLog): Axis | null {
  const read = readValue(AXIS_SHAPE, input ?? null, undefined, place, log);
  if (read === REJECTED) return null;
  const written = read as WrittenAxis;
  const path = readPath(written.path, base, inside(place, "path"), log);
  if (path === null) return null;
  const values = written.values ?? rangeValues(written, base, path);
  const at = (index: number) =>
    written.values === undefined ? place : inside(inside(place, "values"), String(index));
  const usable: AxisValue[] = [];
  for (const [index, value] of values.entries()) {
    if (!isPlain(value)) log.add(at(index), value, "a number, a text, true, false or null");
    else if (usable.includes(value === 0 ? 0 : value))
      log.add(at(index), value, "a value that the axis has once");
    else if (isAllowed(value, base, path, at(index), log)) usable.push(value === 0 ? 0 : value);
  }
  if (usable.length > 0) return { path, values: usable };
  log.addCondition(place, "no value that can be used", "at least one");
  return null;
}

function rangeValues(
  { from = 0, to = 0, steps = USUAL_STEPS, scale = "linear" }: WrittenAxis,
  base: Scenario,
  path: string,
): readonly number[] {
  return axisValues(base, path, { from, to, steps, scale });
}

/** The path of a single value in the scenario, in the one way to write it; null, and a report, where it is none. */
function readPath(path: string, base: Scenario, place: Place, log: ProblemLog): string | null {
  const field = fieldAt(base, path);
  if (field === null) {
    const result = setAt(base, path, null);
    const [problem] = result.ok ? [] : result.problems;
    log.addCondition(place, `"${path.slice(0, 60)}"`, problem?.allowed ?? "a path", problem?.sentence);
    return null;
  }
  if (isPlain(field.value ?? null)) return field.path;
  const parts = isObject(field.value) ? ` It has ${Object.keys(field.value).slice(0, 8).join(", ")}.` : "";
  const allowed = "the path of a single value";
  const sentence = `${field.path.slice(0, 200)} is not a single value.${parts}`;
  log.addCondition(place, `"${field.path.slice(0, 60)}"`, allowed, sentence);
  return null;
}

/** Whether the scenario takes a value at a path. */
function isAllowed(value: AxisValue, base: Scenario, path: string, place: Place, log: ProblemLog): boolean {
  const result = setAt(base, path, value);
  if (result.ok) return true;
  const [problem] = result.problems;
  if (problem !== undefined) log.addCondition(place, problem.found, problem.allowed, problem.sentence);
  return false;
}

function isPlain(value: unknown): value is AxisValue {
  return value === null || ["number", "string", "boolean"].includes(typeof value);
}
