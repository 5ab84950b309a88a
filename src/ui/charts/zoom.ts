import type { TimeWindow } from "./chart-types";

/** A window shows at least this many buckets. */
const LEAST_BUCKETS = 4;
const FACTOR = 2;

/**
 * The window that a wish comes to within a run: at least a few buckets long, inside the run, and null where it is the
 * whole run.
 */
export function boundedWindow(wish: TimeWindow, whole: TimeWindow, bucketS: number): TimeWindow | null {
  const length = Math.max(wish.toS - wish.fromS, LEAST_BUCKETS * bucketS);
  if (length >= (whole.toS - whole.fromS) * 0.999) return null;
  const fromS = Math.min(Math.max(whole.fromS, wish.fromS), whole.toS - length);
  return { fromS, toS: fromS + length };
}

/** Half as long a window, around a time that stays where it is. */
export function zoomedIn(window: TimeWindow, aroundS: number): TimeWindow {
  return scaled(window, aroundS, 1 / FACTOR);
}

/** Twice as long a window. */
export function zoomedOut(window: TimeWindow, aroundS: number): TimeWindow {
  return scaled(window, aroundS, FACTOR);
}

function scaled({ fromS, toS }: TimeWindow, aroundS: number, factor: number): TimeWindow {
  return { fromS: aroundS + (fromS - aroundS) * factor, toS: aroundS + (toS - aroundS) * factor };
}
