import { type RefObject, useLayoutEffect, useRef } from "react";

/** The value of the last completed rendering, for callbacks that are made once. */
export function useLatest<T>(value: T): RefObject<T> {
  const latest = useRef(value);
  useLayoutEffect(() => {
    latest.current = value;
  }, [value]);
  return latest;
}
