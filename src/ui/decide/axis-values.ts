import type { Axis } from "../../study/question-types";
import type { Parameter } from "../shell/parameters";

/** Numbers of an axis as a range: what its form shows. */
export interface AxisRange {
  readonly from: number;
  readonly to: number;
  readonly steps: number;
  readonly isLog: boolean;
}

/** So many values from one end to the other; whole ones where the parameter is, each once. */
export function valuesIn({ from, to, steps, isLog }: AxisRange, isInteger: boolean): readonly number[] {
  const logarithmic = isLog && from > 0 && to > 0;
  const values = Array.from({ length: Math.max(1, steps) }, (_, step) => {
    const share = steps <= 1 ? 0 : step / (steps - 1);
    const value = logarithmic ? from * (to / from) ** share : from + (to - from) * share;
    return isInteger ? Math.round(value) : Number(value.toPrecision(3));
  });
  // The ends stand as they were given.
  if (!isInteger && values.length > 1) [values[0], values[values.length - 1]] = [from, to];
  return [...new Set(values)];
}

/** The range that gives such values, as near as a range can: what a link's axis is shown as. */
export function rangeOf(values: Axis["values"]): AxisRange {
  const numbers = values.filter((value) => typeof value === "number");
  const [from = 1, second = from] = numbers;
  const to = numbers.at(-1) ?? from;
  const last = numbers.at(-2) ?? to;
  // Of even steps the first is as long as the last.
  const isLog = from > 0 && numbers.length > 2 && to - last > 1.6 * (second - from);
  return { from, to, steps: numbers.length, isLog };
}

/** Where people would look around a present value: from a quarter to double, within what is allowed. */
function rangeAround(present: number, { of }: Parameter, steps: number): AxisRange {
  const { minimum, maximum, integer } =
    of.kind === "number" ? of.rules : { minimum: 0, maximum: present * 2, integer: false };
  const least = integer ? Math.max(1, minimum) : minimum;
  const value = present > 0 ? present : of.kind === "number" ? (of.slider?.maximum ?? maximum) / 4 : 1;
  const round = (number: number) => (integer ? Math.round(number) : Number(number.toPrecision(2)));
  return {
    from: Math.min(maximum, Math.max(least, round(value / 4))),
    to: Math.max(least, Math.min(maximum, round(value * 2))),
    steps,
    isLog: of.kind === "number" && of.slider?.kind === "logarithmic",
  };
}

/** An axis of a parameter around what it is. */
export function axisAround(parameter: Parameter, present: unknown, steps: number): Axis {
  const { path, of } = parameter;
  if (of.kind === "choice") {
    const own = of.options.find(({ value }) => value === present);
    const near = of.options.filter(({ group }) => group === own?.group || own === undefined);
    return { path, values: near.slice(0, MOST_CHOICES).map(({ value }) => value) };
  }
  const range = rangeAround(typeof present === "number" ? present : 0, parameter, steps);
  return { path, values: valuesIn(range, of.rules.integer) };
}

const MOST_CHOICES = 8;
