import { formatCount, formatMs, formatPercent, formatRate, formatUsd } from "../../base/format";
import { stretchText } from "../../base/time-axis";
import { eventsBetween } from "./chart-events";
import type { Quantity, TimeCut, TimeModel } from "./chart-types";

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
    case "usd":
      return formatUsd(value);
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
export function lineAt(middleS: number, model: Annotated, values: readonly string[]): string {
  return `${pointText(middleS, model.cut)}: ${[...values, ...notesAt(middleS, model)].join(" · ")}`;
}

type Annotated = Pick<TimeModel, "cut" | "bands">;

/** What there is to say of the stretch that a point stands for, beside its values: the states of alarms, and what happened. */
export function notesAt(middleS: number, { cut, bands = [] }: Annotated): string[] {
  const states = bands.flatMap(({ label, spans }) => {
    const span = spans.find(({ fromS, toS }) => fromS <= middleS && middleS < toS);
    return span === undefined ? [] : [`${label}: ${ALARM_WORDS[span.state]}`];
  });
  const events = eventsBetween(cut.events, middleS - cut.widthS / 2, middleS + cut.widthS / 2);
  return [...(states.length === 0 ? [] : [states.join(", ")]), ...(events === null ? [] : [events])];
}

const ALARM_WORDS = { ok: "ok", alarm: "alarm", "no-data": "no data" } as const;
