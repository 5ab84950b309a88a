import { useState } from "react";

/** A value derived from its own last one, so that it can stay as it was: the hysteresis of axes. */
export function useSteady<T>(next: (before: T | null) => T): T {
  const [before, setBefore] = useState<T | null>(null);
  const now = next(before);
  // Known to React as state derived while rendering; it settles in one more pass, as next(now) is now.
  if (now !== before) setBefore(() => now);
  return now;
}
