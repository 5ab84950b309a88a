import { timeText } from "../../../base/run-time";
import { deepEqual } from "../../../scenario/objects";
import type { Scenario, TimelineEntry } from "../../../scenario/types";
import type { ChangeInWords } from "../../shell/change";
import { changed, said } from "./value-words";

/** An entry without its time, in words. */
export type EventWords = (entry: TimelineEntry) => string;

/** Which events came and which went; one that only happens at another time was moved. */
export function timelineChanges(
  before: Scenario,
  after: Scenario,
  words: EventWords,
): readonly ChangeInWords[] {
  const gone = without(before.timeline, after.timeline);
  const come = without(after.timeline, before.timeline);
  const timeIn = ({ run }: Scenario, { atS }: TimelineEntry) => `at ${timeText(atS, run.durationS)}`;
  const movedTo = (entry: TimelineEntry) =>
    come.find((other) => deepEqual({ ...other, atS: 0 }, { ...entry, atS: 0 }));
  const moved = gone.flatMap((entry) => movedTo(entry) ?? []);
  return [
    ...gone.map((entry) => {
      const to = movedTo(entry);
      const subject = `Timeline: ${words(entry)}`;
      return to === undefined
        ? said(`${subject} ${timeIn(before, entry)} removed`)
        : changed(subject, timeIn(before, entry), timeIn(after, to));
    }),
    ...without(come, moved).map((entry) => said(`Timeline: ${words(entry)} ${timeIn(after, entry)} added`)),
  ];
}

/** The entries of one timeline that the other lacks; of two alike each counts. */
function without(
  entries: readonly TimelineEntry[],
  others: readonly TimelineEntry[],
): readonly TimelineEntry[] {
  const left = [...others];
  return entries.filter((entry) => {
    const position = left.findIndex((other) => deepEqual(other, entry));
    if (position !== -1) left.splice(position, 1);
    return position === -1;
  });
}
