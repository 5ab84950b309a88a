import { formatCount, formatMs, formatPercent, formatRate } from "../../base/format";
import type { Quantity, TimeCut } from "./chart-types";
import { timeUnit } from "./ticks";

/** A value as the tooltip and the table say it; "–" where there is none. */
export function valueText(quantity: Quantity, value: number): string {
  if (Number.isNaN(value)) return "–";
  switch (quantity) {
    case "ms":
      return formatMs(value);
    case "perSecond":
      return formatRate(value);
    case "share":
      return formatPercent(value);
    case "count":
      return formatCount(Number(value.toPrecision(4)));
  }
}

/** Decimals that tell neighbouring points apart. */
function timeDecimals(widthInUnit: number): number {
  return Math.max(0, Math.min(4, Math.ceil(-Math.log10(widthInUnit) - 1e-9)));
}

/** The stretch that a point stands for: "12.4–12.6 s". */
export function stretchText(middleS: number, { widthS, window }: Pick<TimeCut, "widthS" | "window">): string {
  const { unit, lengthS } = timeUnit(window);
  const width = widthS / lengthS;
  const decimals = timeDecimals(width);
  const from = Math.max(0, middleS / lengthS - width / 2);
  return `${from.toFixed(decimals)}–${(from + width).toFixed(decimals)} ${unit}`;
}
