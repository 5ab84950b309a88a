import { formatCount, formatMs, formatPercent, formatRate } from "../../base/format";
import { stretchText } from "../../base/run-time";
import { eventsBetween } from "./chart-events";
import type { Quantity, TimeCut } from "./chart-types";

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

/** The stretch that a point stands for: "12.4–12.6 s". */
export function pointText(middleS: number, { widthS, runS }: Pick<TimeCut, "widthS" | "runS">): string {
  const fromS = Math.max(0, middleS - widthS / 2);
  return stretchText(fromS, fromS + widthS, runS);
}

/** What stands at a point, in a line: the stretch, the values, and what happened in it. */
export function lineAt(middleS: number, cut: TimeCut, values: readonly string[]): string {
  const events = eventsAt(cut, middleS);
  return `${pointText(middleS, cut)}: ${[...values, ...(events === null ? [] : [events])].join(" · ")}`;
}

/** What happened in the stretch that a point stands for; null where nothing did. */
export function eventsAt({ events, widthS }: TimeCut, middleS: number): string | null {
  return eventsBetween(events, middleS - widthS / 2, middleS + widthS / 2);
}
