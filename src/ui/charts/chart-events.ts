import { timeText } from "../../base/run-time";
import type { Scenario } from "../../scenario/types";
import { eventText } from "../shell/event-words";
import type { ChartEvent } from "./chart-types";

/** What a scenario's timeline does in its run, in order of time. What comes after the run's end does nothing. */
export function runEvents({ timeline, run }: Scenario): ChartEvent[] {
  return timeline
    .filter(({ atS }) => atS < run.durationS)
    .toSorted((one, other) => one.atS - other.atS)
    .map((entry) => ({
      kind: entry.do,
      atS: entry.atS,
      text: `${eventText(entry)} at ${timeText(entry.atS, run.durationS)}`,
    }));
}

/** What happened from one time up to before another, in words; null where nothing did. */
export function eventsBetween(events: readonly ChartEvent[], fromS: number, toS: number): string | null {
  const inside = events.filter(({ atS }) => atS >= fromS && atS < toS);
  return inside.length === 0 ? null : inside.map(({ text }) => text).join("; ");
}
