import { readableStep } from "../../base/time-axis";
import type { TimelineEntry } from "../../scenario/types";

/** One entry, or several that stand so near to each other that they share a place. */
export interface Mark {
  /** Into the timeline, in order of time. */
  readonly indexes: readonly number[];
  /** Where it stands, as a share of the ruler's length. */
  readonly place: number;
  /** Up to the next mark or the ruler's end, in CSS pixels. */
  readonly roomPx: number;
}

/** Marks are as wide as a finger needs. */
const MARK_WIDTH = 26;

/**
 * The marks of the entries that happen in the run, in order of time.
 * @param held the entry that is being moved, which shares its place with no other; −1: none
 */
export function marksOf(
  entries: readonly TimelineEntry[],
  durationS: number,
  widthPx: number,
  held: number,
): readonly Mark[] {
  const groups: { readonly indexes: number[]; readonly place: number }[] = [];
  let open = Number.NEGATIVE_INFINITY;
  for (const index of inOrder(entries)) {
    const { atS } = entries[index] ?? { atS: 0 };
    if (atS >= durationS) continue;
    const place = atS / durationS;
    const isNear = (place - open) * widthPx < MARK_WIDTH;
    if (index !== held && isNear) groups.findLast(({ indexes }) => indexes[0] !== held)?.indexes.push(index);
    else groups.push({ indexes: [index], place });
    if (index !== held && !isNear) open = place;
  }
  return groups.map((group, position) => ({
    ...group,
    roomPx: ((groups[position + 1]?.place ?? 1) - group.place) * widthPx,
  }));
}

/** The entries that come at the run's end or later, where they do nothing. */
export function afterTheEnd(entries: readonly TimelineEntry[], durationS: number): readonly number[] {
  return inOrder(entries).filter((index) => (entries[index]?.atS ?? 0) >= durationS);
}

/** The places in the timeline, in order of time. */
export function inOrder(entries: readonly TimelineEntry[]): readonly number[] {
  return entries.map((_, index) => index).sort((a, b) => (entries[a]?.atS ?? 0) - (entries[b]?.atS ?? 0));
}

/** Steps on the whole ruler, at most. */
const STEPS = 150;

/** What an arrow key adds, and what a dragged mark snaps to. */
export function stepOf(durationS: number): number {
  return readableStep(durationS / STEPS);
}

/** The nearest multiple of the step at which something still happens in the run. */
export function snapped(atS: number, durationS: number): number {
  const step = stepOf(durationS);
  const last = Math.max(0, Math.ceil(durationS / step) - 1);
  return tidy(Math.min(last, Math.max(0, Math.round(atS / step))) * step);
}

/** Where a key leads to from a time; null for a key that moves nothing. */
export function afterKey(key: string, isFar: boolean, atS: number, durationS: number): number | null {
  const step = stepOf(durationS);
  const distance = isFar ? 10 : 1;
  const within = (n: number): number => snapped(n * step, durationS);
  // A hair, so that a multiple of the step is not taken for what lies before or after it.
  if (key === "ArrowRight" || key === "ArrowUp") return within(Math.floor(atS / step + 1e-6) + distance);
  if (key === "ArrowLeft" || key === "ArrowDown") return within(Math.ceil(atS / step - 1e-6) - distance);
  if (key === "Home") return 0;
  return key === "End" ? snapped(durationS, durationS) : null;
}

/** Without the noise of binary fractions. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}
