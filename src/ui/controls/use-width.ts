import { type RefObject, useLayoutEffect, useState } from "react";

/** Where nothing can be measured: an ordinary window's charts. */
const WIDTH_WITHOUT_LAYOUT = 1104;

/** The width of an element in whole CSS pixels, 0 before it is known. */
export function useWidth(element: RefObject<Element | null>): number {
  const [width, setWidth] = useState(0);
  useLayoutEffect(() => {
    if (element.current === null) return;
    if (typeof ResizeObserver === "undefined") {
      setWidth(WIDTH_WITHOUT_LAYOUT);
      return;
    }
    setWidth(Math.floor(element.current.getBoundingClientRect().width));
    const observer = new ResizeObserver((entries) => {
      const last = entries[entries.length - 1];
      if (last !== undefined) setWidth(Math.floor(last.contentRect.width));
    });
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
