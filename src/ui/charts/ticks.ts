import { formatCount } from "../../base/format";
import type { Quantity, TimeWindow } from "./chart-types";
import type { LogDomain } from "./steady-domain";

/** Ticks of an axis, each with its text; the unit is said once. */
export interface AxisTicks {
  readonly values: readonly number[];
  readonly format: (value: number) => string;
  /** The unit that the texts are in; "" for plain numbers. */
  readonly unit: string;
}

const TIME_STEPS_S = [
  0.001, 0.002, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800,
  3600, 7200, 10_800, 21_600, 43_200, 86_400,
];
const TIME_UNITS = [
  { unit: "h", lengthS: 3600, fromS: 3 * 3600 },
  { unit: "min", lengthS: 60, fromS: 300 },
  { unit: "s", lengthS: 1, fromS: 0 },
] as const;

/** The unit in which the times of a stretch are said: seconds up to five minutes, minutes up to three hours, hours. */
export function timeUnit(window: TimeWindow): { readonly unit: string; readonly lengthS: number } {
  const lengthS = window.toS - window.fromS;
  return TIME_UNITS.find(({ fromS }) => lengthS > fromS) ?? TIME_UNITS[2];
}

function plain(value: number): string {
  return String(Number(value.toPrecision(6)));
}

function multiples(step: number, from: number, to: number): number[] {
  const values: number[] = [];
  const slack = step * 1e-6;
  for (let n = Math.ceil((from - slack) / step); n * step <= to + slack; n++) {
    values.push(Number((n * step).toPrecision(9)));
  }
  return values;
}

/** Ticks of a time axis that is `width` pixels long. The last one also says the unit. */
export function timeTicks(window: TimeWindow, width: number): AxisTicks {
  const most = Math.max(2, Math.floor(width / 64));
  const lengthS = window.toS - window.fromS;
  const step = TIME_STEPS_S.find((candidate) => lengthS / candidate <= most) ?? lengthS;
  const values = multiples(step, window.fromS, window.toS);
  const { unit, lengthS: unitS } = timeUnit(window);
  const last = values[values.length - 1];
  return {
    values,
    unit,
    format: (value) => (value === last ? `${plain(value / unitS)} ${unit}` : plain(value / unitS)),
  };
}

/** What a vertical axis divides its values by, and the unit that results. */
function valueUnit(quantity: Quantity, ceiling: number): { readonly unit: string; readonly size: number } {
  switch (quantity) {
    case "ms":
      return ceiling > 1000 ? { unit: "s", size: 1000 } : { unit: "ms", size: 1 };
    case "perSecond":
      return { unit: "per second", size: 1 };
    case "share":
      return { unit: "%", size: 0.01 };
    case "count":
      return { unit: "", size: 1 };
  }
}

const MOST_TICKS = 5;

/** Ticks of an axis from 0 to a round ceiling. */
export function linearTicks(quantity: Quantity, ceiling: number, most = MOST_TICKS): AxisTicks {
  const { unit, size } = valueUnit(quantity, ceiling);
  const top = ceiling / size;
  const decade = 10 ** Math.floor(Math.log10(top / most));
  const step =
    [1, 2, 2.5, 5, 10].map((factor) => factor * decade).find((candidate) => top / candidate <= most + 1e-9) ??
    top;
  return {
    values: multiples(step, 0, top).map((value) => Number((value * size).toPrecision(9))),
    unit,
    format: (value) => tickText(value / size),
  };
}

/** A tick in full where it is short: 0.25, 1000, 12.5k. */
function tickText(value: number): string {
  return value < 9999.5 ? plain(value) : formatCount(Number(value.toPrecision(6)));
}

/** Ticks of a logarithmic axis in ms: powers of ten, with 2 and 5 between where there is room. */
export function logTicks({ low, high }: LogDomain, most = 6): AxisTicks {
  const decades = Math.log10(high / low);
  const factors = decades * 3 <= most ? [1, 2, 5] : decades * 2 <= most ? [1, 3] : [1];
  const values: number[] = [];
  for (let power = Math.floor(Math.log10(low)); 10 ** power <= high * 1.000001; power++) {
    for (const factor of factors) {
      const value = Number((factor * 10 ** power).toPrecision(6));
      if (value >= low * 0.999999 && value <= high * 1.000001) values.push(value);
    }
  }
  const { unit, size } = valueUnit("ms", high);
  return { values, unit, format: (value) => tickText(value / size) };
}
