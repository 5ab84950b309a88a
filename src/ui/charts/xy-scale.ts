import type { Quantity } from "./chart-types";
import { roundCeiling } from "./steady-domain";
import { type AxisTicks, linearTicks } from "./ticks";
import type { XyAxis, XyLine, XyModel } from "./xy-types";

/** An axis: where its values lie in pixels, and its ticks. */
export interface XyScale {
  readonly at: (value: number) => number;
  readonly ticks: AxisTicks;
  readonly low: number;
  readonly high: number;
}

/** Under this share of a limit, the limit would press all values flat, and is left out of the scale. */
const LEAST_SHARE_OF_LIMIT = 0.2;

/** As far above and below the values, as a share of their reach. */
const ROOM = 0.12;

function fittedScale(model: XyModel, top: number, height: number): XyScale {
  const values = [
    ...model.lines.flatMap(({ points }) =>
      points.flatMap(({ value, low, high }) => [value, low ?? value, high ?? value]),
    ),
    ...(model.limits ?? []).map(({ value }) => value),
  ];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const reach = most - least || Math.abs(most) * ROOM || 1;
  const low = Math.max(0, least - reach * ROOM);
  const high = most + reach * ROOM;
  const { values: steps } = linearTicks("count", high - low);
  const step = (steps[1] ?? high) - (steps[0] ?? 0);
  const first = Math.ceil(low / step - 1e-9);
  const count = Math.floor(high / step + 1e-9) - first + 1;
  const ticks = Array.from({ length: count }, (_, place) => Number(((first + place) * step).toPrecision(9)));
  return {
    at: (value) => top + height * (1 - (value - low) / (high - low)),
    ticks: { ...linearTicks(model.yAxis.quantity, high), values: ticks },
    low,
    high,
  };
}

/** The vertical axis, from 0 to a round number over all that is drawn; bounds do not stretch it far. */
export function verticalScale(model: XyModel, top: number, height: number): XyScale {
  if (model.isFitted === true && model.lines.some(({ points }) => points.length > 0)) {
    return fittedScale(model, top, height);
  }
  const measured = highest(model.lines.filter(({ look }) => look !== "bound"));
  const bounds = highest(model.lines.filter(({ look }) => look === "bound"));
  const limits = (model.limits ?? []).map(({ value }) => value);
  const most = Math.max(
    measured,
    Math.min(bounds, measured === 0 ? bounds : measured * 1.5),
    ...limits.filter((value) => value * LEAST_SHARE_OF_LIMIT <= measured),
  );
  // No share is more than all.
  const high =
    model.yAxis.quantity === "share" && most <= 1 ? Math.min(1, roundCeiling(most)) : roundCeiling(most);
  const at = (value: number) => top + height * (1 - value / high);
  return { at, ticks: linearTicks(model.yAxis.quantity, high), low: 0, high };
}

function highest(lines: readonly XyLine[]): number {
  let most = 0;
  for (const { points } of lines) {
    for (const { value, high } of points) {
      // An interval of few replications may reach anywhere: it stretches the axis only so far.
      const reach = Math.min(high ?? value, value * 2);
      if (reach > most) most = reach;
    }
  }
  return most;
}

/** The horizontal axis, as wide as what is drawn. */
export function horizontalScale(model: XyModel, left: number, width: number): XyScale {
  const { xAxis } = model;
  const [low, high] = model.xRange ?? rangeOf(model);
  const [from, to] = low < high ? [low, high] : [low - 0.5, low + 0.5];
  const isLog = xAxis.isLog === true && from > 0;
  const place = isLog ? Math.log : (value: number) => value;
  const [start, end] = [place(from), place(to)];
  const at = (value: number) =>
    left + (width * (place(isLog ? Math.max(value, from) : value) - start)) / (end - start);
  return { at, ticks: horizontalTicks(xAxis, from, to, isLog, width), low: from, high: to };
}

function rangeOf({ lines, marks = [], xAxis }: XyModel): readonly [number, number] {
  if (xAxis.names !== undefined) return [-0.5, xAxis.names.length - 0.5];
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  const widen = (x: number) => {
    if (x < low) low = x;
    if (x > high) high = x;
  };
  for (const { look, points } of lines) if (look !== "bound") for (const { x } of points) widen(x);
  for (const { x } of marks) widen(x);
  return low <= high ? [low, high] : [0, 1];
}

/** Room that a tick's text needs, px. */
const TICK_WIDTH = 64;

function horizontalTicks(axis: XyAxis, low: number, high: number, isLog: boolean, width: number): AxisTicks {
  const { names, quantity } = axis;
  const most = Math.max(2, Math.min(8, Math.floor(width / TICK_WIDTH)));
  if (names !== undefined) {
    return { values: names.map((_, place) => place), format: (place) => names[place] ?? "", unit: "" };
  }
  if (isLog) return logarithmicTicks(quantity, low, high, most);
  const { values, ...rest } = linearTicks(quantity, high - Math.min(0, low), most);
  const step = (values[1] ?? high) - (values[0] ?? 0);
  const finer = high - low < high * 0.6 ? linearTicks(quantity, high - low, most).values : values;
  const fineStep = Math.min(step, (finer[1] ?? step) - (finer[0] ?? 0)) || 1;
  const first = Math.ceil(low / fineStep - 1e-9);
  const count = Math.max(0, Math.floor(high / fineStep + 1e-9) - first + 1);
  return {
    ...rest,
    values: Array.from({ length: count }, (_, place) => Number(((first + place) * fineStep).toPrecision(9))),
  };
}

function logarithmicTicks(quantity: Quantity, low: number, high: number, most: number): AxisTicks {
  const { format, unit } = linearTicks(quantity, high);
  for (const factors of [[1, 1.5, 2, 3, 5, 7], [1, 2, 5], [1, 3], [1]]) {
    const values: number[] = [];
    for (let decade = 10 ** Math.floor(Math.log10(low)); decade <= high; decade *= 10) {
      for (const factor of factors) {
        const value = Number((decade * factor).toPrecision(6));
        if (value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) values.push(value);
      }
    }
    if (values.length <= most) return { values: values.length > 0 ? values : [low, high], format, unit };
  }
  return { values: [low, high], format, unit };
}
