import { type RefObject, useEffect, useState } from "react";
import { flushSync } from "react-dom";
import type { Stagger } from "./stagger";

/** How long charts out of view lag behind the last change. */
const OUT_OF_VIEW_DELAY_MS = 300;
/** Charts are drawn before they are scrolled into view. */
const MARGIN = "240px 0px";

interface Staggered<T> {
  /** null until the first value was handed on. */
  readonly shown: T | null;
  /** Whether the element has been in view, or nearly. */
  readonly hasBeenNear: boolean;
}

/** The newest value, handed on in a task of its own. An element out of view gets it only once values stop coming. */
export function useStaggered<T>(
  stagger: Stagger,
  element: RefObject<Element | null>,
  value: T,
): Staggered<T> {
  const [shown, setShown] = useState<{ readonly value: T } | null>(null);
  const [owner] = useState(() => ({}));
  const [hasBeenNear, setHasBeenNear] = useState(false);
  const isInView = useInView(element);
  if (isInView && !hasBeenNear) setHasBeenNear(true);

  useEffect(() => {
    const update = () => stagger.schedule(owner, () => flushSync(() => setShown({ value })));
    if (isInView) {
      update();
      return;
    }
    const timer = setTimeout(update, OUT_OF_VIEW_DELAY_MS);
    return () => clearTimeout(timer);
  }, [stagger, owner, value, isInView]);
  useEffect(() => () => stagger.cancel(owner), [stagger, owner]);

  return { shown: shown === null ? null : shown.value, hasBeenNear };
}

/** Whether an element is in view, or nearly. Where the host can't tell, it is. */
function useInView(element: RefObject<Element | null>): boolean {
  const [isInView, setIsInView] = useState(typeof IntersectionObserver === "undefined");
  useEffect(() => {
    if (typeof IntersectionObserver === "undefined" || element.current === null) return;
    const observer = new IntersectionObserver(
      (entries) => setIsInView(entries[entries.length - 1]?.isIntersecting ?? true),
      { rootMargin: MARGIN },
    );
    observer.observe(element.current);
    return () => observer.disconnect();
  }, [element]);
  return isInView;
}
