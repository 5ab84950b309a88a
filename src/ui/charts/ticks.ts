import { formatCount } from "../../base/format";
import { multiples } from "../../base/time-axis";
import type { Quantity } from "./chart-types";
import type { LogDomain } from "./steady-domain";

/** Ticks of an axis, each with its text; the unit is said once. */
export interface AxisTicks {
  readonly values: readonly number[];
  readonly format: (value: number) => string;
  /** The unit that the texts are in; "" for plain numbers. */
  readonly unit: string;
}

function plain(value: number): string {
  return String(Number(value.toPrecision(6)));
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
    case "usd":
      return { unit: "$", size: 1 };
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
